// The page as a tool: its weight and speed, sharing, the keyboard, accessibility, narrow screens, and pictures for a person to look at.
import { mkdirSync, readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { root } from "../packaging/project.js";
import { Preview, fragmentOf, unpack, type Visit } from "./preview.js";

const output = path.join(root, "tests", "browser", "output");
const axe = readFileSync(path.join(root, "node_modules", "axe-core", "axe.min.js"), "utf8");

let preview: Preview;
beforeAll(async () => {
  mkdirSync(output, { recursive: true });
  preview = await Preview.start();
});
afterAll(() => preview.stop());

const small = `import { Entity } from "electroxide";
const Note = new Entity({
  model: { entity: "note", version: "1", service: "app" },
  attributes: { id: { type: "string", required: true }, text: { type: "string" } },
  indexes: { primary: { pk: { field: "pk", composite: ["id"] }, sk: { field: "sk", composite: [] } } },
}, { table: "notes" });
Note.put({ id: "é<b>", text: "ünï 😀" }).params();
`;

describe("weight and speed", () => {
  test("everything that a visitor loads is at most 400 kB after gzip", () => {
    const { folder, remove } = unpack();
    try {
      const names = readdirSync(path.join(folder, "page"));
      const sizes = names.map((name) => {
        return gzipSync(readFileSync(path.join(folder, "page", name)), { level: 9 }).length;
      });
      const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;
      names.forEach((name, at) => console.log(`${name}: ${kilobytes(sizes[at] ?? 0)} gzip`));
      const all = sizes.reduce((sum, size) => sum + size, 0);
      console.log(`the page in all: ${kilobytes(all)} gzip`);
      expect(all).toBeLessThanOrEqual(400_000);
    } finally {
      remove();
    }
  });

  test("nothing moves while results arrive, and the time until they are there is printed", async () => {
    await preview.visit(
      async (visit) => {
        const { page } = visit;
        await page.addInitScript(() => {
          const state = window as unknown as { shift: number };
          state.shift = 0;
          new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) {
              state.shift += (entry as unknown as { value: number }).value;
            }
          }).observe({ type: "layout-shift", buffered: true });
        });
        await page.goto(visit.url);
        await visit.results();
        const { shift, time } = await page.evaluate(() => ({
          shift: (window as unknown as { shift: number }).shift,
          time: performance.getEntriesByName("first-results")[0]?.startTime ?? NaN,
        }));
        console.log(`first results after ${time.toFixed(0)} ms`);
        expect(shift).toBe(0);
        // A time is no fact of the program; that it was taken is.
        expect(time).toBeGreaterThan(0);
      },
      { wait: false },
    );
  });
});

describe("sharing", () => {
  test("a copied link opens the same program with the same results", async () => {
    const [link, requests] = await preview.visit(async (visit) => {
      await visit.type(small);
      await visit.page.getByRole("button", { name: "Copy link" }).click();
      await visit.page.waitForFunction(() =>
        document.getElementById("status")?.textContent?.startsWith("Copied"),
      );
      const text = await visit.page.evaluate(() => navigator.clipboard.readText());
      return [new URL(text), await visit.requests()] as const;
    });
    expect(link.hash).toMatch(/^#p=[\w-]+$/);
    await preview.visit(
      async (visit) => {
        expect(await visit.requests()).toEqual(requests);
        const lines = await visit.page.locator(".cm-line").allTextContents();
        expect(lines.join("\n")).toBe(small);
        expect(visit.complaints).toEqual([]);
      },
      { fragment: link.hash },
    );
  });

  test("a reload keeps what was edited, and a link opened in the same tab takes its place", async () => {
    await preview.visit(async (visit) => {
      await visit.type(small);
      await visit.page.waitForFunction(() => location.hash.startsWith("#p="));
      await visit.page.reload();
      await visit.results();
      expect(await visit.requests()).toHaveLength(1);
      const other = fragmentOf(small.replaceAll("note", "memo"));
      await visit.page.evaluate((hash) => (location.hash = hash), other);
      await visit.page.waitForSelector("text=memo.put");
    });
  });

  test("the program is downloaded as a file", async () => {
    await preview.visit(async (visit) => {
      await visit.type(small);
      const [file] = await Promise.all([
        visit.page.waitForEvent("download"),
        visit.page.getByRole("button", { name: "Download" }).click(),
      ]);
      expect(file.suggestedFilename()).toBe("models.ts");
      expect(readFileSync(await file.path(), "utf8")).toBe(small);
    });
  });

  test("a file that the command opens stands in the page as text", async () => {
    const opened = {
      name: "models.js",
      source: `// </script><script>window.pwned = 1</script><!--\n${small}`,
    };
    await preview.visit(
      async (visit) => {
        expect(await visit.requests()).toHaveLength(1);
        const lines = await visit.page.locator(".cm-line").allTextContents();
        expect(lines.join("\n")).toBe(opened.source);
        expect(await visit.page.evaluate(() => "pwned" in window)).toBe(false);
        expect(await visit.page.locator("#example option").first().textContent()).toBe("models.js");
      },
      { opened },
    );
  });
});

describe("the keyboard", () => {
  test("alone, it reaches the menu, the editor, the tabs, the parts of keys and the requests", async () => {
    await preview.visit(async (visit) => {
      const { page } = visit;
      const focused = () =>
        page.evaluate(() => {
          const element = document.activeElement;
          return element?.id === "" ? element.className || element.tagName : (element?.id ?? "");
        });
      const tab = async (): Promise<string> => {
        await page.keyboard.press("Tab");
        return focused();
      };
      expect([await tab(), await tab(), await tab(), await tab()]).toEqual([
        "example",
        "share",
        "download",
        "editor",
      ]);
      // The Tab key leaves the editor, which is no trap.
      await page.keyboard.type("// typed\n");
      await visit.results();
      expect(await page.locator(".cm-line").first().textContent()).toBe("// typed");
      expect(await tab()).toBe("tab-calls");
      await page.keyboard.press("ArrowRight");
      expect(await focused()).toBe("tab-patterns");
      expect(await page.getByRole("tabpanel", { name: "Access patterns" }).isVisible()).toBe(true);
      await page.keyboard.press("End");
      expect(await page.getByRole("tabpanel", { name: "Table" }).isVisible()).toBe(true);
      await page.keyboard.press("Home");
      expect(await tab()).toBe("calls");
      await tab();
      expect(await page.evaluate(() => (document.activeElement as HTMLInputElement).value)).toBe(
        "json",
      );
      await page.keyboard.press("ArrowRight");
      expect(await page.locator("#calls pre").first().textContent()).toContain('"S": "user_123"');
      await tab();
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("line 106");
      await tab();
      await page.keyboard.press("ArrowRight");
      expect(await page.getByRole("tooltip").textContent()).toBe("The name of the service");
      await page.keyboard.press("Escape");
      expect(await page.getByRole("tooltip").isVisible()).toBe(false);
      await page.keyboard.press("Shift+Tab");
      await page.keyboard.press("Enter");
      expect(await focused()).toBe("editor");
    });
  });
});

/** The issues that axe finds, the frame aside, which shows nothing. */
async function issuesOf({ page }: Visit): Promise<string[]> {
  // The page's policy lets no script in; the debugger's own evaluation is not under it.
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: {
        run(
          options: object,
        ): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }>;
      };
    };
    const { violations } = await axe.run({ iframes: false });
    return violations.map(
      ({ id, impact, nodes }) => `${impact} ${id}: ${nodes.map(({ html }) => html).join(" ")}`,
    );
  });
}

const TABS = ["Calls", "Access patterns", "Table"] as const;

const screens = [
  { name: "light", viewport: { width: 1360, height: 850 }, colorScheme: "light" },
  { name: "dark", viewport: { width: 1360, height: 850 }, colorScheme: "dark" },
  { name: "narrow", viewport: { width: 380, height: 850 }, colorScheme: "light" },
  { name: "narrow-dark", viewport: { width: 380, height: 850 }, colorScheme: "dark" },
] as const;

describe("every view", () => {
  test.each(screens)(
    "$name: axe finds nothing, nothing is cut off, a picture is taken",
    async ({ name, ...screen }) => {
      await preview.visit(async (visit) => {
        const { page } = visit;
        for (const tab of TABS) {
          await page.getByRole("tab", { name: tab }).click();
          expect(await issuesOf(visit), tab).toEqual([]);
          const { scrollWidth, clientWidth } = await page.evaluate(() => ({
            scrollWidth: document.documentElement.scrollWidth,
            clientWidth: document.documentElement.clientWidth,
          }));
          expect(scrollWidth, tab).toBe(clientWidth);
          if (screen.viewport.width < 800) await page.locator("#tabs").scrollIntoViewIfNeeded();
          const file = `${name}-${tab.toLowerCase().replace(" ", "-")}.png`;
          await page.screenshot({ path: path.join(output, file) });
        }
        await visit.type("const a = ;");
        expect(await issuesOf(visit), "a problem").toEqual([]);
        await page.screenshot({ path: path.join(output, `${name}-problem.png`) });
      }, screen);
    },
  );

  test("landmarks and headings say where everything is", async () => {
    await preview.visit(async ({ page }) => {
      for (const [role, name] of [
        ["banner", undefined],
        ["main", undefined],
        ["region", "Program"],
        ["region", "Results"],
        ["tablist", "Views"],
        ["status", undefined],
      ] as const) {
        expect(await page.getByRole(role, name === undefined ? {} : { name }).count(), role).toBe(
          1,
        );
      }
      expect(await page.getByRole("heading", { level: 1 }).textContent()).toContain("electroxide");
    });
  });
});
