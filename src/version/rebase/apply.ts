import { updateRefs } from "../../git/refs.ts";
import type { Repository } from "../../git/repository.ts";
import { enterMerge } from "../../git/stop.ts";
import { writeSyntheticCommit } from "../../git/synthetic-commit.ts";
import { diffTrees, resolveTrees } from "../../git/trees.ts";
import { commitTree } from "../../git/write-objects.ts";
import { writeNotes } from "../resolve/notes.ts";
import { unsavedInTheWay } from "../undo/in-the-way.ts";
import { beginJournal, endJournal } from "../undo/journal.ts";
import type { StateBefore } from "../undo/operations.ts";
import { performOperation } from "../undo/perform.ts";
import type { RebasePlan } from "./plan.ts";
import { endStop, stoppedRef } from "./stopped.ts";

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
export async function applyClean(
  repo: Repository,
  plan: RebasePlan,
  to: ApplyTo,
  before: StateBefore,
): Promise<string> {
  const parents = plan.kind === "record" ? [plan.from] : [plan.from, plan.to];
  const [commit, differing] = await Promise.all([
    commitTree(repo, { tree: plan.tree, parents, message: to.message }),
    diffTrees(repo, plan.from, plan.tree),
  ]);
  await performOperation(
    repo,
    { kind: "move", from: plan.from, to: commit },
    {
      verb: "rebase",
      did: to.message.split("\n")[0] ?? "rebase",
      at: to.now.toISOString(),
      refs: [{ ref: `refs/heads/${to.branch}`, before: plan.from, after: commit }],
    },
    { before, differing },
  );
  return commit;
}

/**
 * Stops for decisions the way Git does: stages in the index, MERGE_HEAD, the new base and the records staged, so
 * that any Git tool can finish or abort it (design §6).
 */
export async function applyStop(repo: Repository, plan: RebasePlan, to: ApplyTo): Promise<void> {
  await beginJournal(repo, { kind: "stop", verb: "rebase", from: plan.from, to: plan.tree });
  const sides = await keepSides(repo, plan);
  await writeNotes(repo, {
    schema: "leeway/stop/1",
    before: plan.from,
    to: plan.to,
    edition: plan.edition,
    sides,
    message: to.message,
    decisions: [...plan.decisions],
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
  if (!entered.ok) await endStop(repo);
  await endJournal(repo);
  if (!entered.ok) throw await unsavedInTheWay(repo, entered.inTheWay);
}

async function keepSides(repo: Repository, plan: RebasePlan): Promise<RebasePlan["sides"]> {
  const named = [plan.sides.base, plan.sides.theirs, plan.sides.ours];
  const [base = "", theirs = "", ours = ""] = await resolveTrees(repo, named);
  const keep = (tree: string, parents: string[], message: string): Promise<string> =>
    writeSyntheticCommit(repo, { tree, parents, message });
  const keptBase = await keep(base, [], "base of a stopped rebase");
  const keptTheirs = await keep(theirs, [keptBase], "upstream's side of a stopped rebase");
  const keptOurs = await keep(ours, [keptTheirs], "this version's side of a stopped rebase");
  await updateRefs(repo, [{ ref: stoppedRef(repo), new: keptOurs }], "leeway: rebase stopped for decisions");
  return { base: keptBase, ours: keptOurs, theirs: keptTheirs };
}
