import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writePage } from "../../src/cli/trust-page.ts";
import type { Survey } from "../../src/trust/survey.ts";
import { folder } from "../files/folder.ts";
import { openBrowser } from "./browser.ts";
import { hostile } from "./hostile.ts";
import { madeTrust } from "./trust.ts";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const WIDTHS = [360, 800, 1600];

let browser: Browser;
const pages = new Map<string, string>();

beforeAll(async () => {
  browser = await openBrowser();
  const trust = madeTrust();
  for (const [name, survey] of [
    ["trust", trust],
    ["two regions", twoRegions(trust)],
    ["hostile", hostile(trust)],
    ["empty", { ...trust, versions: trust.versions.slice(0, 1), hotspots: [], invitations: [] }],
  ] as [string, Survey][]) {
    const out = folder();
    await writePage({ cwd: out }, survey, { out: "." });
    pages.set(name, pathToFileURL(join(out, "index.html")).href);
  }
});
afterAll(() => browser?.close());

/** With a version of each sort that there is; axe takes half a minute for all sixty. */
function twoRegions(survey: Survey): Survey {
  const versions = survey.versions.filter(
    ({ region }) => region === null || ["midlands", "west"].includes(region),
  );
  return { ...survey, versions };
}

interface Seen {
  readonly page: Page;
  /** What the browser complains of, and every address that it asks for. */
  readonly complaints: string[];
  readonly asked: string[];
}

async function look(name: string, width = 800, colorScheme: "light" | "dark" = "light"): Promise<Seen> {
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
  const complaints: string[] = [];
  const asked: string[] = [];
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("dialog", (dialog) => complaints.push(`a dialog: ${dialog.message()}`));
  page.on("request", (request) => asked.push(request.url()));
  await page.goto(pages.get(name) ?? "", { waitUntil: "load" });
  return { page, complaints, asked };
}

async function unfold(page: Page): Promise<void> {
  await page.locator("details").evaluateAll((all) => {
    for (const each of all) (each as HTMLDetailsElement).open = true;
  });
}

/** Elements that reach over the right edge of the page, but for what scrolls by itself or is kept out of sight. */
async function overflowing(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const wide = document.documentElement.scrollWidth > window.innerWidth;
    const inside = (element: Element): boolean =>
      element.closest(".wide, .scrolls, .unseen, .skip, svg") !== null;
    const over = [...document.querySelectorAll("body *")].filter(
      (element) => !inside(element) && element.getBoundingClientRect().right > window.innerWidth + 0.5,
    );
    return [
      ...(wide ? ["the page itself"] : []),
      ...over.slice(0, 5).map((element) => element.outerHTML.slice(0, 120)),
    ];
  });
}

it("keeps the sign of what was added or removed beside its first word, however wide the page is", async () => {
  const { page } = await look("trust", 360);
  await unfold(page);
  const apart = async (): Promise<string[]> =>
    page.evaluate(() =>
      [...document.querySelectorAll(".sign")].flatMap((sign) => {
        const { parentElement: first, nextSibling: word } = sign;
        if (word === null || (word.textContent ?? "").trim() === "") return [];
        const range = document.createRange();
        range.selectNodeContents(word);
        const [mark, start] = [sign.getBoundingClientRect(), range.getBoundingClientRect()];
        return start.top < mark.bottom && mark.top < start.bottom ? [] : [first?.outerHTML ?? ""];
      }),
    );
  for (let width = 360; width < 720; width += 24) {
    await page.setViewportSize({ width, height: 900 });
    expect([width, await apart()]).toEqual([width, []]);
  }
  await page.close();
});

it("ends the names of the map before the marks of the first subject", async () => {
  const { page } = await look("trust", 360);
  const over = await page.evaluate(() =>
    [...document.querySelectorAll(".panel svg")].flatMap((svg) => {
      const marks = [...svg.querySelectorAll("path:has(title)")].map((mark) => mark.getBoundingClientRect());
      const first = Math.min(...marks.map(({ left, right }) => (left + right) / 2));
      return [...svg.querySelectorAll("a text")].flatMap((name) =>
        name.getBoundingClientRect().right > first - 5 ? [name.textContent] : [],
      );
    }),
  );
  expect(await page.locator(".panel svg a text").count()).toBeGreaterThan(50);
  expect(over).toEqual([]);
  await page.close();
});

describe.each(["trust", "hostile", "empty"])("the page of a trust (%s)", (name) => {
  it("asks for nothing but itself, and the browser has nothing to complain of", async () => {
    const { page, complaints, asked } = await look(name);
    await unfold(page);
    await page.mouse.move(400, 400);
    expect(complaints).toEqual([]);
    expect(asked).toEqual([pages.get(name)]);
    await page.close();
  });

  it(`fits windows of ${WIDTHS.join(", ")} pixels, folded and unfolded`, async () => {
    const { page } = await look(name);
    const over = async (): Promise<string[]> => {
      const found: string[] = [];
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 900 });
        found.push(...(await overflowing(page)).map((what) => `${width}: ${what}`));
      }
      return found;
    };
    expect(await over()).toEqual([]);
    await unfold(page);
    expect(await over()).toEqual([]);
    await page.close();
  });

  it("has one first heading, and none that leaves out a level", async () => {
    const { page } = await look(name);
    const levels = await page
      .locator("h1, h2, h3, h4, h5, h6")
      .evaluateAll((all) => all.map(({ tagName }) => Number(tagName.slice(1))));
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    expect(levels[0]).toBe(1);
    expect(levels.filter((level, index) => level > (levels[index - 1] ?? 0) + 1)).toEqual([]);
    await page.close();
  });

  it("leads every link to a place that is there, and gives no id twice", async () => {
    const { page } = await look(name);
    const [lost, twice] = await page.evaluate(() => {
      const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
      const targets = [...document.querySelectorAll("a[href^='#']")].map(
        (a) => a.getAttribute("href")?.slice(1) ?? "",
      );
      return [
        targets.filter((id) => !ids.includes(id)),
        ids.filter((id, index) => ids.indexOf(id) !== index),
      ];
    });
    expect(lost).toEqual([]);
    expect(twice).toEqual([]);
    await page.close();
  });
});

describe("whoever cannot see it as it is drawn", () => {
  it.each([
    // What does not depend on colours is looked at once.
    ["light", ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]],
    ["dark", ["color-contrast"]],
  ] as const)("finds nothing that axe would object to, in %s", async (scheme, rules) => {
    const { page } = await look("two regions", 1600, scheme);
    await unfold(page);
    await page.evaluate(AXE);
    const found = await page.evaluate(
      async (runOnly) => {
        const { axe } = window as unknown as { axe: typeof import("axe-core") };
        const { violations, passes } = await axe.run({ runOnly });
        return {
          looked: passes.length,
          violations: violations.map(
            ({ id, nodes }) => `${id}: ${nodes.length} × ${nodes[0]?.html.slice(0, 160)}`,
          ),
        };
      },
      [...rules],
    );
    expect(found.violations).toEqual([]);
    expect(found.looked).toBeGreaterThan(0);
    await page.close();
  });

  it("comes with the keyboard to the content at once, and to a version that was folded away", async () => {
    const { page } = await look("trust");
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.textContent?.trim())).toBe(
      "Skip to the content",
    );
    const link = page.locator(".panel a", { hasText: "Harbour Academy Grimsby" });
    await link.focus();
    await page.keyboard.press("Enter");
    await expect.poll(() => page.locator("#version-harbour-grimsby").isVisible()).toBe(true);
    await page.close();
  });

  it("reads every status in words, and every change with what was removed and added", async () => {
    const { page } = await look("trust");
    const text = (await page.locator(".standings").textContent())?.toLowerCase();
    for (const words of ["adapted", "same as upstream", "reason missing", "locked text changed"])
      expect(text).toContain(words);
    const changed = await page
      .locator("ins, del")
      .evaluateAll((all) => all.map(({ textContent }) => textContent ?? ""));
    expect(changed.length).toBeGreaterThan(100);
    expect(changed.filter((each) => !/^(added: \+|removed: −)/.test(each))).toEqual([]);
    await page.close();
  });

  it("tells standings apart by shape where colours are forced, and prints what is folded", async () => {
    const { page } = await look("trust");
    const shapes = await page
      .locator(".standings .glyph path")
      .evaluateAll((all) => all.map((each) => each.getAttribute("d")));
    expect(new Set(shapes).size).toBe(shapes.length);
    await page.emulateMedia({ forcedColors: "active" });
    expect(await overflowing(page)).toEqual([]);
    await page.emulateMedia({ media: "print", forcedColors: "none" });
    expect(await page.locator(".version .body").first().isVisible()).toBe(true);
    await page.close();
  });
});

describe("what schools wrote", () => {
  it("stays text, whatever it tries", async () => {
    const { page } = await look("hostile");
    await unfold(page);
    const links = page.locator("a:not([href^='#'])");
    expect(await links.count()).toBe(0);
    const found = await page.evaluate(() => ({
      broken: (window as unknown as { broken?: string }).broken ?? null,
      strangers: [...document.querySelectorAll("script, img, iframe, object, [onerror], [onclick], [style]")]
        .length,
      scripts: document.querySelectorAll("h1").length,
      text: document.body.textContent ?? "",
    }));
    expect(found).toMatchObject({ broken: null, strangers: 0, scripts: 1 });
    expect(found.text).toContain("<script>window.broken = 'script'</script>");
    expect(found.text).not.toMatch(/[^\P{Cc}\n\t]|[\u202a-\u202e\u2066-\u2069]/u);
    await page.close();
  });
});
