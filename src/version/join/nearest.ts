import { isAncestor, mergeBases } from "../../git/ancestry.ts";
import { type CommitChanges, everyCommit } from "../../git/history.ts";
import { readObjects } from "../../git/objects.ts";
import { objectId } from "../../git/pack.ts";
import { revList } from "../../git/refs.ts";
import type { Repository } from "../../git/repository.ts";
import { diffTrees, listTree } from "../../git/trees.ts";
import type { Published } from "../base/published.ts";
import { type CopyFiles, type Evidence, scoreCommits, WORTH, weighStates, worthOf } from "./evidence.ts";
import { compareAll, type Nearness, worthOfAll } from "./nearness.ts";
import { Texts } from "./texts.ts";

/** A copy whose origin is sought. */
export interface Sought {
  /** A repository that holds the copy's objects and everything that upstream published. */
  readonly repo: Repository;
  readonly tree: string;
  /** The copy's commit; null where it has none. */
  readonly head: string | null;
  readonly published: Published;
  /** The names of editions and tags, by commit. */
  readonly names: ReadonlyMap<string, string>;
}

/** Where a copy comes from, and what speaks for it. */
export interface Origin {
  readonly nearest: Nearness;
  /** `history`: the last commit that both have; `content`: the most alike of all. */
  readonly by: "history" | "content";
  readonly looked: number;
  /** Commits that are as near, and why this one of them was taken. */
  readonly alike: { readonly count: number; readonly chosen: "named" | "followed" | "newest" };
  /** The best of the others. */
  readonly next: Nearness | null;
}

/** So many of the best commits are compared file by file, with Git's own renames. */
const MOST_COMPARED = 12;
/**
 * A later commit than the last common one is the base only if at least this share of what upstream changed between
 * them stands here as after it: else taking it as base would call the rest undone here.
 */
const ALL_BUT = 0.9;
/** Scores this close are equal: sums of shares are not exact. */
const EQUAL = 1e-6;

/**
 * Finds the upstream commit that a copy is nearest to, over everything that upstream published (design §4): by ids
 * for all commits in one pass, by words only for files that upstream never had as they are here.
 * @returns null where upstream has no commit
 */
export async function findOrigin(sought: Sought): Promise<Origin | null> {
  const { repo, published } = sought;
  const [history, copy] = await Promise.all([everyCommit(repo), readCopy(repo, sought.tree)]);
  if (history.length === 0) return null;
  const texts = new Texts(repo);
  const evidence = await weigh(history, await withPlainLineEnds(repo, copy, history), texts);
  const scores = scoreCommits(history, evidence.worth);
  const followed = await followedBy(repo, published);
  const better = rankedBy(history, sought, followed);
  const shared = await sharedWith(sought, history, scores);
  const best = groupEqual(scores, better).map(([first = 0]) => first);
  const candidates = [...new Set([...best, ...(shared === null ? [] : [shared])])].flatMap((index) => {
    const commit = history[index];
    return commit ? [{ index, commit }] : [];
  });
  const nearnesses = await compareAll(
    sought,
    copy,
    candidates.map(({ commit }) => commit),
    texts,
  );
  const ordered = candidates
    .flatMap(({ index }, at) => (nearnesses[at] ? [{ index, nearness: nearnesses[at] }] : []))
    .sort((a, b) => worthOfAll(b.nearness) - worthOfAll(a.nearness) || better(a.index, b.index));
  const chosen = await choose(repo, { best: ordered[0]?.index ?? 0, shared, history, evidence });
  const nearest = ordered.find(({ index }) => index === chosen)?.nearness;
  if (nearest === undefined) return null;
  const isEqual = (score = 0): boolean => Math.abs(score - (scores[chosen] ?? 0)) < EQUAL;
  const { commit } = nearest;
  return {
    nearest,
    by: chosen === shared ? "history" : "content",
    looked: history.length,
    alike: {
      count: scores.filter(isEqual).length - 1,
      chosen: sought.names.has(commit) ? "named" : followed.has(commit) ? "followed" : "newest",
    },
    next: ordered.find(({ index }) => !isEqual(scores[index]))?.nearness ?? null,
  };
}

/** Of equals an edition comes first, then a tag, then what lies on the followed branch, then the newest. */
function rankedBy(
  history: readonly CommitChanges[],
  { names, published }: Sought,
  followed: ReadonlySet<string>,
): (i: number, j: number) => number {
  const editions = new Set(published.editions.map(({ commit }) => commit));
  const rankOf = (index: number): number[] => {
    const { id = "", time = 0 } = history[index] ?? {};
    return [Number(editions.has(id)), Number(names.has(id)), Number(followed.has(id)), time, index];
  };
  return (i, j) => {
    const [a, b] = [rankOf(i), rankOf(j)];
    const at = a.findIndex((value, place) => value !== b[place]);
    return (b[at] ?? 0) - (a[at] ?? 0);
  };
}

/** How a copy stands to one commit that a person has named. */
export async function nearnessTo(sought: Sought, commit: string): Promise<Nearness> {
  const copy = await readCopy(sought.repo, sought.tree);
  const date = await sought.repo.text(["log", "-1", "--format=%ct", commit]);
  const [nearness] = await compareAll(
    sought,
    copy,
    [{ id: commit, time: Number(date) }],
    new Texts(sought.repo),
  );
  if (nearness === undefined) throw new Error(`nothing was compared with ${commit}`);
  return nearness;
}

async function readCopy(repo: Repository, tree: string): Promise<ReadonlyMap<string, string>> {
  const files = [...(await listTree(repo, tree))].filter(([path]) => !path.startsWith("versions/"));
  return new Map(files.map(([path, { oid }]) => [path, oid]));
}

/** A copy that went through Windows has other line ends: its files count as what they are without them, too. */
async function withPlainLineEnds(
  repo: Repository,
  copy: ReadonlyMap<string, string>,
  history: readonly CommitChanges[],
): Promise<CopyFiles> {
  const known = new Set(history.flatMap(({ changes }) => changes.map(({ newOid }) => newOid)));
  const unknown = [...copy].filter(([, oid]) => !known.has(oid));
  const objects = await readObjects(
    repo,
    unknown.map(([, oid]) => oid),
  );
  const plain = new Map<string, string>();
  unknown.forEach(([path], index) => {
    const bytes = objects[index]?.bytes;
    if (!bytes?.includes("\r\n") || bytes.includes(0)) return;
    const text = Buffer.from(bytes.toString("latin1").replaceAll("\r\n", "\n"), "latin1");
    plain.set(path, objectId(repo.objectFormat, { type: "blob", bytes: text }));
  });
  return new Map(
    [...copy].map(([path, oid]) => [path, [oid, plain.get(path)].filter((each) => each !== undefined)]),
  );
}

async function weigh(history: readonly CommitChanges[], copy: CopyFiles, texts: Texts): Promise<Evidence> {
  const evidence = weighStates(history, copy);
  const shares = await texts.likenesses(
    evidence.compare.map(({ upstreamOid, path }) => [upstreamOid, copy.get(path)?.[0] ?? ""] as const),
  );
  evidence.compare.forEach(({ upstreamPath, upstreamOid, path }, index) => {
    const worth = WORTH.alike * (shares[index] ?? 0) * (path === upstreamPath ? 1 : WORTH.moved);
    evidence.worth.get(upstreamPath)?.set(upstreamOid, worth);
  });
  return evidence;
}

/** Places of equal scores, the best score first and the better one first among equals. */
function groupEqual(scores: readonly number[], better: (i: number, j: number) => number): number[][] {
  const order = scores.map((_, index) => index);
  order.sort((i, j) => (scores[j] ?? 0) - (scores[i] ?? 0));
  const groups: number[][] = [];
  let last = Number.NaN;
  for (const index of order) {
    const score = scores[index] ?? 0;
    const group = groups.at(-1);
    if (group && Math.abs(score - last) < EQUAL) group.push(index);
    else if (groups.length === MOST_COMPARED) break;
    else groups.push([index]);
    last = score;
  }
  return groups.map((group) => group.sort(better));
}

/** Where the last commit stands that the copy and upstream both have; the best of several, null without any. */
async function sharedWith(
  { repo, head, published }: Sought,
  history: readonly CommitChanges[],
  scores: readonly number[],
): Promise<number | null> {
  if (head === null || published.heads.length === 0) return null;
  const bases = new Set(await mergeBases(repo, head, published.heads));
  const places = history.flatMap(({ id }, index) => (bases.has(id) ? [index] : []));
  return places.sort((i, j) => (scores[j] ?? 0) - (scores[i] ?? 0))[0] ?? null;
}

async function followedBy(repo: Repository, { branch }: Published): Promise<ReadonlySet<string>> {
  return new Set(branch === null ? [] : await revList(repo, [branch]));
}

/** The best by content, unless the history that both share says otherwise. */
async function choose(
  repo: Repository,
  found: {
    readonly best: number;
    readonly shared: number | null;
    readonly history: readonly CommitChanges[];
    readonly evidence: Evidence;
  },
): Promise<number> {
  const { best, shared, history, evidence } = found;
  if (shared === null || shared === best) return best;
  const [before, after] = [history[shared]?.id ?? "", history[best]?.id ?? ""];
  if (await isAncestor(repo, after, before)) return shared;
  const changes = await diffTrees(repo, before, after);
  const gains = changes.map(
    ({ path, oldOid, newOid }) =>
      worthOf(evidence.worth, path, newOid) - worthOf(evidence.worth, path, oldOid),
  );
  // What upstream added and is not here, or removed and is not here either, tells nothing.
  const [taken, not] = [
    gains.filter((gain) => gain > 0.2).length,
    gains.filter((gain) => gain < -0.2).length,
  ];
  return taken > 0 && taken / (taken + not) >= ALL_BUT ? best : shared;
}
