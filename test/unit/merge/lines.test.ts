import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lineHunks, splitLines } from "../../../src/merge/hunks.ts";
import { mergeLines } from "../../../src/merge/lines.ts";

const lines = (text: string): string[] => text.split("").map((c) => `${c}\n`);
const kinds = (base: string, ours: string, theirs: string): string =>
  mergeLines(lines(base), lines(ours), lines(theirs))
    .map((r) => `${r.kind}:${(r.kind === "theirs" ? r.theirs : r.ours).join("").replaceAll("\n", "")}`)
    .join(" ");

describe("merge by lines", () => {
  it("takes changes that do not touch from both sides", () => {
    expect(kinds("abcde", "aXcde", "abcYe")).toBe("stable:a ours:X stable:c theirs:Y stable:e");
  });

  it("is a conflict where changes touch", () => {
    expect(mergeLines(lines("abc"), lines("Xbc"), lines("aYc"))[0]).toEqual({
      kind: "conflict",
      base: lines("ab"),
      ours: lines("Xb"),
      theirs: lines("aY"),
    });
  });

  it("takes what both sides say alike out of a conflict and leaves its base whole", () => {
    const regions = mergeLines(lines("abc"), lines("aPXQc"), lines("aPYQc"));
    expect(regions.map((r) => r.kind)).toEqual(["stable", "both", "conflict", "both", "stable"]);
    expect(regions[2]).toMatchObject({ base: ["b\n"], ours: ["X\n"], theirs: ["Y\n"] });
  });

  it("takes of two insertions the one that holds the other", () => {
    expect(kinds("ab", "aXb", "aXYb")).toBe("stable:a both:X theirs:Y stable:b");
  });

  it("leaves two insertions whole where they share no whole block", () => {
    const regions = mergeLines(["a\n"], ["a\n", "~~~\n", "x\n"], ["a\n", "~~~\n", "y\n"]);
    expect(regions.at(-1)).toMatchObject({ ours: ["~~~\n", "x\n"], theirs: ["~~~\n", "y\n"] });
  });

  it("finds a script from one text to the other", () => {
    const text = fc.array(fc.constantFrom("a\n", "b\n", "\n", "c\n", "d\n"), { maxLength: 30 });
    fc.assert(
      fc.property(text, text, (base, side) => {
        const rebuilt: string[] = [];
        let at = 0;
        for (const h of lineHunks(base, side)) {
          rebuilt.push(...base.slice(at, h.baseStart), ...side.slice(h.sideStart, h.sideEnd));
          expect(h.baseStart).toBeGreaterThanOrEqual(at);
          at = h.baseEnd;
        }
        rebuilt.push(...base.slice(at));
        expect(rebuilt).toEqual(side);
      }),
      { numRuns: 500 },
    );
  });

  it("keeps every line and its end", () => {
    for (const text of ["", "a", "a\n", "a\r\n\r\nb", "\n\n"]) expect(splitLines(text).join("")).toBe(text);
  });

  it("comes to an end with huge and wholly different texts", () => {
    const many = (seed: number): string[] =>
      Array.from({ length: 20_000 }, (_, i) => `line ${(i * seed) % 9973}\n`);
    const regions = mergeLines(many(1), many(7), many(13));
    expect(regions.flatMap(({ ours }) => ours)).toEqual(many(7));
    expect(regions.flatMap(({ theirs }) => theirs)).toEqual(many(13));
  });
});
