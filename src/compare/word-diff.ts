import { commonPlaces } from "./words.ts";

/** Words that stayed, went or came. */
export interface WordRun {
  readonly kind: "same" | "removed" | "added";
  readonly words: readonly string[];
}

/** Beyond this many pairs of words, one text is shown in place of the other. */
const MOST_PAIRS = 64_000_000;

/**
 * The words of two raw texts as runs for display, removed words before the added ones that replace them. A
 * difference in white space alone is no difference.
 */
export function wordDiff(a: string, b: string): WordRun[] {
  const left = a.match(/\S+/g) ?? [];
  const right = b.match(/\S+/g) ?? [];
  const places = left.length * right.length <= MOST_PAIRS ? commonPlaces(left, right) : [];
  const runs: { kind: WordRun["kind"]; words: string[] }[] = [];
  const add = (kind: WordRun["kind"], words: readonly string[]): void => {
    const last = runs.at(-1);
    if (words.length === 0) return;
    if (last?.kind === kind) last.words.push(...words);
    else runs.push({ kind, words: [...words] });
  };
  let [i, j] = [0, 0];
  for (const [x, y] of [...places, [left.length, right.length] as const]) {
    add("removed", left.slice(i, x));
    add("added", right.slice(j, y));
    add("same", left.slice(x, x + 1));
    [i, j] = [x + 1, y + 1];
  }
  return runs;
}
