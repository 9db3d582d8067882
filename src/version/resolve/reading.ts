import { quoteAddress } from "../../curriculum/address.ts";
import { decodeText, isDocumentPath, readDocument } from "../../curriculum/read.ts";
import { Failure } from "../../failure.ts";
import { readObjects } from "../../git/objects.ts";
import type { Repository } from "../../git/repository.ts";
import { type Fault, fieldFaults } from "../../merge/audit.ts";
import type { Decision } from "../rebase/plan.ts";
import type { Taken } from "./choices.ts";
import { stagesOf } from "./choose.ts";
import { readMarked } from "./draft.ts";
import { inText } from "./in-text.ts";
import { asItStands } from "./line-ends.ts";
import { type Deciding, localStage } from "./notes.ts";

/** A decision, and what is to come of it. */
export interface Pick {
  readonly decision: Decision;
  readonly taken: Taken;
}

/** What it takes to read a file as it would be: the file as it lies there, and what either side has. */
export interface Reading {
  readonly path: string;
  readonly marked: string;
  readonly sides: readonly string[];
  /** All decisions in the file, made or open. */
  readonly decisions: readonly Decision[];
}

/** Null for a file that is no document. */
export async function readingOf(repo: Repository, deciding: Deciding, path: string): Promise<Reading | null> {
  if (!isDocumentPath(path)) return null;
  const [bytes, sides] = await Promise.all([readMarked(repo, deciding, path), sidesOf(repo, deciding, path)]);
  const decisions = deciding.decisions.filter((each) => each.path === path);
  return { path, marked: bytes?.toString("utf8") ?? "", sides, decisions };
}

/** The texts of a file on both sides, this version's first, as far as they have one. */
async function sidesOf(repo: Repository, deciding: Deciding, path: string): Promise<string[]> {
  const stages = stagesOf(deciding, path);
  const local = localStage(deciding);
  const named = [stages[local], stages[local === 2 ? 3 : 2]].flatMap((stage) => stage?.oid ?? []);
  return (await readObjects(repo, named)).flatMap((object) => {
    const decoded = object ? decodeText(object.bytes) : null;
    return decoded && "text" in decoded ? [decoded.text] : [];
  });
}

/**
 * What a file could not be read for, or would state twice, if decisions in it were settled so, and neither side does.
 * What stays open in it is taken for settled, once as this version and once as upstream has it: where either reads,
 * there is no fault yet.
 * @returns null where there is none, or where marker lines that have been edited keep it from being told
 */
export function faultAfter(reading: Reading, picks: readonly Pick[]): Fault | null {
  const { path, marked, sides, decisions } = reading;
  let text = marked;
  for (const { decision, taken } of picks) {
    if (taken.kind === "side") return null;
    if (decision.marked === null) text = taken.text ?? "";
    else if (stands(decision, text)) text = settled(text, decision, taken.text);
  }
  const isOpen = decisions.some((decision) => stands(decision, text));
  const ways = isOpen ? (["ours", "theirs"] as const) : (["ours"] as const);
  const found = ways.map((side) => {
    const whole = settledAs(text, decisions, side);
    return isMarked(whole, decisions) ? null : faultIn(path, sides, whole);
  });
  return found.every((fault) => fault !== null) ? (found[0] ?? null) : null;
}

/** What a text has that cannot be read, or that it states twice, where neither side does; null where nothing. */
export function faultIn(path: string, sides: readonly string[], text: string): Fault | null {
  return fieldFaults(path, sides, text)[0] ?? null;
}

/** A text in which every decision that is still marked is settled as one side has it. */
export function settledAs(text: string, decisions: readonly Decision[], side: "ours" | "theirs"): string {
  return decisions.reduce(
    (before, each) => (stands(each, before) ? settled(before, each, each[side]) : before),
    text,
  );
}

function stands({ marked }: Decision, text: string): boolean {
  return marked !== null && text.includes(asItStands(marked, text));
}

function settled(text: string, decision: Decision, chosen: string | null): string {
  return inText(Buffer.from(text, "utf8"), decision, chosen ?? "").toString("utf8");
}

/** Whether a first marker line is still there, with something changed below it. */
function isMarked(text: string, decisions: readonly Decision[]): boolean {
  return decisions.some(({ marked }) => {
    const [first = ""] = marked?.split(/\r?\n/, 1) ?? [];
    return first !== "" && text.includes(first);
  });
}

/**
 * Reads every file anew as it would be with decisions settled so.
 * @throws Failure "usage" where one could not be read then, or would state a key or an id twice; nothing is changed
 */
export async function requireReadable(
  repo: Repository,
  deciding: Deciding,
  picks: readonly Pick[],
): Promise<void> {
  for (const path of new Set(picks.map(({ decision }) => decision.path))) {
    const here = picks.filter(({ decision }) => decision.path === path);
    const reading = await readingOf(repo, deciding, path);
    const fault = reading && faultAfter(reading, here);
    if (fault) throw notReadable(path, fault, here);
  }
}

function notReadable(path: string, { message }: Fault, picks: readonly Pick[]): Failure {
  const [first] = picks;
  return new Failure("usage", `${message} So it is not settled, and nothing was changed.`, {
    where: path,
    next: [
      ...(first ? [`leeway resolve ${quoteAddress(first.decision.at)}   shows what can be taken here`] : []),
      "--edit FILE   takes a text of your own for it",
    ],
  });
}

/**
 * Reads the files that were in conflict once more, before they become part of a commit.
 * @param texts what is to be kept of each of them; null where it goes
 * @param isCommitted an editor or `git commit` has kept them already, so that no decision can be opened again
 * @throws Failure "usage" naming the first that cannot be read, or that states a key or an id twice, as neither side does
 */
export async function requireKeepable(
  repo: Repository,
  deciding: Deciding,
  texts: ReadonlyMap<string, Buffer | null>,
  { isCommitted }: { readonly isCommitted: boolean },
): Promise<void> {
  for (const [path, bytes] of texts) {
    const decoded = bytes && isDocumentPath(path) ? decodeText(bytes) : null;
    if (decoded === null || !("text" in decoded)) continue;
    const fault = faultIn(path, await sidesOf(repo, deciding, path), decoded.text);
    if (fault === null) continue;
    const line = readDocument(path, decoded.text).problems.find(
      ({ message }) => message === fault.message,
    )?.line;
    const again = deciding.decisions.find((each) => each.path === path);
    throw new Failure("usage", `${fault.message} So the file is not kept as it is.`, {
      where: line === undefined ? path : `${path}:${line}`,
      next: [
        isCommitted
          ? "Correct it in your editor, git commit -a, then leeway rebase --continue."
          : "Correct it in your editor, then leeway rebase --continue.",
        ...(again && !isCommitted
          ? [`leeway resolve ${quoteAddress(again.at)} --undo   opens the decision again`]
          : []),
      ],
    });
  }
}
