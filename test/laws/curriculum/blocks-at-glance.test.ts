import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LINE_TOKEN, type LineMark, parseBlocks } from "../../../src/curriculum/blocks.ts";
import { type BlockAtGlance, blocksAtGlance } from "../../../src/curriculum/blocks-at-glance.ts";
import { markdownLine } from "./lines.ts";

/** What parts the sections of a text as the parser sees it: of text the first, and the first behind a div's line. */
function parsed(text: string): BlockAtGlance[] {
  const tokens = parseBlocks(text);
  const blocks: BlockAtGlance[] = [];
  tokens.forEach(({ type, level, nesting, map, tag, meta }, at) => {
    if (level !== 0 || nesting < 0 || map === null) return;
    const [line] = map;
    const last = blocks.at(-1)?.kind ?? "open";
    const mark = type === LINE_TOKEN ? (meta as LineMark) : null;
    if (type === "heading_open")
      blocks.push({
        kind: "heading",
        line,
        level: Number(tag.slice(1)),
        content: tokens[at + 1]?.content ?? "",
      });
    else if (mark?.kind === "open" || mark?.kind === "close") blocks.push({ kind: mark.kind, line });
    else if (last === "open" || last === "close") blocks.push({ kind: "text", line });
  });
  return blocks;
}

function headings(text: string): string[] | undefined {
  return blocksAtGlance(text)?.flatMap((block) => (block.kind === "heading" ? [block.content] : []));
}

describe("a glance at blocks", () => {
  it("sees what parsing sees, or leaves it to parsing", () => {
    let told = 0;
    fc.assert(
      fc.property(fc.array(markdownLine, { maxLength: 9 }), (lines) => {
        const text = lines.join("\n");
        const found = blocksAtGlance(text);
        if (found === null) return;
        told++;
        expect(found).toEqual(parsed(text));
      }),
      { numRuns: 30_000 },
    );
    expect(told).toBeGreaterThan(3_000);
  }, 60_000);

  it("passes over fences", () => {
    expect(headings("# One\n```\n# no\n---\n```\n{: .output}\n## Two\n")).toEqual(["One", "Two"]);
  });

  it("passes over comments at the margin and rules below a blank line", () => {
    const text = "# One\n<!--\n# no\n---\nno --> # no\n## Two\n\n---\n## Three\n<!-- # no -->\n";
    expect(headings(text)).toEqual(["One", "Two", "Three"]);
  });

  it("leaves HTML, underlines, tables and attributes of headings to the parser", () => {
    for (const text of [
      "# One\n{: #id}\n",
      " <!--\n# no\n-->\n",
      "One\n===\n",
      "One\n---\n",
      "# a | b\n|---|---|\n",
      "--- task ---\n# y\n--- /task ---\n",
    ]) {
      expect(blocksAtGlance(text)).toBeNull();
    }
  });

  it("tells the lines of divs, and what stands first in and behind them", () => {
    const text = "Aim\n\n::::: challenge\n\n## One\n\nwords\n\n:::::\n\nmore\n";
    const found = blocksAtGlance(text)?.map(({ kind, line }) => `${line} ${kind}`);
    expect(found).toEqual(["0 text", "2 open", "4 heading", "8 close", "10 text"]);
  });
});
