import type { Edit } from "./align.ts";
import { isLabel, leadOf, levelOf, type Unit } from "./unit.ts";
import { numberOfWords } from "./words.ts";

type Units = readonly Unit[];

/** A side with its changes to the base. */
interface Changed {
  readonly units: Units;
  readonly edits: readonly Edit[];
}

/** A run of base units that stands elsewhere on a side, as it was: from `start`, behind the base unit `after`. */
interface Move {
  readonly start: number;
  readonly length: number;
  readonly after: number;
}

/** Words from which a run is so much its own that standing elsewhere means it was moved. */
const ENOUGH_WORDS = 6;

/**
 * Base and one side in the order that the other side gave them: what it moved stands where it moved it to, with
 * what this side changed in it. `null` where it moved nothing that this side has and can follow.
 */
export function followMoves(base: Units, mover: Changed, side: Changed): { base: Units; side: Units } | null {
  const moves = movesOf(base, mover).filter((move) => canFollow(base, side, move));
  if (moves.length === 0) return null;
  const place = placesIn(side);
  // What a side put at the end of a section, or of a list, is a part of that one.
  const edge = (at: number): number =>
    place(at, endsSection(base, at) || endsList(base, at) ? "end" : "start");
  const blocks = moves.map(({ start, length, after }) => ({
    base: [start, start + length] as const,
    side: [edge(start), edge(start + length)] as const,
    baseAt: after + 1,
    sideAt: isSectionStart(base, start) ? place(after + 1, "end") : edge(after + 1),
  }));
  return {
    base: reorder(
      base,
      blocks.map(({ base: [from, to], baseAt }) => ({ from, to, at: baseAt })),
    ),
    side: reorder(
      side.units,
      blocks.map(({ side: [from, to], sideAt }) => ({ from, to, at: sideAt })),
    ),
  };
}

/**
 * The stretch of the base in which both sides moved something, each in its own way: that is for a person to put in
 * order. `null` where their moves have nothing to do with each other.
 */
export function reorderedByBoth(base: Units, ours: Changed, theirs: Changed): [number, number] | null {
  const [left, right] = [movesOf(base, ours), movesOf(base, theirs)];
  const span = ({ start, length, after }: Move): [number, number] => [
    Math.min(start, after + 1),
    Math.max(start + length, after + 1),
  ];
  let found: [number, number] | null = null;
  for (const mine of left) {
    const [from, to] = span(mine);
    for (const other of right) {
      const [start, end] = span(other);
      const isSame = mine.start === other.start && mine.after === other.after;
      if (isSame || from >= end || start >= to) continue;
      found = [Math.min(found?.[0] ?? from, from, start), Math.max(found?.[1] ?? to, to, end)];
    }
  }
  return found;
}

/** The edits of both sides with one that covers a stretch, and whatever reaches over its edges, as a whole. */
export function asOne(
  ours: readonly Edit[],
  theirs: readonly Edit[],
  stretch: [number, number],
): [Edit[], Edit[]] {
  let [from, to] = stretch;
  for (let before = -1; before !== to - from; ) {
    before = to - from;
    for (const { baseStart, baseEnd } of [...ours, ...theirs]) {
      if (baseEnd < from || baseStart > to) continue;
      [from, to] = [Math.min(from, baseStart), Math.max(to, baseEnd)];
    }
  }
  const cover = (edits: readonly Edit[]): Edit[] => {
    const before = edits.filter(({ baseEnd }) => baseEnd < from);
    const after = edits.filter(({ baseStart }) => baseStart > to);
    const inside = edits.slice(before.length, edits.length - after.length);
    const shift = (edit: Edit | undefined): number => (edit ? edit.sideEnd - edit.baseEnd : 0);
    const start = from + shift(before.at(-1));
    const end = to + shift(inside.at(-1) ?? before.at(-1));
    const whole: Edit = {
      baseStart: from,
      baseEnd: to,
      sideStart: start,
      sideEnd: end,
      kind: "rewritten",
      alike: false,
    };
    return [...before, whole, ...after];
  };
  return [cover(ours), cover(theirs)];
}

/** Runs that a side took away in one place and put in another, each of them once in both. */
function movesOf(base: Units, { units, edits }: Changed): Move[] {
  const gone = new Map<string, number>();
  const come = new Map<string, number>();
  const note = (map: Map<string, number>, unit: Unit | undefined, i: number): void => {
    if (unit) map.set(unit.key, map.has(unit.key) ? -1 : i);
  };
  for (const { kind, baseStart, baseEnd, sideStart, sideEnd } of edits) {
    if (kind === "edited") continue;
    for (let i = baseStart; i < baseEnd; i++) note(gone, base[i], i);
    for (let i = sideStart; i < sideEnd; i++) note(come, units[i], i);
  }
  const behind = baseBefore(edits, units.length);
  const moves: Move[] = [];
  const pairs = [...gone].flatMap(([key, from]): [number, number][] => {
    const to = come.get(key) ?? -1;
    return from < 0 || to < 0 ? [] : [[from, to]];
  });
  const target = new Map(pairs);
  for (const [from, to] of pairs.sort(([a], [b]) => a - b)) {
    if (target.get(from - 1) === to - 1) continue;
    let length = 1;
    while (target.get(from + length) === to + length) length++;
    const text = base
      .slice(from, from + length)
      .map((unit) => unit.key)
      .join(" ");
    const isNamed = isSectionStart(base, from) || base[from]?.name !== "";
    if (!isNamed && numberOfWords(text) < ENOUGH_WORDS + length) continue;
    moves.push({ start: from, length, after: behind(to) });
  }
  return moves;
}

/** For a unit of a side the base unit that the nearest unit above it is a version of, or -1. */
function baseBefore(edits: readonly Edit[], length: number): (index: number) => number {
  const known = new Int32Array(length + 1).fill(-1);
  let base = 0;
  let side = 0;
  const stable = (end: number): void => {
    for (; side < end; side++, base++) known[side + 1] = base;
  };
  for (const { kind, baseEnd, sideStart, sideEnd } of edits) {
    stable(sideStart);
    for (let i = sideStart; i < sideEnd; i++)
      known[i + 1] = kind === "edited" ? baseEnd - 1 : (known[i] ?? -1);
    [base, side] = [baseEnd, sideEnd];
  }
  stable(length);
  return (index) => known[index] ?? -1;
}

/** Whether a side has a run as one run, with no change over its edges, and did not take its beginning away. */
function canFollow(base: Units, { edits, units }: Changed, { start, length, after }: Move): boolean {
  const end = start + length;
  if (after >= start && after < end) return false;
  return edits.every(({ kind, baseStart, baseEnd, sideStart, sideEnd }) => {
    if (kind === "put" && baseStart === after + 1 && isSplitOff(base[after], units[sideStart])) return false;
    if (kind === "put")
      return isPutAside(base, { start, length, after }, baseStart, units.slice(sideStart, sideEnd));
    const crosses = (edge: number): boolean => baseStart < edge && edge < baseEnd;
    if (crosses(start) || crosses(end) || crosses(after + 1)) return false;
    // A run that lost its first unit may have lost its heading.
    const isWithin = kind === "edited" || (kind === "removed" && baseStart > start);
    return baseEnd <= start || baseStart >= end || isWithin;
  });
}

/** Whether what was put below a paragraph was the end of it. */
function isSplitOff(above: Unit | undefined, put: Unit | undefined): boolean {
  return (
    above?.kind === "prose" && put?.kind === "prose" && above.key.endsWith(put.key.slice("prose".length))
  );
}

/** Whether it is plain what belongs to a run, and what does not, when a side put something at an edge of it or of its new place. */
function isPutAside(base: Units, { start, length, after }: Move, at: number, put: Units): boolean {
  const end = start + length;
  if (at !== start && at !== end && at !== after + 1) return true;
  if (endsList(base, at) && put.every((unit) => isSibling(unit, base[at - 1]))) return true;
  if (!isSectionStart(base, start)) return at === end && endsSection(base, end);
  // A new section may belong to the one above it or to the one below; what stood elsewhere was moved as well.
  const level = levelOf(base[start + (isLabel(base[start]) ? 1 : 0)] as Unit);
  const isOfSection = (unit: Unit): boolean =>
    unit.kind === "heading"
      ? levelOf(unit) > level
      : unit.kind === "line" || !base.some(({ key }) => key === unit.key);
  return endsSection(base, at) && put.every(isOfSection);
}

/** Whether a section ends before this unit, so that what stands at its end belongs to it. */
function endsSection(base: Units, at: number): boolean {
  return at >= base.length || isSectionStart(base, at);
}

/** Whether a list or table ends before this unit; what else might be put there belongs to neither. */
function endsList(base: Units, at: number): boolean {
  const above = base[at - 1];
  return (above?.kind === "item" || above?.kind === "row") && base[at]?.kind !== above.kind;
}

function isSibling(unit: Unit, above: Unit | undefined): boolean {
  return unit.kind === above?.kind && leadOf(unit.text) === leadOf(above.text);
}

/** Whether a section starts here, with its heading or with a label of it. */
function isSectionStart(base: Units, at: number): boolean {
  return base[at]?.kind === "heading" || (isLabel(base[at]) && base[at + 1]?.kind === "heading");
}

/** Where an edge between base units lies on a side: before or behind what the side put there. */
function placesIn({ edits }: Changed): (edge: number, at: "start" | "end") => number {
  return (edge, at) => {
    let shift = 0;
    for (const { kind, baseStart, baseEnd, sideEnd } of edits) {
      const isBefore = baseEnd < edge || (baseEnd === edge && (kind !== "put" || at === "end"));
      if (!isBefore || baseStart > edge) break;
      shift = sideEnd - baseEnd;
    }
    return edge + shift;
  };
}

function reorder(units: Units, blocks: readonly { from: number; to: number; at: number }[]): Units {
  const taken = new Set<number>();
  for (const { from, to } of blocks) for (let i = from; i < to; i++) taken.add(i);
  const result: Unit[] = [];
  for (let i = 0; i <= units.length; i++) {
    for (const { from, to, at } of blocks) if (at === i) result.push(...units.slice(from, to));
    const unit = units[i];
    if (unit && !taken.has(i)) result.push(unit);
  }
  return result;
}
