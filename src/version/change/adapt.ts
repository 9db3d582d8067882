import { isHeld } from "../../adaptation/explain.ts";
import type { RecordFile } from "../../adaptation/record.ts";
import type { Kind, Purpose } from "../../adaptation/words.ts";
import { type Bound, newRecord, recordPath, renewRecords, type Said } from "../../adaptation/write.ts";
import { wholePair } from "../../compare/whole.ts";
import { printYaml, updateYaml } from "../../curriculum/update.ts";
import type { EquippedVersion } from "../ready.ts";
import { commitPassages, type PassagePick } from "./commit-passages.ts";
import { asChange, type OwnChange, type OwnChanges } from "./own-changes.ts";
import { baseUpdate, type OwnFile } from "./own-files.ts";

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
  /** Changes whose reason is to be given again: the text was edited since, or upstream changed what lies beneath. */
  readonly stale: readonly OwnChange[];
  /** Changes whose reason was written by hand and is not bound to the text yet. */
  readonly pending: readonly OwnChange[];
  /** Changes that have a reason which holds. */
  readonly settled: readonly OwnChange[];
}

/** Sorts chosen changes by what they need. */
export function planAdapt(chosen: readonly OwnChange[]): AdaptPlan {
  const inState = (state: ReturnType<typeof needOf>): OwnChange[] =>
    chosen.filter((change) => needOf(change, chosen) === state);
  return {
    fresh: inState("fresh"),
    stale: inState("stale"),
    pending: inState("pending"),
    settled: inState("settled"),
  };
}

function needOf(change: OwnChange, chosen: readonly OwnChange[]): keyof AdaptPlan {
  const { explanation, document } = change;
  if (explanation.state === "none") return "fresh";
  if (explanation.state === "explained" && !explanation.passage.review) return "settled";
  if (isSpokenOf(change)) return explanation.state === "pending" ? "pending" : "stale";
  // That a document stands here alone has a reason of its own, whatever is on record of a passage in it.
  const other = chosen.find((each) => each.document === document && isSpokenOf(each));
  return other === undefined ? "fresh" : needOf(other, chosen);
}

/** Whether the record found for a change is about it: for a document that was added or removed, about it as a whole. */
function isSpokenOf({ explanation, document }: OwnChange): boolean {
  const whole = wholePair(document.base, document.local);
  return explanation.state !== "none" && (whole === null || explanation.passage.at === whole.at);
}

/** The records that explain some changes, each once. */
export function recordsOf(changes: readonly OwnChange[]): Set<RecordFile> {
  return new Set(
    changes
      .filter(isSpokenOf)
      .flatMap(({ explanation }) => (explanation.state === "none" ? [] : [explanation.file])),
  );
}

/** Pairs to bind: of the whole document where it was added or removed, else of each passage. */
export function bindings(changes: readonly OwnChange[]): Bound[] {
  const bound = new Map<string, Bound>();
  for (const { document, passage } of changes) {
    const whole = wholePair(document.base, document.local);
    const { at, baseHash, localHash } = whole ?? asChange(document, passage);
    const from = whole === null ? asChange(document, passage).from : undefined;
    bound.set(at, { at, from, base: baseHash, local: localHash });
  }
  return [...bound.values()];
}

/** Pairs of the passages in documents that were added or removed, for records that are about just one of them. */
function pairsWithin(changes: readonly OwnChange[]): Bound[] {
  return changes
    .filter(({ document: { base, local } }) => base === null || local === null)
    .map(({ document, passage }) => asChange(document, passage))
    .map(({ at, baseHash, localHash }) => ({ at, base: baseHash, local: localHash }));
}

/** What is said of changes: all that a new record needs, and what is said anew where there is a record. */
export interface Reasons {
  /** Null where no change is without a record. */
  readonly made: Complete | null;
  readonly renewed: Said;
}

/** A record that is written, and what happened to it. */
export interface Written {
  readonly id: string;
  readonly title: string;
  readonly did: "made" | "renewed" | "bound";
}

/** The records as they are to stand, as files; nothing is written yet. */
export function recordsFor(
  version: string,
  own: OwnChanges,
  plan: AdaptPlan,
  { made, renewed }: Reasons,
): { files: OwnFile[]; written: Written[] } {
  const { fresh, stale, pending, settled } = plan;
  // Where everything has a reason that holds, what is said anew is meant for just those reasons.
  const spoken = fresh.length + stale.length + pending.length === 0 ? settled : stale;
  const told = recordsOf(spoken);
  const bound = recordsOf(pending);
  const record =
    made === null
      ? null
      : newRecord({
          version,
          said: made,
          bound: bindings(fresh),
          taken: new Set(own.records.flatMap(({ record: { id }, path }) => [id, idAt(path)])),
        });
  const now = [...bindings([...spoken, ...pending]), ...pairsWithin([...fresh, ...spoken, ...pending])];
  const followed = renewRecords(own.records, now, renewed, told);
  return {
    files: [
      ...(record === null ? [] : [{ path: recordPath(record.id), text: printYaml(record) }]),
      ...followed.map(({ file, record: now }) => ({
        path: file.path,
        text: updateYaml(file.path, file.text, now),
      })),
    ],
    written: [
      ...(record === null ? [] : [{ id: record.id, title: record.title, did: "made" as const }]),
      ...followed
        .filter(({ file }) => told.has(file) || bound.has(file))
        .map(({ file, record: { id, title } }) => ({
          id,
          title,
          did: told.has(file) ? ("renewed" as const) : ("bound" as const),
        })),
    ],
  };
}

/** The id that a record of this file would have. */
function idAt(path: string): string {
  return path.replace(/^versions\/([^/]+)\/adaptations\/(.*)\.yaml$/, "$1/$2");
}

/** The records that were written by hand, bound to the text as it is now, as files. */
export function bindPending(own: OwnChanges, changes: readonly OwnChange[]): OwnFile[] {
  const bound = new Map(bindings(changes).map((each) => [each.at, each]));
  return own.records.flatMap((file) => {
    const { passages } = file.record;
    const isOpen = ({ base, local }: (typeof passages)[number]): boolean =>
      base === undefined || local === undefined;
    if (!isHeld(file) || !passages.some((passage) => isOpen(passage) && bound.has(passage.at))) return [];
    const now = passages.map((passage) => {
      const pair = isOpen(passage) ? bound.get(passage.at) : undefined;
      return pair === undefined ? passage : { ...passage, base: pair.base, local: pair.local };
    });
    return [{ path: file.path, text: updateYaml(file.path, file.text, { ...file.record, passages: now }) }];
  });
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
