import { commitTree } from "../../git/objects.ts";
import { updateRefs } from "../../git/refs.ts";
import type { Repository } from "../../git/repository.ts";
import { checkoutTree, enterMerge } from "../../git/stop.ts";
import { unsavedInTheWay } from "../in-the-way.ts";
import { beginJournal, endJournal } from "../journal.ts";
import { commitOperation } from "../operations.ts";
import { clearStop, writeStop } from "../stop-state.ts";
import type { RebasePlan } from "./plan.ts";

/** Keeps the merged trees of a stopped rebase from Git's garbage collection. */
export const STOPPED = "refs/leeway/stopped";

export interface ApplyTo {
  readonly branch: string;
  readonly message: string;
  readonly now: Date;
}

/**
 * Makes the commit of a plan that needs no decision: two parents, the version before and upstream's commit, so
 * that it is a fast-forward for everybody (law 7).
 * @returns the new commit
 * @throws Failure "usage" naming the files with unsaved work that stand in the way; nothing is changed then.
 */
export async function applyClean(repo: Repository, plan: RebasePlan, to: ApplyTo): Promise<string> {
  const parents = plan.kind === "record" ? [plan.from] : [plan.from, plan.to];
  const commit = await commitTree(repo, { tree: plan.tree, parents, message: to.message });
  await beginJournal(repo, { verb: "rebase", from: plan.from, to: commit });
  const moved = await checkoutTree(repo, plan.from, commit);
  if (!moved.ok) {
    await endJournal(repo);
    throw unsavedInTheWay(moved.inTheWay);
  }
  await commitOperation(repo, {
    verb: "rebase",
    did: to.message.split("\n")[0] ?? "rebase",
    at: to.now.toISOString(),
    refs: [{ ref: `refs/heads/${to.branch}`, before: plan.from, after: commit }],
    worktree: "all",
  });
  await endJournal(repo);
  return commit;
}

/**
 * Stops for decisions the way Git does: stages in the index, MERGE_HEAD, the new base and the records staged, so
 * that any Git tool can finish or abort it (design §6).
 */
export async function applyStop(repo: Repository, plan: RebasePlan, to: ApplyTo): Promise<void> {
  const sides = await keepSides(repo, plan);
  await writeStop(repo, {
    schema: "leeway/stop/1",
    before: plan.from,
    to: plan.to,
    edition: plan.edition,
    decisions: [...plan.decisions],
    sides,
    message: to.message,
    stages: plan.stages.map(({ path, stages }) => ({ path, stages: { ...stages } })),
    settled: [],
    history: [],
  });
  const entered = await enterMerge(repo, {
    tree: plan.tree,
    conflicts: plan.stages,
    mergeHead: plan.to,
    message: to.message,
  });
  if (!entered.ok) {
    await clearStop(repo);
    throw unsavedInTheWay(entered.inTheWay);
  }
}

async function keepSides(repo: Repository, plan: RebasePlan): Promise<RebasePlan["sides"]> {
  const base = await commitTree(repo, {
    tree: plan.sides.base,
    parents: [],
    message: "base of a stopped rebase",
  });
  const theirs = await commitTree(repo, {
    tree: plan.sides.theirs,
    parents: [base],
    message: "upstream's side of a stopped rebase",
  });
  const ours = await commitTree(repo, {
    tree: plan.sides.ours,
    parents: [theirs],
    message: "this version's side of a stopped rebase",
  });
  await updateRefs(repo, [{ ref: STOPPED, new: ours }], "leeway: rebase stopped for decisions");
  return { base, ours, theirs };
}
