import { parseAddress } from "../../curriculum/address.ts";
import type { Decision } from "../rebase/plan.ts";
import { asItStands } from "./line-ends.ts";

/** A line that belongs to no plain paragraph: of a list, a table, a quotation, a heading, code. */
const OTHER = /^(?:\s{4,}|\s*(?:[-*+>|#<]|\d+[.)]|`{3}|~{3}))/;
const FENCE = /^\s*(?:`{3}|~{3})/;

/**
 * Whether both texts of a decision are paragraphs of their own, with room around them in the file: one after the other
 * they are two, and a blank line parts them.
 */
export function areParagraphs(text: string, { at, marked, ours, theirs }: Decision): boolean {
  if (marked === null || !parseAddress(at).passage?.startsWith("#")) return false;
  const [head = "", tail] = text.split(asItStands(marked, text));
  if (tail === undefined || head.split("\n").filter((line) => FENCE.test(line)).length % 2 > 0) return false;
  const isRoom = /(?:^|\n)[^\S\n]*\r?\n$/.test(head) && /^(?:\s*$|\r?\n[^\S\n]*(?:\r?\n|$))/.test(tail);
  const lines = [ours, theirs].flatMap((side) => side?.split(/\r?\n/) ?? []);
  return isRoom && !lines.some((line) => OTHER.test(line));
}
