import { commonWords } from "./common-words.ts";
import { areSpaced, countWords, wordsOf } from "./words.ts";

/** How far two texts are apart in words (design §7). */
export interface WordEdits {
  readonly added: number;
  readonly removed: number;
  /** Words of the longer text less the longest common subsequence: a replaced word is one edit. */
  readonly edits: number;
  /** Words of the longer text. */
  readonly of: number;
}

/** Counts the words that two normal texts differ by. */
export function wordEdits(a: string, b: string): WordEdits {
  if (!areSpaced(a) || !areSpaced(b)) return wordListEdits(wordsOf(a), wordsOf(b));
  // What both begin and end with is counted, and not made into words.
  const { start, end } = sharedText(a, b);
  const between = (text: string): string[] => wordsOf(text.slice(start, text.length - end));
  const edits = wordListEdits(between(a), between(b));
  return { ...edits, of: edits.of + countWords(a.slice(0, start)) + countWords(a.slice(a.length - end)) };
}

/** How long two texts are the same at their beginning, and then at their end, in whole words. */
function sharedText(a: string, b: string): { start: number; end: number } {
  const shortest = Math.min(a.length, b.length);
  let start = longest(shortest, (length) => a.startsWith(b.slice(0, length)));
  while (start > 0 && !isSpace(a.charCodeAt(start - 1))) start--;
  let end = longest(shortest - start, (length) => a.endsWith(b.slice(b.length - length)));
  while (end > 0 && !isSpace(a.charCodeAt(a.length - end))) end--;
  return { start, end };
}

/** The greatest length for which it holds, where it holds for all shorter ones: found by halves. */
function longest(limit: number, holds: (length: number) => boolean): number {
  let [low, high] = [0, limit];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (holds(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a;
}

/** The same for words that are at hand. */
export function wordListEdits(a: readonly string[], b: readonly string[]): WordEdits {
  const common = commonWords(a, b);
  const of = Math.max(a.length, b.length);
  return { added: b.length - common, removed: a.length - common, edits: of - common, of };
}
