import { describe, expect, it } from "vitest";
import type { TreeChange } from "../../../src/git/raw-diff.ts";
import { runsCode } from "../../../src/version/rebase/code.ts";
import { movesOf } from "../../../src/version/rebase/moves.ts";

const change = (status: "A" | "D" | "M", path: string, oid: string, after = oid): TreeChange => ({
  status,
  path,
  oldMode: status === "A" ? "000000" : "100644",
  newMode: status === "D" ? "000000" : "100644",
  oldOid: status === "A" ? null : oid,
  newOid: status === "D" ? null : after,
});
const renamed = (from: string, path: string): TreeChange => ({
  ...change("M", path, from, path),
  status: "R",
  from,
});
const told = (changes: TreeChange[], ids: Record<string, string> = {}): string[] =>
  movesOf(changes, new Map(Object.entries(ids))).map(({ from, to, rule }) => `${from} > ${to} (${rule})`);

describe("moves", () => {
  it("an id tells a move that Git does not see", () => {
    const changes = [change("D", "a/x.md", "old"), change("A", "b/y.md", "new")];
    expect(told(changes, { old: "wool", new: "wool" })).toEqual(["a/x.md > b/y.md (id)"]);
    expect(told(changes, { old: "wool", new: "salt" })).toEqual([]);
  });

  it("files follow their folder: where Git found one of them, or two kept their names", () => {
    const rest = [change("D", "a/y.md", "y"), change("A", "b/y.md", "y2")];
    expect(told([renamed("a/x.md", "b/x.md"), ...rest])).toEqual([
      "a/x.md > b/x.md (git)",
      "a/y.md > b/y.md (folder)",
    ]);
    expect(told([change("D", "a/x.md", "x"), change("A", "b/x.md", "x2"), ...rest])).toHaveLength(2);
    expect(told(rest)).toEqual([]);
  });

  it("two documents with ids of their own are not one, and a folder that went two ways is followed nowhere", () => {
    const rest = [change("D", "a/y.md", "y"), change("A", "b/y.md", "y2")];
    expect(told([renamed("a/x.md", "b/x.md"), ...rest], { y: "salt", y2: "iron" })).toEqual([
      "a/x.md > b/x.md (git)",
    ]);
    const twoWays = [renamed("a/x.md", "b/x.md"), renamed("a/z.md", "c/z.md")];
    expect(told([...twoWays, change("D", "a/y.md", "y"), change("A", "d/y.md", "y2")])).toHaveLength(2);
  });

  it("another document in the place of one that moved is told from it by the ids", () => {
    const changes = [change("M", "a.md", "one", "two"), change("A", "b.md", "one-later")];
    expect(told(changes, { one: "wool", two: "salt", "one-later": "wool" })).toEqual(["a.md > b.md (id)"]);
  });
});

describe("files that run code", () => {
  it.each([
    [".github/workflows/build.yml", "100644", "on: push", true],
    ["subjects/maths/run.sh", "100644", "", true],
    ["package.json", "100644", "{}", true],
    [".gitattributes", "100644", "*.md filter=x", true],
    ["tools/go", "100755", "", true],
    ["tools/go", "100644", "#!/usr/bin/env python\n", true],
    ["_layouts/page.html", "100644", '<p onclick="go()">', true],
    ["_layouts/page.html", "100644", "<p>Plain</p>", false],
    ["subjects/computing/lesson.md", "100644", "#!/bin/sh in a lesson", false],
    ["subjects/maths/programme.yaml", "100644", "id: x", false],
    ["pictures/map.png", "100644", "", false],
    ["action/notes.txt", "100644", "Makefile", false],
  ])("%s with mode %s and %j: %s", (path, mode, text, expected) => {
    expect(runsCode(path, mode, text)).toBe(expected);
  });
});
