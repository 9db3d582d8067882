import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Document, Passage } from "../../../src/curriculum/document.ts";
import { readDocument } from "../../../src/curriculum/read.ts";
import { readEdited } from "../../../src/curriculum/read-edited.ts";
import { markdownLine } from "./lines.ts";

const FIELDS = ["---", "id: y8-trade", "type: lesson", "outcomes:", "  - {id: o1, text: Say why}", "---"];

const prose = fc.constantFrom("Wool went by river", "The toll was paid here.", "Why Norwich?", "", "  ");
const most = fc.oneof({ weight: 3, arbitrary: prose }, { weight: 1, arbitrary: markdownLine });
const lines = (maxLength: number) => fc.array(most, { maxLength });
const end = fc.constantFrom("", "\n", "\n\n");

/** Everything that a document tells, what it works out when it is asked as well. */
function told(document: Document): unknown {
  const { path, format, text, frontMatter, id, type, title, data, problems, slices, bodySlices } = document;
  const whole = (passage: Passage) => ({ ...passage, normal: passage.normal });
  const [passages, fields, body] = [document.passages, document.fields, document.body].map((each) =>
    each.map(whole),
  );
  const own = { path, format, text, frontMatter, id, type, title, data, problems };
  return { ...own, slices, bodySlices, passages, fields, body };
}

describe("a document that differs in a few lines", () => {
  it("is what reading it gives, or is left to reading", () => {
    let known = 0;
    fc.assert(
      fc.property(lines(12), fc.nat(12), fc.nat(3), lines(3), end, (before, at, gone, come, last) => {
        const after = before.toSpliced(at, gone, ...come);
        const [base, text] = [before, after].map((each) => [...FIELDS, ...each].join("\n") + last) as [
          string,
          string,
        ];
        const edited = readEdited(readDocument("trade.md", base), text);
        if (edited === null) return;
        known++;
        expect(told(edited)).toEqual(told(readDocument("trade.md", text)));
      }),
      { numRuns: 4_000 },
    );
    expect(known).toBeGreaterThan(400);
  }, 60_000);

  it("has every other passage of the one before", () => {
    const text = [
      ...FIELDS,
      "# Trade",
      "",
      "Wool went by river.",
      "",
      "## Case study",
      "",
      "Norwich.",
      "",
    ].join("\n");
    const base = readDocument("trade.md", text);
    const same = (to: string): readonly string[] => {
      const passages = readEdited(base, text.replace("river.", to))?.passages ?? [];
      return passages.filter((passage) => base.passages.includes(passage)).map(({ key }) => key);
    };
    const others = ["@id", "@type", "@outcomes.o1", "#case-study", "#!order"];
    expect(same("sea.")).toEqual(others);
    // What stands further down is another passage with the same text.
    expect(same("river,\nand by sea.")).toEqual(others.filter((key) => key !== "#case-study"));
  });

  it("is left to reading where a heading, a list or a field changed", () => {
    const text = [...FIELDS, "# Trade", "", "Wool went by river.", ""].join("\n");
    const base = readDocument("trade.md", text);
    for (const [from, to] of [
      ["# Trade", "# Tolls"],
      ["Wool went", "- Wool went"],
      ["lesson", "unit"],
      ["Wool", "# Wool"],
      ["river.", "river.\r"],
    ] as const) {
      expect(readEdited(base, text.replace(from, to))).toBeNull();
    }
  });
});
