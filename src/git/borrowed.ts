import { withTemporary } from "../files/temporary.ts";
import { writeAtomic } from "../files/write.ts";
import { runGit } from "./process.ts";
import { initBare } from "./remotes.ts";
import { Repository } from "./repository.ts";

/**
 * Does work with a bare repository that is gone afterwards. It reads the objects of another one, if any, and
 * writes only its own, so that something can be fetched and looked at before anything is changed.
 */
export function withBorrowed<T>(from: Repository | null, work: (repo: Repository) => Promise<T>): Promise<T> {
  return withTemporary(undefined, async (folder) => {
    const bare = await initBare(folder, from?.objectFormat ?? "sha1");
    if (from !== null) await writeAtomic(`${folder}/objects/info/alternates`, `${from.commonDir}/objects\n`);
    return work(bare);
  });
}

/** Stores every file of a folder that Git is not told to ignore in a bare repository; returns the tree. */
export async function storeFolder(bare: Repository, folder: string): Promise<string> {
  const { gitDir, commonDir, objectFormat } = bare;
  const over = new Repository({ root: folder, gitDir, commonDir, objectFormat });
  const env = { GIT_DIR: gitDir, GIT_WORK_TREE: folder };
  await over.run(["add", "--all", "--", "."], { env });
  return over.text(["write-tree"], { env });
}

/** Whether a folder lies in a repository. */
export async function isInRepository(folder: string): Promise<boolean> {
  const { code, stderr } = await runGit(folder, ["rev-parse", "--git-dir"], { ok: [0, 128] });
  // Whatever else is wrong with a repository is told by whoever opens it.
  return code === 0 || !stderr.includes("not a git repository");
}
