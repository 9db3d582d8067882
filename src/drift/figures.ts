/** Version of the measure: n1 text, words, the figures of design §7. */
export const METRIC = 1;

/** The status that a version has: the first that holds, in this order (design §7). */
export const STATUSES = [
  "source",
  "no-starting-point",
  "locked-changed",
  "decision-needed",
  "reason-missing",
  "update-waiting",
  "adapted",
  "same",
] as const;
export type Status = (typeof STATUSES)[number];

/** Whether nothing is to do: adapted and the same are equally good. */
export function isFine({ status }: { readonly status: Status }): boolean {
  return ["adapted", "same", "source"].includes(status);
}

export interface Behind {
  readonly passages: number;
  readonly words: number;
  readonly of: number;
  readonly editions: number;
  /** ISO date of the oldest edition not taken; null where nothing waits. */
  readonly oldest: string | null;
  /** Passages whose upstream change is held back. */
  readonly held: number;
}

export interface Diverged {
  readonly passages: number;
  readonly words: number;
  readonly of: number;
  /** Inverted pairs of siblings, of all pairs. */
  readonly order: number;
  /** 1 − shared ÷ all passage ids. */
  readonly structure: number;
}

export interface Undeclared {
  readonly passages: number;
  readonly words: number;
  readonly of: number;
}

export interface Breaches {
  readonly count: number;
  readonly passages: readonly string[];
}

export interface Contested {
  /** Places where a rebase would stop. */
  readonly conflicts: number;
  /** It merges or is held, but a reason should be looked at again. */
  readonly reviews: number;
  readonly passages: readonly string[];
}

/** The five figures; every one null where there is no starting point to measure from. */
export interface Figures {
  readonly behind: Behind;
  readonly diverged: Diverged;
  readonly undeclared: Undeclared;
  readonly breaches: Breaches;
  readonly contested: Contested;
}

/** One passage behind the figures, for `drift --why`. */
export interface PassageFigure {
  readonly at: string;
  readonly figure: keyof Figures | "held";
  readonly words: number;
  /** Whether its reason is missing; of locked text as of any other. */
  readonly undeclared: boolean;
  /** The reason that is recorded; null where nobody has said why. */
  readonly why: string | null;
  /** Ids of the records that give it. */
  readonly records?: readonly string[];
  /** The layers that wrote the difference, nearest last, where measured against a farther layer. */
  readonly owners: readonly string[];
}

export function statusFrom(figures: Figures): Status {
  const { behind, diverged, undeclared, breaches, contested } = figures;
  if (breaches.count > 0) return "locked-changed";
  if (contested.conflicts > 0) return "decision-needed";
  if (undeclared.passages > 0) return "reason-missing";
  if (behind.passages > 0) return "update-waiting";
  return diverged.passages > 0 ? "adapted" : "same";
}
