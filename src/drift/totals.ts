import { wordsOf } from "../compare/words.ts";
import type { Passage } from "../curriculum/document.ts";

/** What a document adds to the denominators. */
export interface Totals {
  readonly words: number;
  readonly passages: number;
  /** Pairs of siblings whose order could differ: sections of a document, items of a list. */
  readonly pairs: number;
}

export const NO_TOTALS: Totals = { words: 0, passages: 0, pairs: 0 };

/** Counts passages one by one; orders have no words of their own and are not counted as passages. */
export function countPassages(all: readonly Passage[]): Totals {
  let words = 0;
  let passages = 0;
  let pairs = 0;
  for (const passage of all) {
    if (passage.kind === "order") {
      const siblings = passage.text.split("\n").length;
      pairs += (siblings * (siblings - 1)) / 2;
    } else {
      passages += 1;
      words += wordsOf(passage.normal).length;
    }
  }
  return { words, passages, pairs };
}

export function addTotals(a: Totals, b: Totals): Totals {
  return { words: a.words + b.words, passages: a.passages + b.passages, pairs: a.pairs + b.pairs };
}
