import type { Landing, Standing } from "../../adaptation/carry.ts";
import { documentOf } from "../../adaptation/explain.ts";
import { diffDocuments } from "../../compare/diff.ts";
import { documentHash, passageHash } from "../../compare/hash.ts";
import { matchPassages } from "../../compare/match.ts";
import { wholePair } from "../../compare/whole.ts";
import { formatAddress, parseAddress } from "../../curriculum/address.ts";
import type { Document } from "../../curriculum/document.ts";
import { isDocumentPath } from "../../curriculum/read.ts";
import type { TreeChange } from "../../git/raw-diff.ts";
import type { Repository } from "../../git/repository.ts";
import { readDocuments } from "../base/shared-documents.ts";
import type { Aligned, Sides } from "./align.ts";

/** One file that both sides changed since the base: where it stands on each side; null where it is absent. */
export interface BothSides {
  readonly base: string | null;
  readonly ours: string | null;
  readonly theirs: string | null;
  /** Where Git's merge puts it. */
  readonly result: string;
  /** Whether it is upstream's as it stands there, whatever this version had (`takes.upstream`). */
  readonly follows: boolean;
  /** The trees in which it was paired, and the blobs that they have there. */
  readonly trees: Sides;
  readonly blobs: { readonly [side in keyof Sides]: string | null };
}

/**
 * Pairs what each side changed, by the path in the base, or by the new path of what both added.
 * @param follows whether what upstream did with a file is what stands in the result
 */
export function bothSides(
  { here, there, sides }: Pick<Aligned, "here" | "there" | "sides">,
  follows: (theirs: TreeChange) => boolean,
): BothSides[] {
  const upstream = new Map(there.map((change) => [change.from ?? change.path, change]));
  return here.flatMap((mine) => {
    const basePath = mine.from ?? mine.path;
    const theirs = upstream.get(basePath);
    if (!theirs) return [];
    const ours = mine.status === "D" ? null : mine.path;
    const other = theirs.status === "D" ? null : theirs.path;
    const isFollowed = follows(theirs);
    const isTheirs = isFollowed || (other !== null && other !== basePath);
    return [
      {
        base: mine.status === "A" ? null : basePath,
        ours,
        theirs: other,
        result: isTheirs ? (other ?? basePath) : (ours ?? other ?? basePath),
        follows: isFollowed,
        trees: sides,
        blobs: { base: mine.oldOid, ours: mine.newOid, theirs: theirs.newOid },
      },
    ];
  });
}

/** The texts of one such file, as documents; null where it is absent or not readable as one. */
export interface BothTexts {
  readonly paths: BothSides;
  readonly base: Document | null;
  readonly ours: Document | null;
  readonly theirs: Document | null;
  readonly result: Document | null;
}

/** The trees that were merged, and the tree that came of it. */
export interface MergedTrees {
  readonly base: string;
  readonly ours: string;
  readonly theirs: string;
  readonly result: string;
}

/** Reads the documents that both sides changed, in one Git process; of what is known already nothing is read. */
export async function readBoth(
  repo: Repository,
  trees: MergedTrees,
  both: readonly BothSides[],
): Promise<BothTexts[]> {
  const documents = both.filter(({ result }) => isDocumentPath(result) && !result.startsWith("versions/"));
  const texts = await readDocuments(
    repo,
    documents.flatMap((each) => [
      ...(["base", "ours", "theirs"] as const).map((side) => wanted(each, side, trees[side])),
      { path: each.result, spec: `${trees.result}:${each.result}` },
    ]),
  );
  return documents.map((paths, index) => {
    const [base = null, ours = null, theirs = null, result = null] = texts.slice(4 * index, 4 * index + 4);
    return { paths, base, ours, theirs, result };
  });
}

/** A side's file by its blob, unless the tree has become another since the sides were paired. */
function wanted(
  { trees, blobs, ...paths }: BothSides,
  side: keyof Sides,
  tree: string,
): { path: string; spec: string } | null {
  const path = paths[side];
  const blob = tree === trees[side] ? blobs[side] : null;
  return path === null ? null : { path, spec: blob ?? `${tree}:${path}` };
}

/**
 * Where this version stood against the old base and stands against the new one, document by document.
 * @param open addresses that wait for a decision; there this version's own text stands in for the result
 */
export function landingsOf(texts: readonly BothTexts[], open: ReadonlySet<string>): Landing[] {
  return texts.map(({ paths, base, ours, theirs, result }) => {
    const before = standings(base, ours);
    const id = ours?.id ?? result?.id ?? base?.id ?? "";
    return {
      id,
      before,
      after: standings(theirs, result),
      follows: paths.follows,
      conflicts: [...open].filter((at) => documentOf(at) === id),
      now: (at) => placeIn(result, ours, at),
      hashOf: (at) => hashIn(result, at),
    };
  });
}

/** The address at which a passage of ours stands in the result, or null. */
function placeIn(result: Document | null, ours: Document | null, at: string): string | null {
  const { passage } = parseAddress(at);
  if (result === null || ours === null) return null;
  if (passage === null) return result.id;
  // Sections are matched among themselves, so that the fields need not be parsed to find one.
  const among = (document: Document) => (passage.startsWith("#") ? document.body : document.passages);
  const pairs = matchPassages({ passages: among(ours) }, { passages: among(result) });
  const pair = pairs.find(({ base }) => base?.key === passage);
  return pair?.local ? formatAddress(result.id, pair.local.key) : null;
}

function hashIn(result: Document | null, at: string): string | null {
  const { passage: key } = parseAddress(at);
  if (result === null) return null;
  if (key === null) return documentHash(result);
  const found = result.passages.find((each) => each.key === key);
  return found ? passageHash(found) : null;
}

function standings(base: Document | null, local: Document | null): Standing[] {
  if (base === null && local === null) return [];
  const change = diffDocuments(base, local);
  const whole = wholePair(base, local);
  const passages = change.passages.map((passage) => ({
    at: formatAddress(change.id, passage.key),
    baseHash: passage.baseHash,
    localHash: passage.localHash,
  }));
  return whole === null ? passages : [whole, ...passages];
}
