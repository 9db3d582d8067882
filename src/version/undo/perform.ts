import type { TreeChange } from "../../git/raw-diff.ts";
import { resolve, updateRefs } from "../../git/refs.ts";
import type { Repository } from "../../git/repository.ts";
import { checkoutTree, type IndexEntry, readIndex, syncIndex } from "../../git/stop.ts";
import { diffTrees } from "../../git/trees.ts";
import { endStop } from "../rebase/stopped.ts";
import { unsavedInTheWay } from "./in-the-way.ts";
import { beginJournal, endJournal, type FileWork, recover } from "./journal.ts";
import { type StateBefore, stateBefore, type Told, writeEntry } from "./operations.ts";
import { beside, type TextChange, writeTexts } from "./own-texts.ts";

interface OwnWork {
  /** Leeway's own files with their new text; null removes one. */
  readonly write: readonly {
    readonly path: string;
    readonly text: string | null;
    readonly executable?: boolean | undefined;
  }[];
  readonly stage: readonly IndexEntry[];
}

/** What is to happen to files and index: see `FileWork`. */
export type Work = Extract<FileWork, { kind: "move" }> | ({ readonly kind: "own" | "finish" } & OwnWork);

/** Work that is planned when its turn comes: what it finds in the files is what the step before has left. */
export type PlannedWork = () => Promise<Work>;

/**
 * The one way in which a verb writes. Its steps, each of which may be the last before the process is killed:
 * the log entry is stored and the journal names it; files and index change; the refs move, the log among them;
 * a merge that this finishes ends; the journal is closed. `recover` knows from the refs which way to go on.
 * @param known what the caller knows already: how everything was before, where it could ask for that while it planned;
 *   where refs stand, if not at what the operation counts as before; what differs where commits are moved between
 * @throws Failure "usage" naming the files with unsaved work that stand in the way; then, as after any failure,
 *   everything is as it was
 */
export async function performOperation(
  repo: Repository,
  work: Work | readonly PlannedWork[],
  operation: Omit<Told, "worktree">,
  known: {
    readonly before?: StateBefore;
    readonly refs?: ReadonlyMap<string, string>;
    readonly differing?: readonly TreeChange[];
  } = {},
): Promise<void> {
  const planned = isPlanned(work) ? work : [async () => work];
  const texts = isPlanned(work) ? [] : await textsOf(repo, work);
  const worktree = !isPlanned(work) && work.kind === "own" ? texts : "all";
  const [moves, head, differing] = await Promise.all([
    writeEntry(repo, { ...operation, worktree }, known.before ?? stateBefore(repo), known.refs),
    resolve(repo, "HEAD"),
    known.differing ??
      (!isPlanned(work) && work.kind === "move" ? diffTrees(repo, work.from, work.to) : undefined),
  ]);
  const { verb, did } = operation;
  const files: FileWork[] = [];
  try {
    for (const plan of planned) {
      const step = await plan();
      const changed = await textsOf(repo, step);
      files.push(await noted(repo, step, changed));
      await beginJournal(repo, { kind: "operation", verb, did, moves, files, head });
      const inTheWay = await changeFiles(repo, step, changed, differing);
      if (inTheWay.length === 0) continue;
      // Git has not begun with this step: what lies there, be it like what was to come, is a person's own.
      await beginJournal(repo, { kind: "operation", verb, did, moves, files: files.slice(0, -1), head });
      throw await unsavedInTheWay(repo, inTheWay);
    }
    await updateRefs(repo, moves, `leeway: ${did}`);
  } catch (error) {
    // Should this fail as well, the journal stays and the next verb tries again.
    await recover(repo).catch(() => undefined);
    throw error;
  }
  if (files.some(({ kind }) => kind === "finish")) await endStop(repo);
  await endJournal(repo);
}

function isPlanned(work: Work | readonly PlannedWork[]): work is readonly PlannedWork[] {
  return Array.isArray(work);
}

async function textsOf(repo: Repository, work: Work): Promise<TextChange[]> {
  return work.kind === "move" ? [] : beside(repo, work.write);
}

async function noted(repo: Repository, work: Work, texts: readonly TextChange[]): Promise<FileWork> {
  if (work.kind === "move") return work;
  const paths = work.stage.map(({ path }) => path);
  return { kind: work.kind, texts, index: await readIndex(repo, paths) };
}

/** @returns the files with unsaved work that stand in the way; then nothing has changed */
async function changeFiles(
  repo: Repository,
  work: Work,
  texts: readonly TextChange[],
  differing: readonly TreeChange[] | undefined,
): Promise<readonly string[]> {
  if (work.kind === "move") {
    const moved = await checkoutTree(repo, work.from, work.to, differing);
    return moved.ok ? [] : moved.inTheWay;
  }
  await writeTexts(repo, texts);
  // Staged before the branch moves: were it the other way round, a kill in between would show the work as undone.
  await syncIndex(repo, work.stage);
  return [];
}
