import { chmodSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openRepository } from "../../../src/git/repository.ts";
import { diffWorktree, statusOf, untracked } from "../../../src/git/worktree.ts";
import { commit, folder, git, oddPaths, repository, write } from "./sandbox.ts";

const odd = Object.fromEntries(oddPaths.map((path) => [path, `in ${path}`]));

test("differences of the work tree from a commit", async () => {
  const { repo, at, first } = await repository({ ...odd, "run.sh": "#!", "same.md": "same" });
  expect(await diffWorktree(repo, first)).toEqual([]);
  write(at, Object.fromEntries(oddPaths.slice(1).map((path) => [path, "changed"])));
  write(at, { "same.md": "same", "untracked.md": "u" });
  rmSync(join(at, oddPaths[0] as string));
  chmodSync(join(at, "run.sh"), 0o755);
  git(at, "config", "core.fileMode", "true");
  git(at, "config", "diff.external", "false");
  const changes = await diffWorktree(repo, "HEAD");
  expect(changes.map(({ path }) => path).sort()).toEqual([...oddPaths, "run.sh"].sort());
  expect(changes.find(({ path }) => path === oddPaths[0])).toMatchObject({ status: "D", newOid: null });
  expect(changes.find(({ path }) => path === "🚢.md")).toMatchObject({ status: "M", newOid: null });
  expect(changes.find(({ path }) => path === "run.sh")).toMatchObject({
    oldMode: "100644",
    newMode: "100755",
  });
  expect(await diffWorktree(repo, "HEAD", { paths: [":colon*[x].md"] })).toHaveLength(1);
});

test("untracked files, without the ignored", async () => {
  const { repo, at } = await repository({ ".gitignore": "*.log\n" });
  write(at, { ...odd, "x.log": "x", "deep/er/y.md": "y" });
  expect((await untracked(repo)).sort()).toEqual([...oddPaths, "deep/er/y.md"].sort());
  expect(await untracked(repo, ["deep"])).toEqual(["deep/er/y.md"]);
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
    staged: ["staged\n.md"],
    unstaged: ["a b.md"],
    untracked: ["new 🚢.md"],
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
  const changes = await diffWorktree(repo, "HEAD");
  expect(changes.map(({ path, newOid }) => [path, newOid])).toEqual([
    ["a b.md", null],
    ["gone.md", null],
  ]);
});

test("status before the first commit", async () => {
  const at = folder();
  git(at, "init", "-q", "-b", "trunk");
  const repo = await openRepository(at);
  expect(await statusOf(repo)).toMatchObject({ branch: "trunk", head: null, detached: false });
});
