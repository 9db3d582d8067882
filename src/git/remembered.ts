import type { Repository } from "./repository.ts";

const memories = new WeakMap<Repository, Map<string, Promise<unknown>>>();

/**
 * From now on, what is asked of a repository by the ids of objects is asked once: for whoever looks at many versions
 * that share an upstream. The refs must not change meanwhile.
 */
export function remember(repo: Repository): void {
  memories.set(repo, new Map());
}

export function isRemembered(repo: Repository): boolean {
  return memories.has(repo);
}

/** The answer found before, where the repository is remembered; else it is found now, and not kept. */
export function remembered<T>(repo: Repository, key: string, find: () => Promise<T>): Promise<T> {
  const memory = memories.get(repo);
  if (memory === undefined) return find();
  const known = memory.get(key) as Promise<T> | undefined;
  const answer = known ?? find();
  if (known === undefined) memory.set(key, answer);
  return answer;
}

/** Whether that was asked already. */
export function isAsked(repo: Repository, key: string): boolean {
  return memories.get(repo)?.has(key) ?? false;
}

/** Lets go of what was asked about a commit that nobody will ask about again. */
export function forgetCommit(repo: Repository, commit: string): void {
  const memory = memories.get(repo);
  for (const key of memory?.keys() ?? []) if (key.includes(commit)) memory?.delete(key);
}
