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
