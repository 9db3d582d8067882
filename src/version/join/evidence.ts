import type { CommitChanges } from "../../git/history.ts";

/** The files of a copy: under each path the ids that count as its content (as it is, and with plain line ends). */
export type CopyFiles = ReadonlyMap<string, readonly string[]>;

/** What a file of a commit says for that commit; the sum over its files is the commit's score. */
export const WORTH = {
  /** The same content at the same path. */
  same: 1,
  /** The same content at another path. */
  moved: 0.99,
  /** Another state of a file whose state here upstream had too, sooner or later. */
  otherState: 0.5,
  /** At most, a text like one here that upstream never had, by the share of words: an exact file outweighs it. */
  alike: 0.5,
  /** A file that is not here at all: leaving files out is common in a copy, so it says little. */
  absent: -0.02,
} as const;

/** Two texts to be compared: a state that upstream had at a path, and the file here that it may have become. */
export interface ToCompare {
  readonly upstreamPath: string;
  readonly upstreamOid: string;
  readonly path: string;
}

/** What each state of each upstream file is worth, as far as ids tell; what they do not tell is to be compared. */
export interface Evidence {
  readonly worth: Map<string, Map<string, number>>;
  readonly compare: readonly ToCompare[];
}

/**
 * Weighs every state that upstream's files ever had against a copy: by object ids where they settle it, and by
 * likeness (left to the caller) only for files whose state here upstream never had.
 */
export function weighStates(history: readonly CommitChanges[], copy: CopyFiles): Evidence {
  const states = statesByPath(history);
  // A file at one of upstream's own paths speaks for itself there, and not a second time for another path.
  const elsewhere = new Set([...copy].flatMap(([path, oids]) => (states.has(path) ? [] : oids)));
  const orphans = orphansByName(copy, states);
  const worth = new Map<string, Map<string, number>>();
  const compare: ToCompare[] = [];
  for (const [upstreamPath, oids] of states) {
    const here = copy.get(upstreamPath);
    const known = [...oids].filter((oid) => (here ? here.includes(oid) : elsewhere.has(oid)));
    const path = here ? upstreamPath : nearestPath(upstreamPath, orphans);
    if (known.length === 0 && path === null) continue;
    const values = new Map<string, number>();
    for (const oid of oids) {
      if (known.includes(oid)) values.set(oid, here ? WORTH.same : WORTH.moved);
      else if (known.length > 0) values.set(oid, WORTH.otherState);
      else if (path !== null) compare.push({ upstreamPath, upstreamOid: oid, path });
    }
    worth.set(upstreamPath, values);
  }
  return { worth, compare };
}

/** The score of every commit, in their order: each is its parent's, and what the commit changed. */
export function scoreCommits(history: readonly CommitChanges[], worth: Evidence["worth"]): number[] {
  const scores: number[] = [];
  const places = new Map<string, number>();
  for (const [index, { id, parent, changes }] of history.entries()) {
    let score = parent === null ? 0 : (scores[places.get(parent) ?? -1] ?? 0);
    for (const { path, oldOid, newOid } of changes) {
      score += worthOf(worth, path, newOid) - worthOf(worth, path, oldOid);
    }
    scores.push(score);
    places.set(id, index);
  }
  return scores;
}

/** What a file in one state is worth; an absent one nothing. */
export function worthOf(worth: Evidence["worth"], path: string, oid: string | null): number {
  if (oid === null || path.startsWith("versions/")) return 0;
  return worth.get(path)?.get(oid) ?? WORTH.absent;
}

function statesByPath(history: readonly CommitChanges[]): Map<string, Set<string>> {
  const states = new Map<string, Set<string>>();
  for (const { changes } of history) {
    for (const { path, newOid } of changes) {
      if (newOid === null || path.startsWith("versions/")) continue;
      const known = states.get(path) ?? new Set<string>();
      states.set(path, known.add(newOid));
    }
  }
  return states;
}

/** Files at paths and with contents that upstream never had, by their names. */
function orphansByName(
  copy: CopyFiles,
  states: ReadonlyMap<string, ReadonlySet<string>>,
): Map<string, string[]> {
  const known = new Set([...states.values()].flatMap((oids) => [...oids]));
  const orphans = new Map<string, string[]>();
  for (const [path, oids] of copy) {
    if (states.has(path) || oids.some((oid) => known.has(oid))) continue;
    const name = fileName(path);
    orphans.set(name, [...(orphans.get(name) ?? []), path]);
  }
  return orphans;
}

/** The orphan of the same name whose folders are most like those of a path. */
function nearestPath(path: string, orphans: ReadonlyMap<string, readonly string[]>): string | null {
  const shared = (other: string): number => {
    const [a, b] = [path.split("/").reverse(), other.split("/").reverse()];
    const at = a.findIndex((name, index) => name !== b[index]);
    return at < 0 ? a.length : at;
  };
  const found = [...(orphans.get(fileName(path)) ?? [])].sort((a, b) => shared(b) - shared(a));
  return found[0] ?? null;
}

function fileName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
