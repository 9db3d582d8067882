import type { JudgedChange } from "../material.ts";

/** Whether a change has to have a reason: neither free to make nor locked, which no reason opens. */
export function needsReason(change: JudgedChange): boolean {
  return change.leeway.level !== "free" && !isLockedChange(change);
}

/** Whether words are gone from text that may only grow; to put them back is asked for first. */
export function losesSharedWords({ leeway, document, passage }: JudgedChange): boolean {
  if (leeway.level !== "add" || document.base === null || passage.base === null) return false;
  return passage.change !== "moved" && passage.words.removed > 0;
}

/** Whether a change touches locked text of upstream's. */
export function isLockedChange({ leeway, document }: JudgedChange): boolean {
  return leeway.level === "none" && document.base !== null;
}

/** Of a document that is new or gone, one change stands for all: it is explained as a whole. */
export function oncePerDocument(changes: readonly JudgedChange[]): JudgedChange[] {
  const seen = new Set<JudgedChange["document"]>();
  return changes.filter(({ document }) => {
    if (document.base !== null && document.local !== null) return true;
    if (seen.has(document)) return false;
    seen.add(document);
    return true;
  });
}

/** The address that a reason is given for. */
export function reasonAddress({ at, document }: JudgedChange): string {
  return document.base === null || document.local === null ? at.replace(/[#@].*$/s, "") : at;
}
