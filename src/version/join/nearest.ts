import { isCurriculumPath } from "../../curriculum/conventions.ts";
import { type CommitChanges, everyCommit } from "../../git/history.ts";
import { readObjects } from "../../git/objects.ts";
import { objectId } from "../../git/pack.ts";
import type { TreeChange } from "../../git/raw-diff.ts";
import { isAncestor, mergeBases, revList } from "../../git/refs.ts";
import type { Repository } from "../../git/repository.ts";
import { diffManyTrees, diffTrees, listTree } from "../../git/trees.ts";
import type { Published } from "../base/published.ts";
import { type CopyFiles, type Evidence, scoreCommits, WORTH, weighStates, worthOf } from "./evidence.ts";
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

/** How the files of a copy stand to those of one upstream commit. */
export interface Nearness {
  readonly commit: string;
  /** ISO 8601, when the commit was made. */
  readonly date: string;
  readonly files: number;
  /** Files exactly as in that commit, at the same path and at another one. */
  readonly same: number;
  readonly moved: number;
  /** Files that share at least half of their words with one of that commit, and their mean share. */
  readonly near: number;
  readonly share: number;
  /** Files of the same name with little in common. */
  readonly rewritten: number;
  readonly onlyHere: number;
  readonly onlyThere: number;
  /** Documents among the files here, and those of them that are the same, moved or near. */
  readonly documents: number;
  readonly recognised: number;
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
/** From this share of common words on, a file counts as nearly the same. */
const NEAR = 0.5;
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
  const editions = new Set(published.editions.map(({ commit }) => commit));
  // Of equals an edition, then a tag, then what lies on the followed branch, then the newest.
  const better = (i: number, j: number): number => {
    const [a, b] = [rankOf(i), rankOf(j)];
    const at = a.findIndex((value, place) => value !== b[place]);
    return at < 0 ? j - i : (b[at] ?? 0) - (a[at] ?? 0);
  };
  const rankOf = (index: number): number[] => {
    const { id = "", time = 0 } = history[index] ?? {};
    return [Number(editions.has(id)), Number(sought.names.has(id)), Number(followed.has(id)), time];
  };
  const shared = await sharedWith(sought, history, scores);
  const groups = groupEqual(scores, better).slice(0, MOST_COMPARED);
  const wanted = new Set([...groups.map(([best = 0]) => best), ...(shared === null ? [] : [shared])]);
  const compared = new Map<number, Nearness>();
  const candidates = [...wanted];
  const nearnesses = await compareAll(
    sought,
    copy,
    candidates.map((index) => history[index]),
    texts,
  );
  candidates.forEach((index, at) => {
    const nearness = nearnesses[at];
    if (nearness) compared.set(index, nearness);
  });
  const ordered = [...compared].sort(([i, a], [j, b]) => worthOfAll(b) - worthOfAll(a) || better(i, j));
  const chosen = await choose(repo, { ordered: ordered.map(([index]) => index), shared, history, evidence });
  const nearest = compared.get(chosen);
  if (nearest === undefined) return null;
  const alike = scores.filter((score) => Math.abs(score - (scores[chosen] ?? 0)) < EQUAL).length - 1;
  const next = ordered.find(([index]) => Math.abs((scores[index] ?? 0) - (scores[chosen] ?? 0)) >= EQUAL);
  return {
    nearest,
    by: chosen === shared ? "history" : "content",
    looked: history.length,
    alike: {
      count: alike,
      chosen: sought.names.has(nearest.commit)
        ? "named"
        : followed.has(nearest.commit)
          ? "followed"
          : "newest",
    },
    next: next?.[1] ?? null,
  };
}

/** How a copy stands to one commit that a person has named. */
export async function nearnessTo(sought: Sought, commit: string): Promise<Nearness> {
  const copy = await readCopy(sought.repo, sought.tree);
  const date = await sought.repo.text(["log", "-1", "--format=%ct", commit]);
  const [nearness] = await compareAll(
    sought,
    copy,
    [{ id: commit, parent: null, time: Number(date), changes: [] }],
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
    readonly ordered: readonly number[];
    readonly shared: number | null;
    readonly history: readonly CommitChanges[];
    readonly evidence: Evidence;
  },
): Promise<number> {
  const { ordered, shared, history, evidence } = found;
  const best = ordered[0] ?? 0;
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

/** Compares a copy with commits file by file, Git's renames followed; one process for all trees. */
async function compareAll(
  { repo, tree }: Sought,
  copy: ReadonlyMap<string, string>,
  commits: readonly (CommitChanges | undefined)[],
  texts: Texts,
): Promise<Nearness[]> {
  const known = commits.filter((commit) => commit !== undefined);
  const diffs = await diffManyTrees(
    repo,
    known.map(({ id }) => ({ from: id, to: tree })),
    { renames: true },
  );
  const all = diffs.map((changes) => changes.filter(({ path }) => !path.startsWith("versions/")));
  const pairs = all.flat().filter(isPair);
  const shares = await texts.likenesses(
    pairs.map(({ oldOid, newOid }) => [oldOid ?? "", newOid ?? ""] as const),
  );
  const shareOf = new Map(pairs.map((change, index) => [change, shares[index] ?? 0]));
  return known.map(({ id, time }, index) => ({
    commit: id,
    date: new Date(time * 1000).toISOString(),
    ...countFiles([...copy.keys()], all[index] ?? [], shareOf),
  }));
}

const isPair = ({ oldOid, newOid }: TreeChange): boolean => oldOid !== null && newOid !== null;

function countFiles(
  paths: readonly string[],
  changes: readonly TreeChange[],
  shareOf: ReadonlyMap<TreeChange, number>,
): Omit<Nearness, "commit" | "date"> {
  const pairs = changes.filter(isPair);
  const moved = pairs.filter(({ oldOid, newOid }) => oldOid === newOid);
  const edited = pairs.filter(({ oldOid, newOid }) => oldOid !== newOid);
  const near = edited.filter((change) => (shareOf.get(change) ?? 0) >= NEAR);
  const onlyHere = changes.filter(({ oldOid }) => oldOid === null);
  const unlike = [...edited.filter((change) => !near.includes(change)), ...onlyHere];
  const isDocument = (path: string): boolean => isCurriculumPath(path);
  const documents = paths.filter(isDocument).length;
  const total = near.reduce((sum, change) => sum + (shareOf.get(change) ?? 0), 0);
  return {
    files: paths.length,
    same: paths.length - pairs.length - onlyHere.length,
    moved: moved.length,
    near: near.length,
    share: near.length === 0 ? 1 : total / near.length,
    rewritten: edited.length - near.length,
    onlyHere: onlyHere.length,
    onlyThere: changes.filter(({ newOid }) => newOid === null).length,
    documents,
    recognised: documents - unlike.filter(({ path }) => isDocument(path)).length,
  };
}

function worthOfAll({ same, moved, near, share, onlyThere }: Nearness): number {
  return WORTH.same * same + WORTH.moved * moved + WORTH.alike * near * share + WORTH.absent * onlyThere;
}
