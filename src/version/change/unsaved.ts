import type { Repository } from "../../git/repository.ts";
import { statusOf } from "../../git/worktree.ts";

/** Every path that differs from the last commit: staged, changed or new. */
export async function unsavedPaths(repo: Repository): Promise<Set<string>> {
  const { staged, unstaged, untracked } = await statusOf(repo);
  return new Set([...staged, ...unstaged, ...untracked]);
}
