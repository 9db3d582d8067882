import { readText } from "../../files/read.ts";
import { remove } from "../../files/temporary.ts";
import { writeAtomic } from "../../files/write.ts";
import { undoMove } from "../../git/recover.ts";
import { resolve } from "../../git/refs.ts";
import type { Repository } from "../../git/repository.ts";
import { statusOf } from "../../git/worktree.ts";
import { endStop } from "../rebase/stopped.ts";
import { lastOperation } from "./operations.ts";

/** What a verb is doing while files, index and refs do not belong together. */
interface Journal {
  readonly verb: string;
  /** `move` takes the work tree to another commit, `stop` into a merge that waits, `finish` ends such a merge. */
  readonly step: "move" | "stop" | "finish";
  readonly from: string;
  /** A commit; a tree where it stops. */
  readonly to: string;
}

function journalPath(repo: Repository): string {
  return `${repo.gitDir}/leeway/journal.json`;
}

/** Notes down a step before it starts, so that a killed process can be made good. */
export async function beginJournal(repo: Repository, journal: Journal): Promise<void> {
  await writeAtomic(journalPath(repo), Buffer.from(JSON.stringify(journal), "utf8"));
}

export async function endJournal(repo: Repository): Promise<void> {
  await remove(journalPath(repo));
}

/**
 * Makes good what a killed process left half done: where the branch never moved, every file that the verb had
 * written goes back, and files that a person has written since stay. A stop that was complete stays one.
 * @returns the verb that was interrupted, or null where there was nothing to do
 */
export async function recover(repo: Repository): Promise<string | null> {
  const text = await readText(journalPath(repo));
  if (text === null) return null;
  const journal = JSON.parse(text) as Journal;
  const head = await resolve(repo, "HEAD");
  if (journal.step === "finish") {
    const last = await lastOperation(repo);
    if (head === journal.to && last?.refs.some(({ after }) => after === head)) await endStop(repo);
  } else if (head === journal.from) {
    const isComplete = journal.step === "stop" && (await statusOf(repo)).unmerged.length > 0;
    if (!isComplete) await undoMove(repo, journal.from, journal.to);
    if (!isComplete && journal.step === "stop") await endStop(repo);
  }
  await endJournal(repo);
  return journal.verb;
}
