/** How often a word stands in the base (as both sides agree on it), in ours, theirs and the result. */
export type WordCount = readonly [base: number, ours: number, theirs: number, result: number];

/** What of a line is form and no word: the number of a list item, the prefix of a language class. */
const FORM = /^[\s>]*\d{1,9}[.)](?=\s)|\blanguage-/gm;

/** Texts in pieces: lines, or units. */
type Pieces = readonly string[];

/**
 * Counts words of a merge side by side. Pieces that both sides added alike count as the base's, so that
 * ours + theirs - base is what independent changes make; pieces that all have alike are left out, as they
 * change no difference and are most of a file.
 */
export function countWords(
  base: Pieces,
  ours: Pieces,
  theirs: Pieces,
  result: Pieces,
): ReadonlyMap<string, WordCount> {
  const texts = new Map<string, [number, number, number, number]>();
  [base, ours, theirs, result].forEach((pieces, i) => {
    for (const text of pieces) {
      const row = texts.get(text);
      if (row) row[i] = (row[i] ?? 0) + 1;
      else texts.set(text, [i === 0 ? 1 : 0, i === 1 ? 1 : 0, i === 2 ? 1 : 0, i === 3 ? 1 : 0]);
    }
  });
  const counts = new Map<string, [number, number, number, number]>();
  for (const [text, [b, o, t, r]] of texts) {
    const agreed = Math.max(b, Math.min(o, t));
    if (agreed === o && agreed === t && agreed === r) continue;
    for (const word of text.replace(FORM, " ").match(/[\p{L}\p{N}]+/gu) ?? []) {
      const row = counts.get(word);
      if (row) {
        row[0] += agreed;
        row[1] += o;
        row[2] += t;
        row[3] += r;
      } else counts.set(word, [agreed, o, t, r]);
    }
  }
  return counts;
}
