import type { PassageChange } from "../compare/diff.ts";
import { inversions } from "../compare/order.ts";
import { wordEdits } from "../compare/words.ts";
import { type Figures, type PassageFigure, type Status, statusFrom } from "./figures.ts";
import { addTotals, NO_TOTALS, type Totals } from "./totals.ts";

/** A passage that differs from the base, as this version or as upstream has it now. */
export interface Difference {
  /** Full address. */
  readonly at: string;
  readonly passage: PassageChange;
}

/** One document that one side changed. */
export interface Changed {
  readonly id: string;
  readonly base: Totals | null;
  readonly later: Totals | null;
  /** Words of each passage's longer side, summed. */
  readonly of: number;
  readonly differences: readonly Difference[];
}

/** A local difference with what the rules and the records say of it. */
export interface Judged {
  readonly at: string;
  readonly explained: boolean;
  readonly free: boolean;
  readonly locked: boolean;
  readonly why: string | null;
  readonly owners: readonly string[];
}

export interface MeasureInput {
  /** Everything at the base, unchanged documents included. */
  readonly base: Totals;
  /** Base → local. */
  readonly local: readonly Changed[];
  /** Base → next. */
  readonly upstream: readonly Changed[];
  readonly judge: (difference: Difference) => Judged;
  /** Whether an upstream change is held back. */
  readonly isHeld: (at: string) => boolean;
  /** Whether a text, by its hash, is one that upstream had here after the base, up to next. */
  readonly wasUpstream: (at: string, hash: string | null) => boolean;
  /** Addresses at which a rebase would stop. */
  readonly decisions: readonly string[];
  readonly editions: number;
  readonly oldest: string | null;
}

export interface Measured {
  readonly figures: Figures;
  readonly status: Status;
  readonly passages: readonly PassageFigure[];
}

/**
 * The five figures of design §7. What this version has taken from upstream, by whatever road, counts neither as
 * changed here nor as not yet taken. Figures pool words; no ratio is averaged.
 */
export function measure(input: MeasureInput): Measured {
  const here = new Map(input.local.flatMap(({ differences }) => differences.map((each) => [each.at, each])));
  const there = new Map(
    input.upstream.flatMap(({ differences }) => differences.map((each) => [each.at, each])),
  );
  const isTaken = ({ at, passage }: Difference): boolean => {
    const upstream = there.get(at);
    return (
      (upstream !== undefined && upstream.passage.localHash === passage.localHash) ||
      input.wasUpstream(at, passage.localHash)
    );
  };
  const diverged = [...here.values()].filter((each) => !isTaken(each));
  const behind = [...there.values()].flatMap((each) => {
    const mine = here.get(each.at);
    if (!mine || !isTaken(mine)) return [{ ...each, words: each.passage.words.edits }];
    if (mine.passage.localHash === each.passage.localHash) return [];
    // What was taken is an earlier text of upstream; what is left is the way from there.
    const left = wordEdits(mine.passage.local?.normal ?? "", each.passage.local?.normal ?? "");
    return [{ ...each, words: left.edits }];
  });
  const held = behind.filter(({ at }) => input.isHeld(at));
  const waiting = behind.filter(({ at }) => !input.isHeld(at));
  const judged = new Map(diverged.map((each) => [each.at, input.judge(each)]));
  const undeclared = diverged.filter(({ at }) => {
    const verdict = judged.get(at);
    return verdict !== undefined && !verdict.explained && !verdict.free;
  });
  const breaches = diverged.filter(({ at, passage }) => passage.base !== null && judged.get(at)?.locked);
  const conflicts = [...new Set(input.decisions)];
  const reviews = diverged.map(({ at }) => at).filter((at) => there.has(at) && !conflicts.includes(at));
  const of = longerSide(input.base, input.local);
  const figures: Figures = {
    behind: {
      passages: waiting.length,
      words: sum(waiting, ({ words }) => words),
      of: longerSide(input.base, input.upstream),
      editions: waiting.length > 0 ? input.editions : 0,
      oldest: waiting.length > 0 ? input.oldest : null,
      held: held.length,
    },
    diverged: {
      passages: diverged.length,
      words: sum(diverged, ({ passage }) => passage.words.edits),
      of,
      ...arrangement(input, diverged),
    },
    undeclared: {
      passages: undeclared.length,
      words: sum(undeclared, ({ passage }) => passage.words.edits),
      of,
    },
    breaches: { count: breaches.length, passages: breaches.map(({ at }) => at) },
    contested: { conflicts: conflicts.length, reviews: reviews.length, passages: [...conflicts, ...reviews] },
  };
  const passages: PassageFigure[] = [
    ...diverged.map(({ at, passage }): PassageFigure => {
      const verdict = judged.get(at);
      const figure = breaches.some((each) => each.at === at)
        ? "breaches"
        : undeclared.some((each) => each.at === at)
          ? "undeclared"
          : "diverged";
      return {
        at,
        figure,
        words: passage.words.edits,
        why: verdict?.why ?? null,
        owners: verdict?.owners ?? [],
      };
    }),
    ...waiting.map(
      ({ at, words }): PassageFigure => ({ at, figure: "behind", words, why: null, owners: [] }),
    ),
    ...held.map(({ at, words }): PassageFigure => ({ at, figure: "held", words, why: null, owners: [] })),
  ];
  return { figures, status: statusFrom(figures), passages: passages.sort((a, b) => b.words - a.words) };
}

/** Words of the longer side, over all passages of both texts. */
function longerSide(base: Totals, changed: readonly Changed[]): number {
  return changed.reduce((words, each) => words - (each.base?.words ?? 0) + each.of, base.words);
}

/** Order and structure of what diverged (design §7). */
function arrangement(
  input: MeasureInput,
  diverged: readonly Difference[],
): { order: number; structure: number } {
  const added = diverged.filter(({ passage }) => passage.base === null).length;
  const removed = diverged.filter(({ passage }) => passage.local === null).length;
  const all = input.base.passages + added;
  let inverted = 0;
  for (const { passage } of diverged) {
    if (passage.change !== "moved" || passage.base === null || passage.local === null) continue;
    inverted += inversions(passage.base.text.split("\n"), passage.local.text.split("\n")).inverted;
  }
  const pairs = input.base.pairs;
  return {
    order: pairs === 0 ? 0 : inverted / pairs,
    structure: all === 0 ? 0 : 1 - (input.base.passages - removed) / all,
  };
}

function sum<T>(all: readonly T[], words: (each: T) => number): number {
  return all.reduce((total, each) => total + words(each), 0);
}
