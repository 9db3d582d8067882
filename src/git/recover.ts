import { join } from "node:path";
import { readFile } from "../files/read.ts";
import { withTemporary } from "../files/temporary.ts";
import { writeAtomic } from "../files/write.ts";
import type { TreeChange } from "./raw-diff.ts";
import type { Repository } from "./repository.ts";
import { diffTrees, literally } from "./trees.ts";
import { diffIndex, statusOf } from "./worktree.ts";

/**
 * Takes back what an interrupted `checkoutTree` or `enterMerge` has already written. Git changes the files
 * first and the index last; so after an interruption some files hold what was to come while the index
 * knows nothing of it. Only files that are exactly as the move would have left them are restored;
 * whatever somebody has written since stays. Returns the restored paths.
 */
export async function undoMove(repo: Repository, from: string, to: string): Promise<string[]> {
  const moves = new Map((await diffTrees(repo, from, to)).map((move) => [move.path, move]));
  const status = await statusOf(repo);
  const touched = [...status.unstaged, ...status.untracked].filter((path) => moves.has(path));
  if (touched.length === 0) return [];
  const now = new Map((await asStored(repo, from, touched)).map((change) => [change.path, change]));
  const written = touched.filter((path) => {
    const change = now.get(path);
    const move = moves.get(path);
    return change && move && change.newOid === move.newOid && change.newMode === move.newMode;
  });
  if (written.length === 0) return [];
  const list = ["--pathspec-from-file=-", "--pathspec-file-nul"];
  const input = `${written.join("\0")}\0`;
  // Known to the index first, so that files which the move added are removed by the next step.
  await repo.run([literally, "add", "--all", "--force", ...list], { input });
  await repo.run([literally, "restore", `--source=${from}`, "--staged", "--worktree", ...list], { input });
  return written.sort();
}

/** How paths of the work tree differ from a commit, with the ids their files would have in Git. */
function asStored(repo: Repository, from: string, paths: readonly string[]): Promise<TreeChange[]> {
  return withTemporary(repo.gitDir, async (folder) => {
    const index = join(folder, "index");
    const current = await readFile(join(repo.gitDir, "index"));
    if (current) await writeAtomic(index, current);
    const env = { GIT_INDEX_FILE: index };
    await repo.run([literally, "add", "--all", "--force", "--pathspec-from-file=-", "--pathspec-file-nul"], {
      input: `${paths.join("\0")}\0`,
      env,
    });
    return diffIndex(repo, from, { env });
  });
}
