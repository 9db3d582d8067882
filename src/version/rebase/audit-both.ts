import type { Document } from "../../curriculum/document.ts";
import { holdsBothEdits } from "../../curriculum/prose-edit.ts";
import type { TreeChange } from "../../git/raw-diff.ts";
import { auditDocuments, refusesClean } from "../../merge/audit.ts";
import type { BothTexts } from "./both-sides.ts";
import type { Stages } from "./plan.ts";
import { type SettleContext, type Settled, settleText } from "./settle.ts";

/**
 * Audits the documents that Git merged without a conflict. A document that fails is not called merged: it stops
 * for a person, with the reason (law 2).
 */
export function auditBoth(
  texts: readonly BothTexts[],
  here: readonly TreeChange[],
  there: readonly TreeChange[],
  context: SettleContext,
): { path: string; stages: Stages; end: Settled }[] {
  return texts.flatMap(({ paths, base, ours, theirs, result }) => {
    if (ours === null || theirs === null || result === null) return [];
    if (result.text === ours.text || result.text === theirs.text) return [];
    if (base !== null && isPlainlySound(base, ours, theirs, result)) return [];
    const faults = auditDocuments(base, { ours, theirs }, result);
    if (!faults.some(refusesClean)) return [];
    const end = settleText(
      {
        path: paths.result,
        base: base?.text ?? null,
        ours: ours.text,
        theirs: theirs.text,
        git: result.text,
      },
      context,
    );
    if (end.kind === "settled") return [];
    return [{ path: paths.result, stages: stagesOf(paths, here, there), end }];
  });
}

/** Labels that could be lost, and modules of MDX, in which a blank line makes a heading of a line. */
const HANGS_TOGETHER = ["]:", "import", "export"];

/**
 * Whether nothing can have gone wrong: the result has every edited line of both sides, all of them prose, and nothing in
 * it hangs on words elsewhere. Most documents that two sides edited are like that, and auditing them costs the most of a
 * merge.
 */
export function isPlainlySound(base: Document, ours: Document, theirs: Document, result: Document): boolean {
  return (
    [ours, theirs, result].every(({ text }) => !HANGS_TOGETHER.some((sign) => text.includes(sign))) &&
    holdsBothEdits(base, ours.text, theirs.text, result.text)
  );
}

function stagesOf(
  paths: BothTexts["paths"],
  here: readonly TreeChange[],
  there: readonly TreeChange[],
): Stages {
  const mine = here.find(({ path }) => path === paths.ours);
  const other = there.find(({ path }) => path === paths.theirs);
  const stages: Stages = {};
  if (mine?.oldOid) stages[1] = { mode: mine.oldMode, oid: mine.oldOid };
  if (mine?.newOid) stages[2] = { mode: mine.newMode, oid: mine.newOid };
  if (other?.newOid) stages[3] = { mode: other.newMode, oid: other.newOid };
  return stages;
}
