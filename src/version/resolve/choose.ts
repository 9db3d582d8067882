import { Failure } from "../../failure.ts";
import { insideRoot } from "../../files/guard.ts";
import { readFile } from "../../files/read.ts";
import { remove } from "../../files/temporary.ts";
import { asStored } from "../../git/line-ends.ts";
import { readObjects } from "../../git/objects.ts";
import type { Repository } from "../../git/repository.ts";
import { checkoutStage, setStages, syncIndex } from "../../git/stop.ts";
import { isRegular, mergedMode, type Stage, type Unmerged } from "../../git/worktree.ts";
import { writeBlobs } from "../../git/write-objects.ts";
import type { Decision } from "../rebase/plan.ts";
import type { Hold } from "../version-file.ts";
import { writeWorkFile } from "../work-file.ts";
import type { Taken } from "./choices.ts";
import { asMarked, readMarked } from "./draft.ts";
import { inText } from "./in-text.ts";
import { endedLike } from "./line-ends.ts";
import { type Deciding, localStage, present, writeNotes } from "./notes.ts";
import { openDecisions } from "./open.ts";
import { keepOwn, putHold, takeBackHold } from "./own-hold.ts";

/**
 * Settles one decision in the work tree. Nothing beyond the passage changes by a byte; a file with nothing left to
 * decide is staged, as `git add` would.
 * @param held what goes into this version's own file with the choice
 * @returns what is to decide, with the choice noted, so that it can be taken back
 */
export async function choose<D extends Deciding>(
  repo: Repository,
  asked: D,
  decision: Decision,
  taken: Taken,
  held: { readonly path: string; readonly hold: Hold } | null = null,
): Promise<D> {
  const deciding = await withoutCutShort(repo, asked, decision);
  const path = await insideRoot(repo.root, decision.path);
  const stages = stagesOf(deciding, decision.path);
  const isWhole = decision.marked === null;
  const irregular = isWhole && !isRegular(stages);
  const before = irregular ? null : await readFile(path);
  const after = await textAfter(repo, deciding, decision, taken);
  const [kept] = before === null ? [] : await writeBlobs(repo, [before]);
  const entry = {
    decision: deciding.decisions.indexOf(decision),
    path: decision.path,
    before: kept ?? null,
    put: taken.kind === "text" ? taken.text : null,
    ...(held === null ? {} : { own: await keepOwn(repo, held.path) }),
  };
  const noted: D = { ...deciding, history: [...deciding.history, entry] };
  // The way back is noted before the file changes, and a whole file counts as decided only once it lies there.
  await writeNotes(repo, noted);
  // First the hold: a passage that is settled here and not held would lose upstream's change for good.
  if (held !== null) await putHold(repo, held.path, held.hold);
  if (irregular || after === null) await remove(path);
  else await writeWorkFile(repo, path, after);
  const next: D = isWhole ? { ...noted, settled: [...noted.settled, decision.path] } : noted;
  if (isWhole) await writeNotes(repo, next);
  const left = (await openDecisions(repo, next)).filter((each) => each.path === decision.path);
  if (left.length > 0) return next;
  if (isWhole && taken.kind === "side") {
    await takeStage(repo, decision.path, stages[stageOf(deciding, taken.side)]);
  } else await stage(repo, decision.path, mergedMode(stages), after);
  return next;
}

/** A choice of the same decision that was killed before its file changed: its hold goes, and the notes forget it. */
async function withoutCutShort<D extends Deciding>(
  repo: Repository,
  deciding: D,
  decision: Decision,
): Promise<D> {
  const index = deciding.decisions.indexOf(decision);
  const cutShort = deciding.history.find((entry) => entry.decision === index && entry.own !== undefined);
  if (cutShort?.own === undefined) return deciding;
  await takeBackHold(repo, decision.at, cutShort.own);
  return { ...deciding, history: deciding.history.filter((entry) => entry !== cutShort) };
}

/** The bytes of a decision's file once it is settled so; null where there is no file then. Writes nothing. */
export async function textAfter(
  repo: Repository,
  deciding: Deciding,
  decision: Decision,
  taken: Taken,
): Promise<Buffer | null> {
  if (decision.marked !== null) {
    const text = taken.kind === "text" ? (taken.text ?? "") : "";
    return inText(await readMarked(repo, deciding, decision.path), decision, text);
  }
  if (taken.kind === "text") {
    const lies = (await readMarked(repo, deciding, decision.path))?.toString("utf8") ?? "";
    return taken.text === null ? null : Buffer.from(endedLike(taken.text, lies), "utf8");
  }
  const chosen = stagesOf(deciding, decision.path)[stageOf(deciding, taken.side)];
  if (chosen === undefined) return null;
  const [blob] = await readObjects(repo, [chosen.oid]);
  return blob?.bytes ?? null;
}

/**
 * Takes back one choice, the hold that came with it included: the last, or that of a decision. What was chosen in the
 * same file since stays.
 * @returns null where there is none
 * @throws Failure "usage" where the file has been edited since
 */
export async function unchoose<D extends Deciding>(
  repo: Repository,
  deciding: D,
  of: Decision | null = null,
): Promise<{ deciding: D; decision: Decision } | null> {
  const { history, decisions } = deciding;
  const index =
    of === null
      ? history.length - 1
      : history.findLastIndex((entry) => entry.decision === decisions.indexOf(of));
  const entry = history[index];
  const decision = decisions[entry?.decision ?? -1];
  if (entry === undefined || decision === undefined) return null;
  const earlier = history.slice(0, index);
  const rest = history.slice(index + 1);
  const later = rest.filter(({ path }) => path === entry.path);
  const open = await openDecisions(repo, deciding);
  // Killed before the file was written, or taken back before the notes were: there is nothing to put back.
  const again = open.includes(decision) ? later : await reopen(repo, deciding, entry, later);
  if (entry.own) await takeBackHold(repo, decision.at, entry.own);
  const next: D = {
    ...deciding,
    settled:
      decision.marked === null ? deciding.settled.filter((path) => path !== entry.path) : deciding.settled,
    history: [...earlier, ...rest.map((each) => again[later.indexOf(each)] ?? each)],
  };
  await writeNotes(repo, next);
  return { deciding: next, decision };
}

type Entry = Deciding["history"][number];

/** Puts a file back as it was before a choice, with what was chosen in it since; returns those choices anew. */
async function reopen(
  repo: Repository,
  deciding: Deciding,
  entry: Entry,
  later: readonly Entry[],
): Promise<Entry[]> {
  const path = await insideRoot(repo.root, entry.path);
  const decision = deciding.decisions[entry.decision];
  const stages = stagesOf(deciding, entry.path);
  if (decision?.marked === null) {
    if (isRegular(stages)) await putBack(repo, path, entry.before);
    await setStages(repo, [{ path: entry.path, stages }]);
    if (!isRegular(stages)) await checkoutStage(repo, entry.path, stages[2] ? 2 : 3);
    return [];
  }
  const replayed = async (entries: readonly Entry[]): Promise<{ bytes: Buffer | null; anew: Entry[] }> => {
    let bytes = entry.before === null ? null : ((await readObjects(repo, [entry.before]))[0]?.bytes ?? null);
    const anew: Entry[] = [];
    for (const each of entries) {
      const [before] = bytes === null ? [] : await writeBlobs(repo, [bytes]);
      anew.push({ ...each, before: before ?? null });
      const marked = await asMarked(repo, deciding, entry.path, bytes);
      bytes = inText(marked, deciding.decisions[each.decision] as Decision, each.put ?? "");
    }
    return { bytes, anew };
  };
  const [expected, wanted, now] = [
    await replayed([entry, ...later]),
    await replayed(later),
    await readFile(path),
  ];
  if (now === null || expected.bytes === null || !now.equals(expected.bytes)) throw editedSince(entry.path);
  if (wanted.bytes === null) await remove(path);
  else await writeWorkFile(repo, path, wanted.bytes);
  await setStages(repo, [{ path: entry.path, stages }]);
  return wanted.anew;
}

function editedSince(path: string): Failure {
  return new Failure(
    "usage",
    "This file has been edited since the choice was made; going back would lose that.",
    {
      where: path,
      next: ["Change the passage in your editor: what lies in the file is what is taken."],
    },
  );
}

async function putBack(repo: Repository, path: string, before: string | null): Promise<void> {
  const [blob] = before === null ? [] : await readObjects(repo, [before]);
  if (before === null) await remove(path);
  else if (blob) await writeWorkFile(repo, path, blob.bytes);
}

/** Git's three versions of a file that was in conflict. */
export function stagesOf({ stages }: Deciding, path: string): Unmerged["stages"] {
  return present(stages.find((each) => each.path === path)?.stages ?? {});
}

function stageOf(deciding: Deciding, side: "upstream" | "local"): 2 | 3 {
  const local = localStage(deciding);
  return side === "local" ? local : local === 2 ? 3 : 2;
}

async function stage(repo: Repository, path: string, mode: string, bytes: Buffer | null): Promise<void> {
  const [stored] = await asStored(repo, [{ path, bytes }]);
  const [oid] = stored?.bytes ? await writeBlobs(repo, [stored.bytes]) : [];
  await syncIndex(repo, [{ path, mode: mode.startsWith("100") ? mode : "100644", oid: oid ?? null }]);
}

/** One side's file whole, with its mode; where that side has none, the file goes. */
async function takeStage(repo: Repository, path: string, chosen: Stage | undefined): Promise<void> {
  await syncIndex(repo, [{ path, mode: chosen?.mode ?? "000000", oid: chosen?.oid ?? null }]);
  if (chosen) await checkoutStage(repo, path, 0);
}
