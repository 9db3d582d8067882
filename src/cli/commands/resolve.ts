import { quoteAddress } from "../../curriculum/address.ts";
import { Failure } from "../../failure.ts";
import type { DecisionsReport, NextStep } from "../../report/report.ts";
import { type OpenVersion, openVersion } from "../../version/open.ts";
import { foreignMerge, settledNotRecorded } from "../../version/ready.ts";
import { chooseSide } from "../../version/rebase/choose-side.ts";
import { isAt } from "../../version/rebase/hold-decisions.ts";
import { openDecisions } from "../../version/rebase/open-decisions.ts";
import type { Decision } from "../../version/rebase/plan.ts";
import { readStop, type Stop } from "../../version/rebase/stop-state.ts";
import { stoppedRebase } from "../../version/rebase/stopped.ts";
import type { Context, Outcome } from "../context.ts";
import { upstreamName } from "../naming.ts";
import { reasonsFor } from "../reasons.ts";
import { writing } from "../writing.ts";

interface ResolveFlags {
  readonly list?: boolean;
  readonly take?: "upstream" | "local" | "both";
  readonly dryRun?: boolean;
}

/** `resolve`: settle what is contested, one passage at a time: by keys on a terminal, by flags without one. */
export async function run(context: Context, args: readonly string[], flags: ResolveFlags): Promise<Outcome> {
  const version = await openVersion(context.cwd, { from: "worktree" });
  const stop = await requireStop(version);
  const [address] = args;
  const open = await openDecisions(version.repo, stop);
  const chosen = address === undefined ? open : open.filter((decision) => isAt(decision, address));
  if (address !== undefined && chosen.length === 0) throw nothingAt(address, open, stop);
  if (flags.list || (flags.take === undefined && !context.interactive)) {
    return {
      exit: flags.list || open.length === 0 ? 0 : 3,
      report: await listed(version, stop, chosen, open),
    };
  }
  if (flags.dryRun) {
    const side = flags.take === undefined ? "ask about" : `take ${flags.take} for`;
    const did = [...chosen.map(({ at }) => `Would ${side} ${quoteAddress(at)}`), "Nothing was changed."];
    const data = { dryRun: true, passages: chosen.map(({ at }) => at) };
    return { exit: 3, report: { kind: "done", verb: "resolve", did, undo: null, next: [], data } };
  }
  return writing(context, version.repo, "resolve", async () => {
    if (flags.take === undefined) {
      const { askDecisions } = await import("../ui/resolve.ts");
      await askDecisions(context, version, stop, chosen, await reasonsFor(version, chosen));
    } else {
      let now = stop;
      for (const decision of chosen) now = await chooseSide(version.repo, now, decision, flags.take);
    }
    const after = (await readStop(version.repo)) ?? stop;
    const left = await openDecisions(version.repo, after);
    return { exit: left.length > 0 ? 3 : 0, report: await listed(version, after, left, left) };
  });
}

async function requireStop({ repo, head }: OpenVersion): Promise<Stop> {
  const stopped = await stoppedRebase(repo, head);
  if (stopped.kind === "open") return stopped.stop;
  if (stopped.kind === "committed") throw settledNotRecorded();
  if (stopped.kind === "foreign") throw foreignMerge();
  throw new Failure("usage", "Nothing is waiting for a decision.", {
    next: ["leeway status   shows where this version stands"],
  });
}

function nothingAt(address: string, open: readonly Decision[], stop: Stop): Failure {
  const settled = stop.decisions.some((decision) => isAt(decision, address));
  return new Failure("usage", settled ? "This is settled already." : "Nothing is to decide there.", {
    where: quoteAddress(address),
    next:
      open.length > 0
        ? open.map(({ at }) => `leeway resolve ${quoteAddress(at)}`)
        : ["leeway rebase --continue   finishes the update"],
  });
}

async function listed(
  version: OpenVersion,
  stop: Stop,
  shown: readonly Decision[],
  open: readonly Decision[],
): Promise<DecisionsReport> {
  const first = open[0];
  const next: NextStep[] = first
    ? [
        [`leeway resolve ${quoteAddress(first.at)} --take upstream|local|both`, "settle it"],
        ["leeway rebase --abort", "put everything back as it was"],
      ]
    : [["leeway rebase --continue", "finish the update"]];
  return {
    kind: "decisions",
    version: version.self?.name ?? "This version",
    upstream: upstreamName(version),
    edition: stop.edition,
    decisions: shown,
    settled: stop.decisions.length - open.length,
    reasons: await reasonsFor(version, shown),
    next,
  };
}
