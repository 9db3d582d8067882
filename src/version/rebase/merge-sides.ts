import type { RecordFile } from "../../adaptation/record.ts";
import { type MergeOutput, mergeTrees } from "../../git/merge-tree.ts";
import { readObjects } from "../../git/objects.ts";
import { remembered } from "../../git/remembered.ts";
import type { Repository } from "../../git/repository.ts";
import { refuseLeadingOut } from "../base/leading-out.ts";
import type { Next } from "../base/published.ts";
import { readRecords } from "../change/records.ts";
import type { OpenVersion } from "../open.ts";
import { inReadingOrder } from "../resolve/find.ts";
import { type Aligned, alignMoves, type Clash } from "./align.ts";
import { auditBoth } from "./audit-both.ts";
import { type BothSides, type BothTexts, bothSides, readBoth } from "./both-sides.ts";
import { type HeldBase, heldBases } from "./held-base.ts";
import { changeHolds, type HoldChange } from "./hold-change.ts";
import { besideName, readOpenPaths } from "./open-paths.ts";
import type { Decision, Stages, TreeRule } from "./plan.ts";
import { type SettleContext, type Settled, sameId, settle, twoDocuments } from "./settle.ts";
import { withHeld } from "./synthetic.ts";
import { takenBefore } from "./taken-before.ts";
import { applyTakes, followsUpstream, type Takes } from "./takes.ts";

export interface RebaseRequest {
  readonly version: OpenVersion;
  readonly head: string;
  readonly base: { readonly commit: string; readonly edition: string | null; readonly recorded: boolean };
  readonly next: Next;
  /** YYYY-MM-DD; decides which holds still hold. */
  readonly today: string;
  /** Paths, folders, globs or addresses that are taken while everything else is held; empty takes all. */
  readonly only: readonly string[];
  /** Why the rest is held where `only` takes a part. */
  readonly why: string;
  /** What becomes of the holds, where that is known; else it is worked out from `today` and `only`. */
  readonly holds?: HoldChange;
  /** Nobody is going to apply the plan: its tree may do without this version's own files. */
  readonly preview?: boolean;
}

/** A path that Git's merge left open, or that the audit refused, and how it ends. */
export interface Ended {
  readonly path: string;
  readonly stages: Stages;
  /** Where Git's merged tree has it, if under another name. */
  readonly gitPath?: string;
  readonly end: Settled;
}

/** The merge of both sides, every path settled or open, before a tree is made of it. */
export interface Merged {
  readonly holds: HoldChange;
  readonly aligned: Aligned;
  readonly both: readonly BothSides[];
  readonly takes: Takes;
  readonly git: MergeOutput;
  readonly records: readonly RecordFile[];
  /** What was read of the result before anything was settled. */
  readonly mergedTexts: readonly BothTexts[];
  readonly rules: readonly TreeRule[];
  readonly ended: readonly Ended[];
  readonly decisions: readonly Decision[];
}

/**
 * Git merges the trees over the base that this version records; what Git leaves open goes on to passages, and
 * every document that both sides changed is audited before it counts as merged.
 */
export async function mergeSides(request: RebaseRequest): Promise<Merged> {
  const { version, head, base, next } = request;
  const { repo, self } = version;
  const holds =
    request.holds ??
    (await changeHolds(repo, {
      holds: self?.holds ?? [],
      base: base.commit,
      next: next.commit,
      today: request.today,
      only: request.only,
      why: request.why,
    }));
  const given = {
    base: await withHeld(repo, base.commit, holds.before),
    ours: head,
    theirs: await withHeld(repo, next.commit, holds.after),
  };
  // Documents that have to be lined up first are rare, so Git merges at once what it is given.
  const merging = Promise.all([
    mergeTrees(repo, given),
    self === null ? [] : readRecords(repo, self.id, { kind: "commit", commit: head }),
  ]);
  // A path that leads out says more than what Git makes of it.
  merging.catch(() => undefined);
  const aligned = await alignMoves(repo, given);
  // The same update is looked at for every version of a trust.
  await remembered(repo, `stays inside ${aligned.sides.base} ${aligned.sides.theirs}`, async () =>
    refuseLeadingOut(
      "this update",
      aligned.there.filter(({ newOid }) => newOid !== null).map(({ path }) => path),
    ),
  );
  const [asGiven, records] = await merging;
  const { here, there } = aligned;
  const both = bothSides(aligned, followsUpstream(self?.takes?.upstream));
  const takes = await applyTakes({ version, head, base: base.commit, aligned, both });
  const git = takes.sides === given ? asGiven : await mergeTrees(repo, takes.sides);
  const heldAt = heldBases(holds.before, base.commit, version.published?.editions ?? []);
  const context = settleContext(request, heldAt);
  const opened = await settleOpen(repo, request, git, context);
  const openPaths = new Set(opened.ended.map(({ path }) => path));
  const mergedTexts = await readBoth(
    repo,
    { ...takes.sides, result: git.tree },
    both.filter(({ result }) => !openPaths.has(result)),
  );
  const refused = auditBoth(mergedTexts, here, there, context);
  const ended = [...opened.ended, ...refused, ...(await clashing(repo, aligned.clashes))];
  const asked = ended.flatMap(({ end }) => (end.kind === "open" ? end.decisions : []));
  const decisions = inReadingOrder(asked).map((each): Decision => {
    const held = heldAt(each.path, each.at);
    return held === null ? each : { ...each, heldAt: held };
  });
  return { holds, aligned, both, takes, git, records, mergedTexts, rules: opened.rules, ended, decisions };
}

/** What a rebase would leave to decide, by the engine of `makePlan` and nothing else of it. */
export async function decisionsAhead(request: RebaseRequest): Promise<readonly Decision[]> {
  return (await mergeSides(request)).decisions;
}

function settleContext({ version, base, next }: RebaseRequest, heldAt: HeldBase): SettleContext {
  const upstream = version.above[0]?.name;
  const edition = (name: string | null | undefined, commit: string): string =>
    name
      ? `edition ${name}`
      : `${upstream === undefined ? "upstream" : `${upstream} at`} ${commit.slice(0, 10)}`;
  return {
    self: version.self?.id ?? null,
    labels: {
      ours: version.self?.name ?? "this version",
      base: edition(base.edition, base.commit),
      theirs: edition(next.edition?.name, next.commit),
    },
    heldLabel: (path, at) => {
      const held = heldAt(path, at);
      return held === null ? undefined : edition(held.edition, held.commit);
    },
  };
}

async function settleOpen(
  repo: Repository,
  request: RebaseRequest,
  git: MergeOutput,
  context: SettleContext,
): Promise<{ ended: Ended[]; rules: TreeRule[] }> {
  const names = { ours: context.self ?? "here", theirs: "upstream" };
  const open = await readOpenPaths(repo, git, names);
  const known = await takenBefore(repo, open, { base: request.base.commit, next: request.next.commit });
  const ended = known.open.flatMap((each): Ended[] => {
    const two = twoDocuments(each, besideName(each.path, names.theirs));
    return two ?? [{ ...each, end: settle(each, context) }];
  });
  return { ended, rules: known.rules };
}

async function clashing(repo: Repository, clashes: readonly Clash[]): Promise<Ended[]> {
  const objects = await readObjects(
    repo,
    clashes.map(({ entry }) => entry.oid),
  );
  return clashes.map((clash, index) => {
    const { path, entry } = clash;
    const ours = objects[index]?.bytes ?? Buffer.alloc(0);
    const stages = { 2: entry };
    const open = { path, gitPath: path, stages, base: null, ours, theirs: null, marked: null, beside: false };
    return { path, stages, end: sameId(open, clash) };
  });
}
