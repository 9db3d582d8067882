import type { Carried } from "../../adaptation/carry.ts";
import type { Unmerged } from "../../git/worktree.ts";
import type { ConflictKind } from "../../merge/conflict.ts";
import type { Hold } from "../version-file.ts";

/** The versions of one file in conflict, as Git keeps them. */
export type Stages = Unmerged["stages"];

/** A place that a person has to decide, as plain data that survives in a file between two sessions. */
export interface Decision {
  readonly path: string;
  /** Full address: `y8-trade#case-study`; the document's id or path where it is about the whole file. */
  readonly at: string;
  /** The document's title; its path where it is no document. */
  readonly title: string;
  /** The heading's words, as they are written; null where it is about anything but a section. */
  readonly heading: string | null;
  readonly kind: ConflictKind;
  /** One sentence for a teacher. */
  readonly reason: string;
  readonly base: string | null;
  readonly ours: string | null;
  readonly theirs: string | null;
  /** The lines that mark it in the file, as they were written; null for a whole file. */
  readonly marked: string | null;
}

/** What was left out of the result, and why (law 1). */
export interface Dropped {
  readonly at: string;
  readonly reason: string;
}

/** How many documents that upstream changed end in which way. */
export interface DocumentCounts {
  readonly updated: number;
  readonly merged: number;
  readonly conflicted: number;
  /** This version has upstream's text already, by whatever road. */
  readonly same: number;
}

/** A rebase as data: what it would do, ready to be shown or applied. */
export interface RebasePlan {
  /** `record`: nothing to take, but the base that Git's ancestry shows is not in `version.yaml` yet. */
  readonly kind: "up-to-date" | "record" | "merge";
  readonly from: string;
  readonly to: string;
  readonly edition: string | null;
  /** The tree that the commit, or the stop, will have. */
  readonly tree: string;
  readonly decisions: readonly Decision[];
  /** Paths that stop the merge, with Git's three stages. */
  readonly stages: readonly { readonly path: string; readonly stages: Stages }[];
  readonly documents: DocumentCounts;
  readonly adaptations: readonly Carried[];
  readonly dropped: readonly Dropped[];
  /** What is not taken after this rebase, and what ends with it. */
  readonly held: readonly Hold[];
  readonly released: readonly Hold[];
  /** The three sides as they were merged, for finishing after a stop. */
  readonly sides: { readonly base: string; readonly ours: string; readonly theirs: string };
}
