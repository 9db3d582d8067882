import type { Edit } from "./align.ts";
import { layoutOf } from "./containers.ts";
import type { Stretch } from "./sweep.ts";
import { depthOf, isLabel, rankOf, type Unit } from "./unit.ts";

type Units = readonly Unit[];

/** Whether the other side wrote a stretch so much anew that only its place tells what it was. */
export function isLoose(beside: Stretch | undefined, side: "ours" | "theirs"): boolean {
  const edits = beside?.edits[side === "ours" ? "theirs" : "ours"] ?? [];
  return edits.some(({ kind, alike }) => kind === "edited" && !alike);
}

/** Whether one side took a whole stretch away. */
export function isSweeping(edits: readonly Edit[], length: number): boolean {
  const [edit] = edits;
  return edits.length === 1 && edit?.kind === "removed" && edit.baseEnd - edit.baseStart === length;
}

/**
 * What a side changed in a stretch, from its first change to its last, with what it belongs to: a paragraph whose
 * heading the other side took away as well cannot be judged, nor put back, without it.
 */
export function coreOf(
  { base, edits, ...units }: Stretch,
  side: "ours" | "theirs",
): { base: Units; side: Units } {
  const changes = edits[side];
  const [first, last] = [changes[0] as Edit, changes.at(-1) as Edit];
  const start = Math.min(...[...edits.ours, ...edits.theirs].map((edit) => edit.baseStart));
  let from = first.baseStart - start;
  let to = last.baseEnd - start;
  const added = first.kind === "put" ? units[side][from] : base[from];
  let rank = added ? rankOf(added) : 0;
  let top = -1;
  for (let i = from - 1; i >= 0; i--) {
    const above = rankOf(base[i] as Unit);
    if (above >= rank) continue;
    [rank, top] = [above, i];
  }
  if (top >= 0) {
    from = top;
    while (to < base.length && rankOf(base[to] as Unit) > rank) to++;
  }
  [from, to] = withContainers(base, from, to);
  if (base[to]?.text.trimStart().startsWith("{:")) to++;
  if (isComment(base[to - 1])) to = fieldEnd(base, to);
  while (isComment(base[from - 1])) from--;
  const shift = last.sideEnd - last.baseEnd - (first.sideStart - first.baseStart);
  return { base: base.slice(from, to), side: units[side].slice(from, to + shift) };
}

/** A run with all of the containers that it stands in or has an end of, and the label of a heading with which it begins. */
function withContainers(units: Units, start: number, end: number): [number, number] {
  let [from, to] = [start, end];
  // Inner ones come last.
  for (const { open, close } of layoutOf(units).containers.toReversed()) {
    if (close < from || open >= to || (open >= from && close < to)) continue;
    [from, to] = [Math.min(from, open), Math.max(to, close + 1)];
  }
  if (units[from]?.kind === "heading" && isLabel(units[from - 1])) from--;
  return [from, to];
}

/** Whether an edit only takes away. */
export function isRemoval({ kind }: { kind: string }): boolean {
  return kind === "removed";
}

/** Where both sides only took away: what neither did, as ours has it. */
export function leftByBoth({ base, ours, edits }: Stretch): Units {
  const start = Math.min(...[...edits.ours, ...edits.theirs].map(({ baseStart }) => baseStart));
  const isGone = (at: number, removed: readonly Edit[]): boolean =>
    removed.some(({ baseStart, baseEnd }) => at >= baseStart && at < baseEnd);
  const left = base.flatMap((_, i) => (isGone(start + i, edits.ours) ? [] : [start + i]));
  return ours.filter((_, i) => !isGone(left[i] ?? -1, edits.theirs));
}

/** Whether two runs say the same, unit for unit, as deep in quotes. */
export function sameKeys(a: Units, b: Units): boolean {
  return a.length === b.length && a.every((unit, i) => isSame(unit, b[i]));
}

function isSame(a: Unit, b: Unit | undefined): boolean {
  return a.key === b?.key && depthOf(a.text) === depthOf(b.text);
}

/** Whether a run stands whole within another. */
export function holds(outer: Units, inner: Units): boolean {
  for (let from = 0; from + inner.length <= outer.length; from++) {
    if (sameKeys(outer.slice(from, from + inner.length), inner)) return true;
  }
  return false;
}

/** Whether a unit is a comment among fields; what it says belongs to the field below. */
function isComment(unit: Unit | undefined): boolean {
  return unit?.kind === "line" && unit.text.trimStart().startsWith("#");
}

/** Where the field ends that stands below the comments before `at`, with all that is indented below it. */
function fieldEnd(units: Units, at: number): number {
  let end = at;
  while (isComment(units[end])) end++;
  const field = units[end];
  if (field?.kind !== "entry") return at;
  for (end++; end < units.length && rankOf(units[end] as Unit) > rankOf(field); ) end++;
  return end;
}

/** Whether a stretch begins with a field or item that both sides have. */
export function beginsWithOne(stretch: Stretch | undefined): boolean {
  const [own, other] = [stretch?.ours[0], stretch?.theirs[0]];
  return own?.kind === "entry" && other?.kind === "entry" && own.name === other.name;
}
