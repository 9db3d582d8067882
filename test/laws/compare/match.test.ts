import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { matchPassages } from "../../../src/compare/match.ts";
import { readDocument } from "../../../src/curriculum/read.ts";
import { markdownText } from "../../unit/curriculum/texts.ts";

const read = (text: string) => readDocument("a.md", text);
const pairs = (a: string, b: string) =>
  matchPassages(read(a), read(b)).map(({ base, local }) => `${base?.key ?? "-"} ${local?.key ?? "-"}`);

describe("matching passages", () => {
  it("is the same the other way round, and has every passage once", () => {
    fc.assert(
      fc.property(markdownText, markdownText, (a, b) => {
        const there = pairs(a, b).sort();
        const back = pairs(b, a)
          .map((pair) => pair.split(" ").reverse().join(" "))
          .sort();
        expect(back).toEqual(there);
        const matched = matchPassages(read(a), read(b));
        expect(matched.flatMap(({ base }) => base?.key ?? []).sort()).toEqual(
          read(a)
            .passages.map((one) => one.key)
            .sort(),
        );
        expect(matched.flatMap(({ local }) => local?.key ?? [])).toEqual(
          read(b).passages.map((one) => one.key),
        );
      }),
      { numRuns: 300 },
    );
  });
});
