import type { Status } from "../../../drift/figures.ts";
import type { SubjectFigures } from "../../../trust/survey.ts";
import { STATUS_WORDS } from "../../wording.ts";

/** A status that a version below the centre can have. */
export type Standing = Exclude<Status, "source">;

/** As the page tells them: adapting first, since it is what the versions are for. */
export const STANDINGS = [
  "adapted",
  "same",
  "update-waiting",
  "reason-missing",
  "decision-needed",
  "locked-changed",
  "no-starting-point",
] as const satisfies readonly Standing[];

/** What a standing means, in a sentence. */
export const MEANINGS: Readonly<Record<Standing, string>> = {
  adapted: "Something was changed here, and every change is explained or free to make.",
  same: "Nothing was changed here, and nothing waits to be taken.",
  "update-waiting": "Upstream has changes that are not taken yet.",
  "reason-missing": "Something was changed here, and nobody has said why yet.",
  "decision-needed": "A passage was changed here and upstream, and somebody has to choose.",
  "locked-changed": "A passage that is locked reads differently here.",
  "no-starting-point": "It is not known what this was copied from, so nothing can be measured.",
};

/** Both are as they should be, and equally good. */
export function isSettled(standing: Standing): boolean {
  return standing === "adapted" || standing === "same";
}

/** The words of a standing inside a text: `Reason missing`. */
export function standingWords(standing: Standing): string {
  const words = STATUS_WORDS[standing];
  return words.charAt(0) + words.slice(1).toLowerCase();
}

/** How a version stands in one subject: the first that holds, in the order of the status (design §7). */
export function standingIn(figures: SubjectFigures | undefined): Standing {
  if (figures === undefined) return "same";
  if (figures.breaches > 0) return "locked-changed";
  if (figures.conflicts > 0) return "decision-needed";
  if (figures.undeclared > 0) return "reason-missing";
  if (figures.behind > 0) return "update-waiting";
  return figures.passages > 0 ? "adapted" : "same";
}
