import { join } from "node:path";
import { kindOf } from "../files/read.ts";
import type { TreeChange } from "./raw-diff.ts";
import type { Repository } from "./repository.ts";
import { diffTrees } from "./trees.ts";
import { diffIndex, statusOf } from "./worktree.ts";

/**
 * The paths whose local state would be lost if the work tree went from one commit or tree to another:
 * changed or staged files that the move changes too, and files unknown to Git (ignored ones included)
 * where the move puts others. Empty: nothing stands in the way.
 */
export async function standsInTheWay(repo: Repository, from: string, to: string): Promise<string[]> {
  const moves = await diffTrees(repo, from, to);
  if (moves.length === 0) return [];
  const status = await statusOf(repo);
  const staged = status.head === from ? status.staged : await diffIndex(repo, from);
  const found = new Set<string>(status.unmerged.map(({ path }) => path));
  const byPath = new Map(moves.map((move) => [move.path, move]));
  for (const change of staged) {
    const move = byPath.get(change.path);
    if (move && !alreadyThere(change, move)) found.add(change.path);
  }
  const stagedPaths = new Set(staged.map(({ path }) => path));
  const folders = new Set(
    moves.filter((move) => move.status === "A").flatMap(({ path }) => foldersAbove(path)),
  );
  for (const path of status.unstaged) {
    if (byPath.has(path) && !stagedPaths.has(path) && (await kindOf(join(repo.root, path))) !== null) {
      found.add(path);
    }
  }
  for (const path of status.untracked) {
    if (byPath.has(path) || folders.has(path)) found.add(path);
    if (foldersAbove(path).some((folder) => byPath.get(folder)?.newOid)) found.add(path);
  }
  for (const path of await ignoredInTheWay(repo, moves, stagedPaths)) found.add(path);
  return [...found].sort();
}

/**
 * Files where the move adds one, which nobody tracks. Looked at on the disk, since ignored files have no
 * part in a status and Git would overwrite them without a word.
 */
export async function ignoredInTheWay(
  repo: Repository,
  moves: readonly TreeChange[],
  tracked: ReadonlySet<string> = new Set(),
): Promise<string[]> {
  const added = moves.filter((move) => move.status === "A" && !tracked.has(move.path));
  const leaving = new Set(moves.filter((move) => move.status === "D").map((move) => plain(move.path)));
  const places = new Set(added.flatMap(({ path }) => [...foldersAbove(path), path]));
  const found = await Promise.all(
    [...places].map(async (place) => {
      const kind = leaving.has(plain(place)) ? null : await kindOf(join(repo.root, place));
      return kind !== null && kind !== "folder" ? [place] : [];
    }),
  );
  return found.flat();
}

/** Where the disk takes `A.md` and `a.md` for one file, a change of case must not stand in its own way. */
const plain = (path: string) =>
  process.platform === "win32" || process.platform === "darwin" ? path.normalize().toLowerCase() : path;

const alreadyThere = (change: TreeChange, move: TreeChange) =>
  change.newOid === move.newOid && (move.newOid === null || change.newMode === move.newMode);

function foldersAbove(path: string): string[] {
  const folders: string[] = [];
  for (let i = path.indexOf("/"); i > 0; i = path.indexOf("/", i + 1)) folders.push(path.slice(0, i));
  return folders;
}
