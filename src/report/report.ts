import type { Outcome } from "../adaptation/carry.ts";
import type { AdaptationSummary } from "../adaptation/summary.ts";
import type { CheckPage } from "../check/check.ts";
import type { Finding, Severity } from "../check/finding.ts";
import type { PassageChange } from "../compare/diff.ts";
import type { LevelShare } from "../rules/share.ts";
import type { Grouped } from "../trust/grouped.ts";
import type { Impact } from "../trust/impact.ts";
import type { Hotspot, Survey } from "../trust/survey.ts";
import type { Edition } from "../version/base/published.ts";
import type { Drift, Reference } from "../version/drift/drift.ts";
import type { AccountDocument } from "../version/rebase/account.ts";
import type { Decision, DocumentCounts, Dropped } from "../version/rebase/plan.ts";
import type { Result } from "../version/resolve/result.ts";
import type { Hold } from "../version/version-file.ts";

/** What a command tells, as data. A renderer turns it into text, JSON or Markdown. */
export type Report =
  | StatusReport
  | DiffReport
  | RebaseReport
  | DriftReport
  | DecisionsReport
  | AccountReport
  | LogReport
  | OperationsReport
  | ShowReport
  | ExplainReport
  | ReasonsReport
  | TrustReport
  | SurveyReport
  | GroupedReport
  | PassageReport
  | ImpactReport
  | CheckReport
  | CheckPagesReport
  | SharesReport
  | DoneReport;

/** A next step: the command, and what it is for. */
export type NextStep = readonly [command: string, purpose: string];

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
  /** The version's own file, where it is among them: `rebase` goes by the saved one. */
  readonly unsavedSettings: string | null;
  readonly ahead: { readonly updates: number; readonly asks: readonly Decision[] } | null;
  /** Why it is not known what the update would do: nothing can be written here, say. */
  readonly unforeseen: { readonly why: string; readonly next: readonly string[] } | null;
  readonly held: readonly Hold[];
  readonly titles: Readonly<Record<string, string>>;
  readonly next: readonly NextStep[];
}

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
  readonly held: readonly Hold[];
  readonly released: readonly Hold[];
  readonly notes: string | null;
  /** The reasons on record for what is to decide, by address. */
  readonly reasons: Readonly<Record<string, string>>;
  readonly undo: string | null;
  readonly next: readonly NextStep[];
}

export interface DriftReport {
  readonly kind: "drift";
  readonly why: boolean;
  /** The address whose passages alone are shown; null for all. */
  readonly at?: string | null;
  readonly drift: Drift;
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
  /** What has stopped: an update of Leeway's, or a command of Git's own. */
  readonly operation: "update" | "merge" | "rebase" | "cherry-pick" | "revert" | "other";
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

/** What a writing verb did, and how to take it back. */
export interface DoneReport {
  readonly kind: "done";
  readonly verb: string;
  readonly did: readonly string[];
  readonly undo: string | null;
  readonly next: readonly NextStep[];
  /** Facts for programs, printed by `--json`. */
  readonly data: Readonly<Record<string, unknown>>;
}

/** Several versions side by side, each against its upstream, in the order of their layers. */
export interface TrustReport {
  readonly kind: "trust";
  /** What was done before, step by step: a sentence and the command. */
  readonly steps: readonly (readonly [did: string, command: string])[];
  readonly heading: string | null;
  readonly versions: readonly { readonly depth: number; readonly drift: Drift }[];
  /** What is left for the reader. */
  readonly turn: string | null;
  readonly seconds: number | null;
  readonly next: readonly NextStep[];
}

/** Every version of a trust as it stands (`drift --all`). */
export interface SurveyReport {
  readonly kind: "survey";
  /** Every passage behind the figures as well. */
  readonly why: boolean;
  readonly survey: Survey;
  readonly next: readonly NextStep[];
}

/** A trust by its passages, documents, subjects, regions or purposes (`drift --all --by`). */
export interface GroupedReport {
  readonly kind: "grouped";
  readonly survey: Pick<Survey, "root" | "counts" | "versions">;
  readonly grouped: Grouped;
  readonly next: readonly NextStep[];
}

/** What all versions made of the passages at one address (`drift ADDRESS --all`). */
export interface PassageReport {
  readonly kind: "passage";
  readonly at: string;
  readonly names: Readonly<Record<string, string>>;
  readonly passages: readonly Hotspot[];
  readonly next: readonly NextStep[];
}

/** What a release would leave every version to decide (`impact`). */
export interface ImpactReport {
  readonly kind: "impact";
  readonly impact: Impact;
  readonly next: readonly NextStep[];
}

/** What the gate found. */
export interface CheckReport {
  readonly kind: "check";
  readonly version: string | null;
  /** What was looked at, in words: `everything`, `what this change touches, since main`. */
  readonly scope: string;
  /** Worst first. */
  readonly findings: readonly Finding[];
  readonly excepted: readonly {
    readonly finding: Finding;
    readonly because: string;
    readonly until: string;
    readonly layer: string;
  }[];
  /** How many findings the baseline lets stand, and how many of its entries nothing needs any more. */
  readonly baseline: { readonly path: string; readonly known: number; readonly gone: number } | null;
  /** What `--fix` did. */
  readonly fixed: readonly string[];
  /** Every check that could have found something, for formats that list them. */
  readonly checks: readonly ListedCheck[];
  /** The version of Leeway, for formats that name the tool. */
  readonly tool: string;
  readonly next: readonly NextStep[];
}

export interface ListedCheck {
  readonly id: string;
  readonly severity: Severity;
  readonly family: string;
  readonly title: string;
  readonly page: CheckPage;
}

/** The pages behind `check --explain`: one, or all of them by title. */
export interface CheckPagesReport {
  readonly kind: "check-pages";
  readonly checks: readonly ListedCheck[];
  readonly whole: boolean;
  readonly next: readonly NextStep[];
}

/** How freely the curriculum may change, and who says so (`check --leeway`). */
export interface SharesReport {
  readonly kind: "leeway";
  readonly version: string;
  readonly levels: readonly LevelShare[];
  readonly locks: readonly {
    readonly layer: string;
    readonly name: string;
    readonly passages: string;
    readonly because: string;
    readonly except: readonly string[];
  }[];
  readonly budget: {
    readonly percent: number;
    readonly by: string;
    readonly locked: number;
    readonly of: number;
  } | null;
  readonly next: readonly NextStep[];
}
