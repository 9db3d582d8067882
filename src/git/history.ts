import { askOnce } from "./kept-answers.ts";
import { checkRev } from "./names.ts";
import { readRawDiff, type TreeChange } from "./raw-diff.ts";
import { isRemembered, remembered } from "./remembered.ts";
import type { Repository } from "./repository.ts";
import { literally } from "./trees.ts";

/** A commit that gave a path this content (null: removed it). */
export interface PathVersion {
  commit: string;
  oid: string | null;
}

/** A log of what commits changed, whatever the user has set. */
const rawLog = [
  ...["-c", "log.follow=false", "log", "--raw", "-z", "--no-abbrev", "--no-renames", "--no-ext-diff"],
  ...["--no-show-signature", "--no-color", "--no-notes", "--root"],
];

/** Beyond this many paths Git is faster without them, and the rest is passed by here. */
const mostPaths = 200;

/**
 * Every content that paths had in the commits from..to (from null: since the beginning), the newest
 * first, on side branches and in the results of merges too. A content may come more than once; a path
 * that never changed there is absent. Follows no renames.
 */
export async function historyOfPaths(
  repo: Repository,
  from: string | null,
  to: string,
  paths: readonly string[],
): Promise<Map<string, PathVersion[]>> {
  if (paths.length === 0) return new Map();
  // Where many versions ask of the same commits, these are gone through once for all paths.
  const all = isRemembered(repo)
    ? await remembered(repo, `history ${from} ${to}`, () => readHistory(repo, from, to, []))
    : await readHistory(repo, from, to, paths.length <= mostPaths ? paths : []);
  return new Map(
    [...new Set(paths)].flatMap((path) => {
      const versions = all.get(path);
      return versions === undefined ? [] : [[path, versions]];
    }),
  );
}

/** The same for these paths alone, or for every path where none is named. */
async function readHistory(
  repo: Repository,
  from: string | null,
  to: string,
  paths: readonly string[],
): Promise<Map<string, PathVersion[]>> {
  const found = new Map<string, PathVersion[]>();
  const args = [
    literally,
    ...rawLog,
    "-m",
    // Without it Git leaves out branches whose changes were undone before the merge.
    "--full-history",
    "--format=format:%H",
    ...(from === null ? [] : [`^${checkRev(from)}`]),
    checkRev(to),
    "--",
    ...paths,
  ];
  const stdout = await askOnce(repo, args, from === null ? [to] : [from, to]);
  let commit = "";
  const commits: string[] = [];
  const changes = readRawDiff(
    stdout,
    (word) => {
      commit = word.trim();
    },
    () => commits.push(commit),
  );
  for (const [i, change] of changes.entries()) {
    const versions = found.get(change.path) ?? [];
    const version = { commit: commits[i] ?? "", oid: change.newOid };
    const last = versions.at(-1);
    // A merge is told once for each parent.
    if (last?.commit !== version.commit || last.oid !== version.oid) versions.push(version);
    found.set(change.path, versions);
  }
  return found;
}

/** A commit with what it changed against its first parent, or against nothing where it has none. */
export interface CommitChanges {
  readonly id: string;
  readonly parent: string | null;
  /** Seconds since 1970, of the commit. */
  readonly time: number;
  readonly changes: readonly TreeChange[];
}

/** Every commit that any ref leads to, parents first, in one process whatever their number. Follows no renames. */
export async function everyCommit(repo: Repository): Promise<CommitChanges[]> {
  return readCommits((await repo.run([...commitLog, "--all"])).stdout);
}

/** The commits of a history by its first parents, up to those of others, that changed some files; the oldest first. */
export async function commitsChanging(
  repo: Repository,
  head: string,
  others: readonly string[],
  paths: readonly string[],
): Promise<CommitChanges[]> {
  const revs = [checkRev(head), ...others.map((each) => `^${checkRev(each)}`)];
  const args = [...commitLog, "--first-parent", ...revs, "--", ...paths];
  return readCommits(await askOnce(repo, args, [head, ...others]));
}

const commitLog = [
  literally,
  ...rawLog,
  "--reverse",
  "--topo-order",
  "--diff-merges=first-parent",
  "--format=format:%H %ct %P",
];

function readCommits(stdout: Buffer): CommitChanges[] {
  const commits: { id: string; parent: string | null; time: number; changes: TreeChange[] }[] = [];
  const counts: number[] = [];
  const all = readRawDiff(
    stdout,
    (word) => {
      const [id = "", time, parent] = word.trim().split(" ");
      commits.push({ id, parent: parent || null, time: Number(time), changes: [] });
      counts.push(0);
    },
    () => {
      counts[counts.length - 1] = (counts.at(-1) ?? 0) + 1;
    },
  );
  let at = 0;
  commits.forEach((commit, index) => {
    commit.changes = all.slice(at, at + (counts[index] ?? 0));
    at += counts[index] ?? 0;
  });
  return commits;
}
