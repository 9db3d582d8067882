import { Failure } from "../../failure.ts";
import { readObjects } from "../../git/objects.ts";
import { resolve, updateRefs } from "../../git/refs.ts";
import type { Repository } from "../../git/repository.ts";
import { snapshotFiles } from "../../git/snapshot.ts";
import { abortMerge, enterMerge, type Moved } from "../../git/stop.ts";
import { writeSyntheticCommit } from "../../git/synthetic-commit.ts";
import { statusOf } from "../../git/worktree.ts";
import { parseStop, present, type Stop, writeNotes } from "../resolve/notes.ts";
import { unsavedInTheWay } from "../undo/in-the-way.ts";
import { beginJournal, endJournal } from "../undo/journal.ts";
import { performOperation } from "../undo/perform.ts";
import { endStop, stoppedRef } from "./stopped.ts";

/**
 * Takes a stopped update back, as `git merge --abort` does. Its files and the decisions made in them are kept with the
 * log, so that an undo brings the stop back as it was.
 */
export async function abortStop(repo: Repository, stop: Stop, now: Date): Promise<Moved> {
  const [files, status] = await Promise.all([snapshotFiles(repo), statusOf(repo)]);
  const tree = files ?? (await repo.text(["rev-parse", `${stop.before}^{tree}`]));
  const open = status.unmerged.map(({ path }) => path);
  const kept = await writeSyntheticCommit(repo, {
    tree,
    parents: [stop.sides.ours, stop.to],
    message: `A stopped update\n\n${JSON.stringify({ stop, open })}`,
    time: Math.floor(now.getTime() / 1000),
  });
  const moved = await abortMerge(repo);
  if (!moved.ok) return moved;
  await endStop(repo);
  const nothing = { kind: "own", write: [], stage: [] } as const;
  await performOperation(repo, nothing, {
    verb: "rebase",
    did: `Left the update undecided: ${stop.message.split("\n")[0] ?? ""}`,
    at: now.toISOString(),
    refs: [],
    stop: kept,
  });
  return moved;
}

/**
 * Brings a stop back that was taken back: files, decisions and what is still in conflict.
 * @throws Failure "usage" where the version has gone on since, or unsaved work stands in the way
 */
export async function bringBackStop(repo: Repository, kept: string): Promise<void> {
  const [commit] = await readObjects(repo, [kept]);
  const line = (commit?.bytes.toString("utf8") ?? "").split("\n").find((each) => each.startsWith('{"stop":'));
  const noted: { stop: unknown; open: string[] } = JSON.parse(line ?? "null");
  const stop = parseStop(noted.stop);
  if ((await resolve(repo, "HEAD")) !== stop.before) {
    throw new Failure(
      "usage",
      "There have been commits since the update was put back; it can be taken anew.",
      {
        next: ["leeway rebase   takes it from the start"],
      },
    );
  }
  await beginJournal(repo, { kind: "stop", verb: "undo", from: stop.before, to: kept });
  await updateRefs(repo, [{ ref: stoppedRef(repo), new: stop.sides.ours }], "leeway: update brought back");
  await writeNotes(repo, stop);
  const open = new Set(noted.open);
  const entered = await enterMerge(repo, {
    tree: kept,
    conflicts: stop.stages
      .filter(({ path }) => open.has(path))
      .map(({ path, stages }) => ({ path, stages: present(stages) })),
    mergeHead: stop.to,
    message: stop.message,
  });
  if (!entered.ok) await endStop(repo);
  await endJournal(repo);
  if (!entered.ok) throw await unsavedInTheWay(repo, entered.inTheWay);
}
