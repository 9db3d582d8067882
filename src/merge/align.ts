import { onceFor } from "../curriculum/lazily.ts";
import { lineHunks } from "./hunks.ts";
import { levelOf, type Unit } from "./unit.ts";
import { wholeContainers } from "./whole-containers.ts";

/** One change of base units [baseStart, baseEnd) into side units [sideStart, sideEnd). */
export interface Edit {
  readonly baseStart: number;
  readonly baseEnd: number;
  readonly sideStart: number;
  readonly sideEnd: number;
  /** - `edited`: one unit in two versions; `put`, `removed`: on one side only; `rewritten`: some for others */
  readonly kind: "edited" | "put" | "removed" | "rewritten";
  /** Of an `edited` unit: whether its words are another version's, or only its place is. */
  readonly alike: boolean;
}

/** Beyond this many pairs to compare, a changed stretch is taken as rewritten. */
const MOST_PAIRS = 20_000;
/** Share of words in common from which two units count as one in two versions. */
const ALIKE = 0.5;
/** What two headings of one level have in common when it is not their words. */
const PLACE = 0.1;

const alignedWith = onceFor((_: readonly Unit[]) => new Map<readonly Unit[], readonly Edit[]>());

/**
 * The changes from `base` to `side` in order: units that say the same stay, changed ones find their other version.
 * Worked out once for two files, whether they are merged or a merge of them is looked through.
 */
export function alignUnits(base: readonly Unit[], side: readonly Unit[]): readonly Edit[] {
  const known = alignedWith(base);
  const edits = known.get(side) ?? editsBetween(base, side);
  known.set(side, edits);
  return edits;
}

function editsBetween(base: readonly Unit[], side: readonly Unit[]): Edit[] {
  const keys = (units: readonly Unit[]): string[] => units.map((unit) => unit.key);
  return wholeContainers(lineHunks(keys(base), keys(side)), base, side).flatMap((hunk) => {
    const { baseStart, baseEnd, sideStart, sideEnd } = hunk;
    const before = base.slice(baseStart, baseEnd);
    const after = side.slice(sideStart, sideEnd);
    const edits: Edit[] = [];
    let at = { b: 0, s: 0 };
    const upTo = (b: number, s: number): void => {
      edits.push(...unlike(before.slice(at.b, b), after.slice(at.s, s), baseStart + at.b, sideStart + at.s));
    };
    for (const { b, s, alike } of bestPairs(before, after)) {
      upTo(b, s);
      const [from, to] = [baseStart + b, sideStart + s];
      edits.push({
        baseStart: from,
        baseEnd: from + 1,
        sideStart: to,
        sideEnd: to + 1,
        kind: "edited",
        alike,
      });
      at = { b: b + 1, s: s + 1 };
    }
    upTo(before.length, after.length);
    return withoutGuesses(edits, base, side);
  });
}

/**
 * A heading that became another one, with a section put below it: nobody can tell which of the two new headings is the
 * old one's, so both stand for it as a whole.
 */
function withoutGuesses(edits: readonly Edit[], base: readonly Unit[], side: readonly Unit[]): Edit[] {
  const known: Edit[] = [];
  for (const next of edits) {
    const last = known.at(-1);
    const isGuess =
      last?.kind === "edited" &&
      !last.alike &&
      base[last.baseStart]?.kind === "heading" &&
      next.kind === "put" &&
      side.slice(next.sideStart, next.sideEnd).some(({ kind }) => kind === "heading");
    if (isGuess) known[known.length - 1] = { ...next, ...startOf(last), kind: "rewritten" };
    else known.push(next);
  }
  return known;
}

function startOf({ baseStart, sideStart }: Edit): Pick<Edit, "baseStart" | "sideStart"> {
  return { baseStart, sideStart };
}

function edit(
  baseStart: number,
  baseEnd: number,
  sideStart: number,
  sideEnd: number,
  kind: Edit["kind"],
): Edit {
  return { baseStart, baseEnd, sideStart, sideEnd, kind, alike: false };
}

/**
 * A stretch with nothing alike in it. Where it is built alike, unit for unit, it is a translation or a
 * rewriting of each; else one is put for the other as a whole.
 */
function unlike(before: readonly Unit[], after: readonly Unit[], b: number, s: number): Edit[] {
  if (before.length === 0 && after.length === 0) return [];
  if (before.length === 0) return [edit(b, b, s, s + after.length, "put")];
  if (after.length === 0) return [edit(b, b + before.length, s, s, "removed")];
  const alike = before.length === after.length && before.every((unit, i) => builtAlike(unit, after[i]));
  if (alike) return before.map((_, i) => edit(b + i, b + i + 1, s + i, s + i + 1, "edited"));
  return [edit(b, b + before.length, s, s + after.length, "rewritten")];
}

function builtAlike(a: Unit, b: Unit | undefined): boolean {
  if (a.kind !== b?.kind || a.name !== b.name) return false;
  return a.kind !== "heading" || levelOf(a) === levelOf(b);
}

interface Pair {
  readonly b: number;
  readonly s: number;
  readonly alike: boolean;
}

/**
 * The pairs of units that are one in two versions, in order, with most in common altogether. Headings of one level
 * hold the place of one another also where a side translated them.
 */
function bestPairs(before: readonly Unit[], after: readonly Unit[]): Pair[] {
  const [n, m] = [before.length, after.length];
  if (n === 0 || m === 0 || n * m > MOST_PAIRS) return [];
  const left = new Array<Int32Array | undefined>(n);
  const right = new Array<Int32Array | undefined>(m);
  const gain = (b: number, s: number): number => {
    const [x, y] = [before[b] as Unit, after[s] as Unit];
    if (x.kind !== y.kind) return 0;
    if (x.name !== "" || y.name !== "") return x.name === y.name ? 2 : 0;
    left[b] ??= tokensOf(x);
    right[s] ??= tokensOf(y);
    const share = shared(left[b], right[s]);
    if (share >= ALIKE) return share;
    return x.kind === "heading" && levelOf(x) === levelOf(y) ? PLACE : 0;
  };
  const width = m + 1;
  const gains = new Float64Array(n * m);
  const best = new Float64Array((n + 1) * width);
  for (let b = n - 1; b >= 0; b--) {
    for (let s = m - 1; s >= 0; s--) {
      const own = gain(b, s);
      gains[b * m + s] = own;
      const skip = Math.max(best[(b + 1) * width + s] ?? 0, best[b * width + s + 1] ?? 0);
      const pair = own > 0 ? own + (best[(b + 1) * width + s + 1] ?? 0) : 0;
      best[b * width + s] = Math.max(skip, pair);
    }
  }
  const pairs: Pair[] = [];
  for (let b = 0, s = 0; b < n && s < m; ) {
    const own = gains[b * m + s] ?? 0;
    const here = best[b * width + s] ?? 0;
    if (own > 0 && here === own + (best[(b + 1) * width + s + 1] ?? 0)) {
      pairs.push({ b: b++, s: s++, alike: own > PLACE });
    } else if (here === (best[(b + 1) * width + s] ?? 0)) b++;
    else s++;
  }
  return pairs;
}

const tokensOf = onceFor(({ kind, key }: Unit): Int32Array => {
  const isHeading = kind === "heading";
  return tokensIn(key, kind.length + (isHeading ? 3 : 1), isHeading);
});

/** Words and signs as sorted hashes; of a heading, which has few words, its pairs of letters. */
function tokensIn(text: string, from: number, byLetters: boolean): Int32Array {
  const found: number[] = [];
  let hash = 0;
  let last = 0;
  for (let i = from; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const isWord = isLetter(code);
    if (byLetters) {
      if (isWord && last !== 0) found.push((last << 16) | code);
      last = isWord ? code : 0;
    } else if (isWord && code < FIRST_IDEOGRAPH) hash = (Math.imul(hash, 31) + code) | 0;
    else {
      if (hash !== 0) found.push(hash);
      hash = 0;
      if (code !== 0x20 && code !== 0x0a) found.push(code);
    }
  }
  if (hash !== 0) found.push(hash);
  return new Int32Array(found).sort();
}

/** From here on a letter is a word. */
const FIRST_IDEOGRAPH = 0x2e80;

function isLetter(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) ||
    (code >= 0x30 && code <= 0x39) ||
    (code >= 0x41 && code <= 0x5a) ||
    code > 0xbf
  );
}

/** The share of tokens in common (Dice's coefficient over tokens with their counts). */
function shared(a: Int32Array, b: Int32Array): number {
  const total = a.length + b.length;
  if (total === 0) return 0;
  const most = (2 * Math.min(a.length, b.length)) / total;
  if (most < ALIKE) return most;
  let both = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const [x, y] = [a[i] as number, b[j] as number];
    if (x === y) both++;
    if (x <= y) i++;
    if (y <= x) j++;
  }
  return (2 * both) / total;
}
