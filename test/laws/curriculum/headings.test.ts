import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseBlocks } from "../../../src/curriculum/blocks.ts";
import { headingsAtGlance, type PlainHeading } from "../../../src/curriculum/headings.ts";
import { markdownLine } from "./lines.ts";

/** The headings at the margin as the parser sees them, and the line at which the text begins. */
function parsed(text: string): { headings: PlainHeading[]; first: number | undefined } {
  const tokens = parseBlocks(text);
  const headings = tokens.flatMap((token, at) => {
    if (token.type !== "heading_open" || token.level !== 0 || token.map === null) return [];
    const content = tokens[at + 1]?.content ?? "";
    return [{ line: token.map[0], level: Number(token.tag.slice(1)), content }];
  });
  return { headings, first: tokens[0]?.map?.[0] };
}

describe("a glance at headings", () => {
  it("sees what parsing sees, or leaves it to parsing", () => {
    let told = 0;
    fc.assert(
      fc.property(fc.array(markdownLine, { maxLength: 9 }), (lines) => {
        const text = lines.join("\n");
        const found = headingsAtGlance(text);
        if (found === null) return;
        told++;
        const { headings, first } = parsed(text);
        expect(found).toEqual(headings);
        const begin = lines.findIndex((each) => /[^ \t]/.test(each));
        expect(first ?? -1).toBe(begin);
      }),
      { numRuns: 30_000 },
    );
    expect(told).toBeGreaterThan(3_000);
  }, 60_000);

  it("passes over fences", () => {
    expect(headingsAtGlance("# One\n```\n# no\n---\n```\n{: .output}\n## Two\n")).toHaveLength(2);
  });

  it("passes over comments at the margin and rules below a blank line", () => {
    const text = "# One\n<!--\n# no\n---\nno --> # no\n## Two\n\n---\n## Three\n<!-- # no -->\n";
    expect(headingsAtGlance(text)?.map(({ content }) => content)).toEqual(["One", "Two", "Three"]);
  });

  it("leaves HTML, underlines, tables and attributes of headings to the parser", () => {
    for (const text of [
      "# One\n{: #id}\n",
      " <!--\n# no\n-->\n",
      "One\n===\n",
      "One\n---\n",
      "# a | b\n|---|---|\n",
      "::: x\n# y\n:::\n",
    ]) {
      expect(headingsAtGlance(text)).toBeNull();
    }
  });
});
