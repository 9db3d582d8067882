import type { Beside } from "./list-markers.ts";
import { depthOf, leadOf, QUOTES, type Unit } from "./unit.ts";

/** The lead that one side gave what another has behind another lead. */
export interface Shift {
  readonly from: string;
  readonly to: string;
}

/** Into which quotes a side put what stands beside, or out of which it took it; nothing where it is quoted as before. */
export function quoteShift({ before, own, other }: Beside): Shift[] {
  if (!before || !own || !other || depthOf(own.text) !== depthOf(before.text)) return [];
  return depthOf(own.text) === depthOf(other.text) ? [] : [shiftOf(own, other)];
}

/** How far in a side put what stood at the margin; nothing for items, which are indented as lists are. */
export function indentShift({ before, own, other }: Beside): Shift[] {
  if (!before || !own || !other || own.kind === "item" || own.kind === "entry") return [];
  const [was, is, becomes] = [before, own, other].map(({ text }) => leadOf(text)) as [string, string, string];
  return was === "" && is === "" && /^[ \t]+$/.test(becomes) ? [{ from: "", to: becomes }] : [];
}

/** Whether two shifts are the same. */
export function isSameShift(a: Shift | undefined, b: Shift | undefined): a is Shift {
  return a !== undefined && a.from === b?.from && a.to === b.to;
}

/** The two leads without the indentation that both have behind their quotes. */
function shiftOf(own: Unit, other: Unit): Shift {
  const [from, to] = [own, other].map(({ text }) => leadOf(text)) as [string, string];
  const [space, others] = [from, to].map((lead) => lead.slice(QUOTES.exec(lead)?.[0].length)) as [
    string,
    string,
  ];
  let shared = 0;
  while (shared < Math.min(space.length, others.length) && space.at(-1 - shared) === others.at(-1 - shared))
    shared++;
  return { from: from.slice(0, from.length - shared), to: to.slice(0, to.length - shared) };
}
