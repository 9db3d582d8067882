import { Failure } from "../../failure.ts";
import { lineEnd } from "../../merge/markers.ts";
import type { Decision } from "../rebase/plan.ts";
import type { Taken } from "./choices.ts";

const MARKER = /^([<|=>])\1{6,}( |$)/;

/** What a person gets to edit: the marked lines with both texts in them, or a whole file as this version has it. */
export function textToEdit({ marked, ours, theirs, joined }: Decision): string {
  if (marked !== null) return `${marked}\n`;
  return joined?.text ?? ours ?? theirs ?? "";
}

/**
 * A text that a person wrote for a decision, with the line ends of the file.
 * @throws Failure "usage" where lines that mark the decision are left in it
 */
export function writtenText(decision: Decision, text: string): Taken {
  const { base, ours, theirs, marked } = decision;
  const own = new Set([base, ours, theirs].flatMap((side) => side?.split(/\r?\n/) ?? []));
  const marks = new Set((marked ?? "").split(/\r?\n/).filter((line) => MARKER.test(line) && !own.has(line)));
  const lines = text.split(/\r?\n/);
  const left = lines.findIndex((line) => marks.has(line));
  if (left >= 0) {
    throw new Failure(
      "usage",
      "A line that marks the two texts is still in what you wrote; nothing was changed.",
      {
        where: `line ${left + 1}: ${lines[left]}`,
        next: ["Take the marker lines out, and what you do not want between them; then it is taken."],
      },
    );
  }
  const sides = [ours, theirs].filter((side) => side !== null);
  const end = lineEnd(sides);
  const whole = end === "\r\n" ? text.replace(/\r?\n/g, "\r\n") : text;
  const isEnded = sides.length === 0 || sides.some((side) => side.endsWith("\n"));
  return { kind: "text", text: whole === "" || whole.endsWith("\n") || !isEnded ? whole : whole + end };
}
