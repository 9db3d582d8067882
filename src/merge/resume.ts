import { onceFor } from "../curriculum/lazily.ts";
import type { Cut, Unit } from "./unit.ts";

/** Signs of a line that tell where it begins, and seldom two of one file the same. */
const ENOUGH = 48;

/** Signs that are compared at once: two runs are told apart far quicker than sign by sign, or by `startsWith`. */
const RUN = 512;

/** Units of another version that stand in a text as well, and where the text goes on behind them. */
export interface Run {
  readonly units: readonly Unit[];
  readonly end: number;
}

/**
 * What may be taken from the units of one version of a file for another. Cutting goes forward and looks no further
 * ahead than the line at which it stands, and before a unit that begins at the margin it remembers nothing: so where
 * two texts are alike from such a unit on, their units are the same up to the last such unit whose first line is alike
 * too, or up to the end where the texts end alike.
 */
export class Resumption {
  readonly #text: string;
  readonly #like: Cut;
  readonly #places: ReadonlyMap<string, readonly number[]>;
  #next = 0;

  constructor(text: string, like: Cut) {
    this.#text = text;
    this.#like = like;
    this.#places = placesIn(like);
  }

  /** The units from an offset on at which one is to be cut; `null` where they are not known. */
  from(start: number): Run | null {
    const { text, units } = this.#like;
    const first = this.#at(start);
    const from = units[first];
    if (from === undefined) return null;
    const length = alike(this.#text, start, text, from.start);
    const reached = from.start + length;
    const isWhole = reached === text.length && start + length === this.#text.length;
    const next = isWhole ? units.length : lastReached(text, units, first, reached);
    if (next === first) return null;
    this.#next = next;
    const shift = start - from.start;
    const run = units.slice(first, next);
    return {
      units: shift === 0 ? run : run.map((unit) => movedBy(unit, shift)),
      end: (units[next]?.start ?? text.length) + shift,
    };
  }

  /** The index of a unit of the other version whose first line begins as the line at an offset does. */
  #at(start: number): number {
    if (!startsAtMargin(this.#text, start)) return -1;
    const found = this.#places.get(beginning(this.#text, start)) ?? [];
    return found[firstFrom(found, this.#next)] ?? found[0] ?? -1;
  }
}

/** Where the units that begin at the margin stand, by the beginning of their first lines. */
const placesIn = onceFor(({ units }: Cut): ReadonlyMap<string, readonly number[]> => {
  const places = new Map<string, number[]>();
  units.forEach((unit, index) => {
    if (!isAtMargin(unit)) return;
    const line = beginning(unit.text, 0);
    const list = places.get(line);
    if (list) list.push(index);
    else places.set(line, [index]);
  });
  return places;
});

/** Where in a rising list the first number stands that is no less than this one; its length where none is. */
function firstFrom(rising: readonly number[], least: number): number {
  let low = 0;
  let high = rising.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rising[middle] as number) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

function beginning(text: string, start: number): string {
  const newline = text.indexOf("\n", start);
  const end = newline < 0 ? text.length : newline;
  return text.slice(start, Math.min(end, start + ENOUGH));
}

/** How many signs two texts have alike from these offsets on. */
function alike(a: string, atA: number, b: string, atB: number): number {
  const most = Math.min(a.length - atA, b.length - atB);
  let length = 0;
  const run = (text: string, at: number): string => text.slice(at + length, at + length + RUN);
  while (length + RUN <= most && run(a, atA) === run(b, atB)) length += RUN;
  while (length < most && a.charCodeAt(atA + length) === b.charCodeAt(atB + length)) length++;
  return length;
}

/** The last unit at the margin behind the first whose first line ends before an offset; else the first. */
function lastReached(text: string, units: readonly Unit[], first: number, reached: number): number {
  let last = first;
  for (let i = first + 1; (units[i]?.start ?? reached) < reached; i++) {
    const unit = units[i] as Unit;
    if (!isAtMargin(unit)) continue;
    const newline = text.indexOf("\n", unit.start);
    if (newline >= 0 && newline < reached) last = i;
  }
  return last;
}

function movedBy({ kind, text, tail, key, name, start }: Unit, shift: number): Unit {
  return { kind, text, tail, key, name, start: start + shift };
}

/** Lines and fields may belong to front matter, which is cut in another way. */
function isAtMargin({ kind, text }: Unit): boolean {
  return kind !== "line" && kind !== "entry" && startsAtMargin(text, 0);
}

function startsAtMargin(text: string, start: number): boolean {
  const code = text.charCodeAt(start);
  return code !== 0x20 && code !== 0x09 && code !== 0x3e;
}
