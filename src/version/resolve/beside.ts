import { normalise } from "../../compare/normalise.ts";
import type { Document } from "../../curriculum/document.ts";
import type { Decision } from "../rebase/plan.ts";

/** Upstream's text of one passage before and after a change; null where the passage is absent. */
export interface Beside {
  readonly before: string | null;
  readonly after: string | null;
}

/**
 * What upstream changed in a passage besides what a person is asked about: there the contested places stand on both
 * sides as upstream has them, so that only the rest differs. Null where nothing else changed.
 * @param key of the passage; null for a whole document
 * @param decisions all that are in the passage, decided or not
 */
export function besideOf(
  { base, theirs }: { readonly base: Document; readonly theirs: Document },
  key: string | null,
  decisions: readonly Pick<Decision, "base" | "theirs" | "marked">[],
): Beside | null {
  if (key === null || decisions.some(({ marked }) => marked === null)) return null;
  const [was, is] = [base, theirs].map(({ passages }) => passages.find((each) => each.key === key) ?? null);
  if (!was || !is) return null;
  let before = was.text;
  for (const { base: asked, theirs: answer } of decisions) {
    if (asked !== null && before.includes(asked)) before = before.replace(asked, () => answer ?? "");
    else if (asked === null && answer !== null) before += `\n${answer}`;
  }
  const [left, right] = [before, is.text].map((text) => linesOf(normalise(text, is.format)));
  // In which place a new text stands tells nothing here.
  return left === right ? null : { before, after: is.text };
}

function linesOf(text: string): string {
  return text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .sort()
    .join("\n");
}
