import { readText } from "../files/read.ts";
import { remove } from "../files/temporary.ts";
import { writeAtomic } from "../files/write.ts";
import { undoMove } from "../git/recover.ts";
import { resolve } from "../git/refs.ts";
import type { Repository } from "../git/repository.ts";

/** What a verb is doing while it moves the work tree from one commit to another. */
interface Journal {
  readonly verb: string;
  readonly from: string;
  readonly to: string;
}

function journalPath(repo: Repository): string {
  return `${repo.gitDir}/leeway/journal.json`;
}

/** Notes down a move of the work tree before it starts, so that a killed process can be made good. */
export async function beginJournal(repo: Repository, journal: Journal): Promise<void> {
  await writeAtomic(journalPath(repo), Buffer.from(JSON.stringify(journal), "utf8"));
}

export async function endJournal(repo: Repository): Promise<void> {
  await remove(journalPath(repo));
}

/**
 * Makes good what a killed process left half done: where the branch never moved, every file that the verb had
 * written goes back, and files that a person has written since stay.
 * @returns the verb that was interrupted, or null where there was nothing to do
 */
export async function recover(repo: Repository): Promise<string | null> {
  const text = await readText(journalPath(repo));
  if (text === null) return null;
  const journal = JSON.parse(text) as Journal;
  if ((await resolve(repo, "HEAD")) === journal.from) await undoMove(repo, journal.from, journal.to);
  await endJournal(repo);
  return journal.verb;
}
