import { readText } from "../../files/read.ts";
import { remove } from "../../files/temporary.ts";
import { writeAtomic } from "../../files/write.ts";
import { isAncestor } from "../../git/ancestry.ts";
import { undoMove } from "../../git/recover.ts";
import { type RefUpdate, readRefs, resolve, updateRefs } from "../../git/refs.ts";
import type { Repository } from "../../git/repository.ts";
import { type IndexEntry, syncIndex } from "../../git/stop.ts";
import { statusOf } from "../../git/worktree.ts";
import { endStop } from "../rebase/stopped.ts";
import { type TextChange, writeTexts } from "./own-texts.ts";

/** What an operation does to files and index before its refs move. */
export type FileWork =
  /** Takes the whole work tree from one commit to another. */
  | { readonly kind: "move"; readonly from: string; readonly to: string }
  /**
   * Writes Leeway's own files and stages what is committed; everything else in the work tree stays. `finish` ends
   * a merge that waited as well; it goes on waiting until the refs have moved.
   */
  | {
      readonly kind: "own" | "finish";
      readonly texts: readonly TextChange[];
      /** What the index said before of the paths that are staged. */
      readonly index: readonly IndexEntry[];
    };

/** What a verb is doing while files, index and refs do not belong together. */
export type Journal =
  | {
      readonly kind: "operation";
      readonly verb: string;
      readonly did: string;
      /** What it does to files and index, step by step; each is noted before it begins. */
      readonly files: readonly FileWork[];
      /** The commit that was checked out when it began; null before the first. */
      readonly head: string | null;
      /** What makes the operation count: once one of these has moved, the others follow. The log is among them. */
      readonly moves: readonly RefUpdate[];
    }
  /** Into a merge that waits for decisions: from a commit to a tree. */
  | { readonly kind: "stop"; readonly verb: string; readonly from: string; readonly to: string };

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

/** What had been cut short, and what became of it. */
export interface Recovered {
  readonly verb: string;
  /** What it did or was to do, in a sentence for people; null of an update that stopped for decisions. */
  readonly did: string | null;
  readonly became: "completed" | "taken-back";
}

/**
 * Makes good what a killed process left half done. An operation of which any ref has moved is completed; of any
 * other, every file that it had written goes back, and what a person has written since stays. A stop that was
 * complete stays one.
 * @returns null where nothing had been cut short
 */
export async function recover(repo: Repository): Promise<Recovered | null> {
  const journal = await readJournal(repo);
  if (journal === null) return null;
  const became = await makeGood(repo, journal);
  await endJournal(repo);
  return { ...toldOf(journal), became };
}

/** What is being written, or was when the process was killed; null between two verbs. */
export async function unfinishedWork(repo: Repository): Promise<Pick<Recovered, "verb" | "did"> | null> {
  const journal = await readJournal(repo);
  return journal === null ? null : toldOf(journal);
}

async function readJournal(repo: Repository): Promise<Journal | null> {
  const text = await readText(journalPath(repo));
  return text === null ? null : (JSON.parse(text) as Journal);
}

function toldOf(journal: Journal): Pick<Recovered, "verb" | "did"> {
  return { verb: journal.verb, did: journal.kind === "stop" ? null : journal.did };
}

async function makeGood(repo: Repository, journal: Journal): Promise<Recovered["became"]> {
  if (journal.kind === "stop") return recoverStop(repo, journal);
  if (await hasBegun(repo, journal.moves)) {
    await complete(repo, journal);
    return "completed";
  }
  for (const step of [...journal.files].reverse()) await takeBack(repo, step, journal.head);
  return "taken-back";
}

type Operating = Extract<Journal, { kind: "operation" }>;

async function hasBegun(repo: Repository, moves: readonly RefUpdate[]): Promise<boolean> {
  const now = await readRefs(
    repo,
    moves.map(({ ref }) => ref),
  );
  // A ref that is set whatever it was before tells nothing.
  const telling = moves.filter(({ old }) => old !== undefined);
  const reached = await Promise.all(telling.map((move) => hasReached(repo, move, now.get(move.ref) ?? null)));
  return reached.includes(true);
}

/** Whether a ref is where it was to go, or beyond: a person may have committed on top. */
async function hasReached(repo: Repository, move: RefUpdate, now: string | null): Promise<boolean> {
  if (now === move.new) return true;
  const { ref, new: to, old = null } = move;
  if (now === null || to === null || now === old || !ref.startsWith("refs/heads/")) return false;
  if (!(await isAncestor(repo, to, now))) return false;
  return old === null || (await isAncestor(repo, old, to)) || !(await isAncestor(repo, old, now));
}

/** Moves the refs that are still where they were, and ends what the operation ended. */
async function complete(repo: Repository, { moves, did, files }: Operating): Promise<void> {
  const now = await readRefs(
    repo,
    moves.map(({ ref }) => ref),
  );
  const left = moves.filter(({ ref, old }) => old === undefined || (now.get(ref) ?? null) === old);
  await updateRefs(repo, left, `leeway: ${did}`);
  if (files.some(({ kind }) => kind === "finish")) await endStop(repo);
}

async function takeBack(repo: Repository, files: FileWork, head: string | null): Promise<void> {
  const isHere = (await resolve(repo, "HEAD")) === head;
  if (files.kind === "move") {
    if (isHere) await undoMove(repo, files.from, files.to);
    return;
  }
  // What a person has committed meanwhile, with all that was staged, is not taken from under that commit.
  const staged = isHere ? null : new Set((await statusOf(repo)).staged.map(({ path }) => path));
  const isTheirs = (path: string): boolean =>
    staged !== null && !staged.has(path) && files.index.some((entry) => entry.path === path);
  await writeTexts(
    repo,
    files.texts
      .filter(({ path }) => !isTheirs(path))
      .map(({ path, before, after }) => ({ path, before: after, after: before })),
  );
  await syncIndex(
    repo,
    files.index.filter(({ path }) => !isTheirs(path)),
  );
}

async function recoverStop(
  repo: Repository,
  { from, to }: { from: string; to: string },
): Promise<Recovered["became"]> {
  if ((await resolve(repo, "HEAD")) !== from || (await statusOf(repo)).unmerged.length > 0)
    return "completed";
  await undoMove(repo, from, to);
  await endStop(repo);
  return "taken-back";
}
