import { alignUnits, type Edit } from "./align.ts";
import { leadOf, levelOf, type Unit } from "./unit.ts";

/**
 * A stretch of a three-way merge by units.
 * - `same`: all three say the same, unit for unit
 * - `ours`, `theirs`: one side changed it
 * - `both`: both sides changed it at once, in ways that `edits` tells
 */
export interface Stretch {
  readonly kind: "same" | "ours" | "theirs" | "both";
  readonly base: readonly Unit[];
  readonly ours: readonly Unit[];
  readonly theirs: readonly Unit[];
  readonly edits: { readonly ours: readonly Edit[]; readonly theirs: readonly Edit[] };
}

type Units = readonly Unit[];

/** Three-way merge by units into stretches, each as short as changes that have to do with each other allow. */
export function sweep(
  base: Units,
  ours: Units,
  theirs: Units,
  edits = { ours: alignUnits(base, ours), theirs: alignUnits(base, theirs) },
): Stretch[] {
  const left = new Side(ours, edits.ours);
  const right = new Side(theirs, edits.theirs);
  const stretches: Stretch[] = [];
  let at = 0;
  const upTo = (end: number): void => {
    if (end > at) {
      const edits = { ours: [], theirs: [] };
      stretches.push({
        kind: "same",
        base: base.slice(at, end),
        ours: left.cut(at, end),
        theirs: right.cut(at, end),
        edits,
      });
    }
    at = end;
  };
  while (left.next || right.next) {
    const group = gather(left, right, base);
    upTo(group.start);
    const { ours: mine, theirs: others } = group;
    stretches.push({
      kind: others.length === 0 ? "ours" : mine.length === 0 ? "theirs" : "both",
      base: base.slice(group.start, group.end),
      ours: left.cut(group.start, group.end, mine),
      theirs: right.cut(group.start, group.end, others),
      edits: group,
    });
    at = group.end;
  }
  upTo(base.length);
  return stretches;
}

interface Group {
  start: number;
  end: number;
  readonly ours: Edit[];
  readonly theirs: Edit[];
}

/** The next change with all that it has to do with. */
function gather(left: Side, right: Side, base: Units): Group {
  const group: Group = { start: Number.POSITIVE_INFINITY, end: 0, ours: [], theirs: [] };
  const meets = (side: Side, edit: Edit): boolean =>
    side === left
      ? group.theirs.some((other) => meet(edit, other, base, left.units, right.units))
      : group.ours.some((mine) => meet(mine, edit, base, left.units, right.units));
  for (;;) {
    const isNew = group.ours.length + group.theirs.length === 0;
    const side = nextOf(left, right).find((each) => each.next && (isNew || meets(each, each.next)));
    if (!side?.next) return group;
    (side === left ? group.ours : group.theirs).push(side.next);
    group.start = Math.min(group.start, side.next.baseStart);
    group.end = Math.max(group.end, side.next.baseEnd);
    side.take();
  }
}

/** The side whose change comes next; both where they changed the same. */
function nextOf(left: Side, right: Side): Side[] {
  const [a, b] = [left.next, right.next];
  if (!a || !b) return a ? [left] : [right];
  const isSame = a.baseStart === b.baseStart && a.baseEnd === b.baseEnd;
  if (isSame) return [left, right];
  const isLeft = a.baseStart !== b.baseStart ? a.baseStart < b.baseStart : a.baseEnd < b.baseEnd;
  return isLeft ? [left] : [right];
}

/**
 * Whether changes of the two sides have to do with each other: they overlap, stand in one place, or one put
 * something beside what the other took away.
 */
function meet(a: Edit, b: Edit, base: Units, ours: Units, theirs: Units): boolean {
  if (a.baseStart < b.baseEnd && b.baseStart < a.baseEnd) return true;
  const touch = a.baseEnd === b.baseStart || b.baseEnd === a.baseStart;
  if (!touch) return false;
  const put = a.kind === "put" ? b : b.kind === "put" ? a : null;
  if (put !== null) {
    // A section of its own stands or falls by itself.
    const added = a.kind === "put" ? ours[a.sideStart] : theirs[b.sideStart];
    const gone = put.kind === "removed" ? base[put.baseStart] : undefined;
    const areSections =
      added?.kind === "heading" && gone?.kind === "heading" && levelOf(added) <= levelOf(gone);
    return (
      put.kind !== "edited" &&
      !areSections &&
      !(added && gone && isListedApart(added, put, base, a.baseStart === b.baseStart))
    );
  }
  // Text that loses its heading on one side and is changed on the other.
  const [first, second] = a.baseEnd === b.baseStart ? [a, b] : [b, a];
  return first.kind === "removed" && second.kind !== "removed" && base[first.baseEnd - 1]?.kind === "heading";
}

/**
 * Whether what is added is in one list or table with what is gone, or belongs to the item above it, and more of the list
 * is left around. A step may build on the one before.
 */
function isListedApart(added: Unit, { baseStart, baseEnd }: Edit, base: Units, isAbove: boolean): boolean {
  const [above, gone, below] = [base[baseStart - 1], base[baseStart], base[baseEnd]];
  if (!gone || added.kind !== gone.kind) return false;
  const isLeft = below?.kind === gone.kind || (isAbove && above?.kind === gone.kind);
  if (!isLeft) return false;
  if (added.kind === "row") return above?.kind === "row";
  const [lead, other] = [leadOf(added.text), leadOf(gone.text)];
  if (added.kind !== "item" || !lead.startsWith(other)) return false;
  if (lead !== other) return isAbove;
  return ![added, gone].some(({ text }) => /^[ \t>]*\d/.test(text));
}

/** One side's units and edits, read along the base. */
class Side {
  readonly units: Units;
  readonly #edits: readonly Edit[];
  #next = 0;
  /** How far this side runs ahead of the base behind the last cut. */
  #shift = 0;

  constructor(units: Units, edits: readonly Edit[]) {
    this.units = units;
    this.#edits = edits;
  }

  get next(): Edit | undefined {
    return this.#edits[this.#next];
  }

  take(): void {
    this.#next++;
  }

  /** This side's units for base units [start, end), in which these edits lie. */
  cut(start: number, end: number, edits: readonly Edit[] = []): Units {
    const from = start + this.#shift;
    for (const edit of edits) this.#shift = edit.sideEnd - edit.baseEnd;
    return this.units.slice(from, end + this.#shift);
  }
}
