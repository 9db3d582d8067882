import { lineHunks } from "./hunks.ts";
import type { Beside } from "./list-markers.ts";
import type { Unit } from "./unit.ts";

/** A bar that parts two cells; one behind a backslash belongs to a cell. */
const BAR = /(?<!\\)\|/;

/** How many cells a row has, with what stands before its first bar and behind its last. */
function countCells({ text }: Unit): number {
  return text.split(BAR).length;
}

/** Whether what stands below a row may be of its table: no blank line parts them. */
export function isOneTable(row: Unit | undefined): boolean {
  return row !== undefined && row.tail.split("\n").length <= 2;
}

/** Whether a row was written for a table that has more or fewer columns by now, or has them in another order. */
export function lacksColumns(unit: Unit, besides: readonly Beside[]): boolean {
  if (unit.kind !== "row") return false;
  const cells = countCells(unit);
  return besides.some(({ before, own, other }) => {
    const [was, is, becomes] = [before, own, other].map((row) => (row?.kind === "row" ? countCells(row) : 0));
    if (was !== cells || is !== cells || becomes === 0) return false;
    return becomes !== cells || (!!before && !!other && isReordered(before, other));
  });
}

/** Whether a row has the same cells in another order. */
function isReordered(before: Unit, after: Unit): boolean {
  const [was, is] = [before, after].map(({ text }) => text.split(BAR).map((cell) => cell.trim())) as [
    string[],
    string[],
  ];
  if (was.every((cell, i) => cell === is[i])) return false;
  const sorted = is.toSorted();
  return was.toSorted().every((cell, i) => cell === sorted[i]);
}

/** A row with the cells that each side changed, or put in and took out; `null` where that is to be decided. */
export function mergeRows(base: Unit, ours: Unit, theirs: Unit): string | null {
  const [b, o, t] = [base, ours, theirs].map(({ text }) => text.split(BAR)) as [string[], string[], string[]];
  if (b.length === o.length && b.length === t.length) return mergeCells(b, o, t)?.join("|") ?? null;
  if (b.length === t.length) return withChanges(b, o, t)?.join("|") ?? null;
  return b.length === o.length ? (withChanges(b, t, o)?.join("|") ?? null) : null;
}

function mergeCells(
  base: readonly string[],
  ours: readonly string[],
  theirs: readonly string[],
): string[] | null {
  const cells: string[] = [];
  for (const [i, before] of base.entries()) {
    const [left, right] = [ours[i] ?? "", theirs[i] ?? ""];
    const same = left.trim() === right.trim() || right.trim() === before.trim();
    const cell = same ? left : left.trim() === before.trim() ? right : null;
    if (cell === null) return null;
    cells.push(cell);
  }
  return cells;
}

/**
 * The row of the side that put columns in or took some out, with the cells that the other side changed; `null` where
 * a changed cell was taken out, or stands where the columns could also have been put.
 */
function withChanges(
  base: readonly string[],
  wider: readonly string[],
  changed: readonly string[],
): string[] | null {
  const [before, after] = [base, wider].map((cells) => cells.map((cell) => cell.trim())) as [
    string[],
    string[],
  ];
  const places = (cells: readonly string[], others: readonly string[]): number[] => {
    let shift = 0;
    const hunks = lineHunks(cells, others);
    return cells.map((_, i) => {
      for (const { baseStart, baseEnd, sideEnd } of hunks) {
        if (i >= baseStart && i < baseEnd) return -1;
        if (baseEnd <= i) shift = sideEnd - baseEnd;
      }
      return i + shift;
    });
  };
  const found = places(before, after);
  // Read from its other end, a row of cells that are alike finds them in other places.
  const backwards = places(before.toReversed(), after.toReversed()).reverse();
  const row = [...wider];
  for (const [i, cell] of changed.entries()) {
    if (cell.trim() === before[i]) continue;
    const at = found[i] ?? -1;
    const mirrored = backwards[i] ?? -1;
    if (at < 0 || mirrored < 0 || wider.length - 1 - mirrored !== at) return null;
    row[at] = cell;
  }
  return row;
}
