import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { standsInTheWay } from "../../src/git/in-the-way.ts";
import { mergeTrees } from "../../src/git/merge-tree.ts";
import { undoMove } from "../../src/git/recover.ts";
import type { Repository } from "../../src/git/repository.ts";
import {
  abortMerge,
  checkoutTree,
  enterMerge,
  mergeState,
  readIndex,
  syncIndex,
} from "../../src/git/stop.ts";
import { statusOf } from "../../src/git/worktree.ts";
import { commit, git, repository, write } from "./sandbox.ts";

const odd = "été 🚢\nx.md";

async function contested() {
  const { repo, at, first } = await repository({
    "a.md": "0\n",
    [odd]: "0\r\n",
    "gone.md": "0\n",
    "b.md": "b\n",
    "keep.md": "k\n",
  });
  git(at, "checkout", "-q", "-b", "side");
  const theirs = commit(at, {
    "a.md": "theirs\n",
    [odd]: "theirs\r\n",
    "gone.md": "theirs\n",
    "b.md": "theirs\n",
    "new.md": "n\n",
  });
  git(at, "checkout", "-q", "main");
  git(at, "rm", "-q", "gone.md");
  const ours = commit(at, { "a.md": "ours\n", [odd]: "ours\r\n" });
  return { repo, at, base: first, ours, theirs };
}

async function stopAt(repo: Repository, ours: string, theirs: string) {
  const { tree, conflicts } = await mergeTrees(repo, { base: null, ours, theirs });
  return enterMerge(repo, { tree, conflicts, mergeHead: theirs, message: "Take the edition" });
}

const state = (at: string) => [
  git(at, "ls-files", "-s", "-z"),
  git(at, "status", "--porcelain=v2", "-z"),
  readFileSync(join(at, ".git/MERGE_HEAD"), "utf8"),
];

describe("a stop", () => {
  test("is what git merge would have left", async () => {
    const { repo, at, ours, theirs } = await contested();
    expect(() => git(at, "merge", "--no-ff", "side")).toThrow();
    const expected = state(at);
    git(at, "merge", "--abort");
    expect(await mergeState(repo)).toBeNull();
    expect(await stopAt(repo, ours, theirs)).toEqual({ ok: true });
    expect(state(at)).toEqual(expected);
    expect(readFileSync(join(at, ".git/MERGE_MODE"), "utf8")).toBe("no-ff");
    expect(git(at, "status")).toContain("You have unmerged paths");
    expect(await mergeState(repo)).toEqual({ heads: [theirs], message: "Take the edition\n" });
    expect((await statusOf(repo)).unmerged.map(({ path }) => path).sort()).toEqual(
      ["a.md", "gone.md", odd].sort(),
    );
  });

  test("git merge --abort takes it back", async () => {
    const { repo, at, ours, theirs } = await contested();
    write(at, { "keep.md": "local change\n" });
    await stopAt(repo, ours, theirs);
    git(at, "merge", "--abort");
    expect(git(at, "status", "--porcelain")).toBe(" M keep.md");
    expect(git(at, "rev-parse", "HEAD")).toBe(ours);
    expect(existsSync(join(at, "new.md"))).toBe(false);
    expect(await mergeState(repo)).toBeNull();
  });

  test("git commit finishes it", async () => {
    const { repo, at, ours, theirs } = await contested();
    await stopAt(repo, ours, theirs);
    write(at, { "a.md": "both\n", [odd]: "both\r\n" });
    git(at, "rm", "-q", "gone.md");
    git(at, "add", "-A");
    expect(git(at, "status")).toContain("All conflicts fixed but you are still merging");
    git(at, "commit", "-q", "--no-edit");
    expect(git(at, "log", "-1", "--format=%P %s")).toBe(`${ours} ${theirs} Take the edition`);
    expect(await mergeState(repo)).toBeNull();
  });

  test("abortMerge takes it back, and says what it would lose", async () => {
    const { repo, at, ours, theirs } = await contested();
    await stopAt(repo, ours, theirs);
    write(at, { "b.md": "edited after the merge\n" });
    expect(await abortMerge(repo)).toEqual({ ok: false, inTheWay: ["b.md"] });
    expect(await mergeState(repo)).not.toBeNull();
    write(at, { "b.md": "theirs\n" });
    expect(await abortMerge(repo)).toEqual({ ok: true });
    expect(git(at, "status", "--porcelain")).toBe("");
  });

  test("local changes in the way come back as paths, and nothing is touched", async () => {
    const { repo, at, ours, theirs } = await contested();
    write(at, { "a.md": "dirty\n", "new.md": "mine\n", "keep.md": "fine\n", [odd]: "staged\n" });
    git(at, "add", odd);
    const before = git(at, "status", "--porcelain=v2", "-z");
    expect(await stopAt(repo, ours, theirs)).toEqual({ ok: false, inTheWay: ["a.md", "new.md", odd].sort() });
    expect(git(at, "status", "--porcelain=v2", "-z")).toBe(before);
    expect(await mergeState(repo)).toBeNull();
    expect(existsSync(join(at, ".git/MERGE_MODE"))).toBe(false);
  });
});

describe("the index", () => {
  test("says of each path what it holds, and goes back to that", async () => {
    const { repo, at, ours, theirs } = await contested();
    await stopAt(repo, ours, theirs);
    const paths = ["b.md", odd, "absent.md", "*.md"];
    const before = await readIndex(repo, paths);
    expect(before.map(({ path, oid }) => [path, oid])).toEqual([
      ["b.md", git(at, "rev-parse", ":b.md")],
      [odd, git(at, "rev-parse", `:2:${odd}`)],
      ["absent.md", null],
      ["*.md", null],
    ]);
    const many = [...paths, ...Array.from({ length: 200 }, (_, index) => `${index}.md`)];
    expect((await readIndex(repo, many)).slice(0, 4)).toEqual(before);
    const [entry] = before;
    git(at, "rm", "-q", "--cached", "b.md");
    await syncIndex(repo, entry ? [entry] : []);
    expect(await readIndex(repo, ["b.md"])).toEqual([entry]);
  });
});

describe("an interrupted move", () => {
  test("is taken back, but for what was written since", async () => {
    const { repo, at, ours, theirs } = await contested();
    const { tree } = await mergeTrees(repo, { base: null, ours, theirs });
    const merged = (path: string) => `${git(at, "cat-file", "blob", `${tree}:${path}`)}\n`;
    // What Git had got round to, and what the teacher wrote afterwards.
    write(at, { "a.md": merged("a.md"), [odd]: "mine\n", "new.md": "n\n", "keep.md": "local\n" });
    write(at, { "b.md": "mine\n", "loose.md": "mine\n", "gone.md": merged("gone.md") });
    expect(await undoMove(repo, ours, tree)).toEqual(["a.md", "gone.md", "new.md"]);
    expect(git(at, "-c", "core.quotePath=false", "status", "--porcelain").split("\n").sort()).toEqual(
      [" M b.md", " M keep.md", ` M "été 🚢\\nx.md"`, "?? loose.md"].sort(),
    );
    expect(await undoMove(repo, ours, tree)).toEqual([]);
  });

  test("that had not begun leaves what is staged", async () => {
    const { repo, at, ours, theirs } = await contested();
    const { tree } = await mergeTrees(repo, { base: null, ours, theirs });
    write(at, { "b.md": "staged\n" });
    git(at, "add", "b.md");
    git(at, "rm", "-q", "a.md");
    const before = git(at, "status", "--porcelain=v2");
    expect(await undoMove(repo, ours, tree)).toEqual([]);
    expect(git(at, "status", "--porcelain=v2")).toBe(before);
  });

  test("a lock that a killed Git left is named", async () => {
    const { repo, at, ours, theirs } = await contested();
    write(at, { ".git/index.lock": "" });
    await expect(checkoutTree(repo, ours, theirs)).rejects.toMatchObject({
      kind: "environment",
      next: expect.arrayContaining([expect.stringContaining("index.lock")]),
    });
  });
});

describe("moving the work tree", () => {
  test("writes, removes, keeps unrelated changes", async () => {
    const { repo, at, ours, theirs } = await contested();
    write(at, { "keep.md": "local\n", "loose.md": "untracked\n" });
    expect(await standsInTheWay(repo, ours, theirs)).toEqual([]);
    expect(await checkoutTree(repo, ours, theirs)).toEqual({ ok: true });
    expect(readFileSync(join(at, odd), "utf8")).toBe("theirs\r\n");
    expect(readFileSync(join(at, "keep.md"), "utf8")).toBe("local\n");
    expect(git(at, "write-tree")).toBe(git(at, "rev-parse", `${theirs}^{tree}`));
    expect(await checkoutTree(repo, theirs, ours)).toEqual({ ok: true });
    expect(git(at, "status", "--porcelain")).toBe(" M keep.md\n?? loose.md");
  });

  test("ignored files and folders in the way are seen, removed ones are not", async () => {
    const { repo, at, first } = await repository({
      ".gitignore": "*.log\n",
      "x.md": "x\n",
      "dir/y.md": "y\n",
    });
    git(at, "rm", "-q", "dir/y.md");
    const next = commit(at, { "x.md": "2\n", dir: "a file now\n", "q/z.md": "z\n" });
    git(at, "add", "-f", ".");
    write(at, { "n.log": "n\n" });
    git(at, "add", "-f", "n.log");
    const last = commit(at, {});
    git(at, "checkout", "-q", first);
    write(at, { "n.log": "precious\n", q: "a file\n", "dir/loose.md": "loose\n" });
    rmSync(join(at, "x.md"));
    expect(await standsInTheWay(repo, first, last)).toEqual(["dir/loose.md", "n.log", "q"]);
    expect(await checkoutTree(repo, first, last)).toEqual({
      ok: false,
      inTheWay: ["dir/loose.md", "n.log", "q"],
    });
    expect(readFileSync(join(at, "n.log"), "utf8")).toBe("precious\n");
    for (const path of ["n.log", "q", "dir/loose.md"]) rmSync(join(at, path));
    expect(await checkoutTree(repo, first, next)).toEqual({ ok: true });
  });

  test("what is staged as the move would have it is not in the way", async () => {
    const { repo, at, ours, theirs } = await contested();
    write(at, { "b.md": "theirs\n", "new.md": "n\n" });
    git(at, "add", "b.md", "new.md");
    expect(await standsInTheWay(repo, ours, theirs)).toEqual([]);
    expect(await checkoutTree(repo, ours, theirs)).toEqual({ ok: true });
  });
});

test("entries of the index without the work tree", async () => {
  const { repo, at, ours } = await contested();
  await syncIndex(repo, [
    { path: odd, mode: "100644", oid: git(at, "rev-parse", `${ours}:b.md`) },
    { path: "keep.md", mode: "100644", oid: null },
  ]);
  const status = await statusOf(repo);
  expect(status.staged.map(({ path }) => path).sort()).toEqual(["keep.md", odd].sort());
  expect(status.untracked).toEqual(["keep.md"]);
  expect(readFileSync(join(at, odd), "utf8")).toBe("ours\r\n");
});
