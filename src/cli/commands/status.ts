import type { PassageChange } from "../../compare/diff.ts";
import { formatAddress, quoteAddress, quotePath } from "../../curriculum/address.ts";
import { Failure } from "../../failure.ts";
import { hasStash, inProgress } from "../../git/in-progress.ts";
import { refs } from "../../git/refs.ts";
import type { Repository } from "../../git/repository.ts";
import type { Status } from "../../git/worktree.ts";
import type { StatusReport } from "../../report/kinds/changes.ts";
import type { NextStep } from "../../report/next-step.ts";
import { isHeldBack, readHolds, stillHolds } from "../../version/base/holds.ts";
import { oldFetch } from "../../version/base/last-fetch.ts";
import { ownBranch } from "../../version/base/own-branch.ts";
import { atHome } from "../../version/base/published.ts";
import { changesSince } from "../../version/change/changes.ts";
import { baseTreeOf, type OwnChanges, ownChanges } from "../../version/change/own-changes.ts";
import { unsavedIn } from "../../version/change/unsaved.ts";
import { type EditSince, wordsForEdit } from "../../version/judge/edits.ts";
import { type AtHome, editsHere } from "../../version/judge/here.ts";
import type { Look } from "../../version/look.ts";
import { type OpenVersion, openVersion } from "../../version/open.ts";
import { stoppedRebase } from "../../version/rebase/stopped.ts";
import { cutShort } from "../../version/undo/cut-short.ts";
import { versionPath } from "../../version/version-file.ts";
import type { Context, Outcome } from "../context.ts";
import { ABORT, FINISH } from "../git-steps.ts";
import { upstreamName } from "../naming.ts";
import { firstToExplain, shownChanges, titlesOf, unreadableIn } from "../shown.ts";

/** `status`: where this version stands, and what to do next. Reads the work tree; needs no network. */
export async function run(
  context: Context,
  _args: readonly string[],
  flags: { upstream?: string },
): Promise<Outcome> {
  const { look } = context;
  const { repo } = await look.checkout;
  const standing = look.status();
  const [tree, left, { version, stop, asked, own, edits }] = await Promise.all([
    standing,
    cutShort(repo),
    read(look, flags.upstream, standing),
  ]);
  // A file with marker lines says nothing yet about what this version changes; settled, its records are not bound yet.
  const changes = (own?.changes ?? []).filter(({ document }) => !asked.has(document.change.path));
  const shown = shownChanges(changes);
  // A stop has the new base staged already; this version builds on the one before until everything is settled.
  const before =
    stop === null || stop.git
      ? version
      : await openVersion(context.cwd, { from: "head", upstream: flags.upstream });
  const inState = (state: string) => shown.filter(({ reason }) => reason.state === state);
  const unsaved = unsavedIn(tree);
  const { self, next } = version;
  const { start } = before;
  const neverFetched = version.published?.fetched === false;
  const report: Omit<StatusReport, "next"> = {
    kind: "status",
    version: self && { id: self.id, name: self.name, layer: self.layer },
    upstream: self?.upstream ? { id: self.upstream.id, name: upstreamName(version) } : null,
    branch: version.branch,
    base: start.kind === "known" ? { commit: start.commit, edition: start.edition } : null,
    neverFetched,
    upstreamAsOf:
      neverFetched || flags.upstream !== undefined || version.published === null
        ? null
        : await oldFetch(repo, context.now),
    baseRecorded: start.kind !== "known" || start.recorded,
    noStart: start.kind === "none" && !stop?.git ? start : null,
    target: next !== null && start.kind === "known" && next.commit !== start.commit ? next : null,
    cutShort: left,
    stop,
    missing: self === null ? [] : inState("missing"),
    renew: [...inState("renew"), ...inState("pending")],
    review: shown.filter(({ reason }) => reason.state === "explained" && reason.review !== null),
    locked: inState("locked"),
    explained: inState("explained").length,
    free: inState("free").length + (self === null ? inState("missing").length : 0),
    files: (own?.files ?? []).filter(({ problem }) => problem === null).map(({ path }) => path),
    unreadable: own === null ? [] : unreadableIn(own).filter(({ path }) => !asked.has(path)),
    unsaved: unsaved.size,
    aside: await hasStash(repo),
    detached: version.branch === null && stop === null ? { branch: await branchToGoTo(repo) } : null,
    unsavedSettings: self !== null && unsaved.has(versionPath(self.id)) ? versionPath(self.id) : null,
    edits: edits.map(({ edit, since }) => ({ path: edit.path, message: wordsForEdit(edit), since })),
    ...(stop === null ? await foreseen(version, own, context.today) : { ahead: null, unforeseen: null }),
    held: (self?.holds ?? []).filter((hold) => stillHolds(hold, context.today)),
    titles: titlesOf(changes),
  };
  return { exit: 0, report: { ...report, next: nextSteps(report) } };
}

/** The version, the update that it stopped at, and what it changed. */
async function read(
  look: Look,
  upstream: string | undefined,
  standing: Promise<Status>,
): Promise<{ version: OpenVersion; own: OwnChanges | null; edits: EditSince[] } & Stopping> {
  const version = await openVersion(look, { from: "worktree", upstream }).catch(async (error: unknown) => {
    // Its own file may be in conflict, or there may be no upstream: what Git is in the middle of is to be told even so.
    const { repo } = await look.checkout;
    const isStopped = (await standing).unmerged.length > 0 || (await inProgress(repo)).operation !== "other";
    if (!isStopped) throw error;
    return openVersion(look, { from: "head", upstream, alone: true });
  });
  const base = baseTreeOf(version);
  const later = { kind: "worktree", head: version.head, status: standing } as const;
  const changes = base === null ? Promise.resolve(null) : ownChanges(version, base, later);
  const [stopping, own, edits] = await Promise.all([
    stopOf(version, standing),
    changes,
    editsHere(version, changes, standing, await atHomeOf(version, look)),
  ]);
  // In a stop both sides' files are among what differs.
  return { version, ...stopping, own, edits: stopping.stop === null ? edits : [] };
}

interface Stopping {
  readonly stop: StatusReport["stop"];
  /** The files that the update asked about. */
  readonly asked: ReadonlySet<string>;
}

async function stopOf(version: OpenVersion, standing: Promise<Status>): Promise<Stopping> {
  const stopped = await stoppedRebase(version.repo, version.head);
  if (stopped.kind === "none" || stopped.kind === "foreign") return gitStop(version, standing);
  const { stop } = stopped;
  const { openDecisions } = await import("../../version/resolve/open.ts");
  const decisions = stopped.kind === "open" ? await openDecisions(version.repo, stop) : [];
  return {
    stop: { state: decisions.length > 0 ? "deciding" : "settled", decisions, edition: stop.edition },
    asked: new Set(stop.decisions.map(({ path }) => path)),
  };
}

/** A command of Git's own that has stopped: it tells which files are in conflict, Leeway which passages. */
async function gitStop(version: OpenVersion, standing: Promise<Status>): Promise<Stopping> {
  const { unmerged } = await standing;
  const doing = await inProgress(version.repo);
  if (unmerged.length === 0 && doing.operation === "other") return { stop: null, asked: new Set() };
  const { findGitConflict } = await import("../../version/resolve/git-conflict.ts");
  const { openDecisions } = await import("../../version/resolve/open.ts");
  const found = await findGitConflict(version);
  const git = {
    operation: doing.operation,
    other: found?.conflict.labels.theirs ?? "the other side",
    byHand: found?.byHand ?? [],
  };
  const decisions = found === null ? [] : await openDecisions(version.repo, found.conflict);
  return {
    stop: { state: "foreign", decisions, edition: null, git },
    asked: new Set(unmerged.map(({ path }) => path)),
  };
}

/** What this version's home has of the branch. */
async function atHomeOf({ branch }: OpenVersion, look: Look): Promise<AtHome | null> {
  const commit = atHome(branch, await look.refs());
  return commit === null ? null : { commit, name: `origin/${branch}` };
}

/** What taking the waiting update would do; where nothing can be written, not even what only Git sees, why that is not known. */
async function foreseen(
  version: OpenVersion,
  own: OwnChanges | null,
  today: string,
): Promise<Pick<StatusReport, "ahead" | "unforeseen">> {
  try {
    return { ahead: await updateAhead(version, own, today), unforeseen: null };
  } catch (error) {
    if (!(error instanceof Failure) || error.kind !== "environment") throw error;
    return { ahead: null, unforeseen: { why: error.message, next: error.next } };
  }
}

/** What taking the waiting update would do: passages that come by themselves, and what it would ask. */
async function updateAhead(
  version: OpenVersion,
  own: OwnChanges | null,
  today: string,
): Promise<StatusReport["ahead"]> {
  const { start, next, head, self } = version;
  const base = baseTreeOf(version);
  if (start.kind !== "known" || next === null || head === null || base === null) return null;
  const ended = (self?.holds ?? []).some((hold) => !stillHolds(hold, today));
  if (next.commit === start.commit && !ended) return null;
  const { makePlan } = await import("../../version/rebase/make-plan.ts");
  const [plan, incoming] = await Promise.all([
    makePlan({ version, head, base: start, next, today, only: [], why: "", preview: true }),
    changesSince(version.repo, base, { kind: "commit", commit: next.commit }),
  ]);
  const held = readHolds(self?.holds ?? []).filter(({ hold }) => stillHolds(hold, today));
  // A squashed or copied update is here already (law 6), as far as it is upstream's newest text.
  const taken = new Map((own?.taken ?? []).map(({ at, passage }) => [at, passage]));
  const isHere = (id: string, passage: PassageChange): boolean => {
    const known = taken.get(formatAddress(id, passage.key));
    return known !== undefined && known.localHash === passage.localHash;
  };
  const passages = incoming.documents.flatMap(({ change }) =>
    change.passages.filter(
      (passage) => !isHere(change.id, passage) && !held.some((each) => isHeldBack(each, change, passage)),
    ),
  ).length;
  const asked = new Set(plan.decisions.map(({ at }) => at)).size;
  return { updates: Math.max(0, passages - asked), asks: plan.decisions };
}

function nextSteps(report: Omit<StatusReport, "next">): NextStep[] {
  const { stop, noStart, missing, locked, renew, review, target, ahead, detached, version, unreadable } =
    report;
  // A file that cannot be read is not saved either.
  const unsaved = report.unsaved - unreadable.length;
  if (report.cutShort !== null)
    return [["leeway undo --dry-run", "complete what was cut short, or take it back; no more is changed"]];
  if (stop?.state === "deciding") {
    return [
      ["leeway resolve", "decide, with both texts side by side"],
      ["leeway rebase --abort", "put everything back as it was"],
    ];
  }
  if (stop?.state === "settled") return [["leeway rebase --continue", "finish the update"]];
  if (stop?.git) {
    const { operation, byHand } = stop.git;
    const abort = ABORT[operation];
    const first: NextStep =
      stop.decisions.length > 0
        ? ["leeway resolve", "decide, with both texts side by side"]
        : byHand[0] !== undefined
          ? [`git add ${quoteAddress(byHand[0])}`, "when it is settled in your editor"]
          : [FINISH[operation], operation === "other" ? "see what is settled" : "finish it"];
    return [first, ...(abort === null ? [] : [[abort, "put everything back as it was"] as const])];
  }
  const edit = report.edits[0];
  const seen: NextStep[] = edit
    ? [[`git diff ${quoteAddress(edit.since)} -- ${quotePath(edit.path)}`, "see that edit, to put it back"]]
    : [];
  if (noStart) return [...seen, ...noStart.next.map((step): NextStep => splitStep(step))];
  const steps: NextStep[] = seen;
  if (report.neverFetched) steps.push(["leeway fetch", "get what upstream has published"]);
  else if (report.upstreamAsOf !== null && target === null)
    steps.push(["leeway fetch", "see whether there is anything newer by now"]);
  if (detached)
    steps.push([
      `git switch ${detached.branch === null ? "BRANCH" : quoteAddress(detached.branch)}`,
      detached.branch === null ? "go to one of the branches that git branch lists" : "go to its newest state",
    ]);
  const byHand = renew.some(({ reason }) => reason.state === "pending");
  const first =
    firstToExplain([...missing, ...locked]) ?? renew.find(({ reason }) => reason.state !== "pending");
  if (first) steps.push([`leeway adapt ${quoteAddress(first.at)}`, "give the reason in a sentence"]);
  else if (byHand) steps.push(["leeway save", "bind the reasons that were written by hand"]);
  else if (unsaved > 0 && locked.length === 0 && version !== null)
    steps.push(["leeway save", "commit what needs no reason"]);
  const lock = locked[0];
  if (lock)
    steps.push([`leeway diff ${quoteAddress(lock.at)}`, "see the locked text as it was, to put it back"]);
  const look = review[0];
  if (look)
    steps.push([`leeway adapt ${quoteAddress(look.at)} --still-holds`, "say that the reason still holds"]);
  for (const step of report.unforeseen?.next ?? []) steps.push(splitStep(step));
  if (ahead) {
    steps.push(["leeway rebase --dry-run", `see what ${target?.edition?.name ?? "the update"} would do`]);
    if (ahead.asks.length === 0) steps.push(["leeway rebase", "take it"]);
  }
  if (report.aside) steps.push(["git stash pop", "bring back the work that was put aside"]);
  return steps;
}

/** The branch to go back to, where it is plain which. */
async function branchToGoTo(repo: Repository): Promise<string | null> {
  return ownBranch((await refs(repo, ["refs/heads/"])).map(({ name }) => name.replace("refs/heads/", "")));
}

function splitStep(step: string): NextStep {
  const [command = step, purpose = ""] = step.split(/ {2,}/, 2);
  return [command, purpose];
}
