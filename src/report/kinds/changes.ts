import type { PassageChange } from "../../compare/diff.ts";
import type { Edition } from "../../version/base/published.ts";
import type { Reference } from "../../version/drift/drift.ts";
import type { Decision } from "../../version/rebase/plan.ts";
import type { Hold } from "../../version/version-file.ts";
import type { NextStep } from "../next-step.ts";
import type { DecisionsReport } from "./update.ts";

/** Where a changed passage stands with its reason. */
export type Reasoned =
  | {
      readonly state: "explained";
      readonly id: string;
      readonly title: string;
      readonly why: string;
      readonly purposes: readonly string[];
      readonly review: { readonly since: string } | null;
    }
  | { readonly state: "renew"; readonly id: string; readonly title: string; readonly why: string }
  | { readonly state: "pending"; readonly id: string; readonly title: string; readonly why: string }
  /** In a document that a stopped update asks about: its text is not final, and nothing is bound to it yet. */
  | { readonly state: "deciding"; readonly id: string; readonly title: string; readonly why: string }
  | { readonly state: "locked"; readonly because: string | null; readonly by: string }
  | { readonly state: "free" }
  | { readonly state: "missing" }
  /** Upstream's own change: nobody here has to explain it. */
  | { readonly state: "upstream" };

export interface ShownPassage {
  readonly at: string;
  /** What people read: the heading's words, the field's name. */
  readonly name: string;
  readonly change: PassageChange["change"];
  readonly words: { readonly added: number; readonly removed: number; readonly edits: number };
  readonly base: string | null;
  readonly local: string | null;
  readonly reason: Reasoned;
}

export interface ShownDocument {
  readonly id: string;
  readonly path: string;
  readonly from: string | null;
  readonly title: string;
  readonly change: PassageChange["change"];
  readonly passages: readonly ShownPassage[];
}

export interface DiffReport {
  readonly kind: "diff";
  readonly view: "words" | "stat";
  /** Whose changes, and since what, in words. */
  readonly heading: string;
  readonly from: Reference;
  readonly to: Reference;
  readonly documents: readonly ShownDocument[];
  readonly files: readonly {
    readonly path: string;
    readonly change: string;
    readonly problem: string | null;
  }[];
  readonly next: readonly NextStep[];
}

export interface StatusReport {
  readonly kind: "status";
  readonly version: { readonly id: string; readonly name: string; readonly layer: string } | null;
  readonly upstream: { readonly id: string; readonly name: string } | null;
  readonly branch: string | null;
  readonly base: Reference | null;
  readonly baseRecorded: boolean;
  /** Whether this copy has nothing yet of what upstream publishes, but what came with it. */
  readonly neverFetched: boolean;
  /** The day on which upstream was last fetched, where that is long ago. */
  readonly upstreamAsOf: string | null;
  readonly noStart: { readonly why: string; readonly next: readonly string[] } | null;
  readonly target: { readonly commit: string; readonly edition: Edition | null } | null;
  /** A command that was killed; the next one that writes completes it or takes it back. */
  readonly cutShort: { readonly verb: string; readonly did: string | null } | null;
  readonly stop: {
    readonly state: "deciding" | "settled" | "foreign";
    readonly decisions: readonly Decision[];
    readonly edition: string | null;
    /** Of a conflict that a command of Git's own left: which, with whose text, and what is settled in an editor. */
    readonly git?: {
      readonly operation: Exclude<DecisionsReport["operation"], "update">;
      readonly other: string;
      readonly byHand: readonly string[];
    };
  } | null;
  /** Edits of what this version is judged by: in a sentence, and the state that it may be compared with. */
  readonly edits: readonly { readonly path: string; readonly message: string; readonly since: string }[];
  readonly missing: readonly ShownPassage[];
  readonly renew: readonly ShownPassage[];
  readonly review: readonly ShownPassage[];
  readonly locked: readonly ShownPassage[];
  readonly explained: number;
  readonly free: number;
  readonly files: readonly string[];
  /** Files that cannot be read as the documents that they are. */
  readonly unreadable: readonly { readonly path: string; readonly problem: string }[];
  /** Changed and not yet committed. */
  readonly unsaved: number;
  /** Whether work has been put aside with `git stash`. */
  readonly aside: boolean;
  /** On no branch: the one that has the newest state, null where there are several. */
  readonly detached: { readonly branch: string | null } | null;
  /** The version's own file, where it is among them: `rebase` goes by the saved one. */
  readonly unsavedSettings: string | null;
  readonly ahead: { readonly updates: number; readonly asks: readonly Decision[] } | null;
  /** Why it is not known what the update would do: nothing can be written here, say. */
  readonly unforeseen: { readonly why: string; readonly next: readonly string[] } | null;
  readonly held: readonly Hold[];
  readonly titles: Readonly<Record<string, string>>;
  readonly next: readonly NextStep[];
}

/** Changes by whether they have a reason (`adapt` without an address, `save`). */
export interface ReasonsReport {
  readonly kind: "reasons";
  readonly version: string;
  readonly passages: readonly ShownPassage[];
  readonly titles: Readonly<Record<string, string>>;
  readonly explained: number;
  /** Files that cannot be read, so that what changed in them is not known. */
  readonly unreadable: StatusReport["unreadable"];
  readonly next: readonly NextStep[];
}
