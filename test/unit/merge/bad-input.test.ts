import { describe, expect, it } from "vitest";
import { mergeDocument } from "../../../src/merge/document.ts";

const LABELS = { ours: "Grimsby", base: "edition 1", theirs: "edition 2" };

function merge(path: string, base: string, ours: string, theirs: string) {
  return mergeDocument({ path, base, ours, theirs, labels: LABELS });
}

/** How much longer a merge takes of a text four times the size; about 4 where time is linear. */
function growth(make: (size: number) => [string, string, string, string], size: number): number {
  const time = (n: number): number => {
    const [path, base, ours, theirs] = make(n);
    const start = performance.now();
    merge(path, base, ours, theirs);
    return performance.now() - start;
  };
  time(size);
  return Math.min(time(size * 4), time(size * 4)) / Math.max(5, time(size));
}

describe("bad input takes time in proportion to its size", () => {
  const many = (n: number, line: (i: number) => string): string =>
    Array.from({ length: n }, (_, i) => line(i)).join("");
  const cases: Record<string, [number, (n: number) => [string, string, string, string]]> = {
    "one long line": [200_000, (n) => ["a.md", "w ".repeat(n), `x ${"w ".repeat(n)}`, `${"w ".repeat(n)}y`]],
    "many headings": [
      1_000,
      (n) => [
        "a.md",
        many(n, (i) => `## H${i}\n\ntext ${i}\n\n`),
        many(n, (i) => `## H${i}\n\n${i % 3 ? "text" : "ours"} ${i}\n\n`),
        many(n, (i) => `## H${i}\n\n${i % 5 ? "text" : "theirs"} ${i}\n\n`),
      ],
    ],
    "everything rewritten": [
      1_000,
      (n) => [
        "a.md",
        many(n, (i) => `old ${i}\n\n`),
        many(n, (i) => `ours${i} new\n\n`),
        many(n, (i) => `theirs${i} x\n\n`),
      ],
    ],
    "white space within a heading": [
      5_000,
      (n) => ["a.md", `# T${" ".repeat(n)}x\n`, `# T${" ".repeat(n)}y\n`, `# T${" ".repeat(n)}z\n`],
    ],
    "signs without end": [
      10_000,
      (n) => ["a.md", `# ${"#".repeat(n)}x{`, `# ${"#".repeat(n)}y{`, `# ${"# ".repeat(n)}z{{`],
    ],
    "deep quotes": [
      1_000,
      (n) => ["a.md", `${">".repeat(n)} a\n`, `${">".repeat(n)} b\n`, `${">".repeat(n)} c\n`],
    ],
    "blank lines in YAML": [
      5_000,
      (n) => [
        "a.yaml",
        `a: x\n${"\n".repeat(n)}b: 1\n`,
        `a: y\n${"\n".repeat(n)}b: 1\n`,
        `a: x\n${"\n".repeat(n)}b: 2\n`,
      ],
    ],
  };
  for (const [name, [size, make]] of Object.entries(cases)) {
    it(name, () => {
      expect(growth(make, size)).toBeLessThan(12);
    });
  }
});

describe("bad input is a conflict, or as Git has it, and says why", () => {
  it("fields that one side alone cannot read", () => {
    const base = "---\nid: a\ntitle: Trade\nminutes: 60\n---\n\n# Trade\n";
    const ours = base.replace("title: Trade", 'title: "Trade').replace("60", "50");
    const result = merge("a.md", base, ours, base.replace("title: Trade", "title: Markets"));
    expect(result.clean).toBe(false);
    expect(result.conflicts.every(({ reason }) => reason.endsWith("."))).toBe(true);
  });

  it("a key that both sides add, each with its own value", () => {
    const base = "id: a\n\nminutes: 60\n";
    const result = merge("a.yaml", base, `owner: History\n${base}`, `${base}owner: Geography\n`);
    expect(result.clean).toBe(false);
  });

  it("an id that both sides give to an item of their own", () => {
    const base = "items:\n  - id: one\n    text: First.\n";
    const result = merge(
      "a.yaml",
      base,
      base.replace("items:\n", "items:\n  - id: two\n    text: Ours.\n"),
      `${base}  - id: two\n    text: Theirs.\n`,
    );
    expect(result.clean).toBe(false);
  });

  it("keys that stand twice already are no reason to refuse", () => {
    const base = "tag: a\ntag: b\n\nminutes: 60\n\nowner: History\n";
    const [ours, theirs] = [base.replace("60", "50"), base.replace("History", "Geography")];
    const text = ours.replace("History", "Geography");
    const git = { text, clean: true };
    expect(mergeDocument({ path: "a.yaml", base, ours, theirs, git, labels: LABELS }).text).toBe(text);
  });

  it("a fence that nothing closes, tabs, mixed line ends", () => {
    for (const base of ["# T\n\n~~~\na\n\nb\n", "\t- a\n\n\t\t- b\n", "# T\r\n\na\n\r\nb\r\n"]) {
      const result = merge("a.md", base, base.replace("a", "x"), base.replace("b", "y"));
      expect(result.text).toContain("x");
      expect(result.text).toContain("y");
    }
  });
});
