import { describe, expect, it } from "vitest";
import type { DiffReport, ShownDocument, ShownPassage } from "../../../src/report/kinds/changes.ts";
import { renderMarkdown } from "../../../src/report/markdown.ts";
import { renderText } from "../../../src/report/text/render.ts";
import { PLAIN } from "../../../src/report/text/style.ts";
import { CASE_STUDY, DIFF, DRIFT_REPORT, HOMEWORK } from "./reports.ts";

function text(report: DiffReport, width = 80): string {
  return renderText(report, { width, style: PLAIN });
}

function one(passage: Partial<ShownPassage>, document: Partial<ShownDocument> = {}): DiffReport {
  const [first] = DIFF.documents;
  if (!first) throw new Error("the sample has documents");
  return {
    ...DIFF,
    documents: [{ ...first, ...document, passages: [{ ...HOMEWORK, ...passage }] }],
    next: [],
  };
}

describe("diff", () => {
  it("shows every passage with its changed words and its reason", () => {
    expect(text(DIFF)).toBe(`Harbour Academy Grimsby, changed since 2026-27-autumn: 3 passages, 106 words

Trade in medieval England
  Case study  "y8-trade#case-study"   52 words  place
    [-Norwich market-] {+The landing at Grimsby haven+} shows how wool and wine
    changed hands. Sellers stood in rows by …
    Why: Families here work on the docks; Norwich means nothing to them yet.
  Writing     "y8-trade#writing"      46 words  scaffold, eal
    {+One reason was … This mattered because …+}
    Why: Many pupils write their first long answer in English here.

Industry and empire
  Homework    "y9-industry#homework"   8 words  no reason yet
    Ask at home who worked [-in a mill-] {+on a trawler or on the fish docks+}.

Next: leeway adapt "y9-industry#homework"    give the reason in a sentence
`);
  });

  it("leaves the text out in a summary", () => {
    expect(text({ ...DIFF, view: "stat", next: [] })).toBe(
      `Harbour Academy Grimsby, changed since 2026-27-autumn: 3 passages, 106 words

Trade in medieval England
  Case study  "y8-trade#case-study"   52 words  place
  Writing     "y8-trade#writing"      46 words  scaffold, eal
Industry and empire
  Homework    "y9-industry#homework"   8 words  no reason yet
`,
    );
  });

  it("says that nothing changed", () => {
    expect(text({ ...DIFF, documents: [], next: [] })).toBe(
      "Harbour Academy Grimsby, changed since 2026-27-autumn: nothing\n",
    );
  });

  it("compares code and tables by line, and keeps their white space", () => {
    const base =
      "## Code\n\nRun it.\n\n```python\nfor i in range(3):\n    print(i)\n```\n\n| a | b |\n|--|--|\n";
    const local = base.replace("    print(i)", "    print(i + 1)").replace("| a | b |", "| a | c |");
    expect(text(one({ base, local }))).toContain(`
    [-    print(i)-]
    {+    print(i + 1)+}
    …
    [-| a | b |-]
    {+| a | c |+}
`);
  });

  it("shows a field as its value, and an order as what moved", () => {
    const base = '  - {id: o2, text: "Explain how trade made people depend on one another."}\n';
    const local = base.replace("people", "strangers");
    expect(text(one({ at: "y8-trade@outcomes.o2", base, local }))).toContain(
      "\n    Explain how trade made [-people-] {+strangers+} depend on one another.\n",
    );
    const unit = "  - unit: y8-trade\n    term: spring-1\n    weeks: 5\n";
    expect(
      text(one({ at: "history-ks3@sequence.y8-trade", base: unit, local: unit.replace("5", "6") })),
    ).toContain("no reason yet\n    weeks: [-5-] {+6+}\n");
    const order = {
      at: "science-ks3@sequence!order",
      change: "moved",
      words: { added: 0, removed: 0, edits: 0 },
    } as const;
    const moved = text(
      one({
        ...order,
        base: "@sequence.cells\n@sequence.particles\n@sequence.forces\n",
        local: "@sequence.particles\n@sequence.cells\n@sequence.forces\n",
      }),
    );
    expect(moved).toContain("new order");
    expect(moved).toContain("\n    [-cells,-] particles, {+cells,+} forces\n");
  });

  it("leaves out paragraphs that did not change, and most of a long one", () => {
    const filler = Array.from({ length: 40 }, (_, index) => `word${index}`).join(" ");
    const base = `## H\n\nThe first paragraph.\n\n${filler} old ${filler}\n`;
    const page = text(one({ base, local: base.replace(" old ", " new ") }));
    expect(page).not.toContain("first paragraph");
    expect(page).not.toContain("word27 ");
    expect(page.replace(/\s+/g, " ")).toContain("… word28 word29");
    expect(page.replace(/\s+/g, " ")).toContain("word39 [-old-] {+new+} word0");
    expect(page.replace(/\s+/g, " ")).toContain("word11 …");
  });

  it("shows a reason once in a document, and that it is to be looked over", () => {
    const reason = { ...CASE_STUDY.reason, review: { since: "2026-27-spring" } } as ShownPassage["reason"];
    const [first] = DIFF.documents;
    const passages = [
      { ...CASE_STUDY, reason },
      { ...HOMEWORK, reason },
    ];
    const page = text({ ...DIFF, documents: [{ ...(first as ShownDocument), passages }] });
    expect(page.match(/Why:/g)).toHaveLength(1);
    expect(page).toContain("place; to look over");
    expect(page).toContain("The text beneath changed with 2026-27-spring: does the reason still hold?");
  });

  it("reads a change that is broken by a word or two as one", () => {
    const base =
      "## H\n\nWe keep this. Sellers stood in rows by trade, and the city took a toll on what they brought.\n";
    const local =
      "## H\n\nWe keep this. Ships from Norway brought timber and hawks, herring was sold from the strand, took a toll on all of it.\n";
    expect(text(one({ base, local })).replace(/\s+/g, " ")).toContain(
      "We keep this. [-Sellers stood in rows by trade, and the city-] {+Ships from Norway brought timber and hawks, herring was sold from the strand,+} took a toll on [-what they brought-] {+all of it+}.",
    );
  });

  it("tells documents that are new, moved or changed in layout alone", () => {
    const [first] = DIFF.documents;
    const bare = { ...(first as ShownDocument), passages: [] };
    const page = text({
      ...DIFF,
      documents: [
        { ...bare, change: "added", passages: [{ ...CASE_STUDY, base: null }] },
        { ...bare, title: "Moved", change: "moved", from: "old/unit.md" },
        { ...bare, title: "Rewrapped" },
      ],
      files: [{ path: "map.png", change: "added", problem: null }],
      next: [],
    });
    expect(page).toContain(
      '\nTrade in medieval England (new document)\n  1 passage  "y8-trade"  52 words  place\n    Why:',
    );
    expect(page).not.toContain("{+");
    expect(page).toContain("\nMoved (moved from old/unit.md)\n");
    expect(page).toContain("\nRewrapped (only its layout changed)\n");
    expect(page).toContain("\nOther files\n  map.png  added\n");
  });
});

describe("diff as Markdown", () => {
  it("is a page for a pull request", () => {
    expect(
      renderMarkdown({ ...DIFF, documents: DIFF.documents.slice(1), next: [] }),
    ).toBe(`# Harbour Academy Grimsby, changed since 2026-27-autumn

1 passage, 8 words

| Passage | Words | Reason |
|---|---:|---|
| Industry and empire: Homework | 8 words | no reason yet |

## Industry and empire

### Homework \`"y9-industry#homework"\`

> Ask at home who worked ~~in a mill~~ **on a trawler or on the fish docks**.

**No reason yet.**
`);
  });

  it("lets no text of a document break out", () => {
    const local = "## H\n\n<img src=x onerror=alert(1)> a | b @all [x](javascript:y)\n";
    const page = renderMarkdown(one({ name: "a | <b>", base: null, local }, { title: "# T | *x*" }));
    expect(page).not.toMatch(/<(?:img|b)\b/);
    expect(page).toContain("| \\# T \\| \\*x\\*: a \\| &lt;b\\> | 8 words | no reason yet |");
    expect(page).toContain("@\u2060all");
    expect(page).not.toContain("[x](");
  });

  it("puts code in a block that code cannot close", () => {
    const base = "## H\n\n~~~~\n```\nold\n~~~~\n";
    const page = renderMarkdown(one({ base, local: base.replace("```\nold", "````\nnew") }));
    expect(page).toContain("`````diff\n- ```\n- old\n+ ````\n+ new\n`````\n");
  });

  it("puts any other report into a text block", () => {
    const page = renderMarkdown(DRIFT_REPORT);
    expect(page.startsWith("```text\nHarbour Academy Grimsby, against")).toBe(true);
    expect(page.endsWith("\n```\n")).toBe(true);
  });
});
