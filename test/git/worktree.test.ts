import { chmodSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { joinChanges, readRawDiff, type TreeChange } from "../../src/git/raw-diff.ts";
import { openRepository } from "../../src/git/repository.ts";
import { diffTrees } from "../../src/git/trees.ts";
import { diffIndex, statusOf } from "../../src/git/worktree.ts";
import { commit, folder, git, oddPaths, repository, write } from "./sandbox.ts";

const odd = Object.fromEntries(oddPaths.map((path) => [path, `in ${path}`]));

test("what differs in the work tree, saved or not", async () => {
  const { repo, at } = await repository({ ...odd, "run.sh": "#!", "same.md": "same", "old.md": "a\nb\nc\n" });
  expect((await statusOf(repo)).changes).toEqual([]);
  write(at, Object.fromEntries(oddPaths.slice(1).map((path) => [path, "changed"])));
  write(at, { "same.md": "same", "untracked.md": "u", "added.md": "n", "both.md": "x" });
  git(at, "add", "added.md", "both.md");
  rmSync(join(at, "both.md"));
  rmSync(join(at, oddPaths[0] as string));
  chmodSync(join(at, "run.sh"), 0o755);
  git(at, "mv", "old.md", "new.md");
  git(at, "config", "core.fileMode", "true");
  git(at, "config", "diff.external", "false");
  const { changes } = await statusOf(repo);
  const told = new Map(changes.map((change) => [change.path, change]));
  expect([...told.keys()].sort()).toEqual([...oddPaths, "run.sh", "added.md", "new.md"].sort());
  expect(told.get(oddPaths[0] as string)).toMatchObject({ status: "D", newOid: null });
  expect(told.get("🚢.md")).toMatchObject({ status: "M", newOid: null });
  expect(told.get("run.sh")).toMatchObject({ oldMode: "100644", newMode: "100755" });
  expect(told.get("added.md")).toMatchObject({ status: "A", oldOid: null });
  expect(told.get("new.md")).toMatchObject({ status: "R", from: "old.md" });
});

test("untracked files, without the ignored", async () => {
  const { repo, at } = await repository({ ".gitignore": "*.log\n" });
  write(at, { ...odd, "x.log": "x", "deep/er/y.md": "y" });
  expect((await statusOf(repo)).untracked.sort()).toEqual([...oddPaths, "deep/er/y.md"].sort());
});

test("changes over two steps are what Git tells of both together", async () => {
  const text = (name: string) => `${name}\n`.repeat(9);
  const names = ["kept", "edited", "removed", "moved", "twice", "back", "again", "renamed", "late"];
  const { repo, at, first } = await repository(
    Object.fromEntries(names.map((name) => [`${name}.md`, text(name)])),
  );
  for (const name of ["moved", "twice"]) git(at, "mv", `${name}.md`, `${name}-1.md`);
  git(at, "rm", "-q", "removed.md", "again.md");
  write(at, {
    "edited.md": text("one"),
    "back.md": text("one"),
    "fresh.md": text("fresh"),
    "gone.md": text("g"),
  });
  git(at, "add", "-A");
  git(at, "commit", "-qm", "one");
  git(at, "mv", "twice-1.md", "twice-2.md");
  git(at, "mv", "renamed.md", "renamed-1.md");
  git(at, "mv", "fresh.md", "fresh-1.md");
  write(at, { "edited.md": text("two"), "again.md": text("two"), "moved-1.md": `${text("moved")}more\n` });
  git(at, "rm", "-q", "-f", "gone.md", "late.md");
  git(at, "add", "-A");
  const joined = joinChanges(
    await diffTrees(repo, first, "HEAD", { renames: true }),
    (await statusOf(repo)).changes,
  );
  const whole = git(at, "diff", "--cached", "--raw", "-z", "--no-abbrev", "-M", first);
  const byPath = (a: TreeChange, b: TreeChange) => (a.path < b.path ? -1 : 1);
  expect(joined.sort(byPath)).toEqual(readRawDiff(Buffer.from(whole)).sort(byPath));
});

test("status: branch, head, staged, unstaged, untracked", async () => {
  const { repo, at, first } = await repository({ ...odd, "a b.md": "1" });
  git(at, "config", "status.showUntrackedFiles", "no");
  write(at, { "a b.md": "2", "staged\n.md": "s", "new 🚢.md": "n" });
  git(at, "add", "staged\n.md");
  expect(await statusOf(repo)).toEqual({
    branch: "main",
    head: first,
    detached: false,
    unmerged: [],
    changes: [
      expect.objectContaining({ status: "M", path: "a b.md" }),
      expect.objectContaining({ status: "A", path: "staged\n.md" }),
    ],
    staged: [expect.objectContaining({ status: "A", path: "staged\n.md" })],
    unstaged: ["a b.md"],
    untracked: ["new 🚢.md"],
    repositories: [],
  });
  git(at, "checkout", "-q", "--detach");
  expect(await statusOf(repo)).toMatchObject({ branch: null, detached: true, head: first });
});

test("status and differences in the middle of a merge", async () => {
  const { repo, at } = await repository({ "a b.md": "0\n", "gone.md": "0\n" });
  git(at, "checkout", "-q", "-b", "side");
  commit(at, { "a b.md": "side\n", "gone.md": "side\n" });
  git(at, "checkout", "-q", "main");
  git(at, "rm", "-q", "gone.md");
  commit(at, { "a b.md": "main\n" });
  expect(() => git(at, "merge", "side")).toThrow();
  const { unmerged, staged, unstaged } = await statusOf(repo);
  expect([staged, unstaged]).toEqual([[], []]);
  const oid = (rev: string) => ({ mode: "100644", oid: git(at, "rev-parse", rev) });
  expect(unmerged).toEqual([
    { path: "a b.md", stages: { 1: oid("main~1:a b.md"), 2: oid("main:a b.md"), 3: oid("side:a b.md") } },
    { path: "gone.md", stages: { 1: oid("main~1:gone.md"), 3: oid("side:gone.md") } },
  ]);
  const { changes } = await statusOf(repo);
  expect(changes.map(({ path, newOid }) => [path, newOid])).toEqual([
    ["a b.md", null],
    ["gone.md", null],
  ]);
});

test("what is staged is told as Git compares index and commit", async () => {
  const long = "A line of a lesson.\n".repeat(20);
  const { repo, at, first } = await repository({
    ...odd,
    "move me.md": long,
    "gone.md": "g",
    "mode.md": "m",
  });
  git(at, "mv", "move me.md", "moved\n.md");
  git(at, "rm", "-q", "--cached", "gone.md");
  git(at, "update-index", "--chmod=+x", "mode.md");
  write(at, { "new.md": "n", "🚢.md": "changed" });
  git(at, "add", "new.md");
  write(at, { "moved\n.md": `${long}And one more.\n` });
  const { staged } = await statusOf(repo);
  const byPath = (a: { path: string }, b: { path: string }): number => (a.path < b.path ? -1 : 1);
  expect(staged.sort(byPath)).toEqual((await diffIndex(repo, first)).sort(byPath));
  expect(staged).toHaveLength(5);
});

test("status before the first commit", async () => {
  const at = folder();
  git(at, "init", "-q", "-b", "trunk");
  const repo = await openRepository(at);
  expect(await statusOf(repo)).toMatchObject({ branch: "trunk", head: null, detached: false });
});
