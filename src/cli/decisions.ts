import { quoteAddress } from "../curriculum/address.ts";
import { Failure } from "../failure.ts";
import { shortId } from "../git/names.ts";
import type { Labels } from "../merge/conflict.ts";
import type { DecisionsReport, ShownDecision } from "../report/kinds/update.ts";
import type { NextStep } from "../report/next-step.ts";
import { editionLabel } from "../report/wording.ts";
import type { OpenVersion } from "../version/open.ts";
import { foreignMerge, settledNotRecorded } from "../version/ready.ts";
import type { Decision } from "../version/rebase/plan.ts";
import { stoppedRebase } from "../version/rebase/stopped.ts";
import { type Choice, choicesFor } from "../version/resolve/choices.ts";
import { findGitConflict } from "../version/resolve/git-conflict.ts";
import { type Deciding, readGitConflict, readStop } from "../version/resolve/notes.ts";
import { openDecisions } from "../version/resolve/open.ts";
import { areParagraphs } from "../version/resolve/paragraphs.ts";
import { faultAfter, readingOf } from "../version/resolve/reading.ts";
import type { Result } from "../version/resolve/result.ts";
import { surroundingsOf } from "../version/resolve/surroundings.ts";
import { ABORT, FINISH } from "./git-steps.ts";
import { upstreamName } from "./naming.ts";
import { reasonsFor } from "./reasons.ts";

/** Where a version has stopped for decisions, and what people call the two sides. */
export interface Stopping {
  readonly version: OpenVersion;
  readonly deciding: Deciding;
  readonly byHand: readonly string[];
  readonly labels: Labels;
}

/** A decision with everything that can be taken for it. */
export interface Asked {
  readonly decision: Decision;
  readonly shown: ShownDecision;
  readonly choices: readonly Choice[];
}

/** What was done with one decision, and what stands there now. */
export interface Done {
  readonly words: string;
  readonly result?: Result;
}

/**
 * What waits for decisions: an update of Leeway's, or a conflict that Git left.
 * @throws Failure "usage" where nothing does
 */
export async function stoppingOf(version: OpenVersion): Promise<Stopping> {
  const found = await findStopping(version);
  if (found !== null) return found;
  throw new Failure("usage", "Nothing is waiting for a decision.", {
    next: ["leeway status   shows where this version stands"],
  });
}

/** The same; null where nothing waits. */
export async function findStopping(version: OpenVersion): Promise<Stopping | null> {
  const stopped = await stoppedRebase(version.repo, version.head);
  if (stopped.kind === "committed") throw settledNotRecorded();
  if (stopped.kind === "open") {
    const { stop } = stopped;
    const from = version.start.kind === "known" ? editionLabel(version.start) : "before";
    const labels = {
      ours: version.self?.name ?? "This version",
      base: from,
      theirs: `${upstreamName(version)} ${stop.edition ?? shortId(stop.to)}`,
    };
    return { version, deciding: stop, byHand: [], labels };
  }
  const found = await findGitConflict(version);
  if (found !== null)
    return { version, deciding: found.conflict, byHand: found.byHand, labels: found.conflict.labels };
  if (stopped.kind === "foreign") throw foreignMerge();
  return null;
}

/** A list of decisions where nothing waits for any. */
export function noDecisions(version: OpenVersion): DecisionsReport {
  return {
    kind: "decisions",
    view: "rows",
    version: version.self?.name ?? "this version",
    upstream: upstreamName(version),
    edition: null,
    operation: "none",
    note: null,
    did: [],
    results: [],
    dryRun: false,
    decisions: [],
    open: 0,
    settled: 0,
    joined: [],
    byHand: [],
    next: [["leeway status", "where this version stands"]],
  };
}

/** The same stop after something was chosen. */
export async function stoppingNow({ version, ...before }: Stopping): Promise<Stopping> {
  const { repo } = version;
  const isUpdate = before.deciding.schema === "leeway/stop/1";
  const notes = isUpdate ? await readStop(repo) : await readGitConflict(repo);
  return { version, ...before, deciding: notes ?? before.deciding };
}

/** Decisions with what is around them and what can be taken so that the file reads, in reading order. */
export async function asked(stopping: Stopping, decisions: readonly Decision[]): Promise<Asked[]> {
  const { version, deciding, labels } = stopping;
  const paths = [...new Set(decisions.map(({ path }) => path))];
  const [around, reasons, readings] = await Promise.all([
    surroundingsOf(version.repo, deciding, decisions, labels),
    reasonsFor(version, decisions),
    Promise.all(paths.map((path) => readingOf(version.repo, deciding, path))),
  ]);
  return decisions.map((decision) => {
    const { line = null, suggestions = [], beside = null } = around.get(decision) ?? {};
    const reading = readings[paths.indexOf(decision.path)] ?? null;
    const paragraphs = reading !== null && areParagraphs(reading.marked, decision);
    const choices = choicesFor(decision, suggestions, whoseOf(stopping), paragraphs).filter(
      ({ taken }) => reading === null || faultAfter(reading, [{ decision, taken }]) === null,
    );
    const shown: ShownDecision = {
      ...decision,
      number: deciding.decisions.indexOf(decision) + 1,
      line,
      why: Object.hasOwn(reasons, decision.at) ? (reasons[decision.at] ?? null) : null,
      choices: choices.map(({ take, means, taken }) => ({
        take,
        means,
        text: taken.kind === "text" ? taken.text : null,
      })),
      beside,
    };
    return { decision, shown, choices };
  });
}

function whoseOf({ labels, deciding }: Stopping): { upstream: string; local: string } {
  return {
    upstream: deciding.schema === "leeway/stop/1" ? "upstream's" : `${labels.theirs}'s`,
    local: "this version's",
  };
}

/** What people call the other side. */
export function otherName({ version, deciding, labels }: Stopping): string {
  return deciding.schema === "leeway/stop/1" ? upstreamName(version) : labels.theirs;
}

/** What upstream says of the edition that is being taken; null where it says nothing. */
export function noteOf({ version, deciding }: Stopping): string | null {
  const commit = deciding.schema === "leeway/stop/1" ? deciding.to : deciding.other;
  const edition = version.published?.editions.find((each) => each.commit === commit);
  return edition?.notes.trim().split(/\n\s*\n/)[0] || null;
}

/** A stop as a report: some of its decisions, what was just done, and what comes next. */
export async function describeDecisions(
  stopping: Stopping,
  told: {
    readonly shown: readonly Decision[];
    readonly view: DecisionsReport["view"];
    readonly did?: readonly string[];
    readonly results?: DecisionsReport["results"];
    readonly dryRun?: boolean;
  },
): Promise<DecisionsReport> {
  const { version, deciding, byHand } = stopping;
  const open = await openDecisions(version.repo, deciding);
  const isUpdate = deciding.schema === "leeway/stop/1";
  return {
    kind: "decisions",
    view: told.view,
    version: version.self?.name ?? "this version",
    upstream: otherName(stopping),
    edition: isUpdate ? deciding.edition : null,
    operation: isUpdate ? "update" : deciding.operation,
    note: noteOf(stopping),
    did: told.did ?? [],
    results: told.results ?? [],
    dryRun: told.dryRun ?? false,
    decisions: (await asked(stopping, told.shown)).map(({ shown }) => shown),
    open: open.length,
    settled: deciding.decisions.length - open.length,
    joined: isUpdate ? [] : deciding.joined.map(({ at }) => at),
    byHand,
    next: await nextSteps(stopping, open),
  };
}

async function nextSteps(stopping: Stopping, open: readonly Decision[]): Promise<NextStep[]> {
  const { deciding, byHand } = stopping;
  const [first] = await asked(stopping, open.slice(0, 1));
  const operation = deciding.schema === "leeway/stop/1" ? "update" : deciding.operation;
  const abort = ABORT[operation];
  const takes = first ? first.choices.flatMap(({ take }) => (/[-:]/.test(take) ? [] : [take])).join("|") : "";
  if (first)
    return [
      [
        `leeway resolve ${quoteAddress(first.decision.at)} ${takes === "" ? "--edit FILE" : `--take ${takes}`}`,
        "settle it",
      ],
      ...(deciding.history.length > 0
        ? [["leeway resolve --undo", "take the last choice back"] as const]
        : []),
      ...(abort === null ? [] : [[abort, "put everything back as it was"] as const]),
    ];
  if (byHand.length > 0)
    return [[`git add ${byHand.map(quoteAddress).join(" ")}`, "when it is settled in the file"]];
  return [
    [FINISH[operation], operation === "other" ? "see what is settled" : "finish"],
    ...(abort === null ? [] : [[abort, "put everything back as it was"] as const]),
  ];
}
