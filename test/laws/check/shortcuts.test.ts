import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { factsOf } from "../../../src/check/facts.ts";
import { findAdded, findAlone } from "../../../src/check/index.ts";
import { emphasised, imagesWithoutAlt } from "../../../src/check/marked.ts";
import type { Document } from "../../../src/curriculum/document.ts";
import { lineAt, lineStarts } from "../../../src/curriculum/lines.ts";
import { readDocument } from "../../../src/curriculum/read.ts";

/** Front matter, whole or broken, of a lesson, a subject or nothing in particular. */
const front = fc
  .tuple(
    fc.constantFrom("---\n", "--- \n", "\uFEFF---\n", "", "---\r\n"),
    fc.array(
      fc.constantFrom(
        "id: y8-trade-sack\n",
        "id: y8 trade\n",
        "type: lesson\n",
        "type: subject\n",
        "unit: y8-trade\n",
        "outcome: Name *one* good.\n",
        "minutes: many\n",
        "minutes: 60\n",
        "keyLearningPoints:\n  - {id: k1, text: One}\n  - {id: k1, text: Two}\n",
        "title: 'open\n",
      ),
      { maxLength: 5 },
    ),
    fc.constantFrom("---\n", "", "---\r\n"),
  )
  .map(([open, fields, close]) => `${open}${fields.join("")}${close}`);

/** Pieces that mark words or show pictures, or nearly do, at the ends of sections and over them. */
const body = fc
  .array(
    fc.constantFrom(
      "# A\n",
      "## Intent\n",
      "*toll*",
      "**guild**",
      "*",
      "**",
      " ",
      "word",
      "\n",
      "\r\n",
      "```\n",
      "![](a.png)",
      "![x](b.png)",
      "<img src=c.png>",
      "<IMG src=d.png alt=e>",
      "- ",
      "{#one}",
    ),
    { maxLength: 14 },
  )
  .map((parts) => parts.join(""));

const document = fc
  .tuple(fc.constantFrom("subjects/a.md", "subjects/b.md", "subjects/c.yaml"), front, body)
  .map(([path, above, below]) => readDocument(path, path.endsWith(".yaml") ? above : above + below));

/** Marked words, looked for in one section after the other. */
function markedIn(each: Document): { value: string; line: number; key: string | undefined }[] {
  const starts = lineStarts(each.text);
  return each.bodySlices.flatMap(({ start, end, passages: [key] }) =>
    emphasised(each.text.slice(start, end)).map(({ value, line }) => ({
      value,
      line: lineAt(starts, start) + line,
      key,
    })),
  );
}

describe("what is told without reading all of a document is what reading it tells:", () => {
  it("its marked words", () => {
    fc.assert(
      fc.property(document, (each) => {
        expect(factsOf(each).emphasised).toEqual(each.format === "markdown" ? markedIn(each) : []);
      }),
      { numRuns: 1_000 },
    );
  });

  it("its pictures without a text", () => {
    fc.assert(
      fc.property(document, ({ path, format, text, bodySlices }) => {
        const from = bodySlices.find(({ passages }) => passages.length > 0)?.start;
        const found = format === "yaml" || from === undefined ? [] : imagesWithoutAlt(text.slice(from));
        expect(factsOf(readDocument(path, text)).withoutAlt.map(({ value }) => value)).toEqual(
          found.map(({ value }) => value),
        );
      }),
      { numRuns: 1_000 },
    );
  });

  it("what it tells alone that its text before did not", () => {
    const twoBodies = fc
      .tuple(fc.constantFrom("subjects/a.md", "subjects/c.yaml"), front, body, front, body, fc.boolean())
      .map(([path, above, below, other, more, isSame]) => [
        readDocument(path, above + below),
        readDocument(path, (isSame ? above : other) + more),
      ]);
    fc.assert(
      fc.property(twoBodies, ([before, here]) => {
        if (before === undefined || here === undefined) return;
        const key = ({ check, found }: (typeof all)[number]) => `${check}\n${found.about ?? found.message}`;
        const all = findAlone(here);
        const known = new Set(findAlone(before).map(key));
        expect(findAdded(before, here)).toEqual(all.filter((each) => !known.has(key(each))));
      }),
      { numRuns: 1_000 },
    );
  });
});
