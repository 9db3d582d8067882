import { join } from "node:path";
import { exists, fileFacts, readText } from "../files/read.ts";
import { withTemporary } from "../files/temporary.ts";
import { readObjects } from "./objects.ts";
import type { Repository } from "./repository.ts";
import { literally } from "./trees.ts";

/** A command of Git's that has stopped in the middle, and the commit that it joins with HEAD; null where it says none. */
export interface InProgress {
  readonly operation: "merge" | "rebase" | "cherry-pick" | "revert" | "am" | "other";
  readonly other: string | null;
}

/** The commit that `git rebase` puts this version's own commits on; null where none is going on. */
export async function rebasedOnto(repo: Repository): Promise<string | null> {
  for (const place of ["rebase-merge", "rebase-apply"]) {
    const onto = (await readText(join(repo.gitDir, place, "onto")))?.trim();
    if (onto) return onto;
  }
  return null;
}

/** Whether work has been put aside with `git stash`. */
export async function hasStash(repo: Repository): Promise<boolean> {
  return ((await fileFacts(join(repo.commonDir, "logs/refs/stash")))?.size ?? 0) > 0;
}

/** What Git is in the middle of, from its own state files; `other` where it left none, as `git stash pop` does. */
export async function inProgress(repo: Repository): Promise<InProgress> {
  const head = async (name: string): Promise<string | null> =>
    (await readText(join(repo.gitDir, name)))?.split("\n")[0]?.trim() || null;
  // `git rebase` picks commits one by one, so what it stops at looks like a cherry-pick, too.
  for (const place of ["rebase-merge", "rebase-apply/rebasing"]) {
    if (await exists(join(repo.gitDir, place)))
      return { operation: "rebase", other: await head("REBASE_HEAD") };
  }
  if (await exists(join(repo.gitDir, "rebase-apply/applying"))) return { operation: "am", other: null };
  for (const [operation, name] of [
    ["merge", "MERGE_HEAD"],
    ["cherry-pick", "CHERRY_PICK_HEAD"],
    ["revert", "REVERT_HEAD"],
  ] as const) {
    const other = await head(name);
    if (other !== null) return { operation, other };
  }
  return { operation: "other", other: null };
}

/**
 * Which files in conflict lie there just as Git left them, with the ids that they have in Git: as its merge wrote
 * them, or as `git checkout --merge` writes them anew.
 */
export async function asGitLeft(repo: Repository, paths: readonly string[]): Promise<Map<string, string>> {
  const kinds = await Promise.all(paths.map((path) => exists(join(repo.root, path))));
  // Git takes such names a line each.
  const there = paths.filter((path, index) => kinds[index] && !path.includes("\n"));
  if (there.length === 0) return new Map();
  const [now, merged, anew] = await Promise.all([
    hashFiles(repo, there, repo.root),
    readObjects(
      repo,
      there.map((path) => `AUTO_MERGE:${path}`),
    ),
    mergedAnew(repo, there),
  ]);
  return new Map(
    there.flatMap((path, index): [string, string][] => {
      const oid = now[index] ?? "";
      return oid === merged[index]?.oid || oid === anew.get(path) ? [[path, oid]] : [];
    }),
  );
}

/** The ids that files would have in Git. */
async function hashFiles(repo: Repository, paths: readonly string[], root: string): Promise<string[]> {
  const listed = paths.map((path) => `${root}/${path}\n`).join("");
  return (await repo.text(["hash-object", "-w", "--stdin-paths"], { input: listed })).split("\n");
}

/** What `git checkout --merge` makes of the stages in the index, looked at in another folder. */
async function mergedAnew(repo: Repository, paths: readonly string[]): Promise<Map<string, string>> {
  return withTemporary(repo.gitDir, async (folder) => {
    const env = { GIT_WORK_TREE: folder, GIT_DIR: repo.gitDir };
    const input = paths.map((path) => `${path}\0`).join("");
    const args = [literally, "checkout", "--merge", "-q", "--pathspec-from-file=-", "--pathspec-file-nul"];
    await repo.run(args, { env, input, ok: [0, 1, 128] });
    const kinds = await Promise.all(paths.map((path) => exists(join(folder, path))));
    const written = paths.filter((_, index) => kinds[index]);
    if (written.length === 0) return new Map();
    const oids = await hashFiles(repo, written, folder);
    return new Map(written.map((path, index) => [path, oids[index] ?? ""]));
  });
}
