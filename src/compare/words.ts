import { diffArrays } from "diff";

/** How far two texts are apart in words (design §7). */
export interface WordEdits {
  readonly added: number;
  readonly removed: number;
  /** Words of the longer text less the longest common subsequence: a replaced word is one edit. */
  readonly edits: number;
  /** Words of the longer text. */
  readonly of: number;
}

/** Beyond this many words that differ, order is no longer looked at. */
const MOST_COMPARED = 20_000;
/** Above this many edits between long texts the exact distance would take seconds. */
const MOST_EDITS = 4_000;

const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const BEYOND_LATIN = /[\u0E00-\uFFFF]/;
let segmenter: Intl.Segmenter | undefined;

/** The words of a text: runs of characters without white space; scripts without spaces by their words. */
export function wordsOf(normal: string): string[] {
  const runs = normal.match(/\S+/g) ?? [];
  if (!BEYOND_LATIN.test(normal)) return runs;
  return runs.flatMap((run) => (UNSPACED.test(run) ? segments(run) : [run]));
}

/** Counts the words that two normal texts differ by. */
export function wordEdits(a: string, b: string): WordEdits {
  return wordListEdits(a === "" ? [] : wordsOf(a), a === b ? null : wordsOf(b));
}

/** The same for words that are at hand; `null` for the same words again. */
export function wordListEdits(a: readonly string[], b: readonly string[] | null): WordEdits {
  if (b === null) return { added: 0, removed: 0, edits: 0, of: a.length };
  const common = commonWords(a, b);
  const of = Math.max(a.length, b.length);
  return { added: b.length - common, removed: a.length - common, edits: of - common, of };
}

/** Length of the longest common subsequence; of huge texts an upper bound, the words that both have. */
function commonWords(a: readonly string[], b: readonly string[]): number {
  const shortest = Math.min(a.length, b.length);
  let start = 0;
  while (start < shortest && a[start] === b[start]) start++;
  let end = 0;
  while (end < shortest - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const left = a.slice(start, a.length - end);
  const right = b.slice(start, b.length - end);
  return start + end + commonOfMiddle(left, right);
}

function commonOfMiddle(a: string[], b: string[]): number {
  if (a.length === 0 || b.length === 0) return 0;
  if (a.length + b.length > MOST_COMPARED) return sharedWords(a, b);
  const changes = diffArrays(a, b, { maxEditLength: MOST_EDITS });
  if (changes === undefined) return sharedWords(a, b);
  let common = 0;
  for (const change of changes) if (!change.added && !change.removed) common += change.count;
  return common;
}

/** How many words two texts share, order left out. */
export function sharedWords(a: readonly string[], b: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const word of a) counts.set(word, (counts.get(word) ?? 0) + 1);
  let shared = 0;
  for (const word of b) {
    const left = counts.get(word) ?? 0;
    if (left > 0) {
      shared++;
      counts.set(word, left - 1);
    }
  }
  return shared;
}

function segments(run: string): string[] {
  segmenter ??= new Intl.Segmenter("und", { granularity: "word" });
  return Array.from(segmenter.segment(run), (part) => part.segment);
}
