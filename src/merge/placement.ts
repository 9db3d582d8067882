import { onceFor } from "../curriculum/lazily.ts";
import { alignUnits } from "./align.ts";
import { containerOf } from "./containers.ts";
import { isSectionHeading, renamedOnEither, sectionsOf } from "./outline.ts";
import type { Unit } from "./unit.ts";
import { numberOfWords } from "./words.ts";

type Units = readonly Unit[];

/** What a unit stands in: `of` is what it is called, `whole` this one and no other of the name. */
interface Place {
  readonly of: string;
  readonly whole: object | undefined;
}

type PlacesIn = (units: Units) => readonly Place[];

/** The section that each unit stands in, by its heading. */
const headingPlaces = onceFor((units: Units): readonly Place[] =>
  sectionsOf(units).map((section) => ({ of: section?.key ?? "", whole: section })),
);

/** The container that each unit stands in, by what opens it. */
const containerPlaces = onceFor((units: Units): readonly Place[] =>
  containerOf(units).map((container) => ({ of: container?.label ?? "", whole: container })),
);

/**
 * Paragraphs, items and code that stand in a result beneath a heading, or in a container, in which neither side has
 * them. A heading that a side renamed is the same one; what a side added goes where its neighbours went.
 */
export function misplacedUnits(base: Units, sides: readonly [Units, Units], result: Units): string[] {
  const renamed = renamedOnEither(base, sides);
  return [
    ...misplaced(base, sides, result, headingPlaces, (heading) => renamed.get(heading) ?? heading),
    ...misplaced(base, sides, result, containerPlaces, (label) => label),
  ];
}

function misplaced(
  base: Units,
  sides: readonly [Units, Units],
  result: Units,
  placesIn: PlacesIn,
  same: (of: string) => string,
): string[] {
  const known = keysByPlace(sides.flatMap((side) => placesWithKeys(side, placesIn(side))));
  const unknown = placesWithKeys(result, placesIn(result)).filter(
    ({ of, key }) => !known.get(of)?.has(key) && numberOfWords(key) > 1,
  );
  if (unknown.length === 0) return [];
  const [left, right] = sides.map((side) => new Sited(base, side, placesIn(side), same)) as [Sited, Sited];
  const inBase = new Set(base.map(({ key }) => key));
  return unknown.flatMap(({ of, key }) => {
    const at = same(of);
    const isThere = left.has(at, key) || right.has(at, key);
    if (isThere || (!inBase.has(key) && !left.keys.has(key) && !right.keys.has(key))) return [];
    const isWithOthers =
      !inBase.has(key) &&
      ((!right.keys.has(key) && left.relatives(key).some((other) => right.has(at, other))) ||
        (!left.keys.has(key) && right.relatives(key).some((other) => left.has(at, other))));
    return isWithOthers ? [] : [key];
  });
}

interface Placed {
  readonly of: string;
  readonly key: string;
}

/** Everything but headings, which have their own places. */
function placesWithKeys(units: Units, places: readonly Place[]): Placed[] {
  return units.flatMap((unit, i) =>
    isSectionHeading(unit) ? [] : [{ of: places[i]?.of ?? "", key: unit.key }],
  );
}

function keysByPlace(placed: readonly Placed[]): Map<string, Set<string>> {
  const known = new Map<string, Set<string>>();
  for (const { of, key } of placed) {
    const within = known.get(of);
    if (within) within.add(key);
    else known.set(of, new Set([key]));
  }
  return known;
}

/** One side's units in their places, places of the same kind under the same name. */
class Sited {
  readonly keys: ReadonlySet<string>;
  readonly #known: ReadonlyMap<string, ReadonlySet<string>>;
  readonly #base: Units;
  readonly #units: Units;
  readonly #places: readonly Place[];

  constructor(base: Units, units: Units, places: readonly Place[], same: (of: string) => string) {
    this.#base = base;
    this.#units = units;
    this.#places = places;
    const placed = units.map(({ key }, i) => ({ key, of: same(places[i]?.of ?? "") }));
    this.#known = keysByPlace(placed);
    this.keys = new Set(placed.map(({ key }) => key));
  }

  has(of: string, key: string): boolean {
    return this.#known.get(of)?.has(key) === true;
  }

  /** What tells where a unit belongs: what it was in the base, and its nearest neighbours of the base in one place. */
  relatives(key: string): string[] {
    const before = this.#before;
    return this.#units.flatMap((unit, i) => {
      if (unit.key !== key) return [];
      const here = this.#places[i]?.whole;
      const nearest = (step: number): string[] => {
        for (let j = i + step; this.#units[j]; j += step) {
          if (isSectionHeading(this.#units[j] as Unit)) return [];
          if (this.#places[j]?.whole === here && before[j] !== undefined) return [before[j] as string];
        }
        return [];
      };
      return [...(before[i] === undefined ? [] : [before[i] as string]), ...nearest(-1), ...nearest(1)];
    });
  }

  /** What each unit is a version of in the base; nothing of those that say nothing. */
  get #before(): readonly (string | undefined)[] {
    const before: (string | undefined)[] = [];
    let from = 0;
    const take = (count: number, versions: boolean): void => {
      for (let n = 0; n < count; n++) before.push(versions ? wordy(this.#base[from++]) : undefined);
    };
    for (const { kind, baseEnd, sideStart, sideEnd } of alignUnits(this.#base, this.#units)) {
      take(sideStart - before.length, true);
      take(sideEnd - sideStart, kind === "edited");
      from = baseEnd;
    }
    take(this.#units.length - before.length, true);
    return before;
  }
}

function wordy(unit: Unit | undefined): string | undefined {
  return unit && numberOfWords(unit.key) >= 2 ? unit.key : undefined;
}
