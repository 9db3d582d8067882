import { join } from "node:path";
import { withTemporary } from "../files/temporary.ts";
import type { Repository } from "./repository.ts";
import { literally } from "./trees.ts";
import { statusOf } from "./worktree.ts";

/**
 * The tracked files as they lie in the work tree, as a tree; files that Git does not know are left out, since nothing
 * that Leeway does touches them. Index and files stay as they are.
 * @returns null where nothing differs from HEAD
 */
export async function snapshotFiles(repo: Repository): Promise<string | null> {
  if (repo.root === "") return null;
  const { head, changes, unmerged } = await statusOf(repo);
  if (head === null) return null;
  const paths = new Set([
    ...changes.flatMap(({ path, from }) => (from === undefined ? [path] : [path, from])),
    ...unmerged.map(({ path }) => path),
  ]);
  if (paths.size === 0) return null;
  return withTemporary(repo.gitDir, async (folder) => {
    const env = { GIT_INDEX_FILE: join(folder, "index") };
    await repo.run(["read-tree", head], { env });
    const input = [...paths]
      .sort()
      .map((path) => `${path}\0`)
      .join("");
    // In order, so that a file goes before what lies in the folder that took its place.
    const byPath = ["--add", "--remove", "--replace", "-z", "--stdin"];
    await repo.run([literally, "update-index", ...byPath], { input, env });
    return repo.text(["write-tree"], { env });
  });
}
