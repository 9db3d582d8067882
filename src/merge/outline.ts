import { onceFor } from "../curriculum/lazily.ts";
import { alignUnits } from "./align.ts";
import { depthOf, levelOf, type Unit } from "./unit.ts";
import { numberOfWords } from "./words.ts";

type Units = readonly Unit[];

/** A heading, or something else, with the heading that it stands beneath; empty at the top. */
interface Heading {
  readonly key: string;
  readonly above: string;
}

/** The headings of a file outside quotes, in order. */
function headingsOf(units: readonly Unit[]): Heading[] {
  const open: { level: number; key: string }[] = [];
  const headings: Heading[] = [];
  for (const unit of units) {
    if (unit.kind !== "heading" || depthOf(unit.text) > 0) continue;
    const level = levelOf(unit);
    while ((open.at(-1)?.level ?? 0) >= level) open.pop();
    headings.push({ key: unit.key, above: open.at(-1)?.key ?? "" });
    open.push({ level, key: unit.key });
  }
  return headings;
}

/** Headings, callouts' too, that stand once on each side that has them, and twice in the result. */
export function doubledHeadings(sides: readonly (readonly Unit[])[], result: readonly Unit[]): string[] {
  const [counts, ...known] = [result, ...sides].map(countHeadings);
  return [...(counts ?? [])].flatMap(([key, count]) => {
    const most = Math.max(...known.map((side) => side.get(key) ?? 0));
    return count > 1 && most < 2 ? [wordsOf(key)] : [];
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
  return strayed(base, sides, result, headingsOf).map(({ key }) => wordsOf(key));
}

/**
 * Paragraphs, items and code of the base that stand in a result beneath a heading under which neither side has them.
 * What a side added goes where its neighbours went.
 */
export function strayedUnits(base: Units, sides: readonly Units[], result: Units): string[] {
  const known = new Set(base.map(({ key }) => key));
  return strayed(base, sides, result, contentsOf).flatMap(({ key }) => (known.has(key) ? [key] : []));
}

/** Everything but headings, with the heading that it stands beneath. */
function contentsOf(units: Units): Heading[] {
  let above = "";
  return units.flatMap((unit) => {
    if (unit.kind !== "heading" || depthOf(unit.text) > 0) return [{ key: unit.key, above }];
    above = unit.key;
    return [];
  });
}

function strayed(
  base: Units,
  sides: readonly Units[],
  result: Units,
  placesIn: (units: Units) => Heading[],
): Heading[] {
  const known = new Map<string, Set<string>>();
  for (const { above, key } of sides.flatMap(placesIn)) {
    const below = known.get(above);
    if (below) below.add(key);
    else known.set(above, new Set([key]));
  }
  const unknown = placesIn(result).filter(({ above, key }) => !known.get(above)?.has(key));
  if (unknown.length === 0) return [];
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
  const place = ({ above, key }: Heading): string =>
    `${before.get(above) ?? above}\n${before.get(key) ?? key}`;
  const places = new Set(sides.flatMap((side) => placesIn(side).map(place)));
  return unknown.filter((heading) => !places.has(place(heading)));
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
