import { decodeText } from "../../curriculum/read.ts";
import type { Repository } from "../../git/repository.ts";
import { insteadOfText } from "../rebase/no-text.ts";
import type { Decision } from "../rebase/plan.ts";
import type { Taken } from "./choices.ts";
import { textAfter } from "./choose.ts";
import { readMarked } from "./draft.ts";
import type { Deciding } from "./notes.ts";

/** The part of a file that a choice changes, as it would be, with the lines around it; null where no file is left. */
export interface Result {
  readonly path: string;
  readonly before: readonly string[];
  readonly text: readonly string[] | null;
  readonly after: readonly string[];
}

/** Lines that are shown on each side. */
const AROUND = 2;
const MARKER = /^([<|=>])\1{6,}( |$)/;

/** What a file would look like where a decision is settled so. Changes nothing. */
export async function resultOf(
  repo: Repository,
  deciding: Deciding,
  decision: Decision,
  taken: Taken,
): Promise<Result> {
  const { path } = decision;
  const bytes = await textAfter(repo, deciding, decision, taken);
  if (bytes === null) return { path, before: [], text: null, after: [] };
  const shown = decodeText(bytes);
  if (!("text" in shown)) return { path, before: [], text: [insteadOfText(path, bytes)], after: [] };
  const now = await readMarked(repo, deciding, path);
  const [was, is] = [now?.toString("utf8") ?? "", bytes.toString("utf8")].map((text) => text.split(/\r?\n/));
  if (decision.marked === null || !was || !is) return { path, before: [], text: is ?? [], after: [] };
  let head = 0;
  while (head < Math.min(was.length, is.length) && was[head] === is[head]) head++;
  const last = decision.marked.split("\n").length;
  const tail = was.length - head - last;
  const end = Math.max(head, is.length - tail);
  return {
    path,
    before: upTo(is.slice(Math.max(0, head - AROUND), head).reverse()).reverse(),
    text: is.slice(head, end),
    after: upTo(is.slice(end, end + AROUND)),
  };
}

/** Lines up to the marks of another decision. */
function upTo(lines: readonly string[]): string[] {
  const stop = lines.findIndex((line) => MARKER.test(line));
  return stop < 0 ? [...lines] : lines.slice(0, stop);
}
