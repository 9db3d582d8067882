import type { Node } from "./nodes.ts";

/**
 * A stretch of a document's order: one node that both sides have, or several that a side reordered among
 * themselves. `order` is the order to take; `null` when both sides reordered them, each in its own way.
 */
export interface Stretch {
  readonly ids: readonly string[];
  readonly order: readonly string[] | null;
  /** Which side's order was taken, where they differ. */
  readonly mover: "ours" | "theirs" | null;
}

/** Three-way merge of the order of the nodes that both sides have, in the smallest independent stretches. */
export function mergeOrder(base: readonly Node[], ours: readonly Node[], theirs: readonly Node[]): Stretch[] {
  const inOurs = new Set(ours.map((node) => node.id));
  const inTheirs = new Set(theirs.map((node) => node.id));
  const left = ours.filter((node) => inTheirs.has(node.id)).map((node) => node.id);
  const right = theirs.filter((node) => inOurs.has(node.id)).map((node) => node.id);
  const place = new Map(base.map((node, i) => [node.id, i]));
  const stretches: Stretch[] = [];
  let start = 0;
  const open = new Map<string, number>();
  let unmatched = 0;
  left.forEach((id, i) => {
    for (const [side, step] of [
      [id, 1],
      [right[i] ?? id, -1],
    ] as const) {
      const before = open.get(side) ?? 0;
      open.set(side, before + step);
      unmatched += Math.abs(before + step) - Math.abs(before);
    }
    if (unmatched > 0) return;
    stretches.push(stretch(left.slice(start, i + 1), right.slice(start, i + 1), place));
    start = i + 1;
  });
  return stretches;
}

function stretch(left: string[], right: string[], place: ReadonlyMap<string, number>): Stretch {
  if (left.every((id, i) => id === right[i])) return { ids: left, order: left, mover: null };
  // What both sides added has no place in the base: where it stands is not told by who kept the order.
  if (left.some((id) => !place.has(id))) return { ids: left, order: null, mover: null };
  if (rises(left, place)) return { ids: left, order: right, mover: "theirs" };
  if (rises(right, place)) return { ids: left, order: left, mover: "ours" };
  return { ids: left, order: null, mover: null };
}

function rises(ids: readonly string[], place: ReadonlyMap<string, number>): boolean {
  return ids.every((id, i) => i === 0 || (place.get(ids[i - 1] ?? "") ?? 0) < (place.get(id) ?? 0));
}
