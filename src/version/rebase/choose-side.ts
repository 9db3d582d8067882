import { Failure } from "../../failure.ts";
import { insideRoot } from "../../files/guard.ts";
import { readFile } from "../../files/read.ts";
import { remove } from "../../files/temporary.ts";
import { writeAtomic } from "../../files/write.ts";
import { readObjects, writeBlobs } from "../../git/objects.ts";
import type { Repository } from "../../git/repository.ts";
import { checkoutStage, setStages, syncIndex } from "../../git/stop.ts";
import { isRegular, mergedMode } from "../../git/worktree.ts";
import { openDecisions } from "./open-decisions.ts";
import type { Decision } from "./plan.ts";
import { type Stop, writeStop } from "./stop-state.ts";

/** Whose text a decision takes; `text` is what a person wrote instead. */
export type Choice = "upstream" | "local" | "both" | { readonly text: string };

/**
 * Settles one decision in the work tree. Nothing beyond the passage changes by a byte; a file with nothing left to
 * decide is staged, as `git add` would.
 * @returns the stop with the choice noted, so that it can be taken back
 */
export async function chooseSide(
  repo: Repository,
  stop: Stop,
  decision: Decision,
  choice: Choice,
): Promise<Stop> {
  const path = await insideRoot(repo.root, decision.path);
  const stages = stop.stages.find((each) => each.path === decision.path)?.stages ?? {};
  const irregular = decision.marked === null && !isRegular(present(stages));
  const before = irregular ? null : await readFile(path);
  const after =
    decision.marked === null
      ? await wholeFile(repo, stop, decision, choice)
      : inText(before, decision, choice);
  const [kept] = before === null ? [] : await writeBlobs(repo, [before]);
  const noted: Stop = {
    ...stop,
    history: [...stop.history, { path: decision.path, before: kept ?? null, settled: stop.settled }],
  };
  // The way back is noted before the file changes, and a whole file counts as decided only once it lies there.
  await writeStop(repo, noted);
  if (irregular || after === null) await remove(path);
  else await writeAtomic(path, after);
  const next = decision.marked === null ? { ...noted, settled: [...noted.settled, decision.path] } : noted;
  if (next !== noted) await writeStop(repo, next);
  const left = (await openDecisions(repo, next)).filter((each) => each.path === decision.path);
  if (left.length > 0) return next;
  if (decision.marked === null && typeof choice === "string") {
    await takeStage(repo, decision.path, present(stages)[choice === "upstream" ? 3 : 2]);
  } else await stage(repo, decision.path, mergedMode(present(stages)), after);
  return next;
}

/** Takes back the last choice, the hold that came with it included; null where there is none. */
export async function unchoose(repo: Repository, stop: Stop): Promise<{ stop: Stop; path: string } | null> {
  const last = stop.history.at(-1);
  if (!last) return null;
  await putBack(repo, last);
  const stages = stop.stages
    .filter((each) => each.path === last.path)
    .map((each) => ({ path: each.path, stages: present(each.stages) }));
  await setStages(repo, stages);
  for (const { path, stages: kept } of stages) {
    if (!isRegular(kept)) await checkoutStage(repo, path, kept[2] ? 2 : 3);
  }
  if (last.own) {
    await putBack(repo, last.own);
    await syncIndex(repo, [{ path: last.own.path, mode: "100644", oid: last.own.before }]);
  }
  const next: Stop = { ...stop, settled: last.settled, history: stop.history.slice(0, -1) };
  await writeStop(repo, next);
  return { stop: next, path: last.path };
}

async function putBack(repo: Repository, file: { path: string; before: string | null }): Promise<void> {
  const path = await insideRoot(repo.root, file.path);
  const [blob] = file.before === null ? [] : await readObjects(repo, [file.before]);
  if (file.before === null) await remove(path);
  else if (blob) await writeAtomic(path, blob.bytes);
}

function present(stages: Stop["stages"][number]["stages"]): { 1?: Stage; 2?: Stage; 3?: Stage } {
  return {
    ...(stages[1] ? { 1: stages[1] } : {}),
    ...(stages[2] ? { 2: stages[2] } : {}),
    ...(stages[3] ? { 3: stages[3] } : {}),
  };
}
type Stage = { mode: string; oid: string };

async function stage(repo: Repository, path: string, mode: string, bytes: Buffer | null): Promise<void> {
  const [oid] = bytes === null ? [] : await writeBlobs(repo, [bytes]);
  await syncIndex(repo, [{ path, mode: mode.startsWith("100") ? mode : "100644", oid: oid ?? null }]);
}

/** One side's file whole, with its mode; where that side has none, the file goes. */
async function takeStage(repo: Repository, path: string, chosen: Stage | undefined): Promise<void> {
  await syncIndex(repo, [{ path, mode: chosen?.mode ?? "000000", oid: chosen?.oid ?? null }]);
  if (chosen) await checkoutStage(repo, path, 0);
}

async function wholeFile(
  repo: Repository,
  stop: Stop,
  decision: Decision,
  choice: Choice,
): Promise<Buffer | null> {
  if (typeof choice === "object") return Buffer.from(choice.text, "utf8");
  if (choice === "both") {
    throw new Failure("usage", "Only one of the two can be kept here: the whole document is in question.", {
      where: decision.at,
      next: [
        "--take upstream   keeps upstream's document, or its removal",
        "--take local      keeps this version's",
      ],
    });
  }
  const stages = stop.stages.find(({ path }) => path === decision.path)?.stages;
  const oid = (choice === "upstream" ? stages?.[3] : stages?.[2])?.oid;
  if (oid === undefined) return null;
  const [blob] = await readObjects(repo, [oid]);
  return blob?.bytes ?? null;
}

function inText(before: Buffer | null, decision: Decision, choice: Choice): Buffer {
  const text = before?.toString("utf8") ?? "";
  const marked = decision.marked ?? "";
  const at = text.indexOf(marked);
  if (at < 0) {
    throw new Failure(
      "usage",
      "The marked lines in this file have been edited, so a side cannot be taken as it was.",
      {
        where: decision.path,
        next: [
          "Finish the passage in your editor and delete the marker lines, then leeway rebase --continue.",
        ],
      },
    );
  }
  const end = at + marked.length;
  const chosen = sideOf(decision, choice);
  if (chosen === "") return Buffer.from(text.slice(0, at) + text.slice(end).replace(/^\r?\n/, ""), "utf8");
  const open = text.slice(end).startsWith("\n") || text.slice(end).startsWith("\r\n");
  return Buffer.from(
    text.slice(0, at) + (open ? chosen.replace(/\r?\n$/, "") : chosen) + text.slice(end),
    "utf8",
  );
}

function sideOf(decision: Decision, choice: Choice): string {
  if (typeof choice === "object") return choice.text;
  const { ours, theirs } = decision;
  if (choice === "local") return ours ?? "";
  if (choice === "upstream") return theirs ?? "";
  const first = ours ?? "";
  return first === "" || first.endsWith("\n") ? first + (theirs ?? "") : `${first}\n${theirs ?? ""}`;
}
