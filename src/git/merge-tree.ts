import { join } from "node:path";
import { Failure } from "../failure.ts";
import { readLinkAware } from "../files/read.ts";
import { withTemporary } from "../files/temporary.ts";
import { writeAtomic } from "../files/write.ts";
import { ancestryOf } from "./ancestry.ts";
import { getConfig } from "./config.ts";
import { checkRev } from "./names.ts";
import { type NewObject, objectId } from "./pack.ts";
import { type RunOptions, type RunResult, runGit } from "./process.ts";
import type { Repository } from "./repository.ts";
import { syntheticCommit } from "./synthetic-commit.ts";
import { together } from "./together.ts";
import { resolveTrees } from "./trees.ts";
import type { Unmerged } from "./worktree.ts";
import { writeObjects } from "./write-objects.ts";

/** A three-way merge to be made. */
export interface MergeInput {
  /** Commit or tree that both sides come from; null: whatever Git finds in their history. */
  base: string | null;
  /** Commit or tree; only a commit if `base` is null. */
  ours: string;
  theirs: string;
}

/** What Git says about a path that took part in a merge. */
export interface MergeMessage {
  /** Git's stable word, such as `Auto-merging` or `CONFLICT (modify/delete)`. */
  type: string;
  paths: string[];
  text: string;
}

/** What Git's own merge gives; nothing of it touches index, work tree or refs. */
export interface MergeOutput {
  /** The merged tree, with conflict markers in files that are in conflict. */
  tree: string;
  clean: boolean;
  conflicts: Unmerged[];
  messages: MergeMessage[];
}

/** The name under which Git's attributes know Leeway's own merge of a file. */
export const MERGE_DRIVER = "leeway";

/** Git's defaults, whatever the user has set: the same merge must give the same result everywhere. */
const settings = [
  "merge.conflictStyle=diff3",
  "merge.renames=true",
  "diff.renames=true",
  "merge.renameLimit=7000",
  // A school's own lesson follows its unit when upstream moves the folder.
  "merge.directoryRenames=true",
  "merge.renormalize=false",
  "merge.verbosity=2",
  "diff.algorithm=histogram",
].flatMap((setting) => ["-c", setting]);

/**
 * Merges commits or trees as Git does, from a base of the caller's choice. Calls of the same moment share their
 * processes.
 */
export async function mergeTrees(repo: Repository, input: MergeInput): Promise<MergeOutput> {
  return (await mergeTogether(repo, [input]))[0] as MergeOutput;
}

/**
 * Many merges in three processes altogether. Merge drivers and attributes count as
 * they do for `git merge` in this work tree, except for Leeway's own driver: that would be a process a file, for
 * what is done here anyway.
 */
const mergeTogether = together<MergeInput, MergeOutput>(async (repo, inputs, take) => {
  const pairs = await commitsToMerge(repo, inputs);
  const args = [...settings, "merge-tree", "--stdin", "--messages", "--allow-unrelated-histories"];
  const answers = readMerges(inputs, take);
  answers.next();
  await withoutDriver(repo, args, {
    input: pairs.map(([ours, theirs]) => `${ours} ${theirs}\n`).join(""),
    ok: [0, 1],
    take: byWord((word) => answers.next(word)),
  });
  // A merge that Git said nothing of could not be made.
  answers.next("");
});

/** Words that end with a NUL, from the pieces in which they come. */
function byWord(take: (word: string) => void): (chunk: Buffer) => void {
  let left: Buffer[] = [];
  return (chunk) => {
    let start = 0;
    for (let end = chunk.indexOf(0); end >= 0; end = chunk.indexOf(0, start)) {
      const joined = (): Buffer => Buffer.concat([...left, chunk.subarray(start, end)]);
      take(left.length === 0 ? chunk.toString("utf8", start, end) : joined().toString("utf8"));
      left = [];
      start = end + 1;
    }
    left.push(chunk.subarray(start));
  };
}

/**
 * Runs Git so that files which name Leeway's driver are merged as text. A driver that is configured cannot be taken
 * away for one process; but inside its own folder Git reads no attributes of the work tree, and all but those lines
 * are handed to it as a file.
 */
async function withoutDriver(repo: Repository, args: string[], options: RunOptions): Promise<RunResult> {
  const driver = await getConfig(repo, `merge.${MERGE_DRIVER}.driver`, {
    anywhere: await mayHaveDriver(repo),
  });
  if (driver === null) return repo.run(args, options);
  const text = await ownAttributes(repo);
  const kept = text.split("\n").filter((line) => !line.includes(`merge=${MERGE_DRIVER}`));
  return withTemporary(repo.gitDir, async (folder) => {
    const attributes = join(folder, "attributes");
    await writeAtomic(attributes, kept.join("\n"));
    return runGit(repo.commonDir, ["-c", `core.attributesFile=${attributes}`, ...args], options);
  });
}

/** The attributes at the top of the work tree; Git does not follow a link there either. */
async function ownAttributes(repo: Repository): Promise<string> {
  const found = await readLinkAware(repo.root, ".gitattributes");
  return found?.kind === "file" ? found.bytes.toString("utf8") : "";
}

/** The driver is asked for by attributes; without any that name it, where it is configured does not matter. */
async function mayHaveDriver(repo: Repository): Promise<boolean> {
  if (repo.root === "") return false;
  return (await ownAttributes(repo)).includes(`merge=${MERGE_DRIVER}`);
}

/**
 * Git 2.39 takes the base from history alone. So where one is given, a small history is made up that has
 * it: a commit of the base, and on it one of each side. They are the same for the same trees, and no ref
 * points at them, so Git clears them away in time.
 */
async function commitsToMerge(
  repo: Repository,
  inputs: readonly MergeInput[],
): Promise<[ours: string, theirs: string][]> {
  const isAsInHistory = await Promise.all(inputs.map((input) => hasBaseInHistory(repo, input)));
  const wanted = inputs.filter((_, i) => !isAsInHistory[i]);
  const trees = await resolveTrees(
    repo,
    wanted.flatMap(({ base, ours, theirs }) => [base, ours, theirs]),
  );
  const made: NewObject[] = [];
  const synthetic = (tree = "", parent?: string) => {
    const object = mergeSide(tree, parent);
    made.push(object);
    return objectId(repo.objectFormat, object);
  };
  let at = 0;
  const pairs = inputs.map((input, i): [string, string] => {
    if (isAsInHistory[i]) return [checkRev(input.ours), checkRev(input.theirs)];
    const [base, ours, theirs] = trees.slice(at, at + 3);
    at += 3;
    const root = synthetic(base);
    return [synthetic(ours, root), synthetic(theirs, root)];
  });
  await writeObjects(repo, made);
  return pairs;
}

/** A commit that gives a merge its base, or on that base a side. */
export function mergeSide(tree: string, base?: string): NewObject {
  return syntheticCommit({ tree, parents: base === undefined ? [] : [base], message: "Made up for a merge" });
}

/** Whether Git would find the base by itself; asked only where the history is at hand. */
async function hasBaseInHistory(repo: Repository, { base, ours, theirs }: MergeInput): Promise<boolean> {
  if (base === null) return true;
  const ancestry = await ancestryOf(repo);
  if (!ancestry?.knows([base, ours, theirs])) return false;
  const met = ancestry.meetingsOf(ours, [theirs]);
  return met.length === 1 && met[0] === base;
}

/** Reads Git's merges as their words come in, one by one. */
function* readMerges(
  inputs: readonly MergeInput[],
  take: (merge: MergeOutput) => void,
): Generator<undefined, void, string> {
  for (const input of inputs) take(yield* readMerge(input));
}

function* readMerge({ ours, theirs }: MergeInput): Generator<undefined, MergeOutput, string> {
  const clean = yield;
  if (clean !== "0" && clean !== "1") {
    throw new Failure("environment", "Git could not merge these two.", { where: `${ours} and ${theirs}` });
  }
  const tree = yield;
  const conflicts = new Map<string, Unmerged>();
  for (let line = yield; line; line = yield) {
    const tab = line.indexOf("\t");
    const [mode, oid, stage] = line.slice(0, tab).split(" ");
    const path = line.slice(tab + 1);
    const conflict = conflicts.get(path) ?? { path, stages: {} };
    if (mode && oid) conflict.stages[Number(stage) as 1 | 2 | 3] = { mode, oid };
    conflicts.set(path, conflict);
  }
  const messages: MergeMessage[] = [];
  for (let count = yield; count; count = yield) {
    const paths: string[] = [];
    while (paths.length < Number(count)) paths.push(yield);
    const type = yield;
    messages.push({ paths, type, text: (yield).trimEnd() });
  }
  return { tree, clean: clean === "1", conflicts: [...conflicts.values()], messages };
}
