import { carryRecords, type Landing } from "../../adaptation/carry.ts";
import { isDocumentPath, readDocument } from "../../curriculum/read.ts";
import type { TreeChange } from "../../git/raw-diff.ts";
import type { Repository } from "../../git/repository.ts";
import { mergedMode } from "../../git/worktree.ts";
import { type TreeEdit, type WholeFile, writeFiles } from "../../git/write-tree.ts";
import {
  asWhole,
  baseAt,
  type OwnFile,
  recordFiles,
  updateVersionText,
  versionTextAt,
} from "../change/own-files.ts";
import { type VersionFile, versionPath } from "../version-file.ts";
import { type BothSides, type BothTexts, landingsOf, readBoth } from "./both-sides.ts";
import { mayRunCode } from "./code.ts";
import type { HoldChange } from "./hold-change.ts";
import { type Ended, mergeSides, type RebaseRequest } from "./merge-sides.ts";
import type { Decision, RebasePlan, TreeRule } from "./plan.ts";
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
      : [await newVersionFile(request, self, holds), ...recordFiles(adaptations)].map(asWhole);
  const nothingNew = there.length === 0 && holds.ended.length === 0 && base.commit === next.commit;
  return {
    kind: nothingNew ? (base.recorded || self === null ? "up-to-date" : "record") : "merge",
    from: head,
    to: next.commit,
    edition: next.edition?.name ?? null,
    machinery: there.filter(({ path, newMode }) => mayRunCode(path, newMode)).map(({ path }) => path),
    tree: own.length === 0 ? tree : (await writeFiles(repo, tree, own)).tree,
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

async function writeEnded(repo: Repository, tree: string, ended: readonly Ended[]): Promise<string> {
  if (ended.length === 0) return tree;
  const kept = ended.filter(({ end }) => end.bytes !== null);
  const gone = new Set([
    ...ended.filter(({ end }) => end.bytes === null).map(({ path }) => path),
    ...ended.flatMap(({ path, gitPath = path }) => (gitPath === path ? [] : [gitPath])),
  ]);
  const files = [
    ...[...gone].map((path) => ({ path, mode: "000000", oid: null })),
    ...kept.map(({ path, stages, end }): WholeFile | TreeEdit => {
      // A whole file in question stands there as this version has it, whatever it is.
      const whole = end.kind === "open" && end.decisions[0]?.marked === null;
      const side = whole ? (stages[2] ?? stages[3]) : undefined;
      return side ? { path, ...side } : { path, mode: mergedMode(stages), bytes: end.bytes };
    }),
  ];
  return (await writeFiles(repo, tree, files)).tree;
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
  // A picture may be in question too, and is among no documents.
  const asked = [...conflicted].filter(isDocument).length;
  const updated = Math.max(0, documents.length - same.size - merged - asked);
  return { updated, merged, conflicted: conflicted.size, same: same.size };
}
