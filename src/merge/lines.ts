import { type Hunk, lineHunks } from "./hunks.ts";

/**
 * A run of lines in a three-way merge.
 * - `stable`: nobody changed it
 * - `ours`, `theirs`: one side changed it
 * - `both`: both sides made it what it is
 * - `conflict`: both sides changed it, differently
 */
export interface Region {
  readonly kind: "stable" | "ours" | "theirs" | "both" | "conflict";
  readonly base: readonly string[];
  readonly ours: readonly string[];
  readonly theirs: readonly string[];
}

type Lines = readonly string[];

/** Common lines inside a conflict part it only when they are more than Git's three. */
const WORTH_PARTING = 4;

/**
 * Three-way merge by lines as Git does it: changes that overlap or touch are a conflict unless they are
 * equal; common lines at the edges of a conflict are taken out of it, its base stays whole.
 */
export function mergeLines(base: Lines, ours: Lines, theirs: Lines): Region[] {
  const regions: Region[] = [];
  const left = new Side(ours, lineHunks(base, ours));
  const right = new Side(theirs, lineHunks(base, theirs));
  let atBase = 0;
  while (!left.done || !right.done) {
    const start = Math.min(left.nextStart, right.nextStart);
    let end = start;
    for (let before = -1; before !== end || left.nextStart <= end || right.nextStart <= end; ) {
      before = end;
      end = right.absorb(left.absorb(end));
    }
    if (start > atBase) regions.push(same("stable", base.slice(atBase, start)));
    const changed = left.changed ? (right.changed ? "conflict" : "ours") : "theirs";
    const region = {
      base: base.slice(start, end),
      ours: left.cut(start, end),
      theirs: right.cut(start, end),
    };
    regions.push(...(changed === "conflict" ? narrow(region) : [{ kind: changed, ...region } as const]));
    atBase = end;
  }
  if (atBase < base.length) regions.push(same("stable", base.slice(atBase)));
  return regions;
}

/** One side's hunks, read along the base. */
class Side {
  readonly #lines: Lines;
  readonly #hunks: readonly Hunk[];
  #next = 0;
  /** How far this side runs ahead of the base at the last cut, and at the last hunk taken. */
  #cutShift = 0;
  #shift = 0;
  #cutNext = 0;

  constructor(lines: Lines, hunks: readonly Hunk[]) {
    this.#lines = lines;
    this.#hunks = hunks;
  }

  get done(): boolean {
    return this.#next >= this.#hunks.length;
  }

  get nextStart(): number {
    return this.#hunks[this.#next]?.baseStart ?? Number.POSITIVE_INFINITY;
  }

  get changed(): boolean {
    return this.#next > this.#cutNext;
  }

  /** Takes every hunk that begins at or before `end`; returns where the last of them ends. */
  absorb(end: number): number {
    let reach = end;
    for (let h = this.#hunks[this.#next]; h && h.baseStart <= reach; h = this.#hunks[this.#next]) {
      reach = Math.max(reach, h.baseEnd);
      this.#shift = h.sideEnd - h.baseEnd;
      this.#next++;
    }
    return reach;
  }

  /** This side's lines for base lines [start, end), all its hunks in there absorbed. */
  cut(start: number, end: number): Lines {
    const lines = this.#lines.slice(start + this.#cutShift, end + this.#shift);
    this.#cutShift = this.#shift;
    this.#cutNext = this.#next;
    return lines;
  }
}

function same(kind: "stable" | "both", lines: Lines): Region {
  return { kind, base: kind === "stable" ? lines : [], ours: lines, theirs: lines };
}

/** Takes what both sides say alike out of a conflict; what is left may be nobody's or one side's alone. */
export function narrow({ base, ours, theirs }: Omit<Region, "kind">): Region[] {
  let head = 0;
  const short = Math.min(ours.length, theirs.length);
  while (head < short && ours[head] === theirs[head]) head++;
  let tail = 0;
  while (tail < short - head && ours[ours.length - 1 - tail] === theirs[theirs.length - 1 - tail]) tail++;
  if (head === ours.length && head === theirs.length) return [{ kind: "both", base, ours, theirs }];
  if (base.length === 0 && head + tail < short) {
    // Of two insertions whole blocks are taken out only: what is left has to be readable, also one after the other.
    while (head > 0 && !isBlank(ours[head - 1])) head--;
    while (tail > 0 && !isBlank(ours[ours.length - tail])) tail--;
  }
  const middle = {
    base,
    ours: ours.slice(head, ours.length - tail),
    theirs: theirs.slice(head, theirs.length - tail),
  };
  const parts = base.length === 0 ? part(middle) : [{ kind: kindOf(middle), ...middle }];
  return [
    ...(head > 0 ? [same("both", ours.slice(0, head))] : []),
    ...parts,
    ...(tail > 0 ? [same("both", ours.slice(ours.length - tail))] : []),
  ];
}

function isBlank(line: string | undefined): boolean {
  return line === undefined || line.trim() === "";
}

/** What is left may be a change of one side only, on top of what both did. */
function kindOf({ base, ours, theirs }: Omit<Region, "kind">): Region["kind"] {
  if (equal(ours, base)) return "theirs";
  return equal(theirs, base) ? "ours" : "conflict";
}

/** Two insertions at one place, parted where they agree over a good stretch. */
function part(texts: Omit<Region, "kind">): Region[] {
  const { ours, theirs } = texts;
  const single = kindOf(texts);
  if (single !== "conflict") return [{ kind: single, ...texts }];
  const regions: Region[] = [];
  let at = 0;
  let atTheirs = 0;
  const conflictTo = (end: number, endTheirs: number): void => {
    const middle = { base: [], ours: ours.slice(at, end), theirs: theirs.slice(atTheirs, endTheirs) };
    if (middle.ours.length + middle.theirs.length > 0) regions.push({ kind: "conflict", ...middle });
  };
  const end: Hunk = {
    baseStart: ours.length,
    baseEnd: ours.length,
    sideStart: theirs.length,
    sideEnd: theirs.length,
  };
  let before = { ours: 0, theirs: 0 };
  for (const hunk of [...lineHunks(ours, theirs), end]) {
    const alike = ours.slice(before.ours, hunk.baseStart);
    if (alike.length >= WORTH_PARTING && alike.some((line) => /[\p{L}\p{N}]/u.test(line))) {
      conflictTo(before.ours, before.theirs);
      regions.push(same("both", alike));
      at = hunk.baseStart;
      atTheirs = hunk.sideStart;
    }
    before = { ours: hunk.baseEnd, theirs: hunk.sideEnd };
  }
  conflictTo(ours.length, theirs.length);
  return regions;
}

function equal(a: Lines, b: Lines): boolean {
  return a.length === b.length && a.every((line, i) => line === b[i]);
}
