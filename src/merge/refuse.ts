import { audit, type Fault } from "./audit.ts";
import { asSide, conflict, type Labels, type Part } from "./conflict.ts";
import { cut } from "./cut.ts";
import { splitLines } from "./hunks.ts";
import { mergeLines, type Region } from "./lines.ts";
import { joinText } from "./parts.ts";
import type { Cut } from "./unit.ts";

/** Beyond this many changes all that differs is refused as one. */
const MOST_CHANGES = 30;
/** Faults of form, which a choice can have; it lacks words of the other side by its nature. */
const OF_FORM: ReadonlySet<Fault["kind"]> = new Set(["unreadable", "twice", "strayed", "reference"]);

/**
 * A merge by lines that is clean and not right, with one conflict from the first change to the last that have a part in
 * it: outside it stands what either choice leaves without a fault. `null` where that is all that differs.
 */
export function refuse(
  path: string,
  texts: { readonly base: Cut; readonly ours: Cut; readonly theirs: Cut },
  labels: Labels,
  reason: string,
): Part[] | null {
  const { base, ours, theirs } = texts;
  const regions = mergeLines(...([base, ours, theirs].map(({ text }) => splitLines(text)) as Triple));
  const changes = regions.flatMap(({ kind }, i) => (kind === "stable" ? [] : [i]));
  if (changes.length < 3 || changes.length > MOST_CHANGES) return null;
  if (regions.some(({ kind }) => kind === "conflict")) return null;
  const span = (from: number, to: number): Part[] =>
    open(regions, [changes[from] ?? 0, changes[to] ?? 0], labels, reason);
  const isRight = (from: number, to: number): boolean => {
    const parts = span(from, to);
    return (["ours", "theirs"] as const).every((side) => {
      const result = cut(path, asSide(parts, side), ours, theirs);
      return !audit({ path, ...texts, result }).some(({ kind }) => OF_FORM.has(kind));
    });
  };
  let [from, to] = [0, changes.length - 1];
  while (from < to && isRight(from + 1, to)) from++;
  while (to > from && isRight(from, to - 1)) to--;
  return from === 0 && to === changes.length - 1 ? null : span(from, to);
}

type Triple = [string[], string[], string[]];

/** Regions as text, but for a run of them, which is one conflict. */
function open(
  regions: readonly Region[],
  [first, last]: readonly [number, number],
  labels: Labels,
  reason: string,
): Part[] {
  const within = regions.slice(first, last + 1);
  const text = (side: "base" | "ours" | "theirs"): string | null =>
    within.flatMap((region) => textIn(region, side)).join("") || null;
  const settled = (some: readonly Region[]): string =>
    some.flatMap((region) => textIn(region, region.kind === "theirs" ? "theirs" : "ours")).join("");
  const sides = { base: text("base"), ours: text("ours"), theirs: text("theirs") };
  return joinText([
    settled(regions.slice(0, first)),
    conflict("", sides, labels, { kind: "unreadable", reason }),
    settled(regions.slice(last + 1)),
  ]);
}

function textIn(region: Region, side: "base" | "ours" | "theirs"): readonly string[] {
  return region[side];
}
