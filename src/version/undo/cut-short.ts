import { isLocked } from "../../files/lock.ts";
import type { Repository } from "../../git/repository.ts";
import { type Recovered, unfinishedWork } from "./journal.ts";

/** The lock that a verb holds while it writes. */
export function lockPath(repo: Repository): string {
  return `${repo.commonDir}/leeway/lock`;
}

/** What a verb that was killed has left, for the next one that writes to make good; null while one is at work. */
export async function cutShort(repo: Repository): Promise<Pick<Recovered, "verb" | "did"> | null> {
  const left = await unfinishedWork(repo);
  return left === null || (await isLocked(lockPath(repo))) ? null : left;
}
