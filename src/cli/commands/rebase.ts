import { quoteAddress, quotePath } from "../../curriculum/address.ts";
import { Failure } from "../../failure.ts";
import { standsInTheWay } from "../../git/in-the-way.ts";
import { resolve } from "../../git/refs.ts";
import type { NextStep } from "../../report/next-step.ts";
import { oldFetch } from "../../version/base/last-fetch.ts";
import { type OpenVersion, openVersion } from "../../version/open.ts";
import { foreignMerge, type ReadyVersion, requireBase, requireReady } from "../../version/ready.ts";
import { abortStop } from "../../version/rebase/abort.ts";
import { applyClean, applyStop } from "../../version/rebase/apply.ts";
import { codeIn } from "../../version/rebase/code.ts";
import { finishRebase } from "../../version/rebase/finish.ts";
import { makePlan } from "../../version/rebase/make-plan.ts";
import type { Decision, RebasePlan } from "../../version/rebase/plan.ts";
import { stoppedRebase } from "../../version/rebase/stopped.ts";
import { wantedNext } from "../../version/rebase/wanted.ts";
import { stateBefore } from "../../version/undo/operations.ts";
import type { Context, Outcome } from "../context.ts";
import { editionTitle, quoteWord, upstreamName } from "../naming.ts";
import { describeRebase, describeStop } from "../rebase-report.ts";
import { tellUnsavedSettings } from "../unsaved.ts";
import { writing } from "../writing.ts";

interface RebaseFlags {
  readonly to?: string;
  readonly only?: string[];
  readonly why?: string;
  readonly continue?: boolean;
  readonly abort?: boolean;
  readonly account?: boolean;
  readonly acceptCode?: boolean;
  readonly dryRun?: boolean;
  readonly upstream?: string;
}

/** `rebase`: carry this version's adaptations onto the next edition. */
export async function run(context: Context, _args: readonly string[], flags: RebaseFlags): Promise<Outcome> {
  if (flags.continue && flags.abort) {
    throw new Failure("usage", "--continue finishes the update and --abort takes it back; give one of them.");
  }
  const version = await openVersion(context.look, { from: "head", upstream: flags.upstream });
  if (flags.account && !flags.dryRun) return (await import("../account.ts")).accountOfLast(version);
  if (flags.dryRun) return preview(context, version, flags);
  return writing(context, version.repo, "rebase", async () => {
    const now = await asItIsNow(context, version, flags);
    if (flags.abort) return abort(now, context.now);
    return flags.continue ? finish(context, now, flags.upstream) : take(context, now, flags);
  });
}

/** Another Leeway may have moved the branch before the lock was free. */
async function asItIsNow(context: Context, version: OpenVersion, flags: RebaseFlags): Promise<OpenVersion> {
  if ((await resolve(version.repo, "HEAD")) === version.head) return version;
  return openVersion(context.cwd, { from: "head", upstream: flags.upstream });
}

async function plan(context: Context, version: ReadyVersion, flags: RebaseFlags): Promise<RebasePlan> {
  const start = requireBase(version);
  const next = await wantedNext(version, start.commit, flags.to);
  const only = flags.only ?? [];
  if (only.length > 0 && version.self === null) {
    throw new Failure("usage", "Without a versions/ folder there is nowhere to note what is held back.", {
      next: ["leeway rebase   takes the whole update"],
    });
  }
  const [made] = await Promise.all([
    makePlan({
      version,
      head: version.head,
      base: start,
      next,
      today: context.today,
      only,
      preview: Boolean(flags.dryRun),
      why: flags.why ?? `Not taken yet: only ${only.join(", ")} was`,
    }),
    tellUnsavedSettings(context, version),
  ]);
  return made;
}

async function preview(context: Context, version: OpenVersion, flags: RebaseFlags): Promise<Outcome> {
  const ready = await requireReady(version);
  const made = await plan(context, ready, flags);
  const inTheWay = made.kind === "up-to-date" ? [] : await standsInTheWay(ready.repo, made.from, made.tree);
  const exit = made.decisions.length > 0 || inTheWay.length > 0 ? 1 : 0;
  if (flags.account)
    return { exit, report: await (await import("../account.ts")).accountOfPlan(ready, made) };
  const code = (await codeIn(ready.repo, made)).map(({ path }) => path);
  const upstreamAsOf = await asOf(context, ready, made, flags);
  const report = await describeRebase(ready, made, { dryRun: true, code, inTheWay, upstreamAsOf });
  const next = report.next.map(
    ([command, purpose]): NextStep => [command === "leeway rebase" ? asTried(flags) : command, purpose],
  );
  return { exit, report: { ...report, next } };
}

/** Where nothing is to take, as of when that is. */
async function asOf(
  { now }: Context,
  { repo }: OpenVersion,
  { kind }: RebasePlan,
  { to, upstream }: RebaseFlags,
): Promise<string | null> {
  return kind === "up-to-date" && to === undefined && upstream === undefined ? oldFetch(repo, now) : null;
}

/** The command that takes just what a dry run has shown. */
function asTried({ to, only = [], why }: RebaseFlags): string {
  return [
    "leeway rebase",
    ...(to === undefined ? [] : ["--to", quoteWord(to)]),
    ...(only.length === 0 ? [] : ["--only", ...only.map(quoteWord)]),
    ...(why === undefined ? [] : ["--why", quoteWord(why)]),
  ].join(" ");
}

async function take(context: Context, version: OpenVersion, flags: RebaseFlags): Promise<Outcome> {
  const ready = await requireReady(version);
  // Git looks at the files while the update is planned.
  const before = stateBefore(ready.repo);
  const made = await plan(context, ready, flags);
  if (made.kind === "up-to-date") {
    const upstreamAsOf = await asOf(context, ready, made, flags);
    return { exit: 0, report: await describeRebase(ready, made, { dryRun: false, code: [], upstreamAsOf }) };
  }
  const files = await codeIn(ready.repo, made);
  if (files.length > 0 && !flags.acceptCode) {
    await (await import("../ui/accept-code.ts")).acceptCode(context, ready.repo, {
      files,
      from: made.from,
      to: made.to,
      canHold: ready.self !== null,
    });
  }
  const code = files.map(({ path }) => path);
  const to = { branch: ready.branch, message: messageOf(ready, made, flags.only ?? []), now: context.now };
  if (made.decisions.length === 0) {
    await applyClean(ready.repo, made, to, before);
    return { exit: 0, report: await describeRebase(ready, made, { dryRun: false, code }) };
  }
  await applyStop(ready.repo, made, to);
  return { exit: 3, report: await describeRebase(ready, made, { dryRun: false, code }) };
}

async function finish(context: Context, version: OpenVersion, upstream?: string): Promise<Outcome> {
  const { repo, head, branch } = version;
  const stopped = await stoppedRebase(repo, head);
  if (stopped.kind === "foreign") throw foreignMerge();
  if (stopped.kind === "none" || head === null) throw nothingStopped();
  const { stop } = stopped;
  if (branch === null) {
    throw new Failure("usage", "You are looking at an old state of this version, not at its newest.", {
      next: ["git switch main   (or the branch that this version is kept on), then try again"],
    });
  }
  const merging = stopped.kind === "open";
  const finished = await finishRebase({ ...version, head, branch }, { stop, merging }, context.now);
  if (finished.kind === "finished") {
    // Holds made during the stop are in its commit.
    // A plain copy without a remote knows its upstream from the stop alone, which is over now.
    const taken = upstream ?? (version.self === null ? stop.to : undefined);
    const after = await openVersion(context.cwd, { from: "head", upstream: taken });
    const told = { ...version, self: after.self };
    return { exit: 0, report: await describeStop(told, stop, [], finished.adaptations) };
  }
  if (!merging) throw markersCommitted(finished.decisions);
  return { exit: 3, report: await describeStop(version, stop, finished.decisions, []) };
}

async function abort(version: OpenVersion, now: Date): Promise<Outcome> {
  const { repo, head } = version;
  const stopped = await stoppedRebase(repo, head);
  if (stopped.kind === "foreign") throw foreignMerge();
  if (stopped.kind === "none") throw nothingStopped();
  if (stopped.kind === "committed") {
    throw new Failure("usage", "The update is committed already, so there is nothing to abort.", {
      next: [
        "leeway rebase --continue   completes the records",
        "leeway undo                after that, takes the update back",
      ],
    });
  }
  const moved = await abortStop(repo, stopped.stop, now);
  if (!moved.ok) {
    throw new Failure(
      "usage",
      "Files were edited after the update stopped, and going back would lose that.",
      {
        where: moved.inTheWay.join(", "),
        next: [`git stash push -- ${quotePath(moved.inTheWay[0] ?? "")}   puts it aside, then try again`],
      },
    );
  }
  return {
    exit: 0,
    report: {
      kind: "done",
      verb: "rebase",
      did: ["Everything is as it was before the update."],
      undo: "leeway undo",
      next: [["leeway rebase --dry-run", "look at the update again"]],
      data: { aborted: true, commit: head },
    },
  };
}

function nothingStopped(): Failure {
  return new Failure("usage", "No update is waiting for decisions.", {
    next: ["leeway status   shows where this version stands"],
  });
}

/** `git commit -a` takes a file as it lies there, with the marker lines of a decision nobody has made. */
function markersCommitted(decisions: readonly Decision[]): Failure {
  const [first] = decisions;
  return new Failure(
    "usage",
    "A decision is still open in a file that has been committed with its marker lines.",
    {
      where: [...new Set(decisions.map(({ path }) => path))].join(", "),
      next: [
        `Finish ${quoteAddress(first?.at ?? "")} in your editor, git commit -a, then leeway rebase --continue.`,
      ],
    },
  );
}

/** What became of an adaptation, as the commit's message tells it. */
const BECAME: Readonly<Record<RebasePlan["adaptations"][number]["outcome"], string>> = {
  carried: "carried over",
  review: "carried over; does the reason still hold?",
  conflict: "decided anew",
  redundant: "no longer needed",
  replaced: "upstream's text taken instead",
};

/** The message of the commit that takes an update. */
export function messageOf(version: ReadyVersion, made: RebasePlan, only: readonly string[]): string {
  const name = upstreamName(version);
  const edition = editionTitle(made.edition, made.to);
  const title = made.kind === "record" ? `Record ${name} ${edition} as the base` : `Take ${name} ${edition}`;
  const part = only.length === 0 ? "" : `, only ${only.join(", ")}`;
  const lines = [
    title + part,
    "",
    ...made.adaptations.map(({ file, outcome }) => `Adaptation: ${file.record.id} (${BECAME[outcome]})`),
    ...made.held.map(({ at, why }) => `Held: ${at} (${why})`),
    ...made.released.map(({ at, why }) => `No longer held: ${at} (${why})`),
    ...made.dropped.map(({ at, reason }) => `Left out: ${at} (${reason})`),
  ];
  return `${lines.join("\n").trim()}\n`;
}
