import { withLock } from "../../files/lock.ts";
import type { Repository } from "../../git/repository.ts";
import { forgetTakenBack } from "../rebase/stopped.ts";
import { recover } from "./journal.ts";

/**
 * Runs the writing part of a verb alone: one Leeway at a time in a repository, after making good what a killed
 * process may have left.
 * @throws Failure "environment" naming who holds the lock
 */
export function startWriting<T>(repo: Repository, verb: string, work: () => Promise<T>): Promise<T> {
  return withLock(`${repo.commonDir}/leeway/lock`, { verb }, async () => {
    await recover(repo);
    await forgetTakenBack(repo);
    return work();
  });
}
