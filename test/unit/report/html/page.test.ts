import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { renderPage } from "../../../../src/report/html/page.tsx";
import { outlineOf, symbolOf } from "../../../../src/report/html/plot/glyphs.ts";
import { STANDINGS } from "../../../../src/report/html/reading/standing.ts";
import { STYLE } from "../../../../src/report/html/style/style.ts";
import { madeTrust } from "../../../page/trust.ts";

const page = renderPage(madeTrust());

describe("the page of a trust", () => {
  it("is the same for the same survey", () => {
    expect(renderPage(madeTrust())).toBe(page);
  });

  it("has no script, and one style, which the policy knows by its hash", () => {
    expect(page).not.toMatch(/<script|<link|@import|url\(|\sstyle="|\son\w+="/);
    expect(page.match(/<style/g)).toHaveLength(1);
    const [, style = ""] = /<style>([\s\S]*?)<\/style>/.exec(page) ?? [];
    const hash = createHash("sha256").update(style).digest("base64");
    expect(page).toContain(`default-src 'none'; style-src 'sha256-${hash}'`);
  });

  it("has a style sheet that needs no way around escaping", () => {
    expect(STYLE).not.toMatch(/["&<]/);
  });

  it("says that figures are no judgement", () => {
    expect(page).toContain("These figures say how much changed, not how good it is.");
  });

  it("gives every count of versions with what it is a part of", () => {
    const cells = [...page.matchAll(/<td class="figure"><b>(\d+)<\/b> of (\d+)<\/td>/g)];
    expect(cells).toHaveLength(STANDINGS.length);
    expect(cells.reduce((sum, [, count]) => sum + Number(count), 0)).toBe(Number(cells[0]?.[2]));
  });
});

describe("the shapes of standings", () => {
  it("differ from each other, and are drawn in the size that is asked for", () => {
    expect(new Set(STANDINGS.map(outlineOf)).size).toBe(STANDINGS.length);
    for (const standing of STANDINGS) {
      let widest = 0;
      const reach = (x: number, y: number): void => {
        widest = Math.max(widest, Math.hypot(x, y));
      };
      symbolOf(standing).draw(
        { moveTo: reach, lineTo: reach, arc: (x, y, r) => reach(x + r, y), closePath: () => undefined },
        Math.PI * 100,
      );
      expect(widest).toBeGreaterThan(3);
      expect(widest).toBeLessThan(14);
    }
  });
});
