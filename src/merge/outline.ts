import { onceFor } from "../curriculum/lazily.ts";
import { alignUnits } from "./align.ts";
import { type Container, containerOf, layoutOf } from "./containers.ts";
import { depthOf, levelOf, type Unit } from "./unit.ts";
import { numberOfWords } from "./words.ts";

type Units = readonly Unit[];

/** A heading with the heading that it stands beneath; empty at the top. */
interface Heading {
  readonly key: string;
  readonly above: string;
}

/** The headings of a file outside quotes, in order; what stands behind a container is beneath none within it. */
function headingsOf(units: Units): Heading[] {
  return sectionsOf(units).flatMap((above, i) => {
    const unit = units[i];
    return unit && isSectionHeading(unit) ? [{ key: unit.key, above: above?.key ?? "" }] : [];
  });
}

/** A section of a file; two of the same heading are two. */
export interface Section {
  readonly key: string;
  readonly level: number;
}

/** For each unit the section that it stands in, for a heading the one that it is a part of. */
export const sectionsOf = onceFor((units: Units): readonly (Section | undefined)[] => {
  const closing = new Map<number, Section[]>();
  const containers = layoutOf(units).containers;
  let next = 0;
  let open: Section[] = [];
  return units.map((unit, i) => {
    for (; containers[next]?.open === i; next++) {
      const { close } = containers[next] as Container;
      if (!closing.has(close)) closing.set(close, [...open]);
    }
    open = closing.get(i) ?? open;
    if (!isSectionHeading(unit)) return open.at(-1);
    const level = levelOf(unit);
    while ((open.at(-1)?.level ?? 0) >= level) open.pop();
    const above = open.at(-1);
    open.push({ key: unit.key, level });
    return above;
  });
});

export function isSectionHeading(unit: Unit): boolean {
  return unit.kind === "heading" && depthOf(unit.text) === 0;
}

/**
 * Headings, callouts' too, that stand once on each side that has them, and twice in the result. A div's heading is a
 * title of tabs or boxes, of which there may be many: it stands there twice if what it heads does.
 */
export function doubledHeadings(sides: readonly Units[], result: Units): string[] {
  return doubled(result, sides, titlesOf);
}

/** The same of a text with gaps, where what a title heads may be missing: equal titles count as they stand. */
export function doubledHeadingsAmid(sides: readonly Units[], settled: Units): string[] {
  return doubled(settled, sides, countHeadings);
}

function doubled(
  result: Units,
  sides: readonly Units[],
  count: (units: Units) => ReadonlyMap<string, number>,
): string[] {
  const known = sides.map(count);
  return [...count(result)].flatMap(([key, often]) => {
    const most = Math.max(...known.map((side) => side.get(key) ?? 0));
    return often > 1 && most < 2 ? [wordsOf(key).split("\n", 1)[0] ?? ""] : [];
  });
}

/** Words from which a unit that stands twice is no coincidence. */
export const ENOUGH_WORDS = 6;

/** Paragraphs, items and code that stand in the result more often than on either side. */
export function doubledUnits(sides: readonly (readonly Unit[])[], result: readonly Unit[]): string[] {
  const known = sides.map(countKeys);
  return [...countKeys(result)].flatMap(([key, often]) => {
    if (often < 2 || known.some((side) => (side.get(key) ?? 0) >= often)) return [];
    return numberOfWords(key) > ENOUGH_WORDS ? [key] : [];
  });
}

const titlesOf = onceFor((units: Units): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  const within = containerOf(units);
  units.forEach(({ kind, key }, i) => {
    if (kind !== "heading") return;
    const title = within[i]?.label.startsWith(":::") ? key + headedBy(units, i, within[i]?.close ?? i) : key;
    counts.set(title, (counts.get(title) ?? 0) + 1);
  });
  return counts;
});

/** What stands below a heading up to the next one, or up to the end of what it stands in. */
function headedBy(units: Units, heading: number, end: number): string {
  const next = units.findIndex(({ kind }, i) => i > heading && (i >= end || kind === "heading"));
  const below = units.slice(heading + 1, next < 0 ? units.length : next);
  return below.map(({ key }) => `\n${key}`).join("");
}

function countHeadings(units: Units): ReadonlyMap<string, number> {
  return countKeys(units.filter(({ kind }) => kind === "heading"));
}

/** How often each content stands in a file; worked out once for a file that is looked at from several sides. */
export const countKeys = onceFor((units: Units): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const { key } of units) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
});

/** What all three texts have and some file lacks: whoever takes one side of a merge must not lose it. */
export function lacksCommon(base: Units, sides: readonly Units[], files: readonly Units[]): boolean {
  const known = sides.map(countKeys);
  const common = [...countKeys(base)].filter(([key, often]) =>
    known.every((side) => (side.get(key) ?? 0) >= often),
  );
  return files.map(countKeys).some((file) => common.some(([key, often]) => (file.get(key) ?? 0) < often));
}

/** Headings of a result that stand beneath one under which neither side has them; a renamed heading is the same. */
export function strayedHeadings(base: Units, sides: readonly Units[], result: Units): string[] {
  const known = new Map<string, Set<string>>();
  for (const { above, key } of sides.flatMap(headingsOf)) {
    const below = known.get(above);
    if (below) below.add(key);
    else known.set(above, new Set([key]));
  }
  const unknown = headingsOf(result).filter(({ above, key }) => !known.get(above)?.has(key));
  if (unknown.length === 0) return [];
  const before = renamedOnEither(base, sides);
  const place = ({ above, key }: Heading): string =>
    `${before.get(above) ?? above}\n${before.get(key) ?? key}`;
  const places = new Set(sides.flatMap((side) => headingsOf(side).map(place)));
  const followed = ({ above, key }: Heading): boolean =>
    sides.some((side, i) => movesWithOthers(key, headingsOf(side), above, headingsOf(sides[1 - i] ?? [])));
  return unknown
    .filter((heading) => !places.has(place(heading)) && !followed(heading))
    .map(({ key }) => wordsOf(key));
}

/** Whether the headings beside one that a side added stand elsewhere on the other, which took away the heading above. */
function movesWithOthers(
  key: string,
  added: readonly Heading[],
  above: string,
  others: readonly Heading[],
): boolean {
  const [own, ...more] = added.filter((heading) => heading.key === key);
  if (!own || more.length > 0 || others.some((other) => other.key === key || other.key === own.above))
    return false;
  const beside = new Set(added.flatMap((heading) => (heading.above === own.above ? [heading.key] : [])));
  return others.some((other) => other.above === above && beside.has(other.key));
}

/** What the headings that a side renamed, or both put together, were in the base. */
export function renamedOnEither(base: Units, sides: readonly Units[]): ReadonlyMap<string, string> {
  const before = new Map<string, string>();
  const [first, ...others] = sides.map((side) => renamedHeadings(base, side));
  for (const [old, now] of [first, ...others].flatMap((renamed) => [...(renamed ?? [])]))
    before.set(now, old);
  for (const [old, now] of first ?? []) {
    const other = others[0]?.get(old);
    if (other === undefined) continue;
    // One side may have changed its level, and the other its words.
    for (const [level, words] of [[now, other] as const, [other, now] as const])
      before.set(levelIn(level) + wordsOf(words), old);
  }
  return before;
}

/** The headings of the base that a side changed, and what it made of them. */
function renamedHeadings(base: Units, side: Units): ReadonlyMap<string, string> {
  const renamed = new Map<string, string>();
  for (const { kind, baseStart, sideStart } of alignUnits(base, side)) {
    const [old, now] = [base[baseStart], side[sideStart]];
    if (kind === "edited" && now?.kind === "heading" && old) renamed.set(old.key, now.key);
  }
  return renamed;
}

function levelIn(key: string): string {
  return key.slice(0, "heading 2 ".length);
}

function wordsOf(key: string): string {
  return key.slice("heading 2 ".length);
}
