// The code of a Markdown page: its blocks as one module, and the promises of its comments as checks. It runs nothing.
//
//   expression;
//   // => { the: "value" }        what the statement above gives; a longer value goes on in lines that begin with `//    `
//
//   expression;
//   // throws 2002                the code of the error that the statement above ends in
import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** The reference pages, by their paths from the root. */
export const pages = readdirSync(`${ROOT}/docs`)
  .filter((name) => name.endsWith(".md"))
  .map((name) => `docs/${name}`)
  .sort();

/** The blocks of a page that are marked with this language, in their order, as one module. */
export function moduleOf(page, language) {
  const text = readFileSync(`${ROOT}/${page}`, "utf8");
  const blocks = text.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, "gm"));
  return [...blocks].map(([, block]) => block).join("\n");
}

/** The module with each promise as a comparison that says `checked` when it holds, and the number of promises. */
export function withChecks(source) {
  let checks = 0;
  const said = 'console.log("checked");';
  const compared = source.replace(
    /^( *)(\S.*(?:\n\1(?: +\S.*|[)\]}].*))*);\n\1\/\/ => (.*(?:\n *\/\/ {4}.*)*)$/gm,
    (_, space, expression, comment) => {
      checks += 1;
      const value = comment.replace(/^ *\/\/ {4}/gm, "");
      return `${space}(await import("node:assert")).deepStrictEqual(${expression}, ${value}); ${said}`;
    },
  );
  const refused = compared.replace(
    /^( *)(\S.*(?:\n\1(?: +\S.*|[)\]}].*))*);\n\1\/\/ throws (\d+)$/gm,
    (_, space, expression, code) => {
      checks += 1;
      const body = expression.replace(/^(?:const|let) .*? = /, "");
      return `${space}await (await import("node:assert")).rejects(async () => { ${body}; }, { code: ${code} }); ${said}`;
    },
  );
  return { source: refused, checks };
}
