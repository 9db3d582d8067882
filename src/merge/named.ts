import { depthOf, partFence, QUOTES, rankOf, type Unit } from "./unit.ts";

type Units = readonly Unit[];

/** A field or definition with the comments above it and what stands indented below. */
interface Group {
  readonly name: string;
  readonly units: Unit[];
}

/** A run in its groups, and the comments at its end, which belong to what follows it. */
interface Run {
  readonly groups: ReadonlyMap<string, Group>;
  readonly comments: Group;
}

/**
 * What two sides make of a stretch in which everything has a name of its own (fields, keyed items, link
 * definitions): what either added, without what either removed. `null` where both changed the same name, one removed
 * what the other changed, or each put the names in an order of its own. What both added stands in the order of its
 * names, so that swapped sides agree, and what one added in the order that it gave it.
 * Comments at the end stay there, if what both sides have below is an entry that they can belong to (`leads`).
 */
export function mergeNamed(base: Units, ours: Units, theirs: Units, leads: boolean): Unit[] | null {
  const runs = [base, ours, theirs].map(runOf);
  const [b, o, t] = runs.map((run) => run?.groups);
  if (!b || !o || !t || o.size + t.size === 0) return null;
  const comments = pick(...(runs.map((run) => run?.comments) as [Group, Group, Group]));
  if (!comments || (comments.units.length > 0 && !leads)) return null;
  const kept = new Map<string, Group>();
  const [mine, others]: [Group[], Group[]] = [[], []];
  for (const [name, own] of o) {
    const before = b.get(name);
    const merged = pick(before, own, t.get(name));
    if (merged === undefined) return null;
    if (merged !== null) {
      if (before) kept.set(name, merged);
      else mine.push(merged);
    }
  }
  for (const [name, other] of t) {
    if (o.has(name)) continue;
    const merged = pick(b.get(name), undefined, other);
    if (merged === undefined) return null;
    if (merged !== null) others.push(merged);
  }
  const keptIn = (groups: Run["groups"]): string[] => [...groups.keys()].filter((name) => kept.has(name));
  const order = orderOf(keptIn(b), keptIn(o), keptIn(t));
  const added = together(mine, others);
  if (order === null || added === null) return null;
  const groups = [...order.flatMap((name) => kept.get(name) ?? []), ...added];
  return [...groups.flatMap(({ units }) => units), ...comments.units];
}

/**
 * What both sides added in one place at different depths, of fields or of a list: the deeper first, since it would else
 * belong to the other. `null` where neither is.
 */
export function deeperFirst(ours: Units, theirs: Units): Unit[] | null {
  if (isWithinList(ours, theirs)) return [...ours, ...theirs];
  if (isWithinList(theirs, ours)) return [...theirs, ...ours];
  const [mine, other] = [ours, theirs].map((units) =>
    units.every((unit) => unit.kind === "entry" || isComment(unit))
      ? units.filter(({ kind }) => kind === "entry").map(rankOf)
      : [],
  );
  if (!mine?.length || !other?.length) return null;
  const [rank, least] = [Math.min(...mine), Math.min(...other)];
  const [deep, shallow] = rank > least ? [ours, theirs] : [theirs, ours];
  // A remark at the end is about what was below.
  return rank === least || isComment(deep.at(-1)) ? null : [...deep, ...shallow];
}

/** Whether a run goes on in the item above, where another begins with an item that stands less far in. */
function isWithinList(deep: Units, shallow: Units): boolean {
  const [first] = shallow;
  if (first?.kind !== "item") return false;
  const [column, depth] = [indentOf(inQuotes(first)), depthOf(first.text)];
  const isDeeper = (unit: Unit): boolean =>
    MAY_BE_NESTED.has(unit.kind) &&
    depthOf(unit.text) === depth &&
    indentOf(inQuotes(unit)) >= column + SHORTEST_MARKER &&
    (unit.kind !== "code" || partFence(unit.text) !== null);
  return deep.every(isDeeper) && shallow.every((unit) => indentOf(inQuotes(unit)) >= column);
}

const MAY_BE_NESTED: ReadonlySet<Unit["kind"]> = new Set(["item", "prose", "code"]);

/** A bullet and a space. */
const SHORTEST_MARKER = 2;

function inQuotes({ text }: Unit): string {
  const inner = text.replace(QUOTES, "");
  return inner.replace(/^[ \t]+/, (space) => space.replaceAll("\t", "    "));
}

function isComment(unit: Unit | undefined): boolean {
  return unit?.kind === "line" && unit.text.trimStart().startsWith("#");
}

/**
 * What each side added in one place, by name, and each side's in its own order. `null` at different depths, and for the
 * rows of a sequence, which stand in the order in which they are taught.
 */
function together(ours: readonly Group[], theirs: readonly Group[]): Group[] | null {
  if (ours.length === 0 || theirs.length === 0) return [...ours, ...theirs];
  const ranks = new Set([...ours, ...theirs].map(({ units }) => rankOf(fieldOf(units))));
  if (ranks.size > 1) return null;
  if ([...ours, ...theirs].some(({ name }) => ROW.test(name))) return null;
  const merged: Group[] = [];
  const [left, right] = [[...ours], [...theirs]];
  for (let next = left[0]; next !== undefined; next = left[0]) {
    const isFirst = right[0] === undefined || compareNames(next.name, right[0].name) < 0;
    merged.push(...(isFirst ? left : right).splice(0, 1));
  }
  return [...merged, ...right];
}

/** The name of a row of a programme's sequence (`cut-yaml.ts`). */
const ROW = /\[unit: [^\]]*\]$/;

/** The field of a group, below its comments. */
function fieldOf(units: Units): Unit {
  return (units.find(({ name }) => name !== "") ?? units[0]) as Unit;
}

/** The order that one side gave the same names, or both alike; `null` where each gave them another. */
function orderOf(
  base: readonly string[],
  ours: readonly string[],
  theirs: readonly string[],
): readonly string[] | null {
  const isSame = (a: readonly string[], b: readonly string[]): boolean => a.every((name, i) => name === b[i]);
  if (isSame(ours, base)) return theirs;
  return isSame(theirs, base) || isSame(theirs, ours) ? ours : null;
}

/** The version that holds; `null` where it is removed, `undefined` where that is to be decided. */
function pick(base?: Group, ours?: Group, theirs?: Group): Group | null | undefined {
  if (same(ours, theirs) || same(theirs, base)) return ours ?? null;
  return same(ours, base) ? (theirs ?? null) : undefined;
}

function same(a?: Group, b?: Group): boolean {
  if (!a || !b) return a === b;
  return a.units.length === b.units.length && a.units.every((unit, i) => unit.key === b.units[i]?.key);
}

/** A run by its names; `undefined` where something in it has none, or two have the same. */
function runOf(units: Units): Run | undefined {
  const outermost = Math.min(...units.filter(({ name }) => name !== "").map(placeOf));
  const groups = new Map<string, Group>();
  let above: Unit[] = [];
  let open: Group | undefined;
  for (const unit of units) {
    if (open && placeOf(unit) > outermost) open.units.push(...above, unit);
    else if (isComment(unit)) {
      above.push(unit);
      continue;
    } else if (unit.name === "" || groups.has(unit.name)) return undefined;
    else {
      open = { name: unit.name, units: [...above, unit] };
      groups.set(unit.name, open);
    }
    above = [];
  }
  return { groups, comments: { name: "", units: above } };
}

/** How far in a unit stands: an item stands below the field that holds its list, also where it begins at its column. */
function placeOf(unit: Unit): number {
  return unit.kind === "entry" ? rankOf(unit) : 2 * indentOf(unit.text);
}

function indentOf(text: string): number {
  return text.length - text.trimStart().length;
}

/** o9 before o10, the same in every locale. */
function compareNames(a: string, b: string): number {
  const [left, right] = [a, b].map((key) => key.split(/(\d+)/)) as [string[], string[]];
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const [x = "", y = ""] = [left[i], right[i]];
    if (x === y) continue;
    if (i % 2 === 1 && Number(x) !== Number(y)) return Number(x) - Number(y);
    return x < y ? -1 : 1;
  }
  return 0;
}
