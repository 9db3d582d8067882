import type { Repository } from "../../git/repository.ts";
import { type Status, statusOf } from "../../git/worktree.ts";

/** Every path that differs from the last commit: staged, changed or new. */
export async function unsavedPaths(repo: Repository): Promise<Set<string>> {
  return unsavedIn(await statusOf(repo));
}

/** The same in what Git has told; a repository within this one is not Leeway's to save. */
export function unsavedIn({ staged, unstaged, untracked, repositories }: Status): Set<string> {
  const unsaved = new Set([...staged.map(({ path }) => path), ...unstaged, ...untracked]);
  for (const path of repositories) unsaved.delete(path);
  return unsaved;
}
