import { matchPassages } from "../compare/match.ts";
import type { Document, Passage, Slice } from "../curriculum/document.ts";

/** A slice of one document, as a merge sees it. */
export interface Node {
  /** The same for slices of the three documents that are one another's versions. */
  readonly id: string;
  /** Key of its first passage; of a frame, its name. */
  readonly at: string;
  readonly rank: Rank;
  /** The keyed list that an item is in; empty for everything else. */
  readonly list: string;
  /** How many headings stand above; of anything but a section 0. */
  readonly depth: number;
  readonly text: string;
  /** Its passages, where the slice is all there is of them: their normal text tells form from content. */
  readonly whole: readonly Passage[] | null;
}

/** What a slice belongs to: an item of a list, a field, a line that opens a list, a fence, a section. */
export type Rank = "item" | "field" | "opener" | "fence" | "section";

/** The three documents as runs of nodes that share ids. */
export interface Runs {
  readonly base: readonly Node[];
  readonly ours: readonly Node[];
  readonly theirs: readonly Node[];
}

/** Cuts three documents into nodes and finds out which are versions of one another. */
export function alignDocuments(base: Document, ours: Document, theirs: Document): Runs {
  const names = new Map(base.slices.map((slice) => [slice.name, slice.name]));
  return {
    base: nodesOf(base, names),
    ours: nodesOf(ours, namesFrom(base, ours)),
    theirs: nodesOf(theirs, namesFrom(base, theirs)),
  };
}

/** For each slice of a side the name of the base's slice that it is a version of; unmatched ones keep `+` and their own. */
function namesFrom(base: Document, side: Document): Map<string, string> {
  const names = new Map<string, string>();
  const ofBase = slicesByPassage(base);
  const taken = new Set<string>();
  const baseNames = new Set(base.slices.map((slice) => slice.name));
  const baseKeyOf = new Map<string, string>();
  for (const [from, to] of matchedKeys(base, side)) baseKeyOf.set(to, from);
  for (const [key, slices] of slicesByPassage(side)) {
    const from = baseKeyOf.get(key);
    if (from === undefined) continue;
    for (const [a, b] of pairSlices(base.text, ofBase.get(from) ?? [], side.text, slices)) {
      if (taken.has(a.name) || names.has(b.name)) continue;
      taken.add(a.name);
      names.set(b.name, a.name);
    }
  }
  for (const slice of side.slices) {
    if (names.has(slice.name)) continue;
    const frame = slice.passages.length === 0 && baseNames.has(slice.name) && !taken.has(slice.name);
    names.set(slice.name, frame ? slice.name : `+${slice.name}`);
  }
  return names;
}

function matchedKeys(base: Document, side: Document): [string, string][] {
  return matchPassages(base, side).flatMap((pair) =>
    pair.base && pair.local ? [[pair.base.key, pair.local.key]] : [],
  );
}

/** Slices of one passage, matched by place where there are as many, else by equal text, else the first with the first. */
function pairSlices(
  baseText: string,
  base: readonly Slice[],
  sideText: string,
  side: readonly Slice[],
): [Slice, Slice][] {
  if (base.length === side.length) return base.map((slice, i) => [slice, side[i] ?? slice]);
  const pairs: [Slice, Slice][] = [];
  const [a, b] = [base[0], side[0]];
  if (a && b) pairs.push([a, b]);
  let from = 1;
  for (const slice of base.slice(1)) {
    const text = baseText.slice(slice.start, slice.end).trim();
    const found = side.findIndex((s, i) => i >= from && sideText.slice(s.start, s.end).trim() === text);
    const match = side[found];
    if (!match) continue;
    pairs.push([slice, match]);
    from = found + 1;
  }
  return pairs;
}

function slicesByPassage(document: Document): Map<string, Slice[]> {
  const byPassage = new Map<string, Slice[]>();
  for (const slice of document.slices) {
    const key = slice.passages[0];
    if (key === undefined) continue;
    const slices = byPassage.get(key);
    if (slices) slices.push(slice);
    else byPassage.set(key, [slice]);
  }
  return byPassage;
}

function nodesOf(document: Document, names: ReadonlyMap<string, string>): Node[] {
  const passages = new Map(document.passages.map((passage) => [passage.key, passage]));
  const byPassage = slicesByPassage(document);
  return document.slices.map((slice) => {
    const own = slice.passages.flatMap((key) => passages.get(key) ?? []);
    const text = document.text.slice(slice.start, slice.end);
    const whole = own.length > 0 && byPassage.get(slice.passages[0] ?? "")?.length === 1;
    const rank = rankOf(slice, own);
    const first = slice.passages[0] ?? slice.name;
    const list = own[0]?.kind === "item" ? first.slice(0, first.indexOf(".")) : "";
    const at = rank === "field" && list !== "" ? list : first;
    return {
      id: names.get(slice.name) ?? slice.name,
      at,
      rank,
      list,
      depth: own[0]?.parents.length ?? 0,
      text,
      whole: whole ? own : null,
    };
  });
}

function rankOf(slice: Slice, own: readonly Passage[]): Rank {
  if (own.length === 0) return slice.name.startsWith("@") ? "opener" : "fence";
  if (own[0]?.kind === "section") return "section";
  // A list in brackets is one slice with several items in it: to a merge it is a field.
  return own[0]?.kind === "item" && own.length === 1 ? "item" : "field";
}
