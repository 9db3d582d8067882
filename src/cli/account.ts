import { isCurriculumPath } from "../curriculum/conventions.ts";
import { Failure } from "../failure.ts";
import { readTextInside } from "../files/read.ts";
import { shortId } from "../git/names.ts";
import type { AccountReport } from "../report/kinds/update.ts";
import type { NextStep } from "../report/next-step.ts";
import type { OpenVersion } from "../version/open.ts";
import { type ReadyVersion, requireBase } from "../version/ready.ts";
import { accountFor } from "../version/rebase/account.ts";
import type { RebasePlan } from "../version/rebase/plan.ts";
import { lastTaken, replan } from "../version/rebase/replan.ts";
import { stoppedRebase } from "../version/rebase/stopped.ts";
import { versionPath } from "../version/version-file.ts";
import type { Outcome } from "./context.ts";
import { upstreamName } from "./naming.ts";

/** The account of an update that is only tried. */
export function accountOfPlan(version: ReadyVersion, plan: RebasePlan): Promise<AccountReport> {
  const { commit, edition } = requireBase(version);
  return report(version, plan, { state: "tried", base: { commit, edition }, taken: null });
}

/** The account of the update that waits for decisions; else of the one that was taken last. */
export async function accountOfLast(version: OpenVersion): Promise<Outcome> {
  const { repo, self, head } = version;
  const stopped = await stoppedRebase(repo, head);
  if (stopped.kind === "open") {
    const { before, to, edition } = stopped.stop;
    const own = self === null ? "" : ((await readTextInside(repo.root, versionPath(self.id))) ?? "");
    const { plan, base } = await replan(version, { before, to, edition, own, commit: null });
    const at = { commit: base, edition: null };
    return { exit: 0, report: await report(version, plan, { state: "stopped", base: at, taken: null }) };
  }
  const begun = await lastTaken(version);
  if (begun === null) {
    throw new Failure("usage", "No update has been taken here yet, so there is no account of one.", {
      next: ["leeway rebase --dry-run --account   the account of what waits"],
    });
  }
  const { plan, base } = await replan(version, begun);
  const at = { commit: base, edition: null };
  return { exit: 0, report: await report(version, plan, { state: "taken", base: at, taken: begun.commit }) };
}

async function report(
  version: OpenVersion,
  plan: RebasePlan,
  of: { state: AccountReport["state"]; base: AccountReport["from"]; taken: string | null },
): Promise<AccountReport> {
  const documents = await accountFor(version.repo, plan, of.taken);
  const told = documents.filter(
    ({ path, entries }) => isCurriculumPath(path) && !entries.some(({ rule }) => rule === "asked"),
  );
  const next: Record<AccountReport["state"], NextStep[]> = {
    tried: [["leeway rebase", "take it"]],
    stopped: [["leeway resolve", "decide, with both texts side by side"]],
    taken: [[`git show ${shortId(of.taken ?? "")}`, "the update as Git has it"]],
  };
  return {
    kind: "account",
    version: version.self?.name ?? "This version",
    upstream: upstreamName(version),
    state: of.state,
    from: of.base,
    to: { commit: plan.to, edition: plan.edition },
    commit: of.taken,
    byGit: Math.max(0, plan.documents.merged - told.length),
    documents,
    next: next[of.state],
  };
}
