// The machine's Chromium, driven by playwright-core, on pages of a server of this process; it knows nothing of the package.
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { chromium, type Browser, type Page } from "playwright-core";

const types: Record<string, string> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".wasm": "application/wasm",
};
const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--disable-dev-shm-usage",
  "--no-first-run",
  "--disable-background-networking",
];

/** The program of the browser. */
function program(): string {
  const folders = (process.env.PATH ?? "").split(path.delimiter);
  const found = ["chromium", "google-chrome", "chromium-browser"]
    .flatMap((name) => folders.map((folder) => path.join(folder, name)))
    .find((file) => existsSync(file));
  if (found === undefined) throw new Error("There is no Chromium: run `make chromium`");
  return found;
}

/** A headless Chromium. */
export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: program(), headless: true, args: flags });
}

/** A server of the files in `folder` on a free loopback port, with a Content-Security-Policy when one is given. */
async function serve(folder: string, policy: string | undefined) {
  const server = createServer((request, response) => {
    const name = new URL(request.url ?? "/", "http://localhost").pathname;
    const file = path.join(folder, name === "/" ? "index.html" : name);
    if (!file.startsWith(folder) || !existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    if (policy !== undefined) response.setHeader("Content-Security-Policy", policy);
    response.setHeader("Content-Type", types[path.extname(file)] ?? "application/octet-stream");
    response.end(readFileSync(file));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${port}/`, close };
}

/** Opens the page in `folder` in a headless Chromium and hands it to `use`. */
export async function visit<T>(
  folder: string,
  policy: string | undefined,
  use: (page: Page) => Promise<T>,
): Promise<T> {
  const server = await serve(folder, policy);
  const browser = await launch();
  try {
    const page = await browser.newPage();
    await page.goto(server.url);
    return await use(page);
  } finally {
    await browser.close();
    await server.close();
  }
}
