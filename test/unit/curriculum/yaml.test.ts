import { describe, expect, it } from "vitest";
import { normalisePlain } from "../../../src/curriculum/normal.ts";
import { normaliseYaml } from "../../../src/curriculum/normal-yaml.ts";
import { readDocument } from "../../../src/curriculum/read.ts";
import { valuesAtGlance } from "../../../src/curriculum/values-at-glance.ts";

const read = (text: string) => readDocument("a.yaml", text);
const keys = (text: string) => read(text).passages.map((passage) => passage.key);
const slices = (text: string) =>
  read(text).slices.map((slice) => [slice.name, text.slice(slice.start, slice.end)]);
const fault = (text: string) => read(text).problems[0];

describe("fields and items", () => {
  it("own their lines with the comments directly above", () => {
    const text = "# head\n\n# about a\na: 1\n\n# about b\nb:\n  # inner\n  c: 2\n  # tail\n";
    expect(slices(text)).toEqual([
      ["start", "# head\n\n"],
      ["@a", "# about a\na: 1\n\n"],
      ["@b", "# about b\nb:\n  # inner\n  c: 2\n  # tail\n"],
    ]);
  });

  it("are one an item in a keyed list, with its order", () => {
    const text = "outcomes:\n  # first\n  - id: o1\n    text: a\n  - {id: O 2, text: b}\nx: 1\n";
    expect(keys(text)).toEqual(["@outcomes.o1", "@outcomes.o-2", "@outcomes!order", "@x"]);
    expect(slices(text)).toEqual([
      ["@outcomes:", "outcomes:\n"],
      ["@outcomes.o1", "  # first\n  - id: o1\n    text: a\n"],
      ["@outcomes.o-2", "  - {id: O 2, text: b}\n"],
      ["@x", "x: 1\n"],
    ]);
    expect(read(text).passages[0]).toMatchObject({ kind: "item", line: 3, name: "outcomes o1" });
    expect(read(text).passages[2]?.text).toBe("@outcomes.o1\n@outcomes.o-2");
  });

  it("share a slice in brackets", () => {
    const text = "outcomes: [{id: o1}, {id: o2}]\n";
    const { slices: all, passages } = read(text);
    expect(all.map((slice) => slice.passages)).toEqual([["@outcomes.o1", "@outcomes.o2"]]);
    expect(passages.map((passage) => passage.text).slice(0, 2)).toEqual(["{id: o1}", "{id: o2}"]);
    expect(keys("{a: 1, b: 2}\n")).toEqual(["@a", "@b"]);
  });

  it("are keyed as the design says", () => {
    expect(keys("keywords:\n- keyword: Food chain\n")).toEqual(["@keywords.food-chain"]);
    expect(keys("keywords: [a, b]\n")).toEqual(["@keywords"]);
    expect(keys("misconceptions:\n- misconception: Plants get all of their food from soil.\n")).toEqual([
      "@misconceptions.plants-get-all-of-their-food",
    ]);
    expect(keys("sequence:\n- {unit: y8-trade, yearGroup: 8, term: autumn-1}\n- {unit: b}\n")).toEqual([
      "@sequence.y8-trade/8/autumn-1",
      "@sequence.b",
      "@sequence!order",
    ]);
    expect(keys("resources:\n- {title: Map}\n- {title: Plan, path: fig/a.png}\n").slice(0, 2)).toEqual([
      "@resources.map",
      "@resources.fig%2Fa%2Epng",
    ]);
    expect(keys("people:\n- {name: A, x: 1}\n- {name: B}\n").slice(0, 2)).toEqual(["@people.a", "@people.b"]);
    expect(keys("people:\n- {name: A}\n- {name: A}\n")).toEqual(["@people"]);
    expect(keys("outcomes:\n- {id: a}\n- {id: a}\n").slice(0, 2)).toEqual(["@outcomes.a", "@outcomes.a~2"]);
    expect(keys("outcomes: []\n")).toEqual(["@outcomes"]);
  });

  it("have values as data", () => {
    expect(read("a: 1\nb: [x]\n").data).toEqual({ a: 1, b: ["x"] });
    expect(read("when: !school 8\n").passages[0]?.normal).toBe("!school 8");
  });
});

describe("YAML that cannot be read", () => {
  it.each([
    ["a: 1\na: 2\n", 2, 'the field "a" stands here a second time'],
    ["x:\n  b: 1\n  b: 2\n", 3, 'the field "b"'],
    ["a: 1\n---\nb: 1\n", 2, "a second YAML document"],
    ["- a\n", 1, "this is a list"],
    ["text\n", 1, "this is plain text"],
    ["a: b: c\n", 1, "needs quotes"],
    ["a: [1\n", 1, "a bracket is opened and not closed"],
    ["a: 1\nb: [1, 2\nc: 3\n", 2, "a bracket is opened and not closed"],
    ["a: 1\nb: {c: [1], d: 2\ne: 3\n", 2, "a bracket is opened and not closed"],
    ['a: 1\nb: "open\nc: 2\nd: 3\n', 2, "a quotation mark is opened here"],
    ['a: 1\nb: "a \\"word\\" here\nc: 2\n', 2, "a quotation mark is opened here"],
    ["a: 1\nb: 'open\nc: 2\n", 2, "a quotation mark is opened here"],
    ["a:\n\tb: 1\n", 2, "tab"],
    ["a: *x\n", 1, "&x that is not there"],
    [
      "a: &a [x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c]\n",
      1,
      "unfold",
    ],
  ])("is one passage with a plain word: %j", (text, line, words) => {
    expect(fault(text)).toMatchObject({ line, message: expect.stringContaining(words) });
    expect(keys(text)).toEqual(["@"]);
    expect(read(text).data).toEqual({});
  });

  it.each([
    ["brackets", `a: ${"[".repeat(20_000)}`],
    [
      "lines further and further in",
      Array.from({ length: 2_000 }, (_, i) => `${" ".repeat(i)}a:`).join("\n"),
    ],
    ["lists on one line", `${"- ".repeat(20_000)}a`],
  ])("is refused without being parsed where it is nested without end: %s", (_, text) => {
    expect(fault(text)).toMatchObject({ message: expect.stringContaining("nested too deeply") });
    expect(normaliseYaml(text)).toBe(normalisePlain(text));
    expect(valuesAtGlance(text, 1)).toBeNull();
  });

  it("is told by the line of the file, in front matter too", () => {
    const document = readDocument("a.md", "---\ntitle: a\ntitle: b\n---\n\n# H\n");
    expect(document.problems[0]?.line).toBe(3);
    expect(document.passages.map((passage) => passage.key)).toEqual(["@", "#h"]);
  });

  it("is no fault where there is nothing", () => {
    for (const text of ["", "\n", "# only a comment\n", "---\n"]) expect(read(text).problems).toEqual([]);
  });
});
