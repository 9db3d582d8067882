import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { mergeTrees } from "../../src/git/merge-tree.ts";
import { readObjects } from "../../src/git/objects.ts";
import { commit, git, repository } from "./sandbox.ts";

const page = Array.from({ length: 20 }, (_, i) => `line ${i}\n`).join("");
const odd = "été 🚢\nx.md";

/** A base, and on it two branches that change what the tests need. */
async function forked() {
  const { repo, at, first } = await repository({
    "clean.md": page,
    [odd]: page,
    "old name.md": page,
    "gone.md": page,
    "same.md": "s",
  });
  git(at, "checkout", "-q", "-b", "side");
  git(at, "rm", "-q", "gone.md");
  const theirs = commit(at, {
    "clean.md": page.replace("line 2\n", "line 2 theirs\n"),
    [odd]: page.replace("line 5\n", "theirs\n"),
    "old name.md": page.replace("line 9\n", "nine theirs\n"),
  });
  git(at, "checkout", "-q", "main");
  git(at, "mv", "old name.md", "new name.md");
  const ours = commit(at, {
    "clean.md": page.replace("line 17\n", "line 17 ours\n"),
    [odd]: page.replace("line 5\n", "ours\n"),
    "gone.md": page.replace("line 1\n", "one ours\n"),
  });
  return { repo, at, base: first, ours, theirs };
}

describe("merging trees", () => {
  test("tells what is clean, contested, renamed, deleted and changed", async () => {
    const { repo, at, base, ours, theirs } = await forked();
    const merged = await mergeTrees(repo, { base: null, ours, theirs });
    const oid = (rev: string) => ({ mode: "100644", oid: git(at, "rev-parse", rev) });
    expect(merged.clean).toBe(false);
    expect(merged.conflicts).toEqual([
      { path: "gone.md", stages: { 1: oid(`${base}:gone.md`), 2: oid(`${ours}:gone.md`) } },
      {
        path: odd,
        stages: { 1: oid(`${base}:${odd}`), 2: oid(`${ours}:${odd}`), 3: oid(`${theirs}:${odd}`) },
      },
    ]);
    expect(
      merged.messages
        .filter(({ type }) => type.startsWith("CONFLICT"))
        .map(({ type, paths }) => [type, paths[0]]),
    ).toEqual([
      ["CONFLICT (modify/delete)", "gone.md"],
      ["CONFLICT (contents)", odd],
    ]);
    const [clean, moved, marked] = await readObjects(repo, [
      `${merged.tree}:clean.md`,
      `${merged.tree}:new name.md`,
      `${merged.tree}:${odd}`,
    ]);
    expect(clean?.bytes.toString()).toContain("line 17 ours");
    expect(clean?.bytes.toString()).toContain("line 2 theirs");
    expect(moved?.bytes.toString()).toContain("nine theirs");
    expect(marked?.bytes.toString()).toContain("|||||||");
    expect(git(at, "status", "--porcelain")).toBe("");
  });

  test("a base of one's own gives the same from commits, from trees, and every time", async () => {
    const { repo, at, base, ours, theirs } = await forked();
    const tree = (rev: string) => git(at, "rev-parse", `${rev}^{tree}`);
    const history = await mergeTrees(repo, { base: null, ours, theirs });
    const [commits, trees, again] = await Promise.all([
      mergeTrees(repo, { base, ours, theirs }),
      mergeTrees(repo, { base: tree(base), ours: tree(ours), theirs: tree(theirs) }),
      mergeTrees(repo, { base, ours, theirs }),
    ]);
    expect(commits?.conflicts).toEqual(history.conflicts);
    expect(trees).toEqual(commits);
    expect(again).toEqual(commits);
  });

  test("a later base takes what it holds for done; unrelated histories merge", async () => {
    const { repo, at, ours, theirs } = await forked();
    const taken = await mergeTrees(repo, { base: theirs, ours, theirs });
    expect(taken.clean).toBe(true);
    expect(taken.tree).toBe(git(at, "rev-parse", `${ours}^{tree}`));
    git(at, "checkout", "-q", "--orphan", "alone");
    const alone = commit(at, { "clean.md": "other\n" });
    expect((await mergeTrees(repo, { base: null, ours, theirs: alone })).clean).toBe(false);
    expect((await mergeTrees(repo, { base: ours, ours, theirs: alone })).clean).toBe(true);
  });

  test("the user's settings change nothing", async () => {
    const { repo, at, base, ours, theirs } = await forked();
    const before = await mergeTrees(repo, { base, ours, theirs });
    for (const [key, value] of Object.entries({
      "merge.renames": "false",
      "diff.renames": "false",
      "merge.conflictStyle": "merge",
      "merge.directoryRenames": "true",
      "merge.verbosity": "0",
    })) {
      git(at, "config", key, value);
    }
    expect(await mergeTrees(repo, { base, ours, theirs })).toEqual(before);
  });

  test("many merges, clean and not, and what does not exist", async () => {
    const { repo, base, ours, theirs } = await forked();
    const many = await Promise.all([
      mergeTrees(repo, { base, ours, theirs: base }),
      mergeTrees(repo, { base: null, ours, theirs }),
      mergeTrees(repo, { base, ours: base, theirs }),
    ]);
    expect(many.map(({ clean }) => clean)).toEqual([true, false, true]);
    await expect(mergeTrees(repo, { base: "nope", ours, theirs })).rejects.toThrow("not in the repository");
    await expect(mergeTrees(repo, { base: null, ours: "nope", theirs })).rejects.toMatchObject({
      kind: "environment",
    });
    await expect(mergeTrees(repo, { base: null, ours: "-x", theirs })).rejects.toMatchObject({
      kind: "usage",
    });
  });
});

test("binary files stay whole and are in conflict when both sides changed", async () => {
  const bytes = (n: number) => Buffer.from([0, 1, 2, n, 13, 10, 255]);
  const { repo, at, first } = await repository({ "b.png": bytes(0) });
  const ours = commit(at, { "b.png": bytes(1) });
  git(at, "checkout", "-q", "-b", "side", first);
  const theirs = commit(at, { "b.png": bytes(2) });
  const merged = await mergeTrees(repo, { base: first, ours, theirs });
  expect(merged.conflicts.map(({ path }) => path)).toEqual(["b.png"]);
  const [kept] = await readObjects(repo, [`${merged.tree}:b.png`]);
  expect(kept?.bytes.equals(bytes(1))).toBe(true);
  expect(existsSync(join(at, "b.png")) && readFileSync(join(at, "b.png")).equals(bytes(2))).toBe(true);
});
