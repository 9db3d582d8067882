import type { RecordFile } from "../adaptation/record.ts";
import type { Kind, Purpose } from "../adaptation/words.ts";
import { type Bound, newRecord, recordPath, renewRecords, type Said } from "../adaptation/write.ts";
import { wholePair } from "../compare/whole.ts";
import { printYaml, updateYaml } from "../curriculum/update.ts";
import { commitPassages, type PassagePick } from "./commit-passages.ts";
import { asChange, type OwnChange, type OwnChanges } from "./own-changes.ts";
import { baseUpdate, type OwnFile } from "./own-files.ts";
import type { EquippedVersion } from "./ready.ts";

/** Everything that a new reason needs. */
export type Complete = Said & {
  readonly why: string;
  readonly for: readonly Purpose[];
  readonly kind: Kind;
  readonly title: string;
};

export interface AdaptPlan {
  /** Changes that have no record yet. */
  readonly fresh: readonly OwnChange[];
  /** Changes that a record names already, by whatever pair. */
  readonly known: readonly OwnChange[];
  /** Those records. */
  readonly records: ReadonlySet<RecordFile>;
}

/** Sorts chosen changes into those that need a new record and those whose record is to be renewed. */
export function planAdapt(chosen: readonly OwnChange[]): AdaptPlan {
  const fresh = chosen.filter(({ explanation }) => explanation.state === "none");
  const known = chosen.filter(({ explanation }) => explanation.state !== "none");
  const records = new Set(
    known.flatMap(({ explanation }) => (explanation.state === "none" ? [] : [explanation.file])),
  );
  return { fresh, known, records };
}

/** Pairs to bind: of the whole document where it was added or removed, else of each passage. */
export function bindings(changes: readonly OwnChange[]): Bound[] {
  const bound = new Map<string, Bound>();
  for (const { document, passage } of changes) {
    const pair = wholePair(document.base, document.local) ?? asChange(document, passage);
    bound.set(pair.at, { at: pair.at, base: pair.baseHash, local: pair.localHash });
  }
  return [...bound.values()];
}

/** The records as they are to stand, as files; nothing is written yet. */
export function recordsFor(
  version: string,
  own: OwnChanges,
  plan: AdaptPlan,
  said: Said | Complete,
): { files: OwnFile[]; titles: { id: string; title: string; path: string }[] } {
  const made =
    plan.fresh.length === 0
      ? []
      : [
          newRecord({
            version,
            said: said as Complete,
            bound: bindings(plan.fresh),
            taken: new Set(own.records.map(({ record }) => record.id)),
          }),
        ];
  const renewed = renewRecords(own.records, bindings(plan.known), said, plan.records);
  const files = [
    ...made.map((record) => ({ path: recordPath(record.id), text: printYaml(record) })),
    ...renewed.map(({ file, record }) => ({
      path: file.path,
      text: updateYaml(file.path, file.text, record),
    })),
  ];
  const titles = [
    ...made.map(({ id, title }) => ({ id, title, path: recordPath(id) })),
    ...renewed
      .filter(({ file }) => plan.records.has(file))
      .map(({ file, record }) => ({ id: record.id, title: record.title, path: file.path })),
  ];
  return { files, titles };
}

/** Commits the chosen passages with their records, and nothing else. */
export async function commitAdaptation(
  version: EquippedVersion,
  chosen: readonly OwnChange[],
  files: readonly OwnFile[],
  message: { readonly did: string; readonly text: string },
  now: Date,
): Promise<string> {
  return commitPassages(version.repo, version, {
    verb: "adapt",
    did: message.did,
    message: message.text,
    picks: picksOf(chosen),
    files: [],
    own: [...files, ...(await baseUpdate(version))],
    now,
  });
}

/** The passages of each document, as they go into a commit. */
export function picksOf(changes: readonly OwnChange[]): PassagePick[] {
  const picks = new Map<string, { change: OwnChange; keys: Set<string> }>();
  for (const change of changes) {
    const path = change.document.change.path;
    const pick = picks.get(path) ?? { change, keys: new Set<string>() };
    pick.keys.add(change.passage.key);
    picks.set(path, pick);
  }
  return [...picks.values()].map(({ change: { document }, keys }) => ({
    local: document.local,
    base: document.base,
    passages: { take: keys },
  }));
}
