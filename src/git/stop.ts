import { join } from "node:path";
import { Failure } from "../failure.ts";
import { readText } from "../files/read.ts";
import { remove } from "../files/temporary.ts";
import { writeAtomic } from "../files/write.ts";
import { ignoredInTheWay, standsInTheWay } from "./in-the-way.ts";
import { checkRev } from "./names.ts";
import { GitFailure } from "./process.ts";
import type { TreeChange } from "./raw-diff.ts";
import type { Repository } from "./repository.ts";
import { diffTrees, literally } from "./trees.ts";
import { statusOf, type Unmerged } from "./worktree.ts";

/** A move of the work tree: done, or not begun because local changes stand in the way. */
export type Moved = { ok: true } | { ok: false; inTheWay: string[] };

/**
 * Moves index and work tree from one commit or tree to another; keeps unrelated local changes.
 * @param differing what differs between the two, where the caller could ask for it earlier
 */
export async function checkoutTree(
  repo: Repository,
  from: string,
  to: string,
  differing?: readonly TreeChange[],
): Promise<Moved> {
  needsWorkTree(repo);
  const moves = differing ?? (await diffTrees(repo, from, to));
  if (moves.length === 0) return { ok: true };
  if ((await ignoredInTheWay(repo, moves)).length > 0) {
    const inTheWay = await standsInTheWay(repo, from, to);
    if (inTheWay.length > 0) return { ok: false, inTheWay };
  }
  // Git looks at every file before it touches the first.
  const move = () => repo.run(["read-tree", "-m", "-u", checkRev(from), checkRev(to)]);
  try {
    await move();
  } catch (error) {
    if (!(error instanceof GitFailure)) throw error;
    const inTheWay = await standsInTheWay(repo, from, to);
    if (inTheWay.length > 0) return { ok: false, inTheWay };
    // A file that was touched, or an entry that was set without looking at its file, counts as changed until Git has
    // looked, as it just did.
    return retried(move);
  }
  return { ok: true };
}

async function retried(move: () => Promise<unknown>): Promise<Moved> {
  try {
    await move();
    return { ok: true };
  } catch (error) {
    if (!(error instanceof GitFailure)) throw error;
    const named = /(?:Entry|file|director(?:y|ies)) '([^']+)'/.exec(error.stderr)?.[1];
    if (named === undefined) throw error;
    return { ok: false, inTheWay: [named] };
  }
}

/** A stop in the middle of a merge, to be entered. */
export interface MergeStop {
  /** What the work tree shall hold: the merged files, with markers in those that are in conflict. */
  tree: string;
  /** The files in conflict, with the stages that Git's index shall have. */
  conflicts: readonly Unmerged[];
  /** The commit, or commits, that are being merged. */
  mergeHead: string | readonly string[];
  /** The message that the merge commit is going to have. */
  message: string;
}

/**
 * Stops like `git merge` does at a conflict: any Git tool can show it, finish it with `git commit` or take
 * it back with `git merge --abort`. HEAD must be what the tree was merged from.
 */
export async function enterMerge(repo: Repository, stop: MergeStop): Promise<Moved> {
  const heads = [stop.mergeHead].flat();
  const at = (name: string) => join(repo.gitDir, name);
  // First the state, then the files: if the process is killed in between, `git merge --abort` works.
  await writeAtomic(at("MERGE_MODE"), "no-ff");
  await writeAtomic(at("MERGE_MSG"), stop.message.endsWith("\n") ? stop.message : `${stop.message}\n`);
  await writeAtomic(at("MERGE_HEAD"), heads.map((head) => `${checkRev(head)}\n`).join(""));
  const leave = async () => {
    for (const name of ["MERGE_HEAD", "MERGE_MSG", "MERGE_MODE"]) await remove(at(name));
  };
  let moved: Moved;
  try {
    moved = await checkoutTree(repo, "HEAD", stop.tree);
  } catch (error) {
    await leave();
    throw error;
  }
  if (!moved.ok) {
    await leave();
    return moved;
  }
  await setStages(repo, stop.conflicts);
  return moved;
}

/** Puts files into the index as being in conflict; their files in the work tree stay as they are. */
export async function setStages(repo: Repository, conflicts: readonly Unmerged[]): Promise<void> {
  const lines = conflicts.flatMap(({ path, stages }) => [
    `0 ${repo.zero}\t${path}`,
    ...([1, 2, 3] as const).flatMap((number) => {
      const stage = stages[number];
      return stage ? [`${stage.mode} ${stage.oid} ${number}\t${path}`] : [];
    }),
  ]);
  await updateIndex(repo, lines);
}

/** What the index says of a path; a null oid: nothing. */
export interface IndexEntry {
  readonly path: string;
  readonly mode: string;
  readonly oid: string | null;
}

/** The entries of some paths; of a file in conflict this version's own. */
export async function readIndex(repo: Repository, paths: readonly string[]): Promise<IndexEntry[]> {
  const found = new Map<string, IndexEntry>();
  if (paths.length > 0) {
    // A command line has an end; the whole index is quicker to read than many paths to look up, too.
    const few = paths.length <= 100 ? paths : [];
    const listed = await repo.text([literally, "ls-files", "--stage", "-z", "--", ...few]);
    for (const line of listed.split("\0")) {
      const [, mode, oid, stage, path] = /^(\d+) ([0-9a-f]+) (\d)\t(.+)$/s.exec(line) ?? [];
      if (mode && oid && path && (stage === "0" || stage === "2")) found.set(path, { path, mode, oid });
    }
  }
  return paths.map((path) => found.get(path) ?? { path, mode: "000000", oid: null });
}

/** Sets entries of the index (null oid: removes them) without touching the work tree. */
export async function syncIndex(repo: Repository, entries: readonly IndexEntry[]): Promise<void> {
  await updateIndex(
    repo,
    entries.map(({ path, mode, oid }) => (oid ? `${mode} ${oid}\t${path}` : `0 ${repo.zero}\t${path}`)),
  );
}

/** Writes one stage of files in conflict to the work tree, as what it is: a file that runs, a link. */
export async function checkoutStage(repo: Repository, path: string, stage: 0 | 2 | 3): Promise<void> {
  const which = stage === 0 ? [] : [`--stage=${stage}`];
  await repo.run(["checkout-index", "--force", ...which, "-z", "--stdin"], { input: `${path}\0` });
}

async function updateIndex(repo: Repository, lines: readonly string[]): Promise<void> {
  if (lines.length === 0) return;
  await repo.run(["update-index", "-z", "--index-info"], { input: `${lines.join("\0")}\0` });
}

/** A merge that has begun and is not finished. */
export interface MergeState {
  heads: string[];
  message: string;
}

/** The merge that the repository is in the middle of; null if it is in none. Needs no process. */
export async function mergeState(repo: Repository): Promise<MergeState | null> {
  const heads = await readText(join(repo.gitDir, "MERGE_HEAD"));
  if (heads === null) return null;
  return {
    heads: heads.split("\n").filter(Boolean),
    message: (await readText(join(repo.gitDir, "MERGE_MSG"))) ?? "",
  };
}

/**
 * Takes a stopped merge back, as `git merge --abort` does; local changes from before it stay. Refuses,
 * with the paths, where files were changed since that Git could not bring back.
 */
export async function abortMerge(repo: Repository): Promise<Moved> {
  needsWorkTree(repo);
  try {
    // A file that was edited and put back counts as changed until Git has looked at it again.
    await repo.run(["update-index", "-q", "--refresh"], { ok: [0, 1] });
    await repo.run(["reset", "-q", "--merge", "HEAD"]);
    return { ok: true };
  } catch (error) {
    if (!(error instanceof GitFailure) || !/not uptodate|would be (overwritten|removed)/.test(error.stderr)) {
      throw error;
    }
    const status = await statusOf(repo);
    const staged = new Set(status.staged.map(({ path }) => path));
    return { ok: false, inTheWay: status.unstaged.filter((path) => staged.has(path)).sort() };
  }
}

function needsWorkTree(repo: Repository): void {
  if (repo.root === "") {
    throw new Failure("usage", "There are no files to work on here: this repository is bare.", {
      where: repo.gitDir,
    });
  }
}
