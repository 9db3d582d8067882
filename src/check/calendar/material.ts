import type { Check } from "../check.ts";

/** Where a date is written. */
export interface Written {
  readonly path: string;
  readonly line: number | null;
  /** Address of the passage; null where the file is no document. */
  readonly at: string | null;
}

/** A document or an adaptation that says when it is to be looked at again. */
export interface Review extends Written {
  /** The document's or the record's id. */
  readonly about: string;
  readonly title: string;
  readonly kind: "document" | "adaptation";
  readonly reviewBy: string;
}

/** A change of upstream that this version does not take for now. */
export interface HeldUntil extends Written {
  /** What is held, as the entry says it. */
  readonly held: string;
  readonly why: string;
  readonly until: string;
}

/** The edition that waits to be taken. */
export interface Waiting extends Written {
  readonly edition: string;
  /** The day on which it was published to this version. */
  readonly since: string;
}

/** A finding that somebody let stand, for a time. */
export interface Excepted extends Written {
  readonly check: string;
  readonly reason: string;
  readonly until: string;
}

/** What the checks of the calendar look at; every date is YYYY-MM-DD. */
export interface CalendarMaterial {
  readonly today: string;
  readonly reviews: readonly Review[];
  /** Holds with an end; those for good have none. */
  readonly holds: readonly HeldUntil[];
  readonly waiting: Waiting | null;
  /** Days for which an edition may wait; null where nobody set a limit. */
  readonly grace: number | null;
  readonly exceptions: readonly Excepted[];
}

export type CalendarCheck = Check<CalendarMaterial>;
