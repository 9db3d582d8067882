import type { Found, Severity } from "./finding.ts";

/** What `check --explain ID` tells. */
export interface CheckPage {
  readonly what: string;
  /** Why it matters to a school. */
  readonly why: string;
  readonly fix: string;
  /** How to let it stand: an exception, a reason, a setting. */
  readonly accept: string;
}

/** What is said of a check, whatever it looks at. */
export type CheckWords = Pick<Check<never>, "id" | "severity" | "title" | "unless" | "page">;

/**
 * One check: a file of its own under its family's folder, listed in `index.ts`. Pure: what it sees was read before.
 * `M` is the part of the material that it looks at.
 */
export interface Check<M> {
  /** Its id in findings and exceptions: lower-case words with hyphens. */
  readonly id: string;
  readonly severity: Severity;
  readonly title: string;
  /** Checks whose finding at the same place asks for more: what mends theirs mends this one's, which is not told then. */
  readonly unless?: readonly string[];
  readonly page: CheckPage;
  find(material: M): Iterable<Found>;
}
