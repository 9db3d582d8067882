import { Failure } from "../../failure.ts";
import { ancestryOf } from "../../git/ancestry.ts";
import { commitsChanging } from "../../git/history.ts";
import { describeObjects, readObjects } from "../../git/objects.ts";
import type { TreeChange } from "../../git/raw-diff.ts";
import { resolveMany } from "../../git/refs.ts";
import type { Repository } from "../../git/repository.ts";
import { diffTrees } from "../../git/trees.ts";
import type { LayerRules } from "../../rules/rules.ts";
import { changesSince } from "../change/changes.ts";
import { baseTreeOf } from "../change/own-changes.ts";
import { readRules } from "../change/records.ts";
import type { OpenVersion } from "../open.ts";
import { parseVersionFile, rulesPath, type VersionFile, versionPath } from "../version-file.ts";
import { moveOfBase } from "./base-facts.ts";
import { type EditSince, isForeign, notPutRight, type OwnEdit, upstreamEdit, withFolders } from "./edits.ts";
import { loosened } from "./loosened.ts";
import { readable } from "./readable.ts";

/**
 * How a version has edited what it is judged by, as its own history tells. What was put right since is not told.
 * @param versions the files under `versions/` that differ from its base
 */
export async function editsInHistory(
  version: OpenVersion,
  versions: readonly TreeChange[],
): Promise<OwnEdit[]> {
  const { repo, self, above, head, published } = version;
  if (!self?.upstream || head === null || published === null) return [];
  const folders = versions
    .filter(({ path }) => isForeign(path, self))
    .map((each): EditSince => ({ edit: asFolderEdit(each), since: head.slice(0, 10) }));
  const [now] = await filesAt(repo, self.id, [head]);
  if (!now) return folders.map(({ edit }) => edit);
  const rulesNow: RulesNow = (base) => readRules(repo, self, above, base, head);
  const found = await editsOfCommits(version, self.id, published.heads, rulesNow);
  return withFolders(notPutRight(found, now), folders).map(({ edit }) => edit);
}

/** The rules of every layer as they now are, by the commit that those above are read at. */
export type RulesNow = (base: string) => Promise<LayerRules[]>;

/**
 * The edits in each of a version's own commits against the one before, the oldest first.
 * @param others the heads of what is not its own
 */
export async function editsOfCommits(
  version: OpenVersion,
  id: string,
  others: readonly string[],
  rulesNow: RulesNow,
): Promise<EditSince[]> {
  const { repo, head } = version;
  if (head === null) return [];
  const steps = await ownSteps(repo, id, head, others);
  const found = await Promise.all(
    steps.map(async (step) => {
      const edits = [
        ...(step.file ? await fileEdits(version, id, step) : []),
        ...(step.rules ? await rulesEdits(version, step, rulesNow) : []),
      ];
      return edits.map((edit): EditSince => ({ edit, since: step.from.slice(0, 10) }));
    }),
  );
  return found.flat();
}

function asFolderEdit({ path, status }: TreeChange): OwnEdit {
  return { what: "folder", path, change: status === "A" ? "added" : status === "D" ? "removed" : "edited" };
}

/** A commit of a version's own, the one before it, and what of its own word differs between them. */
interface Step {
  readonly from: string;
  readonly to: string;
  readonly file: boolean;
  readonly rules: boolean;
}

/** The commits that a version made itself, by its first parents, that changed its own file or rules; the oldest first. */
export async function ownSteps(
  repo: Repository,
  id: string,
  head: string,
  others: readonly string[],
): Promise<Step[]> {
  const ancestry = await ancestryOf(repo);
  if (ancestry?.knows([head])) return stepsOf(repo, id, ancestry.firstParents(head, others).reverse());
  const [file, rules] = ownFiles(id);
  const commits = await commitsChanging(repo, head, others, [file, rules]);
  return commits.flatMap(({ id: to, parent, changes }): Step[] => {
    const changed = (path: string): boolean => changes.some((change) => change.path === path);
    // Before its first commit the version was not there.
    const isFirst = changes.some(({ path, status }) => path === file && status === "A");
    return parent === null || isFirst
      ? []
      : [{ from: parent, to, file: changed(file), rules: changed(rules) }];
  });
}

function ownFiles(id: string): readonly [file: string, rules: string] {
  return [versionPath(id), rulesPath(id)];
}

/** The same of a repository that is remembered, whose objects are asked for once for many versions. */
async function stepsOf(repo: Repository, id: string, commits: readonly string[]): Promise<Step[]> {
  const names = ownFiles(id);
  const facts = await describeObjects(
    repo,
    commits.flatMap((commit) => names.map((name) => `${commit}:${name}`)),
  );
  const oid = (index: number, which: 0 | 1): string | null => facts[2 * index + which]?.oid ?? null;
  return commits.flatMap((to, index): Step[] => {
    const from = commits[index - 1];
    if (from === undefined || oid(index - 1, 0) === null) return [];
    const file = oid(index, 0) !== oid(index - 1, 0);
    const rules = oid(index, 1) !== oid(index - 1, 1);
    return file || rules ? [{ from, to, file, rules }] : [];
  });
}

/** A version's own file in some commits; null where it cannot be read. */
export async function filesAt(
  repo: Repository,
  id: string,
  commits: readonly string[],
): Promise<(VersionFile | null)[]> {
  const path = versionPath(id);
  const objects = await readObjects(
    repo,
    commits.map((commit) => `${commit}:${path}`),
  );
  return objects.map((object) =>
    readable(object?.bytes.toString("utf8") ?? null, (text) => parseVersionFile(path, text)),
  );
}

async function fileEdits(
  { repo, published }: OpenVersion,
  id: string,
  { from, to }: Step,
): Promise<OwnEdit[]> {
  const [before, after] = await filesAt(repo, id, [from, to]);
  if (!before || !after) return [];
  const edits: OwnEdit[] = [];
  const upstream = upstreamEdit(id, before, after);
  // What `rebase --onto` does is a merge of the new upstream.
  if (upstream !== null && !(await isMergeOf(repo, to, after))) edits.push(upstream);
  const [was, is] = [before.base, after.base];
  if (!was || !is || published === null) return edits;
  const move = await moveOfBase(repo, published, was, is, {
    head: to,
    touched: async () => new Set((await diffTrees(repo, from, to)).map(({ path }) => path)),
  });
  if (move !== "honest")
    edits.push({ what: "base", path: versionPath(id), move, was: was.commit, is: is.commit });
  return edits;
}

async function isMergeOf(repo: Repository, commit: string, { base }: VersionFile): Promise<boolean> {
  const [second] = await resolveMany(repo, [`${commit}^2`]);
  return second !== null && second === base?.commit;
}

/** Rules that were loosened in a commit that holds a change which they speak of, and that are so still. */
async function rulesEdits(version: OpenVersion, { from, to }: Step, rulesNow: RulesNow): Promise<OwnEdit[]> {
  const { repo, self, above } = version;
  const base = baseTreeOf(version);
  if (self === null || base === null) return [];
  const [before, now, changed] = await Promise.all([
    readRules(repo, self, above, base.commit, from),
    rulesNow(base.commit),
    changesSince(repo, base, { kind: "commit", commit: to }),
  ]).catch((error: unknown) => {
    if (error instanceof Failure) return [[], [], { documents: [] }] as const;
    throw error;
  });
  const at = loosened(self, changed.documents, { before, now });
  return at === null ? [] : [{ what: "rules", path: rulesPath(self.id), at }];
}
