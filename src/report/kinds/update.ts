import type { Outcome } from "../../adaptation/carry.ts";
import type { Reference } from "../../version/drift/drift.ts";
import type { AccountDocument } from "../../version/rebase/account.ts";
import type { Decision, DocumentCounts, Dropped } from "../../version/rebase/plan.ts";
import type { Result } from "../../version/resolve/result.ts";
import type { Hold } from "../../version/version-file.ts";
import type { NextStep } from "../next-step.ts";

export interface RebaseReport {
  readonly kind: "rebase";
  readonly outcome: "clean" | "conflicts" | "up-to-date";
  readonly dryRun: boolean;
  readonly version: string;
  readonly upstream: string;
  readonly from: Reference;
  readonly to: Reference;
  readonly documents: DocumentCounts;
  /** Nothing was to take: all of it is here by a plain merge, and only the base is recorded. */
  readonly recorded: boolean;
  readonly decisions: readonly Decision[];
  readonly adaptations: readonly {
    readonly id: string;
    readonly title: string;
    readonly why: string;
    readonly outcome: Outcome;
    /** Addresses that upstream's new headings have changed. */
    readonly renamed?: readonly { readonly from: string; readonly to: string }[];
  }[];
  readonly dropped: readonly Dropped[];
  /** Files that run code and come with the update. */
  readonly code: readonly string[];
  /** Of a dry run: files with unsaved work for which the update would be refused now. */
  readonly inTheWay: readonly string[];
  /** The day on which upstream was last fetched, where that is long ago and nothing was to take. */
  readonly upstreamAsOf: string | null;
  readonly held: readonly Hold[];
  readonly released: readonly Hold[];
  readonly notes: string | null;
  /** The reasons on record for what is to decide, by address. */
  readonly reasons: Readonly<Record<string, string>>;
  readonly undo: string | null;
  readonly next: readonly NextStep[];
}

/** Each decision of a rebase that was not Git's own (`rebase --account`). */
export interface AccountReport {
  readonly kind: "account";
  readonly version: string;
  readonly upstream: string;
  readonly state: "tried" | "stopped" | "taken";
  readonly from: Reference;
  readonly to: Reference;
  /** The commit that took it, where it has been taken. */
  readonly commit: string | null;
  /** Documents that both sides changed and Git joined by itself. */
  readonly byGit: number;
  readonly documents: readonly AccountDocument[];
  readonly next: readonly NextStep[];
}

/** One place to decide, with what a person wants to see around it. */
export interface ShownDecision extends Decision {
  /** Its place among all decisions of the stop, counted from 1; stays the same while others are settled. */
  readonly number: number;
  /** The line of the file at which it stands, counted from 1; null for a whole file. */
  readonly line: number | null;
  /** The reason on record for this version's text. */
  readonly why: string | null;
  /** What `--take` takes here; the text is null where a side's file is taken as it is. */
  readonly choices: readonly {
    readonly take: string;
    readonly means: string;
    readonly text: string | null;
  }[];
  /** What else upstream changed in the passage, which was taken without being asked about. */
  readonly beside: { readonly before: string | null; readonly after: string | null } | null;
}

/** What is to decide after a stop, whoever stopped (`resolve`). */
export interface DecisionsReport {
  readonly kind: "decisions";
  readonly view: "whole" | "rows";
  readonly version: string;
  readonly upstream: string;
  readonly edition: string | null;
  /** What has stopped: an update of Leeway's, a command of Git's own, or nothing. */
  readonly operation: "none" | "update" | "merge" | "rebase" | "cherry-pick" | "revert" | "am" | "other";
  /** What upstream says of its edition. */
  readonly note: string | null;
  /** What was just done. */
  readonly did: readonly string[];
  /** The files where that was done, as they look there. */
  readonly results: readonly Result[];
  readonly dryRun: boolean;
  readonly decisions: readonly ShownDecision[];
  /** How many are left, those that are not shown here included, and how many are made. */
  readonly open: number;
  readonly settled: number;
  /** Passages that Git left open and Leeway joined by itself, by address. */
  readonly joined: readonly string[];
  /** Files in conflict that somebody is settling in an editor. */
  readonly byHand: readonly string[];
  readonly next: readonly NextStep[];
}
