import { splitLines } from "./hunks.ts";

/** How often a word stands in the base (as both sides agree on it), in ours, theirs and the result. */
export type WordCount = readonly [base: number, ours: number, theirs: number, result: number];

/** What of a line is form and no word: the number of a list item, the prefix of a language class. */
const FORM = /^[\s>]*\d{1,9}[.)](?=\s)|\blanguage-/g;

/**
 * Counts words of a merge side by side. Lines that both sides added alike count as the base's, so that
 * ours + theirs - base is what independent changes make; lines that all have alike are left out, as they
 * change no difference and are most of a file.
 */
export function countWords(
  { base, ours, theirs }: { base: string; ours: string; theirs: string },
  result: string,
): ReadonlyMap<string, WordCount> {
  const lines = new Map<string, [number, number, number, number]>();
  [base, ours, theirs, result].forEach((text, i) => {
    for (const line of splitLines(text)) {
      const key = line.trimEnd();
      const row = lines.get(key) ?? [0, 0, 0, 0];
      row[i] = (row[i] ?? 0) + 1;
      lines.set(key, row);
    }
  });
  const counts = new Map<string, [number, number, number, number]>();
  for (const [line, [b, o, t, r]] of lines) {
    const agreed = Math.max(b, Math.min(o, t));
    if (agreed === o && agreed === t && agreed === r) continue;
    for (const word of line.replace(FORM, " ").match(/[\p{L}\p{N}]+/gu) ?? []) {
      const [wb, wo, wt, wr] = counts.get(word) ?? [0, 0, 0, 0];
      counts.set(word, [wb + agreed, wo + o, wt + t, wr + r]);
    }
  }
  return counts;
}
