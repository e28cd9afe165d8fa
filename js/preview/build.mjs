// Makes pkg-preview/, the published package electroxide-preview, from js/preview and the library's sources; it compiles no Rust.
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const source = "js/preview";
const output = "pkg-preview";
const read = (...path) => readFileSync(join(...path), "utf8");

const common = {
  bundle: true,
  write: false,
  minify: true,
  format: "iife",
  platform: "browser",
  target: "es2022",
  legalComments: "none",
  logLevel: "warning",
  define: { "process.env.NODE_ENV": '"production"' },
};

/** Modules that are made here: their contents as the default export. */
const virtual = (values) => ({
  name: "virtual",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^virtual:/ }, ({ path }) => ({ path, namespace: "virtual" }));
    onLoad({ filter: /.*/, namespace: "virtual" }, ({ path }) => ({
      contents: `export default ${JSON.stringify(values[path.slice("virtual:".length)])};`,
    }));
  },
});

async function bundle(entry, options) {
  const { outputFiles } = await build({
    ...common,
    entryPoints: [join(source, entry)],
    ...options,
  });
  return outputFiles[0].text;
}

/** The programs of the menu: a file each, whose first line is a comment with its title. */
function readExamples() {
  return readdirSync(join(source, "examples"))
    .filter((name) => name.endsWith(".ts"))
    .sort()
    .map((name) => {
      const [first, ...lines] = read(source, "examples", name).split("\n");
      return { name, title: first.replace(/^\/\/ /, ""), source: lines.join("\n").trimStart() };
    });
}

/** A page with its policy and what else stands in double braces. */
function fill(page, values) {
  return page.replace(/\{\{(\w+)\}\}/g, (_, name) => values[name]);
}

const sdk = join(process.cwd(), source, "worker/sdk.ts");
const worker = await bundle("worker/main.ts", {
  conditions: ["browser"],
  alias: { "@aws-sdk/lib-dynamodb": sdk },
});
// The frame has its script within it: a file of an opaque origin has no other that it could be sure of.
const frame = (await bundle("frame/main.ts", { plugins: [virtual({ worker })] })).replaceAll(
  /<(?=\/script|!--)/gi,
  "\\x3c",
);
const page = await bundle("page/main.ts", { plugins: [virtual({ examples: readExamples() })] });
const { outputFiles: styles } = await build({
  ...common,
  entryPoints: [join(source, "page/style.css")],
  minify: true,
});

const hash = createHash("sha256").update(frame).digest("base64");
const policies = {
  page: [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "frame-src 'self'",
    "connect-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
  ].join("; "),
  frame: [
    "default-src 'none'",
    `script-src 'sha256-${hash}' 'unsafe-eval' 'wasm-unsafe-eval'`,
    "worker-src blob:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; "),
};

rmSync(output, { recursive: true, force: true });
mkdirSync(join(output, "page"), { recursive: true });
const write = (name, text) => writeFileSync(join(output, name), text);
write("page/index.html", fill(read(source, "page/index.html"), { policy: policies.page }));
write(
  "page/sandbox.html",
  fill(read(source, "frame/sandbox.html"), {
    policy: policies.frame,
    script: `<script>${frame}</script>`,
  }),
);
write("page/page.js", page);
write("page/style.css", styles[0].text);
cpSync(join(source, "page/icon.svg"), join(output, "page/icon.svg"));
cpSync(join(source, "command"), output, { recursive: true });
for (const license of ["LICENSE-MIT", "LICENSE-APACHE"]) cpSync(license, join(output, license));

const library = JSON.parse(read("pkg-template/package.json"));
const own = JSON.parse(read(source, "command/package.json"));
const { version, license, engines } = library;
write("package.json", `${JSON.stringify({ ...own, version, license, engines }, null, 2)}\n`);
