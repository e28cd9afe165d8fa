// Serves the page on the loopback interface, with its policies as headers and one file of the user's as text; nothing else.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";

const FILES = new Map([
  ["/", ["index.html", "text/html; charset=utf-8"]],
  ["/index.html", ["index.html", "text/html; charset=utf-8"]],
  ["/sandbox.html", ["sandbox.html", "text/html; charset=utf-8"]],
  ["/page.js", ["page.js", "text/javascript; charset=utf-8"]],
  ["/style.css", ["style.css", "text/css; charset=utf-8"]],
  ["/icon.svg", ["icon.svg", "image/svg+xml"]],
]);

const read = (name) =>
  readFileSync(fileURLToPath(new URL(`page/${name}`, import.meta.url)), "utf8");

/** The policy that a page states itself, and what only a header can state. */
function policyOf(name, text) {
  const [, policy = "default-src 'none'"] = /Security-Policy" content="([^"]*)"/.exec(text) ?? [];
  const own = name === "sandbox.html" ? "sandbox allow-scripts" : "frame-ancestors 'none'";
  return `${policy}; ${own}`;
}

/** The file as data within the page: a text that ends no element and starts none. */
function withOpened(page, opened) {
  if (opened === undefined) return page;
  const data = JSON.stringify(opened).replaceAll("<", "\\u003c");
  return page.replace(
    /(<script type="application\/json" id="opened">)[^<]*/,
    (_, tag) => tag + data,
  );
}

/** Only this machine may ask, and only by one of its own names: a name elsewhere may have been pointed here. */
function isLocal(host) {
  return /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/.test(host ?? "");
}

/** Starts the server and resolves with its address and how to end it. */
export function serve({ port = 0, opened } = {}) {
  const answers = new Map();
  for (const [path, [name, type]] of FILES) {
    const text = name === "index.html" ? withOpened(read(name), opened) : read(name);
    const headers = {
      "Content-Type": type,
      "Cache-Control": "no-store",
      "X-Content-Type-Options": "nosniff",
      "Referrer-Policy": "no-referrer",
      ...(name.endsWith(".html") ? { "Content-Security-Policy": policyOf(name, text) } : {}),
    };
    answers.set(path, { headers, text });
  }
  const server = createServer(({ method, url = "/", headers }, response) => {
    const answer = answers.get(url.split(/[?#]/, 1)[0]);
    if (!isLocal(headers.host)) response.writeHead(403).end();
    else if (method !== "GET" && method !== "HEAD") response.writeHead(405).end();
    else if (answer === undefined) response.writeHead(404).end();
    else response.writeHead(200, answer.headers).end(method === "HEAD" ? undefined : answer.text);
  });
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      const close = () =>
        new Promise((closed) => {
          server.close(closed);
          server.closeAllConnections();
        });
      resolve({ url: `http://127.0.0.1:${server.address().port}/`, close });
    });
  });
}
