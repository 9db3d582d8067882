import { audit, type Fault } from "./audit.ts";
import { asSide, conflict, type Labels, type Part } from "./conflict.ts";
import { cut } from "./cut.ts";
import { splitLines } from "./hunks.ts";
import { mergeLines, type Region } from "./lines.ts";
import { joinText } from "./parts.ts";
import { brokenReferences, definedLabels } from "./references.ts";
import type { Cut } from "./unit.ts";

const SIDES = ["ours", "theirs"] as const;

/** Beyond this many changes all that differs is refused as one. */
const MOST_CHANGES = 30;
/** Faults of form, which a choice can have; it lacks words of the other side by its nature. */
const OF_FORM: ReadonlySet<Fault["kind"]> = new Set(["unreadable", "twice", "strayed", "reference"]);

interface Texts {
  readonly base: Cut;
  readonly ours: Cut;
  readonly theirs: Cut;
}

type Triple = [string[], string[], string[]];
/** The first and the last of some regions. */
type Run = readonly [number, number];

/**
 * A merge by lines that is clean and not right, with a conflict wherever a definition was taken away that is still
 * referred to; else with one from the first change to the last that have a part in what is wrong: outside it stands
 * what either choice leaves without a fault. `null` where that is all that differs.
 */
export function refuse(path: string, texts: Texts, labels: Labels, reason: string): Part[] | null {
  const { base, ours, theirs } = texts;
  const regions = mergeLines(...([base, ours, theirs].map(({ text }) => splitLines(text)) as Triple));
  const changes = regions.flatMap(({ kind }, i) => (kind === "stable" ? [] : [i]));
  if (changes.length > MOST_CHANGES || regions.some(({ kind }) => kind === "conflict")) return null;
  const opened = (runs: readonly Run[]): Part[] => open(regions, runs, labels, reason);
  const faultsOf = (text: string): Fault["kind"][] => {
    const result = cut(path, text, ours, theirs);
    return audit({ path, ...texts, result }).flatMap(({ kind }) => (OF_FORM.has(kind) ? [kind] : []));
  };

  const takings = takenDefinitions(path, texts, regions);
  if (takings.length > 0 && takings.length < changes.length) {
    const parts = opened(takings.map((at): Run => [at, at]));
    const kept = parts.map((part) => (typeof part === "string" ? part : (part.base ?? ""))).join("");
    // Whoever takes a definition away all the same is to see to what refers to it.
    const others = SIDES.flatMap((side) => faultsOf(asSide(parts, side))).filter(
      (kind) => kind !== "reference",
    );
    if (faultsOf(kept).length === 0 && others.length === 0) return parts;
  }
  if (changes.length < 3) return null;
  const span = (from: number, to: number): Part[] => opened([[changes[from] ?? 0, changes[to] ?? 0]]);
  const isRight = (parts: readonly Part[]): boolean =>
    SIDES.every((side) => faultsOf(asSide(parts, side)).length === 0);
  let [from, to] = [0, changes.length - 1];
  while (from < to && isRight(span(from + 1, to))) from++;
  while (to > from && isRight(span(from, to - 1))) to--;
  return from === 0 && to === changes.length - 1 ? null : span(from, to);
}

/** The regions in which one side took away a definition that the whole refers to. */
function takenDefinitions(path: string, { ours, theirs }: Texts, regions: readonly Region[]): number[] {
  const broken = brokenReferences(ours, theirs, cut(path, settled(regions), ours, theirs));
  return regions.flatMap((region, i) => {
    if (broken.length === 0 || (region.kind !== "ours" && region.kind !== "theirs")) return [];
    const [before, after] = [region.base, region[region.kind]].map((lines) =>
      definedLabels(cut(path, lines.join(""))),
    );
    return broken.some((label) => before?.has(label) && !after?.has(label)) ? [i] : [];
  });
}

/** Regions as text, but for some runs of them, each of which is one conflict. */
function open(regions: readonly Region[], runs: readonly Run[], labels: Labels, reason: string): Part[] {
  const parts: Part[] = [];
  let at = 0;
  for (const [first, last] of runs) {
    const within = regions.slice(first, last + 1);
    const text = (side: "base" | "ours" | "theirs"): string | null =>
      within.flatMap((region) => region[side]).join("") || null;
    const sides = { base: text("base"), ours: text("ours"), theirs: text("theirs") };
    parts.push(
      settled(regions.slice(at, first)),
      conflict("", sides, labels, { kind: "unreadable", reason }),
    );
    at = last + 1;
  }
  return joinText([...parts, settled(regions.slice(at))]);
}

function settled(regions: readonly Region[]): string {
  return regions.flatMap((region) => (region.kind === "theirs" ? region.theirs : region.ours)).join("");
}
