import { Failure } from "../failure.ts";
import { keepAnswer, keptAnswer } from "./kept-answers.ts";
import { checkRev } from "./names.ts";
import { describeObjects } from "./objects.ts";
import { readRawDiff, type TreeChange } from "./raw-diff.ts";
import { isAsked, isRemembered, remembered } from "./remembered.ts";
import type { Repository } from "./repository.ts";
import { type Asked, together } from "./together.ts";
import { compareTrees, listFolders } from "./tree-objects.ts";

/** A file of a tree. */
export interface TreeFile {
  mode: string;
  oid: string;
  /** In bytes; only if sizes were asked for. */
  size?: number;
}

/** A path as Git is to take it: never as a pattern, never as an option. */
export const literally = "--literal-pathspecs";

/**
 * Every file of a commit or tree by path, or only those at or below some paths (a file, or a folder
 * without a slash at its end). A part of a commit, which never changes, is asked for once.
 */
export function listTree(
  repo: Repository,
  rev: string,
  prefixes: readonly string[] = [],
  options: { sizes?: boolean } = {},
): Promise<ReadonlyMap<string, TreeFile>> {
  const isWhole = prefixes.length === 0;
  if (!/^[0-9a-f]{40,64}$/.test(rev)) return listNow(repo, rev, prefixes, options);
  const key = [rev, options.sizes, ...prefixes].join("\0");
  if (isRemembered(repo))
    return remembered(repo, `part ${key}`, () => {
      if (options.sizes) return listNow(repo, rev, prefixes, options);
      return isWhole ? listWhole(repo, rev) : listAsDifference(repo, rev, prefixes);
    });
  const known = parts.get(repo) ?? new Map<string, Promise<ReadonlyMap<string, TreeFile>>>();
  parts.set(repo, known);
  const areFolders = !options.sizes && prefixes.every((prefix) => prefix.endsWith("/"));
  const list = async (): Promise<ReadonlyMap<string, TreeFile>> =>
    (areFolders ? await listFolders(repo, rev, prefixes) : null) ?? listNow(repo, rev, prefixes, options);
  const listed = known.get(key) ?? (isWhole && !options.sizes ? listWhole(repo, rev) : list());
  known.set(key, listed);
  return listed;
}

const parts = new WeakMap<Repository, Map<string, Promise<ReadonlyMap<string, TreeFile>>>>();

/**
 * A whole commit: after the first one by what differs from that, since versions of a curriculum have nearly all in
 * common.
 */
async function listWhole(repo: Repository, commit: string): Promise<ReadonlyMap<string, TreeFile>> {
  const first = wholes.get(repo);
  if (first === undefined) {
    const files = listNow(repo, commit, [], {});
    wholes.set(repo, { commit, files });
    files.catch(() => wholes.delete(repo));
    return files;
  }
  // Renames are not wanted, but found already where the same two were compared.
  const renames = isAsked(repo, comparison(first.commit, commit, { renames: true }));
  const [files, changes] = await Promise.all([
    first.files,
    diffTrees(repo, first.commit, commit, { renames }),
  ]);
  const changed = new Map(files);
  for (const { from, path, newMode, newOid } of changes) {
    if (from !== undefined) changed.delete(from);
    if (newOid === null) changed.delete(path);
    else changed.set(path, { mode: newMode, oid: newOid });
  }
  const isInOrder = changes.every(({ path }) => files.has(path));
  return isInOrder ? changed : new Map([...changed].sort(([a], [b]) => (a < b ? -1 : 1)));
}

const wholes = new WeakMap<
  Repository,
  { readonly commit: string; readonly files: Promise<ReadonlyMap<string, TreeFile>> }
>();

/**
 * A part of a commit as what it has more than nothing, so that many commits are listed in the processes of one; what
 * lies in one folder is listed once.
 */
async function listAsDifference(
  repo: Repository,
  rev: string,
  prefixes: readonly string[],
): Promise<ReadonlyMap<string, TreeFile>> {
  const tops = [...new Set(prefixes.map((prefix) => prefix.split("/", 1)[0] ?? ""))].sort();
  const changes = await diffTrees(repo, null, rev, { paths: tops });
  const isIn = (path: string): boolean =>
    prefixes.some(
      (prefix) => path === prefix || path.startsWith(prefix.endsWith("/") ? prefix : `${prefix}/`),
    );
  return new Map(
    changes
      .filter(({ path }) => isIn(path))
      .map(({ path, newMode, newOid }) => [path, { mode: newMode, oid: newOid ?? "" }]),
  );
}

async function listNow(
  repo: Repository,
  rev: string,
  prefixes: readonly string[],
  options: { sizes?: boolean },
): Promise<ReadonlyMap<string, TreeFile>> {
  const args = [literally, "ls-tree", "-r", "-z", "--full-tree", ...(options.sizes ? ["-l"] : [])];
  const { stdout } = await repo.run([...args, checkRev(rev), "--", ...prefixes]);
  const files = new Map<string, TreeFile>();
  // Mode, type and id, parted by a space each, and the size if asked for.
  const idLength = repo.zero.length;
  for (const line of stdout.toString("utf8").split("\0")) {
    const tab = line.indexOf("\t");
    if (tab < 0) continue;
    const at = line.indexOf(" ", 7) + 1;
    const file = { mode: line.slice(0, 6), oid: line.slice(at, at + idLength) };
    const size = line.slice(at + idLength, tab).trim();
    files.set(line.slice(tab + 1), size === "" || size === "-" ? file : { ...file, size: Number(size) });
  }
  return files;
}

/** What to look at in a comparison. */
export interface DiffOptions {
  /** Only at or below these paths. */
  paths?: readonly string[];
  /** Whether to tell renames (by likeness) from a removal and an addition. */
  renames?: boolean;
}

const renameArgs = (options: DiffOptions) => (options.renames ? ["-M", "-l5000"] : ["--no-renames"]);

/**
 * What differs from one commit or tree to another; null stands for the tree without files. Calls of the same moment
 * share their processes as soon as that spares any.
 */
export async function diffTrees(
  repo: Repository,
  from: string | null,
  to: string | null,
  options: DiffOptions = {},
): Promise<TreeChange[]> {
  const what = kindOf(options);
  const find = async (): Promise<TreeChange[]> => {
    const asked =
      asking.get(what) ??
      together<Pair, TreeChange[]>(async (where, pairs, take) => {
        for (const changes of await diffPairs(where, pairs, options)) take(changes);
      });
    asking.set(what, asked);
    const [found] = await asked(repo, [{ from, to }]);
    return found ?? [];
  };
  return [...(await remembered(repo, comparison(from, to, options), find))];
}

const kindOf = ({ renames = false, paths = [] }: DiffOptions): string => `${renames} ${paths.join("\0")}`;

const comparison = (from: string | null, to: string | null, options: DiffOptions): string =>
  `diff ${from} ${to} ${kindOf(options)}`;

interface Pair {
  readonly from: string | null;
  readonly to: string | null;
}

const asking = new Map<string, Asked<Pair, TreeChange[]>>();

/** From this many comparisons on, it takes longer to look at each for how much differs than to have Git make all. */
const MANY = 3;

async function diffPairs(
  repo: Repository,
  pairs: readonly Pair[],
  options: DiffOptions,
): Promise<TreeChange[][]> {
  if (pairs.length >= MANY) return diffManyTrees(repo, pairs, options);
  const named = await treesOf(repo, pairs);
  const here = await Promise.all(named.map((pair) => diffFew(repo, pair, options)));
  const left = named.filter((_, index) => here[index] === null);
  const [only] = left;
  const made =
    left.length === 1 && only
      ? [await diffOne(repo, only, options)]
      : await diffManyTrees(repo, left, options);
  return here.map((changes) => changes ?? made.shift() ?? []);
}

/** A comparison without a process of its own; null where Git has to make it. */
async function diffFew(
  repo: Repository,
  { from, to }: Trees,
  options: DiffOptions,
): Promise<TreeChange[] | null> {
  const kept = await keptAnswer(repo, diffArgs({ from, to }, options), [from, to]);
  if (kept !== null) return readRawDiff(kept);
  if (options.paths || from === repo.emptyTree || to === repo.emptyTree) return null;
  const changes = await compareTrees(repo, from, to);
  const mayBeRenames = ["A", "D"].every((wanted) => changes?.some(({ status }) => status === wanted));
  return options.renames && mayBeRenames ? null : changes;
}

async function diffOne(repo: Repository, trees: Trees, options: DiffOptions): Promise<TreeChange[]> {
  const args = diffArgs(trees, options);
  const { stdout } = await repo.run(args);
  await keepAnswer(repo, args, [trees.from, trees.to], stdout);
  return readRawDiff(stdout);
}

const diffTree = [literally, "diff-tree", "-r", "-z", "--raw", "--no-abbrev", "--no-ext-diff"];

function diffArgs({ from, to }: Trees, options: DiffOptions): string[] {
  return [...diffTree, ...renameArgs(options), from, to, "--", ...(options.paths ?? [])];
}

/** Like `diffTrees` for many pairs in two processes, in the order of the pairs. */
export async function diffManyTrees(
  repo: Repository,
  pairs: readonly Pair[],
  options: DiffOptions = {},
): Promise<TreeChange[][]> {
  if (pairs.length === 0) return [];
  const trees = await treesOf(repo, pairs);
  const lines = trees.map(({ from, to }) => `${from} ${to}`);
  const args = [...diffTree, "--stdin", ...renameArgs(options), "--", ...(options.paths ?? [])];
  const { stdout } = await repo.run(args, { input: `${lines.join("\n")}\n` });
  const found: TreeChange[][] = [];
  // Git repeats each pair as a line of its own before the differences of that pair.
  let at = 0;
  for (const [i, line] of lines.entries()) {
    const start = at + line.length + 1;
    if (stdout.toString("latin1", at, start) !== `${line}\n`) throw new Error("git diff-tree lost a pair");
    const next = lines[i + 1];
    const end = next === undefined ? stdout.length : endOfPair(stdout, start, next);
    const told = stdout.subarray(start, end);
    const pair = trees[i];
    if (pair && pairs.length < MANY)
      await keepAnswer(repo, diffArgs(pair, options), [pair.from, pair.to], told);
    found.push(readRawDiff(told));
    at = end;
  }
  return found;
}

/** Two trees by their ids. */
interface Trees {
  readonly from: string;
  readonly to: string;
}

async function treesOf(repo: Repository, pairs: readonly Pair[]): Promise<Trees[]> {
  const ids = await resolveTrees(
    repo,
    pairs.flatMap(({ from, to }) => [from, to]),
  );
  return pairs.map((_, at) => ({ from: ids[2 * at] ?? "", to: ids[2 * at + 1] ?? "" }));
}

/** Where the next pair begins: at once, or after a NUL, so that no path is taken for it. */
function endOfPair(out: Buffer, start: number, next: string): number {
  const line = Buffer.from(`${next}\n`);
  if (out.subarray(start, start + line.length).equals(line)) return start;
  const found = out.indexOf(Buffer.concat([Buffer.from([0]), line]), start);
  if (found < 0) throw new Error("git diff-tree lost a pair");
  return found + 1;
}

/** The tree ids of any number of commits and trees, in one process; null stands for the empty tree. */
export async function resolveTrees(repo: Repository, revs: readonly (string | null)[]): Promise<string[]> {
  const named = revs.filter((rev) => rev !== null).map((rev) => `${checkRev(rev)}^{tree}`);
  const facts = await describeObjects(repo, named);
  let at = 0;
  return revs.map((rev) => {
    if (rev === null) return repo.emptyTree;
    const tree = facts[at++];
    if (!tree) {
      throw new Failure("environment", "This commit is not in the repository.", {
        where: rev,
        next: ["leeway fetch   gets what upstream has published"],
      });
    }
    return tree.oid;
  });
}
