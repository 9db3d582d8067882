import { asSide, type Conflict, type Labels, type Part } from "./conflict.ts";
import { cut } from "./cut.ts";
import { lineHunks } from "./hunks.ts";
import { mergeLines, type Region } from "./lines.ts";

/** A text that a person may take for a conflict, and the rule that speaks for it. */
export interface Suggestion {
  readonly text: string;
  /** One plain sentence for a teacher. */
  readonly rule: string;
}

const TOKENS = /[\p{L}\p{N}_]+|\s+|[^\s\p{L}\p{N}_]/gu;
const WORDS = /[\p{L}\p{N}]+/gu;
/** Beyond this many words a merge word by word says little, and takes long. */
const MOST_TOKENS = 4000;
/** Share of words in common from which two additions are two wordings of one. */
const SAME = 0.8;
/** Share of words in common below which a text is no version of another. */
const OTHER = 0.2;
/** Who changes less than this share of the words has only touched a text up. */
const TOUCH = 0.1;

/** For each conflict of a file, in order, what a person may take for it. */
export function suggestionsIn(path: string, parts: readonly Part[], labels: Labels): Suggestion[][] {
  const isCode = inCode(path, parts);
  return parts.flatMap((part, i) =>
    typeof part === "string" ? [] : [suggestionsFor(part, labels, isCode(i))],
  );
}

/** The file with the first suggestion for each conflict. */
export function applyFirst(path: string, parts: readonly Part[], labels: Labels): string {
  const suggested = suggestionsIn(path, parts, labels).values();
  return parts
    .map((part) => (typeof part === "string" ? part : (suggested.next().value?.[0]?.text ?? "")))
    .join("");
}

/**
 * What a person may take for a conflict, the likeliest first. They are offered, never applied unasked.
 * - Of two additions both, or the fuller where they say the same.
 * - The other side's text, where it rewrote or removed what this version only touched up.
 * - Both changes, where no word is in dispute; not in code, which is no sum of its words.
 * - This version's text, but the other side's where this version changed no word.
 */
export function suggestionsFor(conflict: Conflict, labels: Labels, isCode: boolean): Suggestion[] {
  const { base, ours, theirs } = conflict;
  const mine = { text: ours ?? "", rule: `What ${labels.ours} has.` };
  const other = { text: theirs ?? "", rule: `What ${labels.theirs} has.` };
  const because = (why: string | null): Suggestion[] =>
    why === null ? [] : [{ ...other, rule: `${why} ${other.rule}` }];
  const outweighed = because(whyOutweighed(conflict, labels));
  if (ours === null || theirs === null) return distinct([...outweighed, mine, other]);
  const both = {
    text: joinLines(ours, theirs),
    rule: `What ${labels.ours} has, and below it what ${labels.theirs} has.`,
  };
  if (!base) {
    if (shareOf(wordsOf(ours), wordsOf(theirs)) < SAME) return distinct([both, mine, other]);
    const [fuller, shorter] = ours.length >= theirs.length ? [mine, other] : [other, mine];
    return distinct([{ ...fuller, rule: `The fuller of two wordings: ${fuller.rule}` }, shorter, both]);
  }
  const merged = isCode ? null : mergeWords(base, ours, theirs);
  const rule = "Both changes, word by word: neither changes a word that the other does.";
  const byWords = merged === null ? [] : [{ text: merged, rule }];
  return distinct([...outweighed, ...byWords, ...because(whySignsOnly(conflict, labels)), mine, other, both]);
}

/** Why this version's change counts for less than the other's, in words for a teacher; `null` where it does not. */
function whyOutweighed({ base, ours, theirs }: Conflict, labels: Labels): string | null {
  const [b, o, t] = [base, ours, theirs].map((text) => wordsOf(text ?? "")) as [string[], string[], string[]];
  if (b.length === 0) return null;
  if (ours === null) {
    if (shareOf(b, t) >= OTHER) return null;
    return `${labels.ours} removed what stood here, and ${labels.theirs} put something else in its place.`;
  }
  const own = changes(b, o);
  if (own === 0 || own >= TOUCH * b.length || changes(b, t) <= b.length / 2) return null;
  return `${labels.ours} touched up what ${labels.theirs} ${theirs === null ? "removed" : "rewrote"}.`;
}

/** Whether this version changed signs or capitals alone, and the other side words; `null` where it is not so. */
function whySignsOnly({ base, ours, theirs }: Conflict, labels: Labels): string | null {
  const [b, o, t] = [base, ours, theirs].map((text) => wordsOf(text ?? "").join(" "));
  return o === b && t !== b ? `${labels.ours} changed no word here, only signs or capitals.` : null;
}

/** Whether the part with a number stands in a block of code, as this version has the file. */
function inCode(path: string, parts: readonly Part[]): (part: number) => boolean {
  const { units } = cut(path, asSide(parts, "ours"));
  const found = new Set<number>();
  let offset = 0;
  let unit = 0;
  for (const [i, part] of parts.entries()) {
    while ((units[unit + 1]?.start ?? Number.POSITIVE_INFINITY) <= offset) unit++;
    if (units[unit]?.kind === "code") found.add(i);
    offset += typeof part === "string" ? part.length : (part.ours?.length ?? 0);
  }
  return (part) => found.has(part);
}

/**
 * A line to which both sides only added words, with what either added; `null` where a word was taken out or changed, or
 * where it is more than a line.
 */
export function addToLine(base: string, first: string, second: string): string | null {
  const [b, ...sides] = [base, first, second].map((text) => text.match(TOKENS) ?? []);
  const isLine = [base, first, second].every((text) => /^[^\n]+\n?$/.test(text));
  if (!isLine || b === undefined || sides.some((side) => side.length > MOST_TOKENS)) return null;
  const tookOut = sides.some((side) =>
    lineHunks(b, side).some(({ baseStart, baseEnd }) => baseEnd > baseStart),
  );
  return tookOut ? null : mergeWords(base, first, second);
}

/** Both changes, and what both put in one place one after the other; `null` where both changed the same words or signs. */
function mergeWords(base: string, ours: string, theirs: string): string | null {
  const [b, o, t] = [base, ours, theirs].map((text) => text.match(TOKENS) ?? []);
  if (!b || !o || !t || Math.max(b.length, o.length, t.length) > MOST_TOKENS) return null;
  const regions = mergeLines(b, o, t);
  const isDispute = ({ kind, base, ours, theirs }: Region): boolean =>
    kind === "conflict" && (base.length > 0 || wordsOf([...ours, ...theirs].join("")).length === 0);
  if (regions.some(isDispute)) return null;
  return regions
    .map(({ kind, ours, theirs }) => {
      if (kind === "conflict") return joinWords(ours.join(""), theirs.join(""));
      return (kind === "theirs" ? theirs : ours).join("");
    })
    .join("");
}

/** One text behind another, with room between two words and behind the end of a sentence. */
function joinWords(first: string, second: string): string {
  const isRoom = /[\p{L}\p{N}.,;:!?…)\]”’]$/u.test(first) && /^[\p{L}\p{N}(“‘]/u.test(second);
  return first + (isRoom ? " " : "") + second;
}

/** Words, not told apart by their capitals. */
function wordsOf(text: string): string[] {
  return text.toLowerCase().match(WORDS) ?? [];
}

/** How many words were taken out of a text and put into it. */
function changes(before: readonly string[], after: readonly string[]): number {
  return lineHunks(before, after).reduce(
    (sum, { baseStart, baseEnd, sideStart, sideEnd }) => sum + baseEnd - baseStart + sideEnd - sideStart,
    0,
  );
}

/** The share of words that two texts have in common (Dice's coefficient over words with their counts), 0 to 1. */
function shareOf(a: readonly string[], b: readonly string[]): number {
  if (a.length + b.length === 0) return 1;
  return (2 * (a.length - missing(a, b))) / (a.length + b.length);
}

/** How many of some words others lack, each as often as it stands. */
function missing(some: readonly string[], others: readonly string[]): number {
  const left = new Map<string, number>();
  for (const word of others) left.set(word, (left.get(word) ?? 0) + 1);
  return some.filter((word) => {
    const count = left.get(word) ?? 0;
    left.set(word, count - 1);
    return count <= 0;
  }).length;
}

function joinLines(first: string, second: string): string {
  return first === "" || first.endsWith("\n") ? first + second : `${first}\n${second}`;
}

function distinct(suggestions: readonly Suggestion[]): Suggestion[] {
  const seen = new Set<string>();
  return suggestions.filter(({ text }) => !seen.has(text) && seen.add(text));
}
