import { isLocked, withLock } from "../../files/lock.ts";
import { resolve } from "../../git/refs.ts";
import type { Repository } from "../../git/repository.ts";
import { forgetTakenBack } from "../rebase/stopped.ts";
import { forgetOver } from "../resolve/git-conflict.ts";
import { clearDrafts } from "../work-file.ts";
import { type Recovered, recover, unfinishedWork } from "./journal.ts";

function lockPath(repo: Repository): string {
  return `${repo.commonDir}/leeway/lock`;
}

/** What a verb that was killed has left, for the next one that writes to make good; null while one is at work. */
export async function cutShort(repo: Repository): Promise<Pick<Recovered, "verb" | "did"> | null> {
  const left = await unfinishedWork(repo);
  return left === null || (await isLocked(lockPath(repo))) ? null : left;
}

/**
 * Runs the writing part of a verb alone: one Leeway at a time in a repository, after making good what a killed
 * process may have left.
 * @param tell is told what had been cut short, before the work begins
 * @throws Failure "environment" naming who holds the lock
 */
export function startWriting<T>(
  repo: Repository,
  verb: string,
  work: () => Promise<T>,
  tell?: (recovered: Recovered) => void,
): Promise<T> {
  return withLock(lockPath(repo), { verb }, async () => {
    await clearDrafts(repo);
    const recovered = await recover(repo);
    if (recovered !== null) tell?.(recovered);
    await forgetTakenBack(repo);
    await forgetOver(repo, await resolve(repo, "HEAD"));
    return work();
  });
}
