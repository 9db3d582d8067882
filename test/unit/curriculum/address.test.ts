import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatAddress, parseAddress, quoteAddress } from "../../../src/curriculum/address.ts";
import { findPassage } from "../../../src/curriculum/find.ts";
import { readDocument } from "../../../src/curriculum/read.ts";

describe("addresses", () => {
  it.each([
    ["y8", "y8", null],
    ["y8#", "y8", "#"],
    ["y8#case-study", "y8", "#case-study"],
    ["y8@outcomes.o2", "y8", "@outcomes.o2"],
    ["y8@sequence!order", "y8", "@sequence!order"],
    ["a/b%20c.md#x", "a/b c.md", "#x"],
    ["a/b.md#Case study", "a/b.md", "#Case study"],
    ["100%#x", "100%", "#x"],
  ])("%s", (text, document, passage) => {
    expect(parseAddress(text)).toEqual({ document, passage });
  });

  it("come back from what was printed", () => {
    const id = fc.string({ minLength: 1 }).filter((text) => text.trim() === text);
    fc.assert(
      fc.property(id, fc.constantFrom(null, "#", "#a/b~2", "@x.y"), (document, passage) => {
        expect(parseAddress(formatAddress(document, passage))).toEqual({ document, passage });
      }),
    );
  });

  it("are quoted where a shell could read a sign", () => {
    expect(quoteAddress("y8-trade")).toBe("y8-trade");
    expect(quoteAddress("y8#case")).toBe('"y8#case"');
    expect(quoteAddress("y8@sequence!order")).toBe("'y8@sequence!order'");
  });
});

describe("findPassage", () => {
  const text = `---
title: T
outcomes:
  - {id: o1, text: a}
  - {id: o2, text: b}
---
# One

## Case study

## Solution

# Two

## Solution
`;
  const document = readDocument("a.md", text);
  const find = (wanted: string) => {
    const found = findPassage(document, wanted);
    return "passage" in found ? found.passage.key : found.candidates.map((passage) => passage.key);
  };

  it.each([
    ["#case-study", "#case-study"],
    ["#Case study", "#case-study"],
    ["#one/case-study", "#case-study"],
    ["case study", "#case-study"],
    ["#two/solution", "#two/solution"],
    ["@outcomes.O2", "@outcomes.o2"],
    ["@title", "@title"],
  ])("%s is %s", (wanted, key) => {
    expect(find(wanted)).toBe(key);
  });

  it("offers what it could be", () => {
    expect(find("#solution")).toEqual(["#one/solution", "#two/solution"]);
    expect(find("@outcomes")).toEqual(["@outcomes.o1", "@outcomes.o2"]);
    expect(find("#case-studdy")).toEqual(["#case-study"]);
    expect(find("#nothing like it")).toEqual([]);
  });
});

describe("an address in a command that is printed for people to type", () => {
  it.each([
    ["y8-trade", "y8-trade"],
    ["y8-trade#case-study", '"y8-trade#case-study"'],
    ["y8@sequence!order", "'y8@sequence!order'"],
    ["a/$(touch ran).md", "'a/$(touch ran).md'"],
    ["a/`touch`'!.md", "'a/`touch`'\\''!.md'"],
    ['a/".md', "'a/\".md'"],
  ])("%s never runs anything in a shell", (address, quoted) => {
    expect(quoteAddress(address)).toBe(quoted);
  });

  it("holds no sign that steers a terminal in a document's id", () => {
    expect(formatAddress("a\u001b[31m\u202eb", null)).toBe("a%1B%5B31m%E2%80%AEb");
    expect(parseAddress("a%1B%5B31m%E2%80%AEb").document).toBe("a\u001b[31m\u202eb");
  });
});
