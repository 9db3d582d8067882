import { join } from "node:path";
import { listFolder, readFile } from "../files/read.ts";
import { remove } from "../files/temporary.ts";
import { writeOnce } from "../files/write.ts";
import { readsAsWritten } from "./as-written.ts";
import { isRemembered } from "./remembered.ts";
import type { Repository } from "./repository.ts";

/** Bytes beyond which Git is asked again: it takes less of the disk, and hardly longer. */
const LONGEST = 1_000_000;

/** Answers beyond which all are let go: nearly all are about commits that nobody asks about any more. */
const MOST = 200;

/**
 * What Git answered before to the same question, kept from one command to the next where its answer never changes: such a
 * question names commits and trees, and these by their ids. The folder may be deleted at any time.
 * @param args what Git is told
 * @param revs what of it names commits or trees; where one is not an id, or this clone reads commits otherwise than they
 *   are written, nothing is kept
 * @returns what Git printed; null where it has to be asked
 */
export async function keptAnswer(
  repo: Repository,
  args: readonly string[],
  revs: readonly string[],
): Promise<Buffer | null> {
  if (!(await isLasting(repo, revs))) return null;
  const kept = await readFile(pathOf(repo, args, revs)).catch(() => null);
  return kept && answerIn(kept, args);
}

/** Keeps an answer for the next command; where that cannot be done, Git will be asked again. */
export async function keepAnswer(
  repo: Repository,
  args: readonly string[],
  revs: readonly string[],
  answer: Buffer,
): Promise<void> {
  if (answer.length > LONGEST || !(await isLasting(repo, revs))) return;
  const path = pathOf(repo, args, revs);
  try {
    const others = await listFolder(folderOf(repo));
    // One of that name was not whole, or answers something else.
    await remove(others !== null && others.length >= MOST ? folderOf(repo) : path);
    writeOnce(path, Buffer.concat([Buffer.from(`${question(args)}${answer.length}\n`), answer]), "draft-");
  } catch {
    // On a disk that cannot be written to.
  }
}

/** Asks Git, unless it has answered before. */
export async function askOnce(
  repo: Repository,
  args: readonly string[],
  revs: readonly string[],
): Promise<Buffer> {
  const kept = await keptAnswer(repo, args, revs);
  if (kept !== null) return kept;
  const { stdout } = await repo.run(args);
  await keepAnswer(repo, args, revs, stdout);
  return stdout;
}

/** How a kept answer begins; how long it is comes next, and then the answer. */
const question = (args: readonly string[]): string => `${JSON.stringify(args)} `;

/** Null where the file answers something else, or is not whole. */
function answerIn(kept: Buffer, args: readonly string[]): Buffer | null {
  const asked = Buffer.from(question(args));
  if (!kept.subarray(0, asked.length).equals(asked)) return null;
  const end = kept.indexOf("\n", asked.length);
  const answer = kept.subarray(end + 1);
  return kept.toString("latin1", asked.length, end) === String(answer.length) ? answer : null;
}

const folderOf = (repo: Repository): string => `${repo.commonDir}/leeway/cache/answers`;

/** Two questions that share a name take each other's place. */
function pathOf(repo: Repository, args: readonly string[], revs: readonly string[]): string {
  const ids = revs.slice(0, 4).map((rev) => rev.slice(0, 16));
  return join(folderOf(repo), [...ids, revs.length, args.join(" ").length].join("-"));
}

/** Many versions, which have a memory of their own, are not kept twice. */
async function isLasting(repo: Repository, revs: readonly string[]): Promise<boolean> {
  return revs.every((rev) => /^[0-9a-f]{40,64}$/.test(rev)) && !isRemembered(repo) && readsAsWritten(repo);
}
