import type { Carried } from "../../adaptation/carry.ts";
import { quoteAddress } from "../../curriculum/address.ts";
import { Failure } from "../../failure.ts";
import { resolve } from "../../git/refs.ts";
import { abortMerge } from "../../git/stop.ts";
import type { NextStep, RebaseReport } from "../../report/report.ts";
import { type OpenVersion, openVersion } from "../../version/open.ts";
import { foreignMerge, type ReadyVersion, requireBase, requireReady } from "../../version/ready.ts";
import { applyClean, applyStop } from "../../version/rebase/apply.ts";
import { finishRebase } from "../../version/rebase/finish.ts";
import { makePlan } from "../../version/rebase/make-plan.ts";
import type { Decision, RebasePlan } from "../../version/rebase/plan.ts";
import { wantedNext } from "../../version/rebase/wanted.ts";
import { readRecords } from "../../version/records.ts";
import type { Stop } from "../../version/stop-state.ts";
import { endStop, stoppedRebase } from "../../version/stopped.ts";
import { startWriting } from "../../version/writing.ts";
import type { Context, Outcome } from "../context.ts";
import { editionTitle, upstreamName } from "../naming.ts";
import { reasonsFor } from "../reasons.ts";

interface RebaseFlags {
  readonly to?: string;
  readonly only?: string[];
  readonly why?: string;
  readonly continue?: boolean;
  readonly abort?: boolean;
  readonly dryRun?: boolean;
  readonly upstream?: string;
}

/** `rebase`: carry this version's adaptations onto the next edition. */
export async function run(context: Context, _args: readonly string[], flags: RebaseFlags): Promise<Outcome> {
  if (flags.continue && flags.abort) {
    throw new Failure("usage", "--continue finishes the update and --abort takes it back; give one of them.");
  }
  const version = await openVersion(context.cwd, { from: "head", upstream: flags.upstream });
  if (flags.dryRun) return preview(context, version, flags);
  return startWriting(version.repo, "rebase", async () => {
    const now = await asItIsNow(context, version, flags);
    if (flags.abort) return abort(now);
    return flags.continue ? finish(context, now) : take(context, now, flags);
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
  return makePlan({
    version,
    head: version.head,
    base: start,
    next,
    today: context.today,
    only,
    why: flags.why ?? `Not taken yet: only ${only.join(", ")} was`,
  });
}

async function preview(context: Context, version: OpenVersion, flags: RebaseFlags): Promise<Outcome> {
  const ready = await requireReady(version);
  const made = await plan(context, ready, flags);
  const report = await describe(ready, made, { dryRun: true });
  return { exit: made.decisions.length > 0 ? 1 : 0, report };
}

async function take(context: Context, version: OpenVersion, flags: RebaseFlags): Promise<Outcome> {
  const ready = await requireReady(version);
  const made = await plan(context, ready, flags);
  if (made.kind === "up-to-date") return { exit: 0, report: await describe(ready, made, { dryRun: false }) };
  const to = { branch: ready.branch, message: messageOf(ready, made), now: context.now };
  if (made.decisions.length === 0) {
    await applyClean(ready.repo, made, to);
    return { exit: 0, report: await describe(ready, made, { dryRun: false }) };
  }
  await applyStop(ready.repo, made, to);
  return { exit: 3, report: await describe(ready, made, { dryRun: false }) };
}

async function finish(context: Context, version: OpenVersion): Promise<Outcome> {
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
    const { self } = await openVersion(context.cwd, { from: "head" });
    return { exit: 0, report: await describeStop({ ...version, self }, stop, [], finished.adaptations) };
  }
  if (!merging) throw markersCommitted(finished.decisions);
  return { exit: 3, report: await describeStop(version, stop, finished.decisions, []) };
}

async function abort(version: OpenVersion): Promise<Outcome> {
  const { repo, head } = version;
  const { kind } = await stoppedRebase(repo, head);
  if (kind === "foreign") throw foreignMerge();
  if (kind === "none") throw nothingStopped();
  if (kind === "committed") {
    throw new Failure("usage", "The update is committed already, so there is nothing to abort.", {
      next: [
        "leeway rebase --continue   completes the records",
        "leeway undo                after that, takes the update back",
      ],
    });
  }
  const moved = await abortMerge(repo);
  if (!moved.ok) {
    throw new Failure(
      "usage",
      "Files were edited after the update stopped, and going back would lose that.",
      {
        where: moved.inTheWay.join(", "),
        next: [`git stash push -- "${moved.inTheWay[0]}"   puts it aside, then try again`],
      },
    );
  }
  await endStop(repo);
  return {
    exit: 0,
    report: {
      kind: "done",
      verb: "rebase",
      did: ["Everything is as it was before the update.", "Decisions made since then are gone with it."],
      undo: null,
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
        `Finish ${quoteAddress(first?.at ?? "")} in your editor, git commit -a, then leeway rebase --continue`,
      ],
    },
  );
}

function messageOf(version: ReadyVersion, made: RebasePlan): string {
  const name = upstreamName(version);
  const edition = editionTitle(made.edition, made.to);
  const title = made.kind === "record" ? `Record ${name} ${edition} as the base` : `Take ${name} ${edition}`;
  const lines = [
    title,
    "",
    ...made.adaptations.map(({ file, outcome }) => `Adaptation: ${file.record.id} (${outcome})`),
    ...made.held.map(({ at, why }) => `Held: ${at} (${why})`),
    ...made.dropped.map(({ at, reason }) => `Left out: ${at} (${reason})`),
  ];
  return `${lines.join("\n").trim()}\n`;
}

async function describe(
  version: ReadyVersion,
  made: RebasePlan,
  { dryRun }: { dryRun: boolean },
): Promise<RebaseReport> {
  const start = requireBase(version);
  const conflicts = made.decisions.length > 0;
  const next: NextStep[] = dryRun
    ? made.kind === "up-to-date"
      ? []
      : [["leeway rebase", conflicts ? "take it, and decide what is asked" : "take it"]]
    : conflicts
      ? [
          ["leeway resolve", "decide, with both texts side by side"],
          ["leeway rebase --abort", "put everything back as it was"],
        ]
      : afterTaking(made.adaptations, made.kind !== "up-to-date" && version.self !== null);
  return {
    kind: "rebase",
    outcome: made.kind === "up-to-date" ? "up-to-date" : conflicts ? "conflicts" : "clean",
    dryRun,
    version: version.self?.name ?? "This version",
    upstream: upstreamName(version),
    from: { commit: start.commit, edition: start.edition },
    to: { commit: made.to, edition: made.edition },
    documents: made.documents,
    decisions: made.decisions,
    adaptations: made.adaptations.map(accountOf),
    dropped: droppedOf(made),
    held: made.held,
    released: made.released,
    notes: version.published?.editions.find(({ commit }) => commit === made.to)?.notes ?? null,
    reasons: await reasonsFor(version, made.decisions),
    undo: !dryRun && !conflicts && made.kind !== "up-to-date" ? "leeway undo" : null,
    next,
  };
}

function accountOf({ file, record, outcome, renamed }: Carried): RebaseReport["adaptations"][number] {
  const { id, title, why } = record ?? file.record;
  return { id, title, why, outcome, ...(renamed.length > 0 ? { renamed } : {}) };
}

/** What this version had and no longer has: upstream's text stands there now (law 1). */
function droppedOf(made: RebasePlan): RebaseReport["dropped"] {
  const redundant = made.adaptations.flatMap(({ redundant }) =>
    redundant.map((at) => ({ at, reason: "upstream says the same now" })),
  );
  return [...made.dropped, ...redundant];
}

function afterTaking(adaptations: readonly Carried[], equipped: boolean): NextStep[] {
  const review = adaptations.find(({ outcome }) => outcome === "review");
  const at = review?.record?.passages.find((passage) => passage.review)?.at;
  return [
    ...(at ? [[`leeway adapt "${at}" --still-holds`, "say that the reason still holds"] as const] : []),
    ...(equipped ? [["leeway push", "send this version home"] as const] : []),
  ];
}

/** What a stop looks like while decisions are made, or once they are. */
async function describeStop(
  version: OpenVersion,
  stop: Stop,
  decisions: readonly Decision[],
  adaptations: readonly Carried[],
): Promise<RebaseReport> {
  const done = decisions.length === 0;
  const records =
    version.self === null ? [] : await readRecords(version.repo, version.self.id, { kind: "worktree" });
  return {
    kind: "rebase",
    outcome: done ? "clean" : "conflicts",
    dryRun: false,
    version: version.self?.name ?? "This version",
    upstream: upstreamName(version),
    from:
      version.start.kind === "known"
        ? { commit: version.start.commit, edition: version.start.edition }
        : { commit: null, edition: null },
    to: { commit: stop.to, edition: stop.edition },
    documents: { updated: 0, merged: 0, conflicted: new Set(decisions.map(({ path }) => path)).size },
    decisions,
    adaptations: done
      ? adaptations.map(accountOf)
      : records
          .filter(({ record }) => record.status !== "retired")
          .map(({ record }) => ({
            id: record.id,
            title: record.title,
            why: record.why,
            outcome: "conflict" as const,
          }))
          .filter(({ id }) => openRecords(records, decisions).has(id)),
    dropped: adaptations.flatMap(({ redundant }) =>
      redundant.map((at) => ({ at, reason: "upstream's text was chosen" })),
    ),
    held: version.self?.holds ?? [],
    released: [],
    notes: null,
    reasons: await reasonsFor(version, decisions),
    undo: done ? "leeway undo" : null,
    next: done
      ? afterTaking(adaptations, version.self !== null)
      : [
          ["leeway resolve", "decide, with both texts side by side"],
          ["leeway rebase --abort", "put everything back as it was"],
        ],
  };
}

function openRecords(
  records: Awaited<ReturnType<typeof readRecords>>,
  decisions: readonly Decision[],
): Set<string> {
  const open = new Set(decisions.map(({ at }) => at));
  return new Set(
    records
      .filter(({ record }) => record.passages.some(({ at }) => open.has(at)))
      .map(({ record }) => record.id),
  );
}
