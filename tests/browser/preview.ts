// The packed preview page in Chromium: served by its own server, with everything but that server out of reach.
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { deflateRawSync } from "node:zlib";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { launch } from "../packaging/chromium.js";
import { root, run, template } from "../packaging/project.js";

/** The file that `make pack-preview` wrote. */
export const tarball = path.join(root, "dist", `electroxide-preview-${template.version}.tgz`);

/** A file that the command has been given. */
export interface Opened {
  name: string;
  source: string;
}

/** The fragment of a link to a program. */
export function fragmentOf(source: string): string {
  return `#p=${deflateRawSync(source).toString("base64url")}`;
}

interface Server {
  url: string;
  close(): Promise<void>;
}

/** The package as a user has it: packed, and unpacked elsewhere. */
export function unpack(): { folder: string; remove: () => void } {
  const parent = realpathSync(mkdtempSync(path.join(tmpdir(), "electroxide-preview-")));
  run("tar", ["-xzf", tarball, "-C", parent], parent);
  const remove = () => rmSync(parent, { recursive: true, force: true });
  return { folder: path.join(parent, "package"), remove };
}

/** One page and what was seen of it beside its contents. */
export class Visit {
  /** Requests to anywhere but the page's own server; all of them were stopped. */
  readonly outside: string[] = [];
  /** What the browser or the page complained about. */
  readonly complaints: string[] = [];

  constructor(
    readonly page: Page,
    readonly url: string,
  ) {
    page.on("console", (message) => {
      if (message.type() === "error") this.complaints.push(message.text());
    });
    page.on("pageerror", (error) => this.complaints.push(error.message));
  }

  /** Waits until the results of the newest program are there. */
  async results(): Promise<void> {
    await this.page.waitForFunction(() => document.body.dataset.state === "done", undefined, {
      timeout: 30_000,
    });
  }

  /** Puts another program into the editor, as a user pastes it, and waits for its results. */
  async type(source: string): Promise<void> {
    await this.page.evaluate((text) => navigator.clipboard.writeText(text), source);
    await this.page.getByRole("textbox", { name: "Program" }).focus();
    await this.page.keyboard.press("Control+a");
    await this.page.keyboard.press("Control+v");
    await this.results();
  }

  /** What stands in a part of the page. */
  async text(selector: string): Promise<string> {
    return (await this.page.textContent(selector)) ?? "";
  }

  /** The requests of all calls as JSON values, in their order. */
  async requests(): Promise<unknown[]> {
    const texts = await this.page.locator("#calls pre").allTextContents();
    return texts.map((text) => JSON.parse(text) as unknown);
  }
}

/** The page with a browser of its own. */
export class Preview {
  private constructor(
    private readonly browser: Browser,
    private readonly folder: string,
    private readonly remove: () => void,
  ) {}

  static async start(): Promise<Preview> {
    const { folder, remove } = unpack();
    return new Preview(await launch(), folder, remove);
  }

  /** Opens the page and hands it over; it is closed afterwards. */
  async visit<T>(
    use: (visit: Visit) => Promise<T>,
    options: BrowserContextOptions & { opened?: Opened; fragment?: string; wait?: boolean } = {},
  ): Promise<T> {
    const { opened, fragment = "", wait = true, ...own } = options;
    const module = pathToFileURL(path.join(this.folder, "server.mjs")).href;
    const { serve } = (await import(module)) as {
      serve(options: { opened?: Opened | undefined }): Promise<Server>;
    };
    const server = await serve({ opened });
    const context = await this.browser.newContext({
      permissions: ["clipboard-read", "clipboard-write"],
      ...own,
    });
    try {
      const visit = new Visit(await context.newPage(), server.url);
      await context.route("**", (route) => {
        const address = route.request().url();
        if (address.startsWith(server.url)) return route.continue();
        visit.outside.push(address);
        return route.abort();
      });
      await visit.page.goto(server.url + fragment);
      if (wait) await visit.results();
      return await use(visit);
    } finally {
      await context.close();
      await server.close();
    }
  }

  async stop(): Promise<void> {
    await this.browser.close();
    this.remove();
  }
}
