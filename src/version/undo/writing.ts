import { withLock } from "../../files/lock.ts";
import type { Repository } from "../../git/repository.ts";
import { forgetTakenBack } from "../rebase/stopped.ts";
import { forgetOver } from "../resolve/git-conflict.ts";
import { clearDrafts } from "../work-file.ts";
import { lockPath } from "./cut-short.ts";
import { type Recovered, recover } from "./journal.ts";

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
    await forgetOver(repo);
    return work();
  });
}
