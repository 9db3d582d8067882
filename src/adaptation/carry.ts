import { documentOf, isPassage } from "./explain.ts";
import type { AdaptationRecord, BoundPassage, RecordFile } from "./record.ts";

/**
 * What became of an adaptation when the base moved (design §4, `rebase`):
 * - `carried`, `review`: it stands, and beneath it stands what did, or something else
 * - `conflict`: it waits for a decision
 * - `redundant`: upstream has this version's text too
 * - `replaced`: upstream's text, which is another one, was taken
 */
export type Outcome = "carried" | "review" | "conflict" | "redundant" | "replaced";

/** A passage that differs from upstream, with its hashes on both sides. */
export interface Standing {
  readonly at: string;
  readonly baseHash: string | null;
  readonly localHash: string | null;
}

/** One document that both sides changed: where this version stood before, and where it stands on the new base. */
export interface Landing {
  readonly id: string;
  readonly before: readonly Standing[];
  readonly after: readonly Standing[];
  /** Whether the document is upstream's as it stands there, so that nobody was asked. */
  readonly follows: boolean;
  /** Addresses that wait for a decision. */
  readonly conflicts: readonly string[];
  /** Where a passage of this version stands in the result: its heading may have been renamed. Null if nowhere. */
  now(at: string): string | null;
  /** The hash of what stands at an address in the result; null where nothing does. */
  hashOf(at: string): string | null;
}

/** Addresses that a person has just settled. */
export interface Decided {
  readonly all: ReadonlySet<string>;
  /** Those where she was asked about everything that upstream changed: no second look is called for. */
  readonly wholly: ReadonlySet<string>;
}

const NOTHING: Decided = { all: new Set(), wholly: new Set() };

export interface Carried {
  readonly file: RecordFile;
  readonly outcome: Outcome;
  /** The record as it is to stand now; null where nothing in it changes. */
  readonly record: AdaptationRecord | null;
  /** Addresses whose change upstream has taken, or that became the same as upstream. */
  readonly redundant: readonly string[];
  /** Addresses where upstream's text, which is another one, was taken. */
  readonly replaced: readonly string[];
  /** Addresses that have changed, because upstream renamed the heading. */
  readonly renamed: readonly { readonly from: string; readonly to: string }[];
}

/**
 * Re-binds the records of a version to a new base (design §3): what is carried keeps its reason; where upstream
 * changed the text beneath, the passage gets a `review`; what equals upstream now is redundant. Documents that
 * upstream did not touch have no landing and carry their records as they are. Records whose hashes were out of
 * date before stay so: a rebase explains nothing that nobody has explained.
 * @param since the edition or short hash that is named in a `review`
 */
export function carryRecords(
  records: readonly RecordFile[],
  landings: readonly Landing[],
  since: string,
  decided: Decided = NOTHING,
): Carried[] {
  const byDocument = new Map(landings.map((landing) => [landing.id, landing]));
  return records
    .filter(({ record }) => record.status !== "retired")
    .map((file) => carry(file, byDocument, since, decided));
}

function carry(
  file: RecordFile,
  landings: ReadonlyMap<string, Landing>,
  since: string,
  decided: Decided,
): Carried {
  const steps = file.record.passages.map((passage) => step(passage, landings, since, decided));
  const went = (how: Outcome): string[] =>
    file.record.passages.filter((_, index) => steps[index]?.outcome === how).map(({ at }) => at);
  const [redundant, replaced] = [went("redundant"), went("replaced")];
  const outcomes = new Set(steps.map(({ outcome }) => outcome));
  const kept = steps.flatMap(({ passages }) => passages);
  const changed =
    kept.length !== file.record.passages.length ||
    kept.some((passage, index) => passage !== file.record.passages[index]);
  const retired = kept.length === 0 && steps.length > 0;
  const isTaken = retired && replaced.length === 0;
  const next: AdaptationRecord = retired
    ? { ...file.record, status: "retired", ...(isTaken ? { upstream: `taken: ${since}` } : {}) }
    : { ...file.record, passages: kept };
  const outcome: Outcome = outcomes.has("conflict")
    ? "conflict"
    : retired
      ? isTaken
        ? "redundant"
        : "replaced"
      : outcomes.has("review")
        ? "review"
        : "carried";
  const renamed = steps.flatMap(({ passages: [now, ...more] }, index) => {
    const from = file.record.passages[index]?.at;
    const isOne = from !== undefined && now !== undefined && more.length === 0 && isPassage(from);
    return isOne && now.at !== from ? [{ from, to: now.at }] : [];
  });
  return { file, outcome, record: changed ? next : null, redundant, replaced, renamed };
}

/** What becomes of one passage of a record: what it is bound to now, nothing where its change is none any more. */
function step(
  passage: BoundPassage,
  landings: ReadonlyMap<string, Landing>,
  since: string,
  decided: Decided,
): { passages: readonly BoundPassage[]; outcome: Outcome } {
  const landing = landings.get(documentOf(passage.at));
  const asItIs = { passages: [passage], outcome: "carried" } as const;
  if (!landing || passage.base === undefined || passage.local === undefined) return asItIs;
  const before = landing.before.find((each) => matches(each, passage));
  if (!before) return asItIs;
  const now = landing.now(passage.at) ?? passage.at;
  if (landing.conflicts.some((at) => at === passage.at || at === now || at === landing.id))
    return { passages: [passage], outcome: "conflict" };
  const after =
    landing.after.find((each) => each.at === now) ??
    landing.after.find((each) => each.localHash === passage.local && each.localHash !== null);
  if (!after && !isPassage(passage.at) && landing.after.length > 0) {
    // A document that was this version's alone is upstream's as well: its reason is that of all that differs.
    const bound = landing.after.map(({ at, baseHash, localHash }) => ({
      ...passage,
      at,
      base: baseHash,
      local: localHash,
    }));
    return { passages: bound, outcome: "carried" };
  }
  if (!after) {
    const isAsked = isPassage(passage.at)
      ? [passage.at, now, landing.id].some((at) => decided.all.has(at))
      : [...decided.all].some((at) => documentOf(at) === landing.id);
    const isOther = (isAsked || landing.follows) && landing.hashOf(now) !== passage.local;
    return { passages: [], outcome: isOther ? "replaced" : "redundant" };
  }
  if (after.baseHash === passage.base && after.localHash === passage.local && after.at === passage.at)
    return asItIs;
  const bound: BoundPassage = { ...passage, at: after.at, base: after.baseHash, local: after.localHash };
  // Where upstream has no such document any more, nothing lies beneath: that the document is kept has a reason of its own.
  const isAlone = isPassage(passage.at) && landing.after.some(({ at }) => !isPassage(at));
  if (isAlone) {
    const { review: _, ...alone } = bound;
    return { passages: [alone], outcome: "carried" };
  }
  if (after.baseHash === passage.base || decided.wholly.has(after.at))
    return { passages: [bound], outcome: "carried" };
  const review = { since, was: passage.base ?? null };
  return { passages: [{ ...bound, review }], outcome: "review" };
}

function matches(standing: Standing, passage: BoundPassage): boolean {
  return standing.baseHash === passage.base && standing.localHash === passage.local;
}
