import type { Carried } from "../../adaptation/carry.ts";
import type { Unmerged } from "../../git/worktree.ts";
import type { AppliedRule, ConflictKind } from "../../merge/conflict.ts";
import type { Hold } from "../version-file.ts";
import type { BaseState } from "./held-base.ts";

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
  /** The state of upstream that `base` is of, where the place was held back and the version builds on a later one. */
  readonly heldAt?: BaseState | undefined;
  /** The lines that mark it in the file, as they were written; null for a whole file. */
  readonly marked: string | null;
  /** A whole file that Git left open and Leeway can join by itself: offered, not taken unasked. Null removes it. */
  readonly joined?: { readonly text: string | null; readonly rule: string } | undefined;
}

/** Rules that decide about whole files where Git alone would ask, double or mislay them (design §6.2). */
export type TreeRuleName =
  /** A document that moved and changed was known by its id. */
  | "moved-by-id"
  /** A document was known by its name in a folder that moved. */
  | "moved-with-folder"
  /** A new document went with its folder. */
  | "followed-folder"
  /** Both sides moved it, each to another place: it stands where this version has it. */
  | "moved-twice"
  /** Both sides added a document of this id, each at another place: they are joined at upstream's. */
  | "same-id-added"
  /** One side removed it, and the other had only moved it. */
  | "removed-and-moved"
  /** A file of one side made way for a folder or another file of its name. */
  | "beside"
  /** Machinery: upstream's file stands, as `takes.upstream` says. */
  | "takes-upstream"
  /** This version's passage stands, as `takes.ours` says. */
  | "takes-ours"
  /** A folder under `versions/` that only one side may write to. */
  | "version-folder"
  /** What this version had taken from upstream already counts as its base. */
  | "taken-before"
  /** Held back: upstream's change was not merged. */
  | "held";

/** A decision about a whole file, or about a passage before the merge, that was not Git's own. */
export interface TreeRule {
  readonly path: string;
  readonly rule: TreeRuleName;
  /** A passage's address where it is about one. */
  readonly at?: string;
  /** Where the file stood before. */
  readonly from?: string;
  /** Where upstream has it, if elsewhere. */
  readonly theirs?: string;
  /** The text that is not in the result because of it. */
  readonly text?: string | null;
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
  /** What upstream changed that is no plain document: some of it may run code. */
  readonly machinery: readonly string[];
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
  /** What decided beyond Git: about files, and about passages of documents that Git left open. */
  readonly rules: readonly TreeRule[];
  readonly passageRules: readonly (AppliedRule & { readonly path: string })[];
  /** The three sides as they were merged, for finishing after a stop. */
  readonly sides: { readonly base: string; readonly ours: string; readonly theirs: string };
}
