import type { AdaptationSummary } from "../../adaptation/summary.ts";
import type { NextStep } from "../next-step.ts";
import type { ShownPassage } from "./changes.ts";

/** An adaptation with the name of the layer that made it, and the day on which it was last written. */
export interface LoggedAdaptation extends AdaptationSummary {
  readonly layer: string;
  readonly on: string | null;
}

export interface LogReport {
  readonly kind: "log";
  readonly version: string;
  readonly adaptations: readonly LoggedAdaptation[];
  readonly next: readonly NextStep[];
}

/** What Leeway itself has done in a repository, newest first (`log --operations`). */
export interface OperationsReport {
  readonly kind: "operations";
  readonly operations: readonly {
    readonly id: string;
    /** Its place in the log, counted from 1. */
    readonly number: number;
    readonly verb: string;
    readonly did: string;
    /** ISO 8601. */
    readonly at: string;
    /** The refs that it moved. */
    readonly refs: readonly {
      readonly ref: string;
      readonly before: string | null;
      readonly after: string | null;
    }[];
    /** All refs on both sides, as Git shows them: `git show ID:refs-before`. */
    readonly allRefs: { readonly before: string; readonly after: string };
    /** Commits that keep tracked files as they lay there unsaved; null where nothing differed, or where it is not known yet. */
    readonly unsaved: { readonly before: string | null; readonly after: string | null };
    readonly undoes: string | null;
  }[];
  /** So many are kept at least. */
  readonly kept: number;
  readonly next: readonly NextStep[];
}

export interface ShowReport {
  readonly kind: "show";
  readonly adaptation: LoggedAdaptation;
  readonly passages: readonly ShownPassage[];
  readonly next: readonly NextStep[];
}

/** Which layer wrote a passage, when and why, and what upstream has now. */
export interface ExplainReport {
  readonly kind: "explain";
  readonly at: string;
  readonly title: string;
  readonly name: string;
  readonly path: string;
  readonly line: number | null;
  readonly leeway: { readonly level: string; readonly because: string | null; readonly by: string } | null;
  readonly layers: readonly {
    readonly id: string;
    readonly name: string;
    readonly did: "wrote" | "changed" | "removed" | "kept";
    readonly edition: string | null;
    readonly commit: { readonly hash: string; readonly on: string; readonly subject: string } | null;
    readonly reason: { readonly id: string; readonly title: string; readonly why: string } | null;
    readonly text: string | null;
  }[];
  readonly now: {
    readonly edition: string | null;
    readonly change: "same" | "changed" | "removed";
    readonly text: string | null;
  } | null;
  readonly local: string | null;
  readonly invites: readonly { readonly keep: string | null; readonly ideas: readonly string[] }[];
  readonly next: readonly NextStep[];
}
