/** How much a finding weighs: an error fails the gate, a warning is to be looked at. */
export type Severity = "error" | "warning";

/**
 * What a check found: one thing that is wrong at one place, and what to do about it.
 * @public
 */
export interface Finding {
  /** Id of the check, such as `locked-changed`. */
  readonly check: string;
  readonly severity: Severity;
  readonly path: string;
  /** Counted from 1; null where the file as a whole is meant or is not there. */
  readonly line: number | null;
  /** Address of the passage; null where the file is no document. */
  readonly at: string | null;
  /** What is wrong, in a sentence for a curriculum lead. */
  readonly message: string;
  /** What to do, so that followed to the letter it makes the check pass. */
  readonly remedy: string;
  /** Stable over edits elsewhere: of the check, the passage and what it is about, never of a line. */
  readonly fingerprint: string;
}

/** A finding as a check states it; severity and fingerprint are the runner's. */
export interface Found {
  readonly path: string;
  readonly line: number | null;
  readonly at: string | null;
  /** What it is about besides the place, where one place can have several: an id, a word, a reference. */
  readonly about?: string;
  /** Paths of other documents that it follows from: a change to one of them may have brought it about. */
  readonly from?: readonly string[];
  readonly message: string;
  readonly remedy: string;
}

/** What makes a finding the one that it is, over edits elsewhere. */
export function identityOf(check: string, { path, at, about }: Found): string {
  return [check, at ?? path, about ?? ""].join("\n");
}
