import type { BoundPassage, RecordFile } from "./record.ts";

/** A change that may need a reason: an address and the hashes on both sides, null where a side is absent. */
export interface Change {
  /** `DOC#section`, by document id. */
  readonly at: string;
  readonly baseHash: string | null;
  readonly localHash: string | null;
}

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

/** Finds the reason for a change among the records of the version that made it. */
export function explain(change: Change, records: readonly RecordFile[]): Explanation {
  let best: Explanation = { state: "none" };
  for (const file of records) {
    if (!isHeld(file)) continue;
    for (const passage of file.record.passages) {
      if (isBound(passage) && sameDocument(passage.at, change.at)) {
        if (passage.base === change.baseHash && passage.local === change.localHash) {
          return { state: "explained", file, passage };
        }
      }
      if (passage.at !== change.at) continue;
      if (!isBound(passage)) best = { state: "pending", file, passage };
      else if (best.state === "none") best = { state: "renew", file, passage };
    }
  }
  return best;
}

/** Drafts explain nothing yet, retired records nothing any more. */
export function isHeld(file: RecordFile): boolean {
  return file.record.status === "active" || file.record.status === "trial";
}

function isBound(passage: BoundPassage): boolean {
  return passage.base !== undefined && passage.local !== undefined;
}

function sameDocument(a: string, b: string): boolean {
  return a.split(/[#@]/, 1)[0] === b.split(/[#@]/, 1)[0];
}
