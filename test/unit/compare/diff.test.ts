import { describe, expect, it } from "vitest";
import { diffDocuments } from "../../../src/compare/diff.ts";
import { matchDocuments } from "../../../src/compare/documents.ts";
import { matchPassages } from "../../../src/compare/match.ts";
import { readDocument } from "../../../src/curriculum/read.ts";

const read = (text: string, path = "a.md") => readDocument(path, text);
const changes = (a: string, b: string, path = "a.md") =>
  diffDocuments(read(a, path), read(b, path)).passages.map(
    (one) => `${one.change} ${one.key} ${one.words.edits}/${one.words.of}`,
  );
const pairs = (a: string, b: string) =>
  matchPassages(read(a), read(b)).map(({ base, local }) => `${base?.key ?? "-"} ${local?.key ?? "-"}`);

describe("diffDocuments", () => {
  it("tells what was edited, added and removed", () => {
    const a = "# A\n\none two\n\n# B\n\nb\n";
    const b = "# A\n\none three\n\n# C\n\nnew words here\n";
    expect(changes(a, b)).toEqual(["edited #a 1/4", "removed #b 3/3", "added #c 5/5"]);
  });

  it("is empty where only the form changed", () => {
    expect(changes("# A\n\none\ntwo\n", "# A\r\n\r\none two  \r\n")).toEqual([]);
    expect(changes("a: {x: 1, y: 2}\n", "# note\na:\n  y: '2'\n  x: 1\n", "a.yaml")).toEqual([]);
  });

  it("takes a renamed heading for an edit", () => {
    const text = "one two three four five six\n";
    expect(changes(`# Old name\n\n${text}`, `# New name\n\n${text}`)).toEqual(["edited #new-name 1/9"]);
  });

  it("follows repeated headings by their text", () => {
    const a = "# Exercise\n\nfirst text of many words\n\n# Exercise\n\nsecond thing to be done\n";
    const b = `# Exercise\n\nwholly other and new\n\n${a}`;
    expect(changes(a, b)).toEqual(["added #exercise 6/6"]);
    expect(pairs(a, b)).toContain("#exercise~2 #exercise~3");
  });

  it("pairs rewritten repeats by their count where both sides have as many", () => {
    expect(pairs("# X\n\na b c\n\n# X\n\nd e f\n", "# X\n\ng h i\n\n# X\n\nd e f\n")).toEqual([
      "#x #x",
      "#x~2 #x~2",
      "#!order #!order",
    ]);
  });

  it("knows a move from an addition", () => {
    expect(changes("# A\n\n# B\n\n# C\n", "# A\n\n# C\n\n# B\n")).toEqual(["moved #!order 0/0"]);
    expect(changes("# A\n\n# B\n", "# A\n\n# N\n\n# B\n")).toEqual(["added #n 2/2"]);
  });

  it("hashes both sides as records do", () => {
    const [change] = diffDocuments(read("# A\n\nx\n"), read("# A\n\ny\n")).passages;
    expect(change?.baseHash).toMatch(/^n1:[0-9a-f]{16}$/);
    expect(change?.localHash).not.toBe(change?.baseHash);
    const [added] = diffDocuments(null, read("# A\n")).passages;
    expect(added).toMatchObject({ change: "added", baseHash: null });
  });

  it("names documents that came, went and moved", () => {
    expect(diffDocuments(null, read("# A\n")).change).toBe("added");
    expect(diffDocuments(read("# A\n"), null).change).toBe("removed");
    expect(diffDocuments(read("# A\n"), read("# A\n", "b.md"))).toMatchObject({
      change: "moved",
      from: "a.md",
      path: "b.md",
    });
  });
});

describe("matchPassages", () => {
  it("keeps what was removed at its place", () => {
    expect(pairs("# A\n\n# B x\n\n# C\n", "# A\n\n# C\n").slice(0, 3)).toEqual(["#a #a", "#b-x -", "#c #c"]);
  });

  it("comes to an end on thousands of repeats", () => {
    const text = (end: string) =>
      Array.from({ length: 5_000 }, (_, at) => `# X\n\nwords ${at} here ${end}\n`).join("\n");
    expect(matchPassages(read(text("a")), read(text("b")))).toHaveLength(5_001);
  });
});

describe("matchDocuments", () => {
  const doc = (id: string, path: string) => ({ id, path });
  const matched = (a: ReturnType<typeof doc>[], b: ReturnType<typeof doc>[]) =>
    matchDocuments(a, b).map(({ base, local }) => `${base?.path ?? "-"} ${local?.path ?? "-"}`);

  it("goes by id, then by path", () => {
    expect(matched([doc("x", "a.md"), doc("y", "b.md")], [doc("x", "c.md"), doc("b.md", "b.md")])).toEqual([
      "a.md c.md",
      "b.md b.md",
    ]);
    expect(matched([doc("x", "a.md")], [doc("z", "z.md")])).toEqual(["- z.md", "a.md -"]);
  });

  it("does not trust an id that stands twice", () => {
    expect(matched([doc("x", "a.md")], [doc("x", "b.md"), doc("x", "a.md")])).toEqual([
      "- b.md",
      "a.md a.md",
    ]);
  });
});
