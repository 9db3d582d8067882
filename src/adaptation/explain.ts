import { parseAddress } from "../curriculum/address.ts";
import type { BoundPassage, RecordFile } from "./record.ts";

/** A change that may need a reason: an address and the hashes on both sides, null where a side is absent. */
export interface Change {
  /** `DOC#section`, by document id. */
  readonly at: string;
  readonly baseHash: string | null;
  readonly localHash: string | null;
  /** Its address at the base, where a heading or key was called otherwise there. */
  readonly from?: string | undefined;
  /** Where the whole document was added or removed: its own address and pair. */
  readonly whole?: Pair | null;
}

/** An address and what stands on both sides of it. */
export type Pair = Omit<Change, "whole" | "from">;

/**
 * How a change stands with its reason (design §3):
 * - `explained`: a trial or active record carries the very pair of hashes
 * - `renew`: a record names the passage, but its text has been edited since
 * - `pending`: a record names the passage and carries no hashes yet
 * - `none`: nobody has said why
 */
export type Explanation =
  | { readonly state: "explained"; readonly file: RecordFile; readonly passage: BoundPassage }
  | { readonly state: "renew"; readonly file: RecordFile; readonly passage: BoundPassage }
  | { readonly state: "pending"; readonly file: RecordFile; readonly passage: BoundPassage }
  | { readonly state: "none" };

/**
 * Finds the reason for a change among the records of the version that made it. Within a document a bound pair is
 * found by its hashes, so that a renamed heading keeps its reason; a record of a whole document that was added or
 * removed explains each passage of it.
 */
export function explain(change: Change, records: readonly RecordFile[]): Explanation {
  const pairs = change.whole ? [change, change.whole] : [change];
  let best: Explanation = { state: "none" };
  for (const file of records) {
    if (!isHeld(file)) continue;
    for (const passage of file.record.passages) {
      const named = speaksOf(passage, change) || passage.at === change.whole?.at;
      if (isBound(passage) && pairs.some((pair) => binds(passage, pair)))
        return { state: "explained", file, passage };
      if (!named) continue;
      if (isBound(passage)) best = best.state === "renew" ? best : { state: "renew", file, passage };
      else if (best.state === "none") best = { state: "pending", file, passage };
    }
  }
  return best;
}

/**
 * Finds the reasons for all changes of a version at once: what a record says of one passage, bound to its text, says
 * nothing of another that has come to bear the same heading.
 */
export function explainAll(changes: readonly Change[], records: readonly RecordFile[]): Explanation[] {
  const found = changes.map((change) => explain(change, records));
  const used = new Set(found.flatMap((each) => (each.state === "explained" ? [each.passage] : [])));
  const isUsed = (each: Explanation): boolean =>
    each.state !== "none" && each.state !== "explained" && used.has(each.passage);
  if (!found.some(isUsed)) return found;
  const rest = records.map((file) => {
    const passages = file.record.passages.filter((passage) => !used.has(passage));
    return { ...file, record: { ...file.record, passages }, whole: file };
  });
  return found.map((each, index) => {
    const change = changes[index];
    if (!isUsed(each) || change === undefined) return each;
    const again = explain(change, rest);
    return again.state === "none" ? again : { ...again, file: (again.file as (typeof rest)[number]).whole };
  });
}

function binds(passage: BoundPassage, { at, baseHash, localHash }: Pair): boolean {
  if (passage.base !== baseHash || passage.local !== localHash) return false;
  return passage.at === at || inOneDocument(passage.at, at);
}

/**
 * Whether a record is about a changed passage, whatever it says of its text: under its address, the one that it had
 * at the base, or one that it had between two renamings.
 */
export function speaksOf(
  passage: BoundPassage,
  { at, from, baseHash }: Pick<Change, "at" | "from" | "baseHash">,
): boolean {
  if (passage.at === at || passage.at === from) return true;
  return baseHash !== null && passage.base === baseHash && inOneDocument(passage.at, at);
}

function inOneDocument(a: string, b: string): boolean {
  return isPassage(a) && isPassage(b) && documentOf(a) === documentOf(b);
}

/** Whether an address is of a passage, and not of a whole document. */
export function isPassage(at: string): boolean {
  return parseAddress(at).passage !== null;
}

/** The document part of an address, decoded. */
export function documentOf(at: string): string {
  return parseAddress(at).document;
}

/** Drafts explain nothing yet, retired records nothing any more. */
export function isHeld(file: RecordFile): boolean {
  return file.record.status === "active" || file.record.status === "trial";
}

function isBound(passage: BoundPassage): boolean {
  return passage.base !== undefined && passage.local !== undefined;
}
