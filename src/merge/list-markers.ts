import { leadOf, type Unit } from "./unit.ts";

const MARKER = /^(?:[-*+]|\d{1,9}[.)])/;

/** An item of a list in the base and on both sides, from the side that put something beside it. */
export interface Beside {
  readonly before: Unit | undefined;
  readonly own: Unit | undefined;
  readonly other: Unit | undefined;
}

/**
 * What one side put into a list, with the marker that the other side gave the items of the list: one item of another
 * kind would part the list in two. Numbers stay as they are.
 */
export function withMarkerOf(unit: Unit, besides: readonly Beside[]): Unit {
  const marker = markerOf(unit);
  if (marker === null) return unit;
  for (const { before, own, other } of besides) {
    const [was, is, becomes] = [before, own, other].map((item) => (item ? markerOf(item) : null));
    if (!was || !is || !becomes || !own || leadOf(own.text) !== leadOf(unit.text)) continue;
    if (kindOf(is) !== kindOf(marker) || kindOf(was) !== kindOf(is) || kindOf(becomes) === kindOf(is))
      continue;
    const isNumber = /\d/.test(marker) && /\d/.test(becomes);
    const given = isNumber ? marker.slice(0, -1) + becomes.slice(-1) : becomes;
    // Lines that go on below stand where the marker lets the text begin.
    if (given.length !== marker.length && unit.text.includes("\n")) continue;
    const at = leadOf(unit.text).length;
    return { ...unit, text: unit.text.slice(0, at) + given + unit.text.slice(at + marker.length) };
  }
  return unit;
}

function markerOf({ kind, text }: Unit): string | null {
  return kind === "item" ? (MARKER.exec(text.slice(leadOf(text).length))?.[0] ?? null) : null;
}

/** What makes items one list: their bullet, or what follows their numbers. */
function kindOf(marker: string): string {
  return marker.slice(-1);
}
