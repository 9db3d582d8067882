import type { Carried } from "../adaptation/carry.ts";
import { documentOf, isHeld } from "../adaptation/explain.ts";
import type { RecordFile } from "../adaptation/record.ts";
import { quoteAddress } from "../curriculum/address.ts";
import { readTextInside } from "../files/read.ts";
import { shortId } from "../git/names.ts";
import { readObjects } from "../git/objects.ts";
import type { RebaseReport } from "../report/kinds/update.ts";
import type { NextStep } from "../report/next-step.ts";
import { versionTextAt } from "../version/change/own-files.ts";
import { readRecords } from "../version/change/records.ts";
import type { OpenVersion } from "../version/open.ts";
import { type ReadyVersion, requireBase } from "../version/ready.ts";
import type { Decision, RebasePlan } from "../version/rebase/plan.ts";
import type { Stop } from "../version/resolve/notes.ts";
import { type Hold, parseVersionFile, versionPath } from "../version/version-file.ts";
import { homeward } from "./homeward.ts";
import { upstreamName } from "./naming.ts";
import { reasonsFor } from "./reasons.ts";

/** What is to be told beside a plan. */
interface Told extends Pick<RebaseReport, "dryRun" | "code"> {
  readonly inTheWay?: readonly string[];
  readonly upstreamAsOf?: string | null;
}

/** What a rebase did, or would do. */
export async function describeRebase(
  version: ReadyVersion,
  made: RebasePlan,
  { dryRun, code, inTheWay = [], upstreamAsOf = null }: Told,
): Promise<RebaseReport> {
  const start = requireBase(version);
  const conflicts = made.decisions.length > 0;
  const next: NextStep[] =
    made.kind === "up-to-date"
      ? upstreamAsOf === null
        ? []
        : [["leeway fetch", "see whether there is anything newer by now"]]
      : dryRun
        ? [
            ...keptFirst(inTheWay),
            ["leeway rebase", conflicts ? "take it, and decide what is asked" : "take it"],
          ]
        : conflicts
          ? [
              ["leeway resolve", "decide, with both texts side by side"],
              ["leeway rebase --abort", "put everything back as it was"],
            ]
          : await afterTaking(version, made);
  return {
    kind: "rebase",
    outcome: made.kind === "up-to-date" ? "up-to-date" : conflicts ? "conflicts" : "clean",
    dryRun,
    version: version.self?.name ?? "This version",
    upstream: upstreamName(version),
    from: { commit: start.commit, edition: start.edition },
    to: { commit: made.to, edition: made.edition },
    documents: made.documents,
    recorded: made.kind === "record",
    decisions: made.decisions,
    adaptations: made.adaptations.map(accountOf),
    dropped: droppedOf(made),
    code,
    inTheWay,
    upstreamAsOf,
    held: made.held,
    released: made.released,
    notes: version.published?.editions.find(({ commit }) => commit === made.to)?.notes ?? null,
    reasons: await reasonsFor(version, made.decisions),
    undo: !dryRun && !conflicts && made.kind !== "up-to-date" ? "leeway undo" : null,
    next,
  };
}

function keptFirst(inTheWay: readonly string[]): NextStep[] {
  return inTheWay.length === 0
    ? []
    : [["leeway adapt or leeway save", "keep what is not saved, before that"]];
}

function accountOf({ file, record, outcome, renamed }: Carried): RebaseReport["adaptations"][number] {
  const { id, title, why } = record ?? file.record;
  return { id, title, why, outcome, ...(renamed.length > 0 ? { renamed } : {}) };
}

/** What this version had and no longer has: upstream's text stands there now (law 1). */
function droppedOf(made: RebasePlan): RebaseReport["dropped"] {
  return [...made.dropped, ...made.adaptations.flatMap(({ redundant }) => redundant.map(sameUpstream))];
}

function sameUpstream(at: string): RebaseReport["dropped"][number] {
  return { at, reason: "upstream says the same now" };
}

/** What went with an update that stopped: where upstream's other text was taken, with the way to see one's own again. */
function leftOut({ redundant, replaced }: Carried, { decisions, stages }: Stop): RebaseReport["dropped"] {
  return [
    ...redundant.map(sameUpstream),
    ...replaced.map((at) => {
      const here = decisions.filter((each) => documentOf(each.at) === documentOf(at));
      const asked = here.find((each) => each.at === at) ?? here[0];
      const isGone = asked?.theirs === null;
      const what = isGone ? "left out, as upstream left it out" : "upstream's text was taken";
      const was = stages.find(({ path }) => path === asked?.path)?.stages[2]?.oid;
      return { at, reason: was === undefined ? what : `${what}; yours, as it was: git show ${shortId(was)}` };
    }),
  ];
}

/** What is held back once an update is finished, and what was held before it and is no more. */
async function holdsOf(
  { repo, self }: OpenVersion,
  { before }: Stop,
  done: boolean,
): Promise<{ after: readonly Hold[]; ended: readonly Hold[] }> {
  if (self === null) return { after: [], ended: [] };
  const path = versionPath(self.id);
  const read = (text: string): readonly Hold[] => parseVersionFile(path, text).holds;
  // While it waits, the file that goes with its commit lies in the work tree.
  const after = done ? self.holds : read((await readTextInside(repo.root, path)) ?? "");
  const ended = read(await versionTextAt(repo, before, self.id)).filter(
    ({ at }) => !after.some((hold) => hold.at === at),
  );
  return { after, ended };
}

/** What to do about documents that stand here alone since upstream has removed them, where nobody has said why. */
async function keptAlone(
  { repo }: OpenVersion,
  { decisions }: Stop,
  records: readonly RecordFile[],
): Promise<NextStep[]> {
  const said = new Set(records.filter(isHeld).flatMap(({ record }) => record.passages.map(({ at }) => at)));
  const asked = decisions.filter(
    ({ kind, marked, at }) => kind === "edited-removed" && marked === null && !said.has(at),
  );
  const objects = await readObjects(
    repo,
    asked.map(({ path }) => `HEAD:${path}`),
  );
  return asked
    .filter((_, index) => objects[index])
    .map(({ at }) => [`leeway adapt ${quoteAddress(at)}`, "say why it is kept: upstream has removed it"]);
}

async function sentHome({ repo, self }: OpenVersion): Promise<NextStep[]> {
  return self === null ? [] : [await homeward(repo)];
}

async function afterTaking(
  version: OpenVersion,
  made: Pick<RebasePlan, "kind" | "adaptations" | "rules" | "passageRules">,
): Promise<NextStep[]> {
  const hasMore = made.rules.some(({ rule }) => rule !== "held") || made.passageRules.length > 0;
  return [
    ...lookOver(made.adaptations),
    ...(hasMore
      ? [["leeway rebase --account", "what was decided beyond Git, and by which rule"] as const]
      : []),
    ...(await sentHome(version)),
  ];
}

function lookOver(adaptations: readonly Carried[]): NextStep[] {
  const review = adaptations.find(({ outcome }) => outcome === "review");
  const at = review?.record?.passages.find((passage) => passage.review)?.at;
  return at ? [[`leeway adapt "${at}" --still-holds`, "say that the reason still holds"]] : [];
}

/** What a stop looks like while decisions are made, or once they are. */
export async function describeStop(
  version: OpenVersion,
  stop: Stop,
  decisions: readonly Decision[],
  adaptations: readonly Carried[],
): Promise<RebaseReport> {
  const done = decisions.length === 0;
  const holds = await holdsOf(version, stop, done);
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
    documents: {
      updated: 0,
      merged: 0,
      conflicted: new Set(decisions.map(({ path }) => path)).size,
      same: 0,
    },
    recorded: false,
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
    dropped: adaptations.flatMap((each) => leftOut(each, stop)),
    code: [],
    inTheWay: [],
    upstreamAsOf: null,
    held: holds.after,
    released: holds.ended,
    notes: null,
    reasons: await reasonsFor(version, decisions),
    undo: done ? "leeway undo" : null,
    next: done
      ? [
          ...lookOver(adaptations),
          ...(await keptAlone(version, stop, records)),
          ["leeway rebase --account", "what was decided, and by which rule"],
          ...(await sentHome(version)),
        ]
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
