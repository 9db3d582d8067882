import { documentOf } from "./explain.ts";
import type { AdaptationRecord, BoundPassage, RecordFile } from "./record.ts";

/** What became of an adaptation when the base moved (design §4, `rebase`). */
export type Outcome = "carried" | "review" | "conflict" | "redundant";

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
  /** Addresses that wait for a decision. */
  readonly conflicts: readonly string[];
  /** Where a passage of this version stands in the result: its heading may have been renamed. Null if nowhere. */
  now(at: string): string | null;
}

export interface Carried {
  readonly file: RecordFile;
  readonly outcome: Outcome;
  /** The record as it is to stand now; null where nothing in it changes. */
  readonly record: AdaptationRecord | null;
  /** Addresses whose change upstream has taken, or that became the same as upstream. */
  readonly redundant: readonly string[];
  /** Addresses that have changed, because upstream renamed the heading. */
  readonly renamed: readonly { readonly from: string; readonly to: string }[];
}

/**
 * Re-binds the records of a version to a new base (design §3): what is carried keeps its reason; where upstream
 * changed the text beneath, the passage gets a `review`; what equals upstream now is redundant. Documents that
 * upstream did not touch have no landing and carry their records as they are. Records whose hashes were out of
 * date before stay so: a rebase explains nothing that nobody has explained.
 * @param since the edition or short hash that is named in a `review`
 * @param decided addresses that a person has just settled: no second look is asked for
 */
export function carryRecords(
  records: readonly RecordFile[],
  landings: readonly Landing[],
  since: string,
  decided: ReadonlySet<string> = new Set(),
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
  decided: ReadonlySet<string>,
): Carried {
  const steps = file.record.passages.map((passage) => step(passage, landings, since, decided));
  const redundant = steps.filter(({ outcome }) => outcome === "redundant").map(({ passage }) => passage.at);
  const outcomes = new Set(steps.map(({ outcome }) => outcome));
  const kept = steps.filter(({ outcome }) => outcome !== "redundant").map(({ passage }) => passage);
  const changed =
    steps.some(({ passage }, index) => passage !== file.record.passages[index]) || redundant.length > 0;
  const retired = kept.length === 0 && redundant.length > 0;
  const next: AdaptationRecord = retired
    ? { ...file.record, status: "retired", upstream: `taken: ${since}` }
    : { ...file.record, passages: kept };
  const outcome: Outcome = outcomes.has("conflict")
    ? "conflict"
    : retired
      ? "redundant"
      : outcomes.has("review")
        ? "review"
        : "carried";
  const renamed = steps.flatMap(({ passage }, index) => {
    const from = file.record.passages[index]?.at ?? passage.at;
    return from === passage.at ? [] : [{ from, to: passage.at }];
  });
  return { file, outcome, record: changed ? next : null, redundant, renamed };
}

function step(
  passage: BoundPassage,
  landings: ReadonlyMap<string, Landing>,
  since: string,
  decided: ReadonlySet<string>,
): { passage: BoundPassage; outcome: Outcome } {
  const landing = landings.get(documentOf(passage.at));
  if (!landing || passage.base === undefined || passage.local === undefined)
    return { passage, outcome: "carried" };
  const before = landing.before.find((each) => matches(each, passage));
  if (!before) return { passage, outcome: "carried" };
  const now = landing.now(passage.at) ?? passage.at;
  if (landing.conflicts.some((at) => at === passage.at || at === now || at === landing.id))
    return { passage, outcome: "conflict" };
  const after =
    landing.after.find((each) => each.at === now) ??
    landing.after.find((each) => each.localHash === passage.local && each.localHash !== null);
  if (!after) return { passage, outcome: "redundant" };
  if (after.baseHash === passage.base && after.localHash === passage.local && after.at === passage.at) {
    return { passage, outcome: "carried" };
  }
  const bound: BoundPassage = { ...passage, at: after.at, base: after.baseHash, local: after.localHash };
  if (after.baseHash === passage.base || decided.has(after.at)) return { passage: bound, outcome: "carried" };
  return { passage: { ...bound, review: { since, was: passage.base ?? null } }, outcome: "review" };
}

function matches(standing: Standing, passage: BoundPassage): boolean {
  return standing.baseHash === passage.base && standing.localHash === passage.local;
}
