import { describe, expect, it } from "vitest";
import { conflict } from "../../../src/merge/conflict.ts";
import { applyFirst, suggestionsFor } from "../../../src/merge/suggest.ts";

const LABELS = { ours: "Grimsby", base: "edition 1", theirs: "edition 2" };
const texts = (base: string | null, ours: string | null, theirs: string | null): string[] =>
  suggestionsFor(conflict("", { base, ours, theirs }, LABELS), LABELS, false).map(({ text }) => text);

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
      conflict("", { base: "a c\n", ours: null, theirs: "b c\n" }, LABELS),
      LABELS,
      false,
    );
    expect([first?.text, second?.text]).toEqual(["", "b c\n"]);
    expect(second?.rule).toBe("What edition 2 has.");
  });

  it("tell two additions apart by their words, not by the signs that all lines of a list have", () => {
    expect(texts(null, "- [Wool](/docs/trade/wool)\n", "- [Salt](/docs/trade/salt)\n")[0]).toBe(
      "- [Wool](/docs/trade/wool)\n- [Salt](/docs/trade/salt)\n",
    );
  });

  it("put one after the other what both put in one place of a sentence", () => {
    expect(texts("Read the chapter.\n", "Read the long chapter.\n", "Read the third chapter.\n")[0]).toBe(
      "Read the long third chapter.\n",
    );
    expect(texts("Read on\n", "Read on.\n", "Read on!\n")[0]).toBe("Read on.\n");
    // A sentence each at the end of a paragraph.
    expect(texts("Half were not.\n", "Half were not. Show it.\n", "Half were not. Ask why.\n")[0]).toBe(
      "Half were not. Show it. Ask why.\n",
    );
  });

  it("put a rewriting or a removal before a touch", () => {
    const base =
      "The Norwich market sold wool to merchants who had come by sea from Flanders and beyond, and bought in turn the wine, the salt and the cloth that they had brought.\n";
    const touched = base.replace("Norwich", "Grimsby");
    const rewritten =
      "Pupils look at the map of Grimsby harbour, and find out which goods left it, when and why.\n";
    expect(texts(base, touched, rewritten)[0]).toBe(rewritten);
    expect(texts(base, rewritten, touched)[0]).toBe(rewritten);
    expect(texts(base, touched, null)[0]).toBe("");
    expect(texts(base, rewritten, null)[0]).toBe(rewritten);
  });

  it("put what stands in place of a text before its removal", () => {
    const base = "Read the chapter on wool.\n";
    expect(texts(base, null, "Draw a map of the harbour, with ships.\n")[0]).not.toBe("");
    expect(texts(base, null, "Read the chapter on salt.\n")[0]).toBe("");
  });

  it("put words before signs and capitals", () => {
    expect(texts("Name it, then.\n", "Name it: then!\n", "Name it, now\n")[0]).toBe("Name it, now\n");
    expect(texts("Name it, then.\n", "Name it, now\n", "Name it: then!\n")[0]).toBe("Name it, now\n");
  });

  it("do not mix code word by word", () => {
    const base = 'SELECT * WHERE dated<="1930-00-00";\n';
    const ours = base.replace("<=", "<");
    const theirs = base.replace("00-00", "01-01");
    const parts = (before: string, after: string) => [
      before,
      conflict("", { base, ours, theirs }, LABELS),
      after,
    ];
    const fence = "```\n";
    expect(applyFirst("lesson.md", parts(`# T\n\n${fence}`, fence), LABELS)).toBe(
      `# T\n\n${fence}${theirs}${fence}`,
    );
    expect(applyFirst("lesson.md", parts("# T\n\n", ""), LABELS)).toBe(
      '# T\n\nSELECT * WHERE dated<"1930-01-01";\n',
    );
  });

  it("make a file without conflicts", () => {
    const open = conflict("", { base: "a b c\n", ours: "A b c\n", theirs: "a b C\n" }, LABELS);
    expect(applyFirst("lesson.md", ["# T\n", open, "end\n"], LABELS)).toBe("# T\nA b C\nend\n");
  });
});
