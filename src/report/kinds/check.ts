import type { CheckPage } from "../../check/check.ts";
import type { Finding, Severity } from "../../check/finding.ts";
import type { LevelShare } from "../../rules/share.ts";
import type { NextStep } from "../next-step.ts";

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
