import type { Repository } from "../../git/repository.ts";
import { diffTrees } from "../../git/trees.ts";
import { type Held, pathMatcher, readHolds, stillHolds } from "../holds.ts";
import type { Hold } from "../version-file.ts";

/** What a rebase does to the holds. */
export interface HoldChange {
  /** Every hold before it: each says what its paths and passages are based on. */
  readonly before: readonly Held[];
  /** What upstream's change is not taken for: the holds that go on, and those that `--only` makes. */
  readonly after: readonly Held[];
  /** Holds whose change is taken now. */
  readonly ended: readonly Hold[];
}

export interface HoldRequest {
  readonly holds: readonly Hold[];
  /** The base of everything that is not held. */
  readonly base: string;
  readonly next: string;
  readonly today: string;
  readonly only: readonly string[];
  /** Why the rest is held when `--only` takes a part. */
  readonly why: string;
}

/**
 * Taking an update for one subject alone is taking it all and holding the rest (design §3). Without `only`, holds
 * go on until their `until` has passed; with it, what it names is taken, held or not, and everything else that
 * upstream changed is held at the base it has now.
 */
export async function changeHolds(repo: Repository, request: HoldRequest): Promise<HoldChange> {
  const before = readHolds(request.holds);
  if (request.only.length === 0) {
    const going = request.holds.filter((hold) => stillHolds(hold, request.today));
    return { before, after: readHolds(going), ended: request.holds.filter((hold) => !going.includes(hold)) };
  }
  const wanted = request.only.map((only) => ({ only, matches: pathMatcher(only) }));
  const isWanted = (path: string): boolean => wanted.some(({ matches }) => matches(path));
  const after: Hold[] = [];
  const ended: Hold[] = [];
  for (const held of before) {
    if (held.passage !== null) {
      (request.only.includes(held.hold.at) ? ended : after).push(held.hold);
      continue;
    }
    const waiting = await changedPaths(repo, held.hold.base, request.next, held.covers);
    const taken = waiting.filter(isWanted);
    if (taken.length === 0 && !request.only.includes(held.hold.at)) after.push(held.hold);
    else {
      ended.push(held.hold);
      if (request.only.includes(held.hold.at)) continue;
      const kept = waiting.filter((path) => !isWanted(path));
      after.push(...summarise(kept, taken).map((at) => ({ ...held.hold, at })));
    }
  }
  const free = (path: string): boolean => !before.some((held) => held.covers(path));
  const changed = await changedPaths(repo, request.base, request.next, free);
  const rest = changed.filter((path) => !isWanted(path));
  const places = summarise(rest, changed.filter(isWanted));
  after.push(...places.map((at) => ({ at, base: request.base, why: request.why })));
  return { before, after: readHolds(after), ended };
}

/** Curriculum paths that upstream changed and that a filter lets through; version folders are never held. */
async function changedPaths(
  repo: Repository,
  from: string,
  to: string,
  filter: (path: string) => boolean,
): Promise<string[]> {
  const changes = await diffTrees(repo, from, to);
  return changes.map(({ path }) => path).filter((path) => !path.startsWith("versions/") && filter(path));
}

/** Whole subjects where nothing of them is taken, single paths elsewhere. */
function summarise(rest: readonly string[], taken: readonly string[]): string[] {
  const folderOf = (path: string): string | null => /^subjects\/[^/]+\//.exec(path)?.[0] ?? null;
  const mixed = new Set(taken.map(folderOf));
  const places = rest.map((path) => {
    const folder = folderOf(path);
    return folder === null || mixed.has(folder) ? path : `${folder}**`;
  });
  return [...new Set(places)];
}
