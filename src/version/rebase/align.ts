import { decodeText, isDocumentPath, readDocument } from "../../curriculum/read.ts";
import { readObjects } from "../../git/objects.ts";
import type { TreeChange } from "../../git/raw-diff.ts";
import type { Repository } from "../../git/repository.ts";
import { diffTrees, listTree, type TreeFile } from "../../git/trees.ts";
import { type TreeEdit, writeTree } from "../../git/write-tree.ts";

/** The three sides of a merge, as commits or trees. */
export interface Sides {
  readonly base: string;
  readonly ours: string;
  readonly theirs: string;
}

/** The three sides, in which a document that one side moved stands at its new path on all three. */
export interface Aligned {
  readonly sides: Sides;
  /** What this version and what upstream changed between them, with Git's renames. */
  readonly here: readonly TreeChange[];
  readonly there: readonly TreeChange[];
}

/**
 * Lines up documents that Git's rename detection misses but whose ids say that they moved, so that a move on one
 * side and an edit on the other merge; and brings together what both sides added under one id at two places. No
 * document ends up living twice (design §6.2).
 */
export async function alignMoves(repo: Repository, sides: Sides): Promise<Aligned> {
  const { base, ours, theirs } = sides;
  const given = await changesOf(repo, sides);
  const [mine, other] = [unpaired(given.here), unpaired(given.there)];
  const ids = await readIds(repo, mine, other);
  const [here, there] = [movesIn(mine, ids), movesIn(other, ids)];
  const twins = twinsOf(mine, other, ids);
  if (here.length === 0 && there.length === 0 && twins.length === 0) return given;
  const inBase: TreeEdit[] = [];
  const inOurs: TreeEdit[] = [];
  const inTheirs: TreeEdit[] = [];
  const [ourTree, theirTree] = await Promise.all([
    entriesAt(repo, ours, [...there.map(({ from }) => from), ...twins.map(({ to }) => to)]),
    entriesAt(
      repo,
      theirs,
      here.map(({ from }) => from),
    ),
  ]);
  for (const move of there) {
    const stays = ourTree.get(move.from);
    const alike = here.find((each) => each.from === move.from);
    if (stays) {
      relocate(inBase, move, move.entry);
      relocate(inOurs, move, stays);
    } else if (alike?.to === move.to) relocate(inBase, move, move.entry);
  }
  for (const move of here) {
    const stays = theirTree.get(move.from);
    if (stays) {
      relocate(inBase, move, move.entry);
      relocate(inTheirs, move, stays);
    }
  }
  for (const twin of twins) if (!ourTree.has(twin.to)) relocate(inOurs, twin, twin.entry);
  const [newBase, newOurs, newTheirs] = await Promise.all([
    inBase.length ? writeTree(repo, base, inBase) : base,
    inOurs.length ? writeTree(repo, ours, inOurs) : ours,
    inTheirs.length ? writeTree(repo, theirs, inTheirs) : theirs,
  ]);
  return changesOf(repo, { base: newBase, ours: newOurs, theirs: newTheirs });
}

async function changesOf(repo: Repository, sides: Sides): Promise<Aligned> {
  const [here, there] = await Promise.all([
    diffTrees(repo, sides.base, sides.ours, { renames: true }),
    diffTrees(repo, sides.base, sides.theirs, { renames: true }),
  ]);
  return { sides, here, there };
}

interface Move {
  readonly from: string;
  readonly to: string;
  /** What stands at `from`. */
  readonly entry: TreeFile;
}

/** Documents that one side removed and added, as far as Git finds no rename in them. */
interface Unpaired {
  readonly gone: readonly TreeChange[];
  readonly come: readonly TreeChange[];
}

function unpaired(all: readonly TreeChange[]): Unpaired {
  const changes = all.filter(({ path }) => isDocumentPath(path));
  return {
    gone: changes.filter(({ status }) => status === "D"),
    come: changes.filter(({ status }) => status === "A"),
  };
}

/** The ids of documents by blob, where they can tell a move or a twin; a document named by its path has none. */
async function readIds(
  repo: Repository,
  mine: Unpaired,
  other: Unpaired,
): Promise<ReadonlyMap<string, string>> {
  const both = mine.come.length > 0 && other.come.length > 0;
  const wanted = [mine, other].flatMap(({ gone, come }) => {
    if (gone.length > 0 && come.length > 0) return [...gone, ...come];
    return both ? come : [];
  });
  const files = wanted.map(({ path, oldOid, newOid }) => ({ path, oid: newOid ?? oldOid ?? "" }));
  const objects = await readObjects(
    repo,
    files.map(({ oid }) => oid),
  );
  const ids = files.flatMap(({ path, oid }, index) => {
    const decoded = objects[index] && decodeText(objects[index].bytes);
    const id = decoded && "text" in decoded ? readDocument(path, decoded.text).id : path;
    return id === path ? [] : [[oid, id] as const];
  });
  return new Map(ids);
}

function movesIn({ gone, come }: Unpaired, ids: ReadonlyMap<string, string>): Move[] {
  const places = new Map(come.map(({ path, newOid }) => [ids.get(newOid ?? ""), path]));
  return gone.flatMap(({ path, oldMode, oldOid }) => {
    const id = ids.get(oldOid ?? "");
    const to = id === undefined ? undefined : places.get(id);
    if (to === undefined || oldOid === null) return [];
    return [{ from: path, to, entry: { mode: oldMode, oid: oldOid } }];
  });
}

/** What this version added under an id that upstream gave to a new document elsewhere: it joins it there. */
function twinsOf(mine: Unpaired, other: Unpaired, ids: ReadonlyMap<string, string>): Move[] {
  const known = new Set([...mine.gone, ...other.gone].map(({ oldOid }) => ids.get(oldOid ?? "")));
  const places = new Map(other.come.map(({ path, newOid }) => [ids.get(newOid ?? ""), path]));
  return mine.come.flatMap(({ path, newMode, newOid }) => {
    const id = ids.get(newOid ?? "");
    const to = id === undefined || known.has(id) ? undefined : places.get(id);
    if (to === undefined || to === path || newOid === null) return [];
    return [{ from: path, to, entry: { mode: newMode, oid: newOid } }];
  });
}

function relocate(edits: TreeEdit[], { from, to }: Move, { mode, oid }: TreeFile): void {
  edits.push({ path: from, mode: "000000", oid: null }, { path: to, mode, oid });
}

async function entriesAt(
  repo: Repository,
  tree: string,
  paths: readonly string[],
): Promise<ReadonlyMap<string, TreeFile>> {
  return paths.length === 0 ? new Map() : listTree(repo, tree, paths);
}
