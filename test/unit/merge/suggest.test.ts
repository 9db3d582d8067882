import { describe, expect, it } from "vitest";
import { conflict } from "../../../src/merge/conflict.ts";
import { applyFirst, suggestionsFor } from "../../../src/merge/suggest.ts";

const LABELS = { ours: "Grimsby", base: "edition 1", theirs: "edition 2" };
const texts = (base: string | null, ours: string | null, theirs: string | null): string[] =>
  suggestionsFor(conflict("", { base, ours, theirs }, LABELS), LABELS).map(({ text }) => text);

describe("suggestions", () => {
  it("begin with both changes where they touch no word in common", () => {
    expect(texts("a b c d\n", "A b c d\n", "a b c D\n")[0]).toBe("A b c D\n");
    expect(texts("a b\n", "x b\n", "y b\n")).toEqual(["x b\n", "y b\n", "x b\ny b\n"]);
  });

  it("put two additions below one another, and of two wordings of one take the fuller", () => {
    expect(texts(null, "one thing\n", "quite another\n")[0]).toBe("one thing\nquite another\n");
    expect(texts(null, "one two three four five\n", "one two three four five six\n")[0]).toBe(
      "one two three four five six\n",
    );
  });

  it("offer what each side has where one removed it, and say the rule", () => {
    const [first, second] = suggestionsFor(
      conflict("", { base: "a\n", ours: null, theirs: "b\n" }, LABELS),
      LABELS,
    );
    expect([first?.text, second?.text]).toEqual(["", "b\n"]);
    expect(second?.rule).toBe("What edition 2 has.");
  });

  it("make a file without conflicts", () => {
    const open = conflict("", { base: "a b c\n", ours: "A b c\n", theirs: "a b C\n" }, LABELS);
    expect(applyFirst(["# T\n", open, "end\n"], LABELS)).toBe("# T\nA b C\nend\n");
  });
});
