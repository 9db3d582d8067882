import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { historyOfPaths } from "../../src/git/history.ts";
import { readRawDiff } from "../../src/git/raw-diff.ts";
import { remember } from "../../src/git/remembered.ts";
import { compareTrees } from "../../src/git/tree-objects.ts";
import { diffManyTrees, diffTrees, listTree } from "../../src/git/trees.ts";
import { commit, git, oddPaths, repository } from "./sandbox.ts";

const odd = Object.fromEntries(oddPaths.map((path) => [path, `in ${path}`]));

describe("listing a tree", () => {
  test("gives every path as it is, with size if asked", async () => {
    const { repo, at } = await repository(odd);
    const files = await listTree(repo, "HEAD", [], { sizes: true });
    expect([...files.keys()].sort()).toEqual([...oddPaths].sort());
    const path = "été/ñandú.md";
    expect(files.get(path)).toEqual({
      mode: "100644",
      oid: git(at, "rev-parse", `HEAD:${path}`),
      size: Buffer.byteLength(`in ${path}`),
    });
  });

  test("takes prefixes literally, also those that look like options and patterns", async () => {
    const { repo } = await repository({ ...odd, "xcolon.md": "x" });
    const files = await listTree(repo, "HEAD", ["été", "-dash.md", ":colon*[x].md", "x*"]);
    expect([...files.keys()].sort()).toEqual(["-dash.md", ":colon*[x].md", "été/ñandú.md"]);
  });

  test("gives folders of a commit as the whole list has them, and nothing of those that are not there", async () => {
    const { repo, at } = await repository({
      ...odd,
      "units/a/unit.md": "a",
      "units/a/b/c.md": "c",
      "units-2.md": "2",
    });
    git(at, "update-index", "--add", "--cacheinfo", `160000,${git(at, "rev-parse", "HEAD")},units/module`);
    git(at, "update-index", "--chmod=+x", "units/a/unit.md");
    git(at, "commit", "-q", "-m", "A module, and a mode");
    const head = git(at, "rev-parse", "HEAD");
    const folders = ["units/", "été/", "nowhere/", "units-2.md/"];
    const all = [...(await listTree(repo, head))].filter(([path]) =>
      folders.some((folder) => path.startsWith(folder)),
    );
    expect(all.map(([path]) => path)).toEqual(expect.arrayContaining(["units/module", "units/a/b/c.md"]));
    expect(new Map(await listTree(repo, head, folders))).toEqual(new Map(all));
    const nothing = "1".repeat(head.length);
    await expect(listTree(repo, nothing, ["units/"])).rejects.toMatchObject({ kind: "environment" });
  });

  test("refuses a revision that looks like an option", async () => {
    const { repo } = await repository();
    await expect(listTree(repo, "--output=x")).rejects.toMatchObject({ kind: "usage" });
  });
});

describe("a second commit", () => {
  test.each(["one version", "many versions"])(
    "of %s is listed as Git lists it, whatever differs",
    async (whose) => {
      const { repo, at, first } = await repository({ ...odd, "units/a.md": "a", "units/b.md": "b" });
      git(at, "rm", "-q", "units/a.md");
      const second = commit(at, { "units/b.md": "bb", "units/a.md/inner.md": "i", "aa.md": "new" });
      git(at, "update-index", "--chmod=+x", "units/b.md");
      git(at, "commit", "-q", "-m", "A mode");
      git(at, "mv", "units/b.md", "units/renamed.md");
      const third = commit(at, {});
      if (whose === "many versions") {
        remember(repo);
        await diffTrees(repo, first, third, { renames: true });
      }
      for (const rev of [first, second, third]) {
        const lines = git(at, "ls-tree", "-r", "-z", "--full-tree", rev).split("\0").filter(Boolean);
        const listed = lines.map((line) => {
          const [mode, , oid] = line.slice(0, line.indexOf("\t")).split(" ");
          return [line.slice(line.indexOf("\t") + 1), mode, oid];
        });
        const found = [...(await listTree(repo, rev))].map(([path, { mode, oid }]) => [path, mode, oid]);
        expect(found.sort()).toEqual(listed.sort());
      }
      await expect(listTree(repo, "1".repeat(first.length))).rejects.toMatchObject({ kind: "environment" });
    },
  );
});

describe("comparing trees", () => {
  test("without a process tells what Git tells, in its order, of any few changes", async () => {
    const names = ["a", "a.md", "ab", "é", "units"];
    const path = fc
      .array(fc.constantFrom(...names), { minLength: 1, maxLength: 3 })
      .map((parts) => parts.join("/"));
    const entry = fc.record({
      path,
      mode: fc.constantFrom("100644", "100755", "120000", "160000"),
      text: fc.nat(2),
    });
    const { repo, at, first } = await repository();
    const blobs = [0, 1, 2].map((number) =>
      execFileSync("git", ["hash-object", "-w", "--stdin"], {
        cwd: at,
        input: `${number}`,
        encoding: "utf8",
      }).trim(),
    );
    const treeOf = (entries: readonly { path: string; mode: string; text: number }[]): string => {
      const kept = entries.filter(
        ({ path }, i) =>
          entries.findIndex((other) => other.path === path) === i &&
          !entries.some((other) => other.path.startsWith(`${path}/`)),
      );
      const env = { ...process.env, GIT_INDEX_FILE: join(at, ".git", "other-index") };
      rmSync(env.GIT_INDEX_FILE, { force: true });
      const input = kept
        .map(({ path, mode, text }) => `${mode} ${mode === "160000" ? first : blobs[text]}\t${path}\n`)
        .join("");
      execFileSync("git", ["update-index", "--add", "--index-info"], { cwd: at, env, input });
      return execFileSync("git", ["write-tree"], { cwd: at, env, encoding: "utf8" }).trim();
    };
    await fc.assert(
      fc.asyncProperty(
        fc.array(entry, { maxLength: 3 }),
        fc.array(entry, { maxLength: 3 }),
        async (was, is) => {
          const [from, to] = [treeOf(was), treeOf(is)];
          const raw = ["diff-tree", "-r", "-z", "--raw", "--no-abbrev", "--no-renames", from, to];
          const told = readRawDiff(Buffer.from(git(at, ...raw)));
          expect(await compareTrees(repo, from, to)).toEqual(told);
        },
      ),
      { numRuns: 40 },
    );
    expect(await compareTrees(repo, "1".repeat(first.length), first)).toBeNull();
  });

  test("tells additions, changes, removals, types and renames", async () => {
    const long = "line of a lesson\n".repeat(30);
    const { repo, first, at } = await repository({ ...odd, "move me.md": long, link: "file" });
    git(at, "mv", "move me.md", "moved\n.md");
    git(at, "rm", "-q", "link", "🚢.md");
    git(at, "config", "core.symlinks", "false");
    const second = commit(at, { "-dash.md": "changed", "new.md": "new" });
    const plain = await diffTrees(repo, first, second);
    expect(plain.map(({ status, path }) => `${status} ${path}`).sort()).toEqual(
      ["A moved\n.md", "A new.md", "D link", "D move me.md", "D 🚢.md", "M -dash.md"].sort(),
    );
    const added = plain.find(({ path }) => path === "new.md");
    expect(added).toMatchObject({
      oldOid: null,
      newMode: "100644",
      newOid: git(at, "rev-parse", "HEAD:new.md"),
    });
    const renamed = await diffTrees(repo, first, second, {
      renames: true,
      paths: ["move me.md", "moved\n.md"],
    });
    expect(renamed).toMatchObject([{ status: "R", from: "move me.md", path: "moved\n.md" }]);
    expect(await diffTrees(repo, null, first)).toHaveLength(oddPaths.length + 2);
    expect(await diffTrees(repo, second, second)).toEqual([]);
  });

  test("many pairs at once, equal ones and equal pairs among them", async () => {
    const { repo, first, at } = await repository({ "a.md": "1", "b.md": "1" });
    const second = commit(at, { "a.md": "2" });
    const third = commit(at, { "b.md": "2" });
    const tree = git(at, "rev-parse", `${third}^{tree}`);
    const found = await diffManyTrees(repo, [
      { from: first, to: second },
      { from: first, to: first },
      { from: first, to: second },
      { from: second, to: tree },
      { from: null, to: second },
      { from: first, to: third },
    ]);
    expect(found.map((changes) => changes.map(({ path }) => path))).toEqual([
      ["a.md"],
      [],
      ["a.md"],
      ["b.md"],
      ["a.md", "b.md"],
      ["a.md", "b.md"],
    ]);
    await expect(diffManyTrees(repo, [{ from: "nope", to: first }])).rejects.toThrow("not in the repository");
  });
});

describe("history of paths", () => {
  test("has every content: on side branches, in results of merges, and the removal", async () => {
    const { repo, first, at } = await repository({ "a.md": "0\n", "line\nbreak.md": "0\n", "c.md": "0" });
    git(at, "checkout", "-q", "-b", "side");
    commit(at, { "a.md": "side\n" });
    const undone = commit(at, { "a.md": "0\n" });
    git(at, "checkout", "-q", "main");
    commit(at, { "a.md": "main\n" });
    git(at, "merge", "-q", "--no-commit", "-s", "ours", "side");
    const merged = commit(at, { "a.md": "both\n" }, "merge");
    git(at, "rm", "-q", "line\nbreak.md");
    const last = commit(at, {});
    const found = await historyOfPaths(repo, first, "HEAD", ["a.md", "line\nbreak.md", "c.md"]);
    const texts = found.get("a.md")?.map(({ oid }) => git(at, "cat-file", "blob", oid ?? ""));
    expect(new Set(texts)).toEqual(new Set(["both", "main", "side", "0"]));
    expect(found.get("a.md")?.map(({ commit }) => commit)).toContain(undone);
    expect(found.get("a.md")?.[0]?.commit).toBe(merged);
    expect(found.get("line\nbreak.md")).toEqual([{ commit: last, oid: null }]);
    expect(found.has("c.md")).toBe(false);
    const all = await historyOfPaths(repo, null, "HEAD", [
      "c.md",
      ...Array.from({ length: 300 }, (_, i) => `x${i}`),
    ]);
    expect(all.get("c.md")?.[0]?.commit).toBe(first);
  });
});
