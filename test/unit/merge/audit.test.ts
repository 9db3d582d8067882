import { describe, expect, it } from "vitest";
import { audit } from "../../../src/merge/audit.ts";
import { cut } from "../../../src/merge/cut.ts";
import { mergeDocument } from "../../../src/merge/document.ts";

const LABELS = { ours: "Grimsby", base: "edition 1", theirs: "edition 2" };
const base = "---\nid: a\n---\n\n# Trade\n\nold text\n";
const kinds = (ours: string, theirs: string, result: string): string[] =>
  audit({
    path: "a.md",
    base: cut("a.md", base),
    ours: cut("a.md", ours),
    theirs: cut("a.md", theirs),
    result: cut("a.md", result),
  }).map((fault) => fault.kind);

describe("audit", () => {
  it("finds front matter that neither side broke", () => {
    expect(kinds(`${base}x\n`, base, base.replace("id: a", "id: a\nid: b"))).toContain("unreadable");
  });

  it("finds a heading that stands twice, unless a side had it so", () => {
    const twice = `${base}\n# Trade\n`;
    expect(kinds(`${base}x\n`, `${base}y\n`, `${twice}x y\n`)).toEqual(["twice", "extra"]);
    expect(kinds(twice, `${base}y\n`, `${twice}y\n`)).toEqual([]);
  });

  it("finds words that are lost and words that are doubled", () => {
    expect(kinds(`${base}harbour\n`, `${base}guild\n`, `${base}harbour\n`)).toEqual(["lost"]);
    expect(kinds(`${base}harbour\n`, base, `${base}harbour harbour\n`)).toEqual(["extra"]);
  });

  it("lets a word go that one side removed", () => {
    expect(kinds(base.replace("old text", "new text"), base, base.replace("old text", "new text"))).toEqual(
      [],
    );
  });
});

describe("Git's merge", () => {
  const merge = (git: string, ours: string, theirs: string) =>
    mergeDocument({ path: "a.md", base, ours, theirs, git: { text: git, clean: true }, labels: LABELS });

  it("is taken byte for byte where it is clean and right", () => {
    const result = merge(`${base}x\r\n`, `${base}x\r\n`, base.replace("old", "old "));
    expect(result).toMatchObject({ text: `${base}x\r\n`, conflicts: [], clean: true, rules: [] });
  });

  it("is refused with the reason where it lost words", () => {
    const result = merge(`${base}x\n`, `${base}x\n`, `${base}guild\n`);
    expect(result.clean).toBe(false);
    expect(result.conflicts[0]?.reason).toContain('"guild"');
    expect(result.text).toContain("<<<<<<< Grimsby (a");
  });
});

describe("a file that both sides added", () => {
  const added = (ours: string, theirs: string) =>
    mergeDocument({ path: "a.md", base: null, ours, theirs, labels: LABELS });

  it("is one where they are equal, and a conflict where they are not", () => {
    expect(added(base, base)).toMatchObject({ text: base, clean: true });
    const result = added(`${base}\n## Docks\n\ncranes\n`, `${base}\n## Map\n\nroutes\n`);
    expect(result.conflicts).toMatchObject([{ kind: "added-added", base: null }]);
  });

  it("is the other where one side added it empty, as Git has it", () => {
    expect(added("", base)).toMatchObject({ text: base, clean: true });
  });
});
