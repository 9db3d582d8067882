import { Failure } from "../../failure.ts";
import { isAncestor } from "../../git/ancestry.ts";
import { shortId } from "../../git/names.ts";
import { readObjects } from "../../git/objects.ts";
import { resolve } from "../../git/refs.ts";
import { fetchRemote, push } from "../../git/remotes.ts";
import type { Repository } from "../../git/repository.ts";
import { commitTree } from "../../git/write-objects.ts";
import type { Host } from "../../host/host.ts";
import { issueText, pullRequestText } from "../../report/proposal.ts";
import { homeOf } from "../../version/home.ts";
import { openVersion } from "../../version/open.ts";
import { type EquippedVersion, requireBase, requireEquipped, requireReady } from "../../version/ready.ts";
import { codeIn } from "../../version/rebase/code.ts";
import { makePlan } from "../../version/rebase/make-plan.ts";
import type { RebasePlan } from "../../version/rebase/plan.ts";
import { wantedNext } from "../../version/rebase/wanted.ts";
import { messageOf } from "../commands/rebase.ts";
import type { Context, Outcome } from "../context.ts";
import { describeRebase } from "../rebase-report.ts";
import { jobOf } from "./host.ts";
import { type Standing, type Step, stepsFor } from "./steps.ts";

/** Branches of proposals at home. */
const FOLDER = "update";
/** Names the tree of a proposal's commit: one that a person has changed since has another. */
const OWN = "Leeway-Proposal";

/**
 * `ci update`: proposes the edition that waits. Where all of it merges, a branch `update/EDITION` and a pull request;
 * where a person has to look, an issue with the texts; both are refreshed in place, and closed when they are settled.
 * Nothing in this clone is changed, and no branch at home is ever forced.
 */
export async function update(context: Context, { dryRun }: { dryRun: boolean }): Promise<Outcome> {
  const version = requireEquipped(await requireReady(await openVersion(context.look, { from: "head" })));
  if (version.start.kind === "source") {
    return done(["This version has no upstream, so there is nothing to take."], { outcome: "source" });
  }
  await requireHome(version.repo);
  const { host } = jobOf(context.io);
  const found = await standingOf(context, version, host);
  const { standing } = found;
  const branch = standing.kind === "merges" ? standing.branch : null;
  const [issues, pulls] = await Promise.all([host.issues(), host.pullRequests(branch)]);
  const steps = stepsFor(standing, { issues, pulls });
  const said = [
    ...found.said,
    ...steps.map((step) => wordsFor(step, host)),
    ...(steps.length === 0 && found.push === null ? ["Nothing to do: the host shows it as it stands."] : []),
  ];
  const data = { outcome: standing.kind, branch, steps: steps.map((step) => step.do), dryRun };
  if (dryRun) return done([...said.map((line) => `Would: ${line}`), "Nothing was changed."], data);
  if (found.push !== null) await send(version.repo, found.push);
  for (const step of steps) await take(host, step, version.branch);
  return done(said, data);
}

interface Found {
  readonly standing: Standing;
  readonly push: { readonly commit: string; readonly branch: string } | null;
  readonly said: readonly string[];
}

async function standingOf(context: Context, version: EquippedVersion, host: Host): Promise<Found> {
  const base = requireBase(version);
  const next = await wantedNext(version, base.commit, undefined);
  const made = await makePlan({
    version,
    head: version.head,
    base,
    next,
    today: context.today,
    only: [],
    why: "",
  });
  if (made.kind !== "merge")
    return { standing: { kind: "nothing" }, push: null, said: ["Nothing newer is waiting."] };
  const code = (await codeIn(version.repo, made)).map(({ path }) => path);
  const report = await describeRebase(version, made, { dryRun: true, code });
  const edition = made.edition ?? version.self.upstream?.branch ?? shortId(made.to);
  if (made.decisions.length > 0 || code.length > 0) {
    const text = issueText(report, host.most);
    return { standing: { kind: "asks", edition, text }, push: null, said: [text.title] };
  }
  const branch = `${FOLDER}/${edition}`;
  const tip = await tipAtHome(version.repo, branch);
  const text = pullRequestText(report);
  if (tip !== null && !tip.isOwn) {
    const said = [`${branch} has work of people in it, so it is left as it is.`];
    return { standing: { kind: "merges", edition, branch, tip: null, text }, push: null, said };
  }
  const commit = await proposal(version, made, tip);
  const isNew = commit !== tip?.commit;
  return {
    standing: { kind: "merges", edition, branch, tip: commit, text },
    push: isNew ? { commit, branch } : null,
    said: isNew ? [`${tip === null ? "Pushed" : "Refreshed"} the branch ${branch}.`] : [],
  };
}

/** The last commit of a branch at home. */
interface Tip {
  readonly commit: string;
  readonly tree: string;
  /** Whether nobody but Leeway has written it. */
  readonly isOwn: boolean;
}

async function tipAtHome(repo: Repository, branch: string): Promise<Tip | null> {
  const all = `refs/heads/${FOLDER}/*:refs/remotes/origin/${FOLDER}/*`;
  await fetchRemote(repo, "origin", { refspecs: [`+${all}`], tags: false, prune: true });
  const commit = await resolve(repo, `refs/remotes/origin/${branch}`);
  if (commit === null) return null;
  const [object] = await readObjects(repo, [commit]);
  const text = object?.bytes.toString("utf8") ?? "";
  const tree = /^tree ([0-9a-f]+)$/m.exec(text)?.[1] ?? "";
  return { commit, tree, isOwn: text.trimEnd().endsWith(`\n${OWN}: ${tree}`) };
}

/**
 * The commit to propose. On a branch that is there already it comes on top, with whatever that does not contain yet
 * as further parents, so that it is a fast-forward for who has looked at it (law 7).
 * @returns the tip itself where that proposes the same
 */
async function proposal(version: EquippedVersion, made: RebasePlan, tip: Tip | null): Promise<string> {
  const { repo } = version;
  const parents: string[] = tip === null ? [] : [tip.commit];
  for (const side of [made.from, made.to]) {
    if (tip === null || !(await isAncestor(repo, side, tip.commit))) parents.push(side);
  }
  if (tip !== null && tip.tree === made.tree && parents.length === 1) return tip.commit;
  return commitTree(repo, {
    tree: made.tree,
    parents,
    message: `${messageOf(version, made, []).trimEnd()}\n${OWN}: ${made.tree}\n`,
  });
}

/** @throws Failure where this version's home is none of its own */
async function requireHome(repo: Repository): Promise<void> {
  const { kind } = await homeOf(repo);
  if (kind === "own") return;
  throw new Failure("usage", "This version has no home of its own to propose anything at.", {
    next: ["git remote add origin URL   gives it one"],
  });
}

async function send(repo: Repository, { commit, branch }: { commit: string; branch: string }): Promise<void> {
  const pushed = await push(repo, "origin", [`${commit}:refs/heads/${branch}`]);
  if (pushed.ok) return;
  throw new Failure("environment", "The branch of the proposal was not accepted at home.", {
    where: pushed.rejected.map(({ ref, reason }) => `${ref}: ${reason}`).join(", "),
    next: ["Run it again: somebody may have pushed to it at the same moment."],
  });
}

async function take(host: Host, step: Step, into: string): Promise<void> {
  switch (step.do) {
    case "open-pull":
      await host.openPullRequest(step.text, { from: step.branch, into });
      return;
    case "edit-pull":
      return host.editPullRequest(step.pull.number, step.text);
    case "close-pull":
      return host.closePullRequest(step.pull.number, step.why);
    case "open-issue":
      await host.openIssue(step.text);
      return;
    case "edit-issue":
      return host.editIssue(step.issue, step.text);
    case "close-issue":
      return host.closeIssue(step.issue.number, step.why);
  }
}

function wordsFor(step: Step, { request }: Host): string {
  switch (step.do) {
    case "open-pull":
      return `Opened a ${request}: ${step.text.title}`;
    case "edit-pull":
      return `Refreshed ${request} ${step.pull.number}: ${step.text.title}`;
    case "close-pull":
      return `Closed ${request} ${step.pull.number}: ${step.why}`;
    case "open-issue":
      return `Opened an issue: ${step.text.title}`;
    case "edit-issue":
      return `Refreshed issue ${step.issue.number}: ${step.text.title}`;
    case "close-issue":
      return `Closed issue ${step.issue.number}: ${step.why}`;
  }
}

function done(did: string[], data: Record<string, unknown>): Outcome {
  return { exit: 0, report: { kind: "done", verb: "ci", did, undo: null, next: [], data } };
}
