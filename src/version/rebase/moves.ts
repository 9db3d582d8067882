import { isDocumentPath } from "../../curriculum/conventions.ts";
import type { TreeChange } from "../../git/raw-diff.ts";
import type { TreeFile } from "../../git/trees.ts";

/** How it was found that a file now stands elsewhere. */
export type MoveRule =
  /** Git's own likeness of the texts. */
  | "git"
  /** The id in its front matter. */
  | "id"
  /** Its folder moved, and it keeps its name in the new one. */
  | "folder";

export interface Move {
  readonly from: string;
  readonly to: string;
  /** What stands at `from` in the base. */
  readonly entry: TreeFile;
  readonly rule: MoveRule;
}

/** What one side removed, added and moved, as far as Git finds no rename in them. */
export interface Unpaired {
  readonly gone: readonly TreeChange[];
  readonly come: readonly TreeChange[];
}

/**
 * @param ids of blobs, as far as they are known: a file that has another id than before is another document, and
 *   counts as removed and added
 */
export function unpaired(changes: readonly TreeChange[], ids: ReadonlyMap<string, string>): Unpaired {
  // Nearly all are edits, of which the names need no look.
  const documents = (is: (change: TreeChange) => boolean): TreeChange[] =>
    changes.filter(
      (change) => is(change) && isDocumentPath(change.path) && !change.path.startsWith("versions/"),
    );
  const replaced = documents(({ status, oldOid, newOid }) => {
    const before = status === "M" ? ids.get(oldOid ?? "") : undefined;
    const after = before === undefined ? undefined : ids.get(newOid ?? "");
    return before !== after && after !== undefined;
  });
  return {
    gone: [...documents(({ status }) => status === "D"), ...replaced],
    come: [...documents(({ status }) => status === "A"), ...replaced],
  };
}

/** The moves of one side: Git's, those that ids tell, and those of files that went with their folder. */
export function movesOf(changes: readonly TreeChange[], ids: ReadonlyMap<string, string>): Move[] {
  const { gone, come } = unpaired(changes, ids);
  const places = new Map(come.map(({ path, newOid }) => [ids.get(newOid ?? ""), path]));
  const known = [
    ...changes.flatMap(({ from, path, oldMode, oldOid }): Move[] =>
      from === undefined || oldOid === null
        ? []
        : [{ from, to: path, entry: { mode: oldMode, oid: oldOid }, rule: "git" }],
    ),
    ...gone.flatMap(({ path, oldMode, oldOid }): Move[] => {
      const id = ids.get(oldOid ?? "");
      const to = id === undefined ? undefined : places.get(id);
      return to === undefined || oldOid === null
        ? []
        : [{ from: path, to, entry: { mode: oldMode, oid: oldOid }, rule: "id" }];
    }),
  ];
  return [...known, ...movesWithFolder({ gone, come }, known, ids)];
}

/** A folder counts as moved from so many of its files on that are known to have gone to one other folder. */
const LEAST_VOTES = 2;

/**
 * Where folders went: each to the one where most of its files are, known by their texts and ids, or by keeping their
 * names. One file alone moves its folder only if its text or id says that it is the same.
 */
export function folderMoves({ gone, come }: Unpaired, known: readonly Move[]): Map<string, string> {
  const votes = new Map<string, Map<string, number>>();
  const vote = (from: string, to: string, weight: number): void => {
    if (from === to) return;
    const targets = votes.get(from) ?? new Map<string, number>();
    votes.set(from, targets.set(to, (targets.get(to) ?? 0) + weight));
  };
  for (const { from, to } of known) vote(folderOf(from), folderOf(to), LEAST_VOTES);
  const moved = new Set(known.flatMap(({ from, to }) => [from, to]));
  const fresh = new Map<string, string[]>();
  for (const { path } of come.filter((each) => !moved.has(each.path))) {
    fresh.set(nameOf(path), [...(fresh.get(nameOf(path)) ?? []), path]);
  }
  for (const { path } of gone.filter((each) => !moved.has(each.path))) {
    for (const other of fresh.get(nameOf(path)) ?? []) vote(folderOf(path), folderOf(other), 1);
  }
  return new Map(
    [...votes].flatMap(([from, targets]) => {
      const [best, second] = [...targets].sort(([, a], [, b]) => b - a);
      const isClear = best && best[1] >= LEAST_VOTES && best[1] > (second?.[1] ?? 0);
      return isClear ? [[from, best[0]] as const] : [];
    }),
  );
}

function movesWithFolder(sides: Unpaired, known: readonly Move[], ids: ReadonlyMap<string, string>): Move[] {
  const folders = folderMoves(sides, known);
  const taken = new Set(known.flatMap(({ from, to }) => [from, to]));
  const come = new Map(sides.come.map((change) => [change.path, change]));
  return sides.gone.flatMap(({ path, oldMode, oldOid }): Move[] => {
    const folder = folders.get(folderOf(path));
    const to = folder === undefined ? undefined : come.get(inFolder(folder, nameOf(path)));
    if (to === undefined || oldOid === null || taken.has(path) || taken.has(to.path)) return [];
    // Two documents that each have an id of their own are not one.
    const [before, after] = [ids.get(oldOid), ids.get(to.newOid ?? "")];
    if (before !== undefined && after !== undefined && before !== after) return [];
    return [{ from: path, to: to.path, entry: { mode: oldMode, oid: oldOid }, rule: "folder" }];
  });
}

export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

export function inFolder(folder: string, name: string): string {
  return folder === "" ? name : `${folder}/${name}`;
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
