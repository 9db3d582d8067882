import type { DocumentChange, PassageChange } from "../compare/diff.ts";
import { wordEdits } from "../compare/word-edits.ts";
import { formatAddress } from "../curriculum/address.ts";
import type { Document } from "../curriculum/document.ts";
import { onceFor } from "../curriculum/lazily.ts";
import { totalsOf } from "./document-totals.ts";
import { type Figures, type PassageFigure, type Status, statusFrom } from "./figures.ts";
import type { Totals } from "./totals.ts";

/** A passage that differs from the base, as this version or as upstream has it now. */
export interface Difference {
  /** Full address. */
  readonly at: string;
  /** Its address at the base, where both sides meet whatever they renamed; new text has a place of its own. */
  readonly place: string;
  readonly document: Pick<DocumentChange, "id" | "path" | "change">;
  readonly passage: PassageChange;
}

/** One document that one side changed. */
export interface Changed {
  /** What it counts at the base; null where it is new. */
  readonly base: Totals | null;
  /** Words of each passage's longer side, summed. */
  readonly of: number;
  readonly differences: readonly Difference[];
}

/**
 * Reads one document's difference off its two texts.
 * @param counted what the base's text counts, where that is known
 */
export function asChanged(
  {
    change,
    base,
    local,
  }: {
    readonly change: DocumentChange;
    readonly base: Document | null;
    readonly local: Document | null;
  },
  counted?: Totals,
): Changed {
  const differences = differencesOf({ change, base });
  const before = base === null ? null : (counted ?? totalsOf(base));
  if (before === null) return { base: null, of: local === null ? 0 : totalsOf(local).words, differences };
  const longer = sum(differences, ({ passage: { words } }) => Math.max(0, words.added - words.removed));
  return { base: before, of: before.words + longer, differences };
}

/** The passages that differ, with their addresses on both sides. */
export function differencesOf({
  change,
  base,
}: {
  readonly change: DocumentChange;
  readonly base: Document | null;
}): Difference[] {
  const { id, path } = change;
  const document = { id, path, change: change.change };
  return change.passages.map((passage) => {
    const at = formatAddress(id, passage.key);
    // A new passage may have the name of one that was renamed.
    const place = base && passage.base ? formatAddress(base.id, passage.base.key) : `+${at}`;
    return { at, place, document, passage };
  });
}

/** A local difference with what the rules and the records say of it. */
export interface Judged {
  readonly explained: boolean;
  readonly free: boolean;
  readonly locked: boolean;
  readonly why: string | null;
  readonly records: readonly string[];
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
  readonly isHeld: (difference: Difference) => boolean;
  /** Whether the local text is one that upstream had here after the base, up to next. */
  readonly wasUpstream: (difference: Difference) => boolean;
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
  const here = byPlace(input.local);
  const there = byPlace(input.upstream);
  const isTaken = (mine: Difference): boolean =>
    there.get(mine.place)?.passage.localHash === mine.passage.localHash || input.wasUpstream(mine);
  const diverged = [...here.values()].filter((each) => !isTaken(each));
  const ahead = [...there.values()].flatMap((each) => aheadOf(each, here.get(each.place), isTaken));
  const held = ahead.filter(({ difference }) => input.isHeld(difference));
  const waiting = ahead.filter((each) => !held.includes(each));
  const judged = new Map(diverged.map((each) => [each, input.judge(each)]));
  const undeclared = diverged.filter((each) => {
    const verdict = judged.get(each);
    return verdict !== undefined && !verdict.explained && !verdict.free;
  });
  const breaches = diverged.filter((each) => each.passage.base !== null && judged.get(each)?.locked);
  const contested = contestedOf(input.decisions, diverged, there);
  const of = longerSide(input.base, input.local);
  const figures: Figures = {
    behind: {
      passages: waiting.length,
      words: sum(waiting, ({ words }) => words),
      of: longerSide(input.base, input.upstream) + sum(ahead, ({ longer }) => longer),
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
    contested,
  };
  const passages: PassageFigure[] = [
    ...diverged.map((each): PassageFigure => {
      const { why = null, records = [], owners = [] } = judged.get(each) ?? {};
      const isUndeclared = undeclared.includes(each);
      const figure = breaches.includes(each) ? "breaches" : isUndeclared ? "undeclared" : "diverged";
      const words = each.passage.words.edits;
      return { at: each.at, figure, words, undeclared: isUndeclared, why, records, owners };
    }),
    ...waiting.map((each) => upstreamFigure(each, "behind")),
    ...held.map((each) => upstreamFigure(each, "held")),
  ];
  return { figures, status: statusFrom(figures), passages: passages.sort((a, b) => b.words - a.words) };
}

const asWhole = new WeakMap<Difference, PassageFigure>();

/** A change of upstream's as it is told; one that waits as a whole is told in the same words of every version. */
function upstreamFigure({ difference, words }: Ahead, figure: "behind" | "held"): PassageFigure {
  const isWhole = figure === "behind" && words === difference.passage.words.edits;
  const known = isWhole ? asWhole.get(difference) : undefined;
  if (known !== undefined) return known;
  const nobody = { undeclared: false, why: null, records: [], owners: [] };
  const told = { at: difference.at, figure, words, ...nobody };
  if (isWhole) asWhole.set(difference, told);
  return told;
}

/** What upstream changed is the same for all that build on one base. */
const byPlace = onceFor(
  (changed: readonly Changed[]): ReadonlyMap<string, Difference> =>
    new Map(changed.flatMap(({ differences }) => differences.map((each) => [each.place, each] as const))),
);

/** An upstream change that is not taken, or not to its end. */
interface Ahead {
  readonly difference: Difference;
  readonly words: number;
  /** By how much the text that was taken on the way is longer than both the base's and upstream's. */
  readonly longer: number;
}

/** What is left to take of an upstream change: all of it, nothing, or the way from an earlier text of upstream. */
function aheadOf(
  difference: Difference,
  mine: Difference | undefined,
  isTaken: (mine: Difference) => boolean,
): Ahead[] {
  const { passage } = difference;
  if (!mine || !isTaken(mine)) return [{ difference, words: passage.words.edits, longer: 0 }];
  if (mine.passage.localHash === passage.localHash) return [];
  const left = wordEdits(mine.passage.local?.normal ?? "", passage.local?.normal ?? "");
  return [{ difference, words: left.edits, longer: Math.max(0, left.of - passage.words.of) }];
}

/** Where a rebase would stop, and what else changed on both sides; a document in question counts once. */
function contestedOf(
  decisions: readonly string[],
  diverged: readonly Difference[],
  there: ReadonlyMap<string, Difference>,
): Figures["contested"] {
  const conflicts = [...new Set(decisions)];
  const stops = new Set(conflicts);
  const reviews = diverged.flatMap(({ at, place, document }) => {
    const theirs = there.get(place);
    if (theirs === undefined) return [];
    const whole = [document.id, document.path, theirs.document.id].map((id) => formatAddress(id, null));
    return [at, place, theirs.at, ...whole].some((address) => stops.has(address)) ? [] : [at];
  });
  return { conflicts: conflicts.length, reviews: reviews.length, passages: [...conflicts, ...reviews] };
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
  const inverted = sum(diverged, ({ passage }) => passage.inverted ?? 0);
  const pairs = input.base.pairs;
  return {
    order: pairs === 0 ? 0 : inverted / pairs,
    structure: all === 0 ? 0 : 1 - (input.base.passages - removed) / all,
  };
}

function sum<T>(all: readonly T[], words: (each: T) => number): number {
  return all.reduce((total, each) => total + words(each), 0);
}
