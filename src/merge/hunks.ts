import { diffArrays } from "diff";

/** One change of `base` lines [baseStart, baseEnd) into `side` lines [sideStart, sideEnd). */
export interface Hunk {
  baseStart: number;
  baseEnd: number;
  sideStart: number;
  sideEnd: number;
}

/** Between two anchors; beyond this many edits the shortest script costs more than it tells. */
const MAX_EDITS = 1000;

/** Cuts text into lines that keep their ends; joined, they are the text again. */
export function splitLines(text: string): string[] {
  const lines: string[] = [];
  for (let at = 0; at < text.length; ) {
    const newline = text.indexOf("\n", at);
    const end = newline < 0 ? text.length : newline + 1;
    lines.push(text.slice(at, end));
    at = end;
  }
  return lines;
}

/**
 * The changes from `base` to `side`, in order, never touching each other: a shortest script where one is
 * found in bounded time, else a coarser one. Insertions and deletions that could stand in several places
 * are pushed down as far as they go, as Git does, so that both sides of a merge agree on the place.
 */
export function lineHunks(base: readonly string[], side: readonly string[]): Hunk[] {
  let start = 0;
  let baseEnd = base.length;
  let sideEnd = side.length;
  while (start < baseEnd && start < sideEnd && base[start] === side[start]) start++;
  while (baseEnd > start && sideEnd > start && base[baseEnd - 1] === side[sideEnd - 1]) {
    baseEnd--;
    sideEnd--;
  }
  if (start === baseEnd && start === sideEnd) return [];
  const whole: Hunk = { baseStart: start, baseEnd, sideStart: start, sideEnd };
  const found = betweenAnchors(base, side, whole);
  return slideDown(base, side, joinTouching(found));
}

/** The shortest script for the lines of one range; `undefined` when it would cost too much. */
function script(base: readonly string[], side: readonly string[], range: Hunk): Hunk[] | undefined {
  const { baseStart, baseEnd, sideStart, sideEnd } = range;
  const inBase = new Map<string, number>();
  for (let i = baseStart; i < baseEnd; i++) inBase.set(base[i] ?? "", i);
  const inSide = new Set<string>();
  for (let i = sideStart; i < sideEnd; i++) inSide.add(side[i] ?? "");
  // Lines that only one text has can match nothing: without them the search is as exact and much shorter.
  const oldIndex: number[] = [];
  const oldToken: number[] = [];
  for (let i = baseStart; i < baseEnd; i++) {
    const line = base[i] ?? "";
    if (!inSide.has(line)) continue;
    oldIndex.push(i);
    oldToken.push(inBase.get(line) ?? -1);
  }
  const newIndex: number[] = [];
  const newToken: number[] = [];
  for (let i = sideStart; i < sideEnd; i++) {
    const token = inBase.get(side[i] ?? "");
    if (token === undefined) continue;
    newIndex.push(i);
    newToken.push(token);
  }
  if (oldToken.length === 0 || newToken.length === 0) return [range];
  const changes = diffArrays(oldToken, newToken, { maxEditLength: MAX_EDITS });
  if (changes === undefined) return undefined;
  const hunks: Hunk[] = [];
  let atBase = baseStart;
  let atSide = sideStart;
  let old = 0;
  let fresh = 0;
  for (const change of changes) {
    if (change.removed) old += change.count;
    else if (change.added) fresh += change.count;
    else {
      for (let n = 0; n < change.count; n++) {
        const b = oldIndex[old++] ?? 0;
        const s = newIndex[fresh++] ?? 0;
        if (b > atBase || s > atSide)
          hunks.push({ baseStart: atBase, baseEnd: b, sideStart: atSide, sideEnd: s });
        atBase = b + 1;
        atSide = s + 1;
      }
    }
  }
  if (atBase < baseEnd || atSide < sideEnd) {
    hunks.push({ baseStart: atBase, baseEnd, sideStart: atSide, sideEnd });
  }
  return hunks;
}

/** Holds fast to lines that both texts state once, as a reader would, and looks between them. */
function betweenAnchors(base: readonly string[], side: readonly string[], range: Hunk): Hunk[] {
  const once = (lines: readonly string[], start: number, end: number): Map<string, number> => {
    const seen = new Map<string, number>();
    for (let i = start; i < end; i++) {
      const line = lines[i] ?? "";
      seen.set(line, seen.has(line) ? -1 : i);
    }
    return seen;
  };
  const inSide = once(side, range.sideStart, range.sideEnd);
  const pairs: { b: number; s: number }[] = [];
  for (const [line, b] of once(base, range.baseStart, range.baseEnd)) {
    const s = inSide.get(line) ?? -1;
    if (b >= 0 && s >= 0) pairs.push({ b, s });
  }
  const hunks: Hunk[] = [];
  let at = { b: range.baseStart, s: range.sideStart };
  for (const { b, s } of [...rising(pairs), { b: range.baseEnd, s: range.sideEnd }]) {
    const gap: Hunk = { baseStart: at.b, baseEnd: b, sideStart: at.s, sideEnd: s };
    if (b > at.b || s > at.s) hunks.push(...(script(base, side, gap) ?? [gap]));
    at = { b: b + 1, s: s + 1 };
  }
  return hunks;
}

/** The longest run of pairs in which both sides rise (patience sorting); pairs come in order of `b`. */
function rising(pairs: { b: number; s: number }[]): { b: number; s: number }[] {
  const ends: number[] = [];
  const before: number[] = [];
  pairs.forEach((pair, i) => {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[ends[middle] ?? 0]?.s ?? 0) < pair.s) low = middle + 1;
      else high = middle;
    }
    before[i] = low > 0 ? (ends[low - 1] ?? -1) : -1;
    ends[low] = i;
  });
  const run: { b: number; s: number }[] = [];
  for (let i = ends.at(-1) ?? -1; i >= 0; i = before[i] ?? -1) {
    const pair = pairs[i];
    if (pair) run.push(pair);
  }
  return run.reverse();
}

function joinTouching(hunks: Hunk[]): Hunk[] {
  const joined: Hunk[] = [];
  for (const hunk of hunks) {
    const last = joined.at(-1);
    if (last && last.baseEnd === hunk.baseStart && last.sideEnd === hunk.sideStart) {
      last.baseEnd = hunk.baseEnd;
      last.sideEnd = hunk.sideEnd;
    } else joined.push({ ...hunk });
  }
  return joined;
}

/** Pushes pure insertions and deletions down over equal lines; one that reaches its neighbour joins it. */
function slideDown(base: readonly string[], side: readonly string[], hunks: Hunk[]): Hunk[] {
  const placed: Hunk[] = [];
  for (let i = hunks.length - 1; i >= 0; i--) {
    const hunk = { ...hunks[i] } as Hunk;
    const next = placed.at(-1);
    const room = (): number => (next ? next.baseStart : base.length) - hunk.baseEnd;
    const pure = hunk.baseStart === hunk.baseEnd || hunk.sideStart === hunk.sideEnd;
    const [lines, start, end]: [readonly string[], "baseStart" | "sideStart", "baseEnd" | "sideEnd"] =
      hunk.baseStart === hunk.baseEnd ? [side, "sideStart", "sideEnd"] : [base, "baseStart", "baseEnd"];
    while (pure && room() > 0 && lines[hunk[start]] === lines[hunk[end]]) {
      hunk.baseStart++;
      hunk.baseEnd++;
      hunk.sideStart++;
      hunk.sideEnd++;
    }
    if (next && room() === 0) {
      next.baseStart = hunk.baseStart;
      next.sideStart = hunk.sideStart;
    } else placed.push(hunk);
  }
  return placed.reverse();
}
