import { formatAddress } from "../../curriculum/address.ts";
import type { Repository } from "../../git/repository.ts";
import { diffTrees } from "../../git/trees.ts";
import { type Held, readHolds, stillHolds } from "../base/holds.ts";
import type { Hold } from "../version-file.ts";
import { type Only, readOnly } from "./only.ts";

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
  const only = await readOnly(repo, { ...request, held: before });
  const after: Hold[] = [];
  const ended: Hold[] = [];
  for (const held of before) {
    if (held.passage !== null) {
      (only.takesPassage(held.passage.document, held.passage.key) ? ended : after).push(held.hold);
      continue;
    }
    const waiting = await changedPaths(repo, held.hold.base, request.next, held.covers);
    const isUntouched = !waiting.some((path) => only.takes(path) || only.partly.has(path));
    if (isUntouched && !request.only.includes(held.hold.at)) after.push(held.hold);
    else {
      ended.push(held.hold);
      if (!request.only.includes(held.hold.at))
        after.push(...leftOf(only, waiting, (at) => ({ ...held.hold, at })));
    }
  }
  const free = (path: string): boolean => !before.some((held) => held.covers(path));
  const changed = await changedPaths(repo, request.base, request.next, free);
  after.push(...leftOf(only, changed, (at) => ({ at, base: request.base, why: request.why })));
  const seen = new Set<string>();
  const once = after.filter(({ at }) => !seen.has(at) && seen.add(at));
  return { before, after: readHolds(once), ended };
}

/** Holds for what is not taken of some changed paths: whole subjects, single paths, passages of a document. */
function leftOf(only: Only, changed: readonly string[], hold: (at: string) => Hold): Hold[] {
  const rest = changed.filter((path) => !only.takes(path) && !only.partly.has(path));
  const places = summarise(
    rest,
    changed.filter((path) => !rest.includes(path)),
  );
  const passages = changed.flatMap((path) => {
    const part = only.partly.get(path);
    return part ? part.left.map((key) => formatAddress(part.id, key)) : [];
  });
  return [...places, ...passages].map(hold);
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
