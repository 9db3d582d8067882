import { remove } from "../../files/temporary.ts";
import { resolve, revList, updateRefs } from "../../git/refs.ts";
import type { Repository } from "../../git/repository.ts";
import { mergeState } from "../../git/stop.ts";
import { clearStop, readStop, type Stop } from "../resolve/notes.ts";

/** Keeps the merged trees of a stopped rebase from Git's garbage collection. */
export function stoppedRef(repo: Repository): string {
  return `${repo.ownRefs}/stopped`;
}

/**
 * How an update that stopped for decisions stands, whatever has been done to it by other means:
 * - `none`: nothing is stopped, or what was has been taken back with `git merge --abort`
 * - `open`: Git's merge is still going on
 * - `committed`: an editor or `git commit` has ended the merge; the records are not complete yet
 * - `foreign`: a merge is going on that Leeway did not start
 */
export type Stopped =
  | { readonly kind: "none" }
  | { readonly kind: "open"; readonly stop: Stop }
  | { readonly kind: "committed"; readonly stop: Stop }
  | { readonly kind: "foreign" };

/** Looks at the notes of the stop and at Git's own state; a process is needed only after a stop. */
export async function stoppedRebase(repo: Repository, head: string | null): Promise<Stopped> {
  const [stop, merging] = await Promise.all([readStop(repo), mergeState(repo)]);
  const ours = stop !== null && merging !== null && head === stop.before && merging.heads.includes(stop.to);
  if (stop !== null && ours) return { kind: "open", stop };
  if (merging !== null) return { kind: "foreign" };
  if (stop === null || head === null || head === stop.before) return { kind: "none" };
  const merges = await revList(repo, ["--merges", "--parents", head, `^${stop.before}`]);
  const ended = merges.some((line) => line.endsWith(` ${stop.before} ${stop.to}`));
  return ended ? { kind: "committed", stop } : { kind: "none" };
}

/** Forgets a stop: Leeway's notes, Git's merge state, and the ref that kept the merged trees. */
export async function endStop(repo: Repository): Promise<void> {
  for (const name of ["MERGE_HEAD", "MERGE_MSG", "MERGE_MODE", "AUTO_MERGE"])
    await remove(`${repo.gitDir}/${name}`);
  await forgetStop(repo);
}

/** Forgets only Leeway's part of a stop; a merge that Git is in the middle of stays. */
async function forgetStop(repo: Repository): Promise<void> {
  await updateRefs(repo, [{ ref: stoppedRef(repo), new: null }], "leeway: rebase ended");
  await clearStop(repo);
}

/** Clears the notes of an update that was taken back with `git merge --abort`, before something else is written. */
export async function forgetTakenBack(repo: Repository): Promise<void> {
  if ((await readStop(repo)) === null) return;
  const { kind } = await stoppedRebase(repo, await resolve(repo, "HEAD"));
  if (kind === "none" || kind === "foreign") await forgetStop(repo);
}
