import { Failure } from "../../failure.ts";
import type { Decision } from "../rebase/plan.ts";
import { asItStands, endedLike } from "./line-ends.ts";

/** A text with one decision settled: the chosen text where the marked lines were, and every other byte as it is. */
export function inText(before: Buffer | null, decision: Decision, taken: string): Buffer {
  const { path } = decision;
  const text = before?.toString("utf8") ?? "";
  const marked = decision.marked === null ? null : asItStands(decision.marked, text);
  const chosen = marked === decision.marked ? taken : endedLike(taken, "\r\n");
  const at = marked === null ? -1 : text.indexOf(marked);
  if (marked === null || at < 0) {
    throw new Failure(
      "usage",
      "The marked lines in this file have been edited, so a side cannot be taken as it was.",
      {
        where: path,
        next: [
          "Finish the passage in your editor and delete the marker lines, then leeway rebase --continue.",
        ],
      },
    );
  }
  const [head, tail] = [text.slice(0, at), text.slice(at + marked.length)];
  const [end = ""] = /^\r?\n/.exec(tail) ?? [];
  if (chosen === "") return Buffer.from(head + tail.slice(end.length), "utf8");
  // The marker lines brought a line end that a text at the end of its file may not have.
  const isLast = tail.length === end.length && !chosen.endsWith("\n");
  const put = end === "" ? chosen : chosen.replace(/\r?\n$/, "");
  return Buffer.from(head + put + (isLast ? "" : tail), "utf8");
}
