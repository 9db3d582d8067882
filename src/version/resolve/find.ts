import { parseAddress } from "../../curriculum/address.ts";
import { pathMatcher } from "../base/holds.ts";
import type { Decision } from "../rebase/plan.ts";

/** Whether a decision lies at an address: its own, its document's by id or path, or a folder above it. */
export function isAt(decision: Decision, address: string): boolean {
  const { document, passage } = parseAddress(address);
  if (decision.at === address || decision.at === `${document}${passage ?? ""}`) return true;
  if (passage !== null) return decision.path === document && decision.at.endsWith(passage);
  return parseAddress(decision.at).document === document || pathMatcher(document)(decision.path);
}

/** The subject that a decision's file belongs to; null where it belongs to none. */
export function subjectOf({ path }: Decision): string | null {
  return /^subjects\/([^/]+)\//.exec(path)?.[1] ?? null;
}

/** The decision that a person names by its number in the list, counted from 1; undefined where it is no number. */
export function byNumber(decisions: readonly Decision[], word: string): Decision | undefined {
  return /^[1-9]\d{0,5}$/.test(word) ? decisions[Number(word) - 1] : undefined;
}

/**
 * Decisions as a curriculum is read: by subject, then from the whole to its parts (subject, programmes, units, their
 * lessons, their assessments), and within a document from its top to its end.
 */
export function inReadingOrder(decisions: readonly Decision[]): Decision[] {
  const keys = new Map(decisions.map(({ path }) => [path, readingKey(path)]));
  return [...decisions].sort((a, b) => {
    const [left, right] = [keys.get(a.path) ?? "", keys.get(b.path) ?? ""];
    return left < right ? -1 : left > right ? 1 : 0;
  });
}

/** What a file is called for its place: files of a folder come before the folders in it. */
function readingKey(path: string): string {
  const parts = path.split("/");
  return parts
    .map((part, index) => {
      if (index < parts.length - 1) return `2 ${part === "assessments" ? "~" : ""}${part}`;
      return /^(subject|unit)\.md$/.test(part) ? `0 ${part}` : `1 ${part}`;
    })
    .join("\u0000");
}
