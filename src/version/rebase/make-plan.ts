import { carryRecords, type Landing } from "../../adaptation/carry.ts";
import type { RecordFile } from "../../adaptation/record.ts";
import { isDocumentPath, readDocument } from "../../curriculum/read.ts";
import { type MergeOutput, mergeTrees } from "../../git/merge-tree.ts";
import { readObjects, writeBlobs } from "../../git/objects.ts";
import type { TreeChange } from "../../git/raw-diff.ts";
import type { Repository } from "../../git/repository.ts";
import { mergedMode } from "../../git/worktree.ts";
import { type TreeEdit, writeTree } from "../../git/write-tree.ts";
import { refuseLeadingOut } from "../base/leading-out.ts";
import type { Next } from "../base/published.ts";
import {
  asTreeEdits,
  baseAt,
  type OwnFile,
  recordFiles,
  updateVersionText,
  versionTextAt,
} from "../change/own-files.ts";
import { readRecords } from "../change/records.ts";
import type { OpenVersion } from "../open.ts";
import { inReadingOrder } from "../resolve/find.ts";
import { type VersionFile, versionPath } from "../version-file.ts";
import { type Aligned, alignMoves, type Clash } from "./align.ts";
import { auditBoth } from "./audit-both.ts";
import { type BothSides, type BothTexts, bothSides, landingsOf, readBoth } from "./both-sides.ts";
import { mayRunCode } from "./code.ts";
import { changeHolds, type HoldChange } from "./hold-change.ts";
import { besideName, readOpenPaths } from "./open-paths.ts";
import type { Decision, RebasePlan, Stages, TreeRule } from "./plan.ts";
import { type SettleContext, type Settled, sameId, settle, twoDocuments } from "./settle.ts";
import { withHeld } from "./synthetic.ts";
import { takenBefore } from "./taken-before.ts";
import { applyTakes, type Takes } from "./takes.ts";

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
interface Ended {
  readonly path: string;
  readonly stages: Stages;
  /** Where Git's merged tree has it, if under another name. */
  readonly gitPath?: string;
  readonly end: Settled;
}

/** The merge of both sides, every path settled or open, before a tree is made of it. */
interface Merged {
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
async function mergeSides(request: RebaseRequest): Promise<Merged> {
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
  refuseLeadingOut(
    "this update",
    aligned.there.filter(({ newOid }) => newOid !== null).map(({ path }) => path),
  );
  const [asGiven, records] = await merging;
  const { here, there } = aligned;
  const both = bothSides(here, there);
  const takes = await applyTakes({ version, head, base: base.commit, aligned, both });
  const git = takes.sides === given ? asGiven : await mergeTrees(repo, takes.sides);
  const context = settleContext(request);
  const opened = await settleOpen(repo, request, git, context);
  const openPaths = new Set(opened.ended.map(({ path }) => path));
  const mergedTexts = await readBoth(
    repo,
    { ...takes.sides, result: git.tree },
    both.filter(({ result }) => !openPaths.has(result)),
  );
  const refused = auditBoth(mergedTexts, here, there, context);
  const ended = [...opened.ended, ...refused, ...(await clashing(repo, aligned.clashes))];
  const decisions = inReadingOrder(ended.flatMap(({ end }) => (end.kind === "open" ? end.decisions : [])));
  return { holds, aligned, both, takes, git, records, mergedTexts, rules: opened.rules, ended, decisions };
}

/** What a rebase would leave to decide, by the engine of `makePlan` and nothing else of it. */
export async function decisionsAhead(request: RebaseRequest): Promise<readonly Decision[]> {
  return (await mergeSides(request)).decisions;
}

/** Decides what a rebase would do, writing nothing but Git objects that nothing refers to yet. */
export async function makePlan(request: RebaseRequest): Promise<RebasePlan> {
  const { version, head, base, next } = request;
  const { repo, self } = version;
  const { holds, aligned, both, takes, git, records, mergedTexts, rules, ended, decisions } =
    await mergeSides(request);
  const { sides, here, there } = aligned;
  const tree = await writeEnded(repo, git.tree, ended);
  const since = next.edition?.name ?? next.commit.slice(0, 10);
  const landings =
    records.length === 0
      ? []
      : await land(
          repo,
          { ...sides, result: tree },
          { both, ended, known: mergedTexts, decisions, changed: takes.paths },
        );
  const adaptations = carryRecords(records, landings, since);
  const own =
    self === null || request.preview
      ? []
      : await asTreeEdits(repo, [await newVersionFile(request, self, holds), ...recordFiles(adaptations)]);
  const nothingNew = there.length === 0 && holds.ended.length === 0 && base.commit === next.commit;
  return {
    kind: nothingNew ? (base.recorded || self === null ? "up-to-date" : "record") : "merge",
    from: head,
    to: next.commit,
    edition: next.edition?.name ?? null,
    machinery: there.filter(({ path, newMode }) => mayRunCode(path, newMode)).map(({ path }) => path),
    tree: own.length === 0 ? tree : await writeTree(repo, tree, own),
    decisions,
    stages: ended.flatMap(({ path, stages, end }) => (end.kind === "open" ? [{ path, stages }] : [])),
    documents: count(here, there, both, ended),
    adaptations,
    dropped: [...takes.dropped, ...ended.flatMap(({ end }) => (end.kind === "settled" ? end.dropped : []))],
    held: holds.after.map(({ hold }) => hold),
    released: holds.ended,
    rules: [
      ...aligned.rules,
      ...takes.rules,
      ...rules,
      ...holds.after.map(
        ({ hold }): TreeRule => ({ path: hold.at, at: hold.at, rule: "held", text: hold.why }),
      ),
      ...ended.flatMap(({ end }) => end.rules.tree),
    ],
    passageRules: ended.flatMap(({ path, end }) => end.rules.passages.map((each) => ({ ...each, path }))),
    sides,
  };
}

async function newVersionFile(
  { version, head, next }: RebaseRequest,
  self: VersionFile,
  holds: HoldChange,
): Promise<OwnFile> {
  const path = versionPath(self.id);
  const text = await versionTextAt(version.repo, head, self.id);
  const held = holds.after.map(({ hold }) => hold);
  return { path, text: updateVersionText(path, text, { base: baseAt(next), holds: held }) };
}

function settleContext({ version, base, next }: RebaseRequest): SettleContext {
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

async function writeEnded(repo: Repository, tree: string, ended: readonly Ended[]): Promise<string> {
  if (ended.length === 0) return tree;
  const kept = ended.filter(({ end }) => end.bytes !== null);
  const oids = await writeBlobs(
    repo,
    kept.map(({ end }) => end.bytes ?? Buffer.alloc(0)),
  );
  const gone = new Set([
    ...ended.filter(({ end }) => end.bytes === null).map(({ path }) => path),
    ...ended.flatMap(({ path, gitPath = path }) => (gitPath === path ? [] : [gitPath])),
  ]);
  const edits: TreeEdit[] = [
    ...[...gone].map((path) => ({ path, mode: "000000", oid: null })),
    ...kept.map(({ path, stages, end }, index) => {
      // A whole file in question stands there as this version has it, whatever it is.
      const whole = end.kind === "open" && end.decisions[0]?.marked === null;
      const side = whole ? (stages[2] ?? stages[3]) : undefined;
      return { path, mode: side?.mode ?? mergedMode(stages), oid: side?.oid ?? oids[index] ?? null };
    }),
  ];
  return writeTree(repo, tree, edits);
}

async function land(
  repo: Repository,
  trees: { base: string; ours: string; theirs: string; result: string },
  merged: {
    readonly both: readonly BothSides[];
    readonly ended: readonly Ended[];
    /** What was read of the result before anything was settled. */
    readonly known: readonly BothTexts[];
    readonly decisions: readonly Decision[];
    /** Where a side was not merged as it is. */
    readonly changed: ReadonlySet<string>;
  },
): Promise<Landing[]> {
  const { decisions } = merged;
  const settled = new Set([...merged.ended.map(({ path }) => path), ...merged.changed]);
  const again = merged.both.filter(({ result }) => settled.has(result));
  const kept = merged.known.filter(({ paths }) => !settled.has(paths.result));
  const texts = [...kept, ...(await readBoth(repo, trees, again))];
  const undecided = texts.map((each): BothTexts => {
    const marked = decisions.filter(({ path }) => path === each.paths.result);
    if (marked.length === 0 || each.result === null) return each;
    let text = each.result.text;
    for (const { marked: lines, ours } of marked)
      if (lines !== null) text = text.replace(lines, () => ours ?? "");
    return { ...each, result: readDocument(each.paths.result, text) };
  });
  return landingsOf(undecided, new Set(decisions.map(({ at }) => at)));
}

function count(
  here: readonly TreeChange[],
  there: readonly TreeChange[],
  both: readonly BothSides[],
  ended: readonly Ended[],
): RebasePlan["documents"] {
  const conflicted = new Set(ended.filter(({ end }) => end.kind === "open").map(({ path }) => path));
  const isDocument = (path: string): boolean => isDocumentPath(path) && !path.startsWith("versions/");
  const now = new Map(here.map(({ path, newOid }) => [path, newOid]));
  const documents = there.filter(({ path }) => isDocument(path));
  const same = new Set(
    documents.filter(({ path, newOid }) => now.get(path) === newOid).map(({ path }) => path),
  );
  const merged = both.filter(
    ({ result }) => isDocument(result) && !conflicted.has(result) && !same.has(result),
  ).length;
  const updated = Math.max(0, documents.length - same.size - merged - conflicted.size);
  return { updated, merged, conflicted: conflicted.size, same: same.size };
}
