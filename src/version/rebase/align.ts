import { decodeText, isDocumentPath, readDocument } from "../../curriculum/read.ts";
import { readObjects } from "../../git/objects.ts";
import type { TreeChange } from "../../git/raw-diff.ts";
import type { Repository } from "../../git/repository.ts";
import { diffTrees, listTree, type TreeFile } from "../../git/trees.ts";
import { type TreeEdit, writeTree } from "../../git/write-tree.ts";
import { knownDocument } from "../base/shared-documents.ts";
import {
  folderMoves,
  folderOf,
  inFolder,
  type Move,
  movesOf,
  nameOf,
  type Unpaired,
  unpaired,
} from "./moves.ts";
import type { TreeRule } from "./plan.ts";

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
  /** What was lined up, and by which rule. */
  readonly rules: readonly TreeRule[];
  /** New documents of this version whose id upstream has given to another one, where they cannot be joined. */
  readonly clashes: readonly Clash[];
}

export interface Clash {
  readonly path: string;
  readonly entry: TreeFile;
  readonly id: string;
  /** Where upstream has that id. */
  readonly theirs: string;
}

/** A file to be put elsewhere on one side before the merge. */
interface Relocation {
  readonly side: keyof Sides;
  readonly from: string;
  readonly to: string;
  readonly entry: TreeFile;
}

/**
 * Lines up documents that Git's rename detection misses but whose ids or folders say that they moved, so that a
 * move on one side and an edit on the other merge; what both sides moved, each to another place, at this version's
 * place; and what both sides added under one id at two places. No document ends up living twice (design §6.2).
 */
export async function alignMoves(repo: Repository, sides: Sides): Promise<Aligned> {
  const given = await changesOf(repo, sides);
  const ids = await readIds(repo, given);
  const [mine, other] = [unpaired(given.here, ids), unpaired(given.there, ids)];
  const [here, there] = [movesOf(given.here, ids), movesOf(given.there, ids)];
  const twins = twinsOf(mine, other, ids);
  const joined = joinMoves({ here, there }, given);
  const follow = [
    ...(await followFolder(repo, "ours", { own: mine, movers: other, moves: there, moved: sides.theirs })),
    ...(await followFolder(repo, "theirs", { own: other, movers: mine, moves: here, moved: sides.ours })),
  ];
  const wanted = [...joined.relocations, ...follow.map(({ move }) => move), ...twins];
  if (wanted.length === 0) return given;
  const free = await whereFree(repo, sides, wanted);
  const edited = await Promise.all(
    (["base", "ours", "theirs"] as const).map((side) => {
      const edits = free.filter((each) => each.side === side).flatMap(relocate);
      return edits.length > 0 ? writeTree(repo, sides[side], edits) : sides[side];
    }),
  );
  const [base = "", ours = "", theirs = ""] = edited;
  const done = new Set(free.map(({ to }) => to));
  const clashes = twins
    .filter((twin) => !free.includes(twin))
    .map(({ from, to, entry }) => ({ path: from, theirs: to, entry, id: ids.get(entry.oid) ?? from }));
  const rules = [
    ...joined.rules,
    ...follow.map(({ rule }) => rule),
    ...twins.map(({ to, from }): TreeRule => ({ path: to, rule: "same-id-added", from })),
  ].filter(({ path }) => done.has(path));
  return { ...(await changesOf(repo, { base, ours, theirs })), rules, clashes };
}

async function changesOf(repo: Repository, sides: Sides): Promise<Aligned> {
  const [here, there] = await Promise.all([
    diffTrees(repo, sides.base, sides.ours, { renames: true }),
    diffTrees(repo, sides.base, sides.theirs, { renames: true }),
  ]);
  return { sides, here, there, rules: [], clashes: [] };
}

/**
 * The ids of documents by blob, as far as they can tell a move, a twin, or another document at the same path; a
 * document named by its path has none. Of what only upstream edited nothing is read, unless this version gave out
 * new ids.
 */
async function readIds(repo: Repository, { here, there }: Aligned): Promise<ReadonlyMap<string, string>> {
  const ids = new Map<string, string>();
  const read = (changes: readonly TreeChange[]): Promise<void> => readIdsOf(repo, changes, ids);
  const isEdit = ({ status }: TreeChange): boolean => status === "M";
  const [mine, other] = [unpaired(here, ids), unpaired(there, ids)];
  const both = mine.come.length > 0 && other.come.length > 0;
  const touchedHere = new Set(here.map(({ from, path }) => from ?? path));
  await read([
    ...[mine, other].flatMap(({ gone, come }) =>
      gone.length > 0 && come.length > 0 ? [...gone, ...come] : [],
    ),
    ...(both || there.some(isEdit) ? mine.come : []),
    ...(both ? other.come : []),
    ...here.filter(isEdit),
    ...there.filter((change) => isEdit(change) && touchedHere.has(change.path)),
  ]);
  const known = new Set(here.map(({ oldOid }) => ids.get(oldOid ?? "")));
  const isNew = ({ newOid }: TreeChange): boolean => {
    const id = ids.get(newOid ?? "");
    return id !== undefined && !known.has(id);
  };
  if (here.some(isNew)) await read([...there.filter(isEdit), ...other.come]);
  return ids;
}

async function readIdsOf(
  repo: Repository,
  changes: readonly TreeChange[],
  ids: Map<string, string>,
): Promise<void> {
  const files = changes
    .filter(({ path }) => isDocumentPath(path) && !path.startsWith("versions/"))
    .flatMap(({ path, oldOid, newOid }) => [oldOid, newOid].map((oid) => ({ path, oid })))
    .filter((file): file is { path: string; oid: string } => file.oid !== null && !ids.has(file.oid))
    .map((file) => ({ ...file, known: knownDocument(repo, file.path, file.oid) }));
  const unknown = files.filter(({ known }) => known === undefined);
  const objects = await readObjects(
    repo,
    unknown.map(({ oid }) => oid),
  );
  const bytes = new Map(unknown.map(({ oid }, index) => [oid, objects[index]?.bytes]));
  for (const { path, oid, known } of files) {
    const decoded = decodeText(bytes.get(oid) ?? Buffer.alloc(0));
    const id = known?.id ?? ("text" in decoded ? readDocument(path, decoded.text).id : path);
    if (id !== path) ids.set(oid, id);
  }
}

/**
 * Where each moved document is to stand on all sides: at the new place, at this version's where both moved it. What
 * Git moves and merges by itself is left to it.
 */
function joinMoves(
  { here, there }: { readonly here: readonly Move[]; readonly there: readonly Move[] },
  given: Aligned,
): { relocations: Relocation[]; rules: TreeRule[] } {
  const relocations: Relocation[] = [];
  const rules: TreeRule[] = [];
  const [ours, theirs] = [byOrigin(here), byOrigin(there)];
  const [touchedHere, touchedThere] = [touched(given.here), touched(given.there)];
  for (const from of new Set([...ours.keys(), ...theirs.keys()])) {
    const [o, t] = [ours.get(from), theirs.get(from)];
    const move = o ?? t;
    if (move === undefined) continue;
    const inBase: Relocation = { side: "base", from, to: move.to, entry: move.entry };
    const rule = { path: move.to, from } as const;
    if (o && t) {
      if (o.to === t.to && o.rule === "git" && t.rule === "git") continue;
      relocations.push(inBase);
      if (o.to === t.to) continue;
      const entry = given.there.find(({ path, newOid }) => path === t.to && newOid !== null);
      if (!entry) continue;
      const stays = { mode: entry.newMode, oid: entry.newOid ?? "" };
      relocations.push({ side: "theirs", from: t.to, to: o.to, entry: stays });
      rules.push({ ...rule, rule: "moved-twice", theirs: t.to });
      continue;
    }
    const stays = (o ? touchedThere : touchedHere).get(from);
    if (move.rule === "git" || stays === undefined) continue;
    relocations.push(inBase);
    rules.push({ ...rule, rule: move.rule === "id" ? "moved-by-id" : "moved-with-folder" });
    if (stays !== null) relocations.push({ ...inBase, side: o ? "theirs" : "ours", entry: stays });
  }
  return { relocations, rules };
}

function byOrigin(moves: readonly Move[]): Map<string, Move> {
  return new Map(moves.map((move) => [move.from, move]));
}

/** What one side changed without moving it, by path: as it stands there now, null where it is removed. */
function touched(changes: readonly TreeChange[]): Map<string, TreeFile | null> {
  return new Map(
    changes
      .filter(({ status }) => status === "M" || status === "D" || status === "T")
      .map(({ path, newMode, newOid }) => [path, newOid === null ? null : { mode: newMode, oid: newOid }]),
  );
}

/**
 * What one side added in a folder that the other side moved goes with it, where Git sees no move: it follows a
 * folder by itself as soon as it finds one renamed file in it.
 */
async function followFolder(
  repo: Repository,
  side: "ours" | "theirs",
  from: { own: Unpaired; movers: Unpaired; moves: readonly Move[]; moved: string },
): Promise<{ move: Relocation; rule: TreeRule }[]> {
  const byGit = new Set(from.moves.filter(({ rule }) => rule === "git").map((move) => folderOf(move.from)));
  const folders = folderMoves(from.movers, from.moves);
  const found = from.own.come.flatMap(({ path, newMode, newOid }) => {
    const folder = folders.get(folderOf(path));
    if (folder === undefined || newOid === null || byGit.has(folderOf(path))) return [];
    const to = inFolder(folder, nameOf(path));
    return [
      {
        move: { side, from: path, to, entry: { mode: newMode, oid: newOid } },
        rule: { path: to, rule: "followed-folder", from: path } as const,
      },
    ];
  });
  const left = [...new Set(found.map(({ move }) => folderOf(move.from)))].filter((folder) => folder !== "");
  if (left.length === 0) return [];
  const still = new Set([...(await listTree(repo, from.moved, left)).keys()].map(folderOf));
  return found.filter(({ move }) => folderOf(move.from) !== "" && !still.has(folderOf(move.from)));
}

/** What this version added under an id that upstream gave to a new document elsewhere: it joins it there. */
function twinsOf(mine: Unpaired, other: Unpaired, ids: ReadonlyMap<string, string>): Relocation[] {
  const known = new Set([...mine.gone, ...other.gone].map(({ oldOid }) => ids.get(oldOid ?? "")));
  const places = new Map(other.come.map(({ path, newOid }) => [ids.get(newOid ?? ""), path]));
  return mine.come.flatMap(({ path, newMode, newOid }) => {
    const id = ids.get(newOid ?? "");
    const to = id === undefined || known.has(id) ? undefined : places.get(id);
    if (to === undefined || to === path || newOid === null) return [];
    return [{ side: "ours", from: path, to, entry: { mode: newMode, oid: newOid } }];
  });
}

/** Leaves out what would write over another file or folder of its side, or into a file. */
async function whereFree(
  repo: Repository,
  sides: Sides,
  wanted: readonly Relocation[],
): Promise<Relocation[]> {
  const free: Relocation[] = [];
  for (const side of ["base", "ours", "theirs"] as const) {
    const own = wanted.filter((each) => each.side === side);
    if (own.length === 0) continue;
    const leaving = new Set(own.map(({ from }) => from));
    const files = [...(await listTree(repo, sides[side])).keys()].filter((path) => !leaving.has(path));
    const taken = new Set([...files, ...files.flatMap(foldersAbove)]);
    const isFile = new Set(files);
    free.push(
      ...own.filter(({ to }) => !taken.has(to) && !foldersAbove(to).some((path) => isFile.has(path))),
    );
  }
  return free;
}

function foldersAbove(path: string): string[] {
  const names = path.split("/");
  return names.slice(1).map((_, index) => names.slice(0, index + 1).join("/"));
}

function relocate({ from, to, entry: { mode, oid } }: Relocation): TreeEdit[] {
  return [
    { path: from, mode: "000000", oid: null },
    { path: to, mode, oid },
  ];
}
