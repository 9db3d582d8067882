import type { Passage } from "../curriculum/document.ts";
import { wordsOf } from "./words.ts";

/** From this share of common words on, two passages are taken for one that was renamed. */
export const LIKE_ENOUGH = 0.5;
/** More pairs than this are not compared each with each, but near their places only. */
const MOST_PAIRS = 40_000;
const WINDOW = 40;

/** The words of a text without their order. */
export interface WordBag {
  readonly counts: ReadonlyMap<string, number>;
  readonly size: number;
}

interface Words extends WordBag {
  readonly passage: Passage;
  readonly place: number;
}

/** The pairs of two lists that are alike enough, the best first and each passage once; ties go by order. */
export function likePairs(
  base: readonly Passage[],
  local: readonly Passage[],
): (readonly [Passage, Passage])[] {
  const left = base.map(countWords);
  const right = local.map(countWords);
  const isMany = left.length * right.length > MOST_PAIRS;
  const scored: { a: Words; b: Words; score: number }[] = [];
  for (const a of left) {
    const middle = Math.round((a.place * right.length) / left.length);
    const near = isMany ? right.slice(Math.max(0, middle - WINDOW), middle + WINDOW) : right;
    for (const b of near) {
      const score = likeness(a, b);
      if (score >= LIKE_ENOUGH) scored.push({ a, b, score });
    }
  }
  scored.sort((x, y) => y.score - x.score || shift(x) - shift(y) || x.a.place - y.a.place);
  const taken = new Set<Words>();
  const pairs: (readonly [Passage, Passage])[] = [];
  for (const { a, b } of scored) {
    if (taken.has(a) || taken.has(b)) continue;
    taken.add(a).add(b);
    pairs.push([a.passage, b.passage]);
  }
  return pairs;
}

/** How far a pair is apart in its lists: of equals the one that moved least is taken. */
function shift({ a, b }: { a: Words; b: Words }): number {
  return Math.abs(a.place - b.place);
}

/** The same as `shareOfWords`, or 0 at once where two texts cannot be alike enough. */
function likeness(a: Words, b: Words): number {
  const all = a.size + b.size;
  return (2 * Math.min(a.size, b.size)) / all < LIKE_ENOUGH ? 0 : shareOfWords(a, b);
}

/** Dice's coefficient of two multisets of words: 0 for none in common, 1 for the same words. */
export function shareOfWords(a: WordBag, b: WordBag): number {
  const all = a.size + b.size;
  if (all === 0) return 0;
  const [few, many] = a.counts.size <= b.counts.size ? [a.counts, b.counts] : [b.counts, a.counts];
  let shared = 0;
  for (const [word, count] of few) shared += Math.min(count, many.get(word) ?? 0);
  return (2 * shared) / all;
}

function countWords(passage: Passage, place: number): Words {
  return { passage, place, ...bagOfWords(passage.normal) };
}

export function bagOfWords(text: string): WordBag {
  const words = wordsOf(text);
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return { counts, size: words.length };
}
