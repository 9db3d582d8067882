import { STANDINGS, type Standing } from "./standing.ts";
import type { Current } from "./trust.ts";

/** Words of words, pooled over versions, never an average of shares. */
export interface Totals {
  /** Versions that have a starting point, and so have figures. */
  readonly measured: number;
  readonly passages: number;
  readonly words: number;
  readonly of: number;
  readonly unexplained: { readonly passages: number; readonly words: number };
}

export function totalsOf(current: readonly Current[]): Totals {
  const figures = current.flatMap(({ drift }) => (drift.figures === null ? [] : [drift.figures]));
  const sum = (of: (each: (typeof figures)[number]) => number): number =>
    figures.reduce((total, each) => total + of(each), 0);
  return {
    measured: figures.length,
    passages: sum(({ diverged }) => diverged.passages),
    words: sum(({ diverged }) => diverged.words),
    of: sum(({ diverged }) => diverged.of),
    unexplained: {
      passages: sum(({ undeclared }) => undeclared.passages),
      words: sum(({ undeclared }) => undeclared.words),
    },
  };
}

/** How many versions have each standing, in the order of the page. */
export function countStandings(
  current: readonly Current[],
): { readonly standing: Standing; readonly count: number }[] {
  return STANDINGS.map((standing) => ({
    standing,
    count: current.filter((each) => each.standing === standing).length,
  }));
}
