import { commonPlaces } from "./common-words.ts";

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
  const runs: WordRun[] = [];
  const add = (kind: WordRun["kind"], words: readonly string[]): void => {
    if (words.length > 0) runs.push({ kind, words });
  };
  let [i, j] = [0, 0];
  for (let at = 0; at < places.length; ) {
    const [x, y] = places[at] ?? [0, 0];
    let size = 1;
    while (places[at + size]?.[0] === x + size && places[at + size]?.[1] === y + size) size++;
    add("removed", left.slice(i, x));
    add("added", right.slice(j, y));
    add("same", left.slice(x, x + size));
    [i, j] = [x + size, y + size];
    at += size;
  }
  add("removed", left.slice(i));
  add("added", right.slice(j));
  return runs;
}
