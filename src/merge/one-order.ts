import { alignUnits } from "./align.ts";
import { asOne, followMoves, reorderedByBoth } from "./moves.ts";
import { type Stretch, sweep } from "./sweep.ts";
import type { Unit } from "./unit.ts";

type Units = readonly Unit[];

/**
 * The stretches of a merge in which what either side moved stands in the place that it moved it to.
 * @param moved is told of each side whose moves were followed
 */
export function inOneOrder(base: Units, ours: Units, theirs: Units, moved: () => void): Stretch[] {
  const mine = alignUnits(base, ours);
  const others = alignUnits(base, theirs);
  const both = reorderedByBoth(base, { units: ours, edits: mine }, { units: theirs, edits: others });
  if (both !== null) {
    const [left, right] = asOne(mine, others, both);
    return sweep(base, ours, theirs, { ours: left, theirs: right });
  }
  // Where both moved something, whom to follow first is told by the texts, whichever side they are on.
  const isOursFirst = comesFirst(ours, theirs);
  const asSides = <T>(first: T, second: T): [T, T] => (isOursFirst ? [first, second] : [second, first]);
  const [first, second] = asSides({ units: ours, edits: mine }, { units: theirs, edits: others });
  const byFirst = followMoves(base, first, second);
  if (byFirst) moved();
  const [b, s] = byFirst ? [byFirst.base, byFirst.side] : [base, second.units];
  const [toFirst, toSecond] = byFirst
    ? [alignUnits(b, first.units), alignUnits(b, s)]
    : [first.edits, second.edits];
  const bySecond = followMoves(b, { units: s, edits: toSecond }, { units: first.units, edits: toFirst });
  if (bySecond) {
    moved();
    return sweep(bySecond.base, ...asSides(bySecond.side, s));
  }
  const [left, right] = asSides(toFirst, toSecond);
  return sweep(b, ...asSides(first.units, s), { ours: left, theirs: right });
}

/** An order of two texts that does not ask whose they are. */
function comesFirst(some: Units, others: Units): boolean {
  const at = some.findIndex((unit, i) => unit.text !== others[i]?.text);
  return at < 0 || (some[at]?.text ?? "") < (others[at]?.text ?? "");
}
