import type { AdaptationSummary } from "../adaptation/summary.ts";
import type { Drift } from "../version/drift/drift.ts";

/** How a version's data came here, and how old it is. */
export type Seen =
  /** Fetched now, or found unchanged since the last time; `on` is an ISO 8601 moment. */
  | { readonly state: "checked" | "unchanged"; readonly on: string }
  /** Not to be reached; what is known of it dates from `on`, null where it was never here. */
  | { readonly state: "unreachable"; readonly on: string | null; readonly why: string }
  /** Left out, such as a second entry with the same id. */
  | { readonly state: "skipped"; readonly why: string };

/** What one version changed in one subject. */
export interface SubjectFigures {
  /** The folder's name under `subjects/`; null for documents outside of it. */
  readonly subject: string | null;
  readonly passages: number;
  readonly words: number;
  readonly undeclared: number;
  readonly breaches: number;
  readonly behind: number;
  readonly conflicts: number;
}

/** A difference of a version with both texts, to be shown word by word. */
export interface SurveyedDifference {
  readonly at: string;
  readonly document: string;
  readonly name: string;
  readonly words: number;
  readonly base: string | null;
  readonly local: string | null;
  readonly figure: "diverged" | "undeclared" | "breaches";
  /** Whether its reason is missing; of locked text as of any other. */
  readonly undeclared: boolean;
  readonly why: string | null;
}

/** One version as the trust sees it. */
export interface SurveyedVersion {
  readonly id: string;
  readonly name: string;
  readonly layer: string;
  /** Id of its direct upstream; null for the centre. */
  readonly upstream: string | null;
  /** Id of the layer just below the centre that it belongs to; its own where it is that layer; null for the centre. */
  readonly region: string | null;
  /** 0 for the centre. */
  readonly depth: number;
  readonly seen: Seen;
  /** Null where nothing of it is here. */
  readonly drift: Drift | null;
  readonly subjects: readonly SubjectFigures[];
  readonly adaptations: readonly AdaptationSummary[];
  /** The largest first, five at most. */
  readonly largest: readonly SurveyedDifference[];
  /** What is due: reviews, holds that end, by date (YYYY-MM-DD). */
  readonly due: readonly { readonly on: string; readonly what: string; readonly at: string | null }[];
  /** What else a person should know of its data, such as a history that was rewritten; a sentence each. */
  readonly remarks?: readonly string[];
}

/** Versions that made much the same change of a passage. */
export interface Alike {
  readonly versions: readonly string[];
  /** The text of the first of them; null where they removed it. */
  readonly text: string | null;
  readonly words: number;
  readonly reasons: readonly { readonly version: string; readonly why: string }[];
}

/** A passage that more than one version changed. */
export interface Hotspot {
  readonly at: string;
  readonly document: string;
  readonly name: string;
  readonly subject: string | null;
  readonly base: string | null;
  /** The largest group first. One large group is an offer to the centre; many small ones say that the core does not fit. */
  readonly groups: readonly Alike[];
  readonly versions: number;
}

/** A place where an author asks to be adapted, and who did. */
export interface Invitation {
  readonly at: string;
  readonly document: string;
  readonly keep: string | null;
  readonly ideas: readonly string[];
  readonly takenUpBy: readonly string[];
}

/** Everything that is known of a trust at one moment. */
export interface Survey {
  /** The centre, or the version from which downwards it was surveyed. */
  readonly root: { readonly id: string; readonly name: string; readonly edition: string | null };
  /** ISO 8601. */
  readonly on: string;
  /** By region and name, each version below its upstream. */
  readonly versions: readonly SurveyedVersion[];
  readonly hotspots: readonly Hotspot[];
  readonly invitations: readonly Invitation[];
  /** Passages of the centre that no version changed, of all. */
  readonly untouched: { readonly passages: number; readonly of: number };
  /** They add up to the list. */
  readonly counts: {
    readonly checked: number;
    readonly unchanged: number;
    readonly unreachable: number;
    readonly skipped: number;
  };
}
