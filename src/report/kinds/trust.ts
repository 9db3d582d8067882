import type { Grouped } from "../../trust/grouped.ts";
import type { Impact } from "../../trust/impact.ts";
import type { Hotspot, Survey } from "../../trust/survey.ts";
import type { Drift } from "../../version/drift/drift.ts";
import type { NextStep } from "../next-step.ts";

export interface DriftReport {
  readonly kind: "drift";
  readonly why: boolean;
  /** The address whose passages alone are shown; null for all. */
  readonly at?: string | null;
  readonly drift: Drift;
  readonly next: readonly NextStep[];
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
