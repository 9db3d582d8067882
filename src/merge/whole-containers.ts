import { layoutOf } from "./containers.ts";
import type { Hunk } from "./hunks.ts";
import type { Unit } from "./unit.ts";

type Units = readonly Unit[];

/**
 * The same changes, those that put in or take away only moved up over equal units to where they hold whole containers:
 * of boxes that open and close with the same lines, it tells which one came or went.
 */
export function wholeContainers(hunks: readonly Hunk[], base: Units, side: Units): Hunk[] {
  if (layoutOf(base).containers.length + layoutOf(side).containers.length === 0) return [...hunks];
  return hunks.map((hunk, i) => {
    const { baseStart, baseEnd, sideStart, sideEnd } = hunk;
    const isPut = baseStart === baseEnd;
    if (!isPut && sideStart !== sideEnd) return hunk;
    const [units, start, end] = isPut ? [side, sideStart, sideEnd] : [base, baseStart, baseEnd];
    const room = baseStart - (hunks[i - 1]?.baseEnd ?? 0);
    let up = 0;
    while (cutsContainers(units, start - up, end - up)) {
      if (up >= room || units[start - up - 1]?.key !== units[end - up - 1]?.key) return hunk;
      up++;
    }
    return up === 0 ? hunk : movedUp(hunk, up);
  });
}

function movedUp({ baseStart, baseEnd, sideStart, sideEnd }: Hunk, by: number): Hunk {
  return {
    baseStart: baseStart - by,
    baseEnd: baseEnd - by,
    sideStart: sideStart - by,
    sideEnd: sideEnd - by,
  };
}

/** Whether a run has one end of a container and not the other. */
function cutsContainers(units: Units, start: number, end: number): boolean {
  const isWithin = (at: number): boolean => at >= start && at < end;
  return layoutOf(units).containers.some(({ open, close }) => isWithin(open) !== isWithin(close));
}
