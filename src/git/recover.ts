import { join } from "node:path";
import { kindOf } from "../files/read.ts";
import { withTemporary } from "../files/temporary.ts";
import type { TreeChange } from "./raw-diff.ts";
import type { Repository } from "./repository.ts";
import { syncIndex } from "./stop.ts";
import { diffTrees, literally } from "./trees.ts";
import { diffIndex, statusOf } from "./worktree.ts";

const listed = ["--pathspec-from-file=-", "--pathspec-file-nul"];

/**
 * Takes back what an interrupted `checkoutTree` or `enterMerge` has already written. Git changes the files
 * first and the index last; so some files may hold what was to come while the index knows nothing of it, or all
 * of it may be there while the branch has not moved. Only files that are exactly as the move would have left
 * them are restored; whatever somebody has written since stays. Returns the restored paths.
 */
export async function undoMove(repo: Repository, from: string, to: string): Promise<string[]> {
  const moves = new Map((await diffTrees(repo, from, to)).map((move) => [move.path, move]));
  const status = await statusOf(repo);
  const differing = new Set([
    ...status.staged.map(({ path }) => path),
    ...status.unstaged,
    ...status.untracked,
  ]);
  const touched = [...differing].filter((path) => moves.has(path));
  if (touched.length === 0) return [];
  const now = new Map((await asStored(repo, from, touched)).map((change) => [change.path, change]));
  const written = touched.flatMap((path) => {
    const move = moves.get(path);
    return move && isMoved(now.get(path), move) ? [move] : [];
  });
  // Known to the index first, so that files which the move added are removed by the next step.
  await syncIndex(
    repo,
    written.map(({ path, newMode, newOid }) => ({ path, mode: newMode, oid: newOid })),
  );
  const paths = written.map(({ path }) => path).sort();
  await restore(repo, from, paths, ["--staged", "--worktree"]);
  // What was edited since is as the move left it in the index alone; what a person had staged before stays.
  const edited = (await diffIndex(repo, from)).filter((change) => isMoved(change, moves.get(change.path)));
  await restore(
    repo,
    from,
    edited.map(({ path }) => path),
    ["--staged"],
  );
  return paths;
}

/** Whether a path is just as a move was to leave it. */
function isMoved(now: TreeChange | undefined, move: TreeChange | undefined): boolean {
  return (
    now !== undefined && move !== undefined && now.newOid === move.newOid && now.newMode === move.newMode
  );
}

async function restore(
  repo: Repository,
  from: string,
  paths: readonly string[],
  what: readonly string[],
): Promise<void> {
  if (paths.length === 0) return;
  const input = `${paths.join("\0")}\0`;
  await repo.run([literally, "restore", `--source=${from}`, ...what, ...listed], { input });
}

/** How paths of the work tree differ from a commit, with the ids their files would have in Git. */
async function asStored(repo: Repository, from: string, touched: readonly string[]): Promise<TreeChange[]> {
  const before = new Set((await diffTrees(repo, null, from, { paths: touched })).map(({ path }) => path));
  const kinds = await Promise.all(touched.map((path) => kindOf(join(repo.root, path))));
  const paths = touched.filter((path, index) => kinds[index] !== null || before.has(path));
  return withTemporary(repo.gitDir, async (folder) => {
    const env = { GIT_INDEX_FILE: join(folder, "index") };
    await repo.run(["read-tree", from], { env });
    if (paths.length > 0) {
      const input = `${paths.join("\0")}\0`;
      await repo.run([literally, "add", "--all", "--force", ...listed], { input, env });
    }
    return diffIndex(repo, from, { env });
  });
}
