import { checkRev } from "./names.ts";
import { describeObjects, readObjects } from "./objects.ts";
import { NO_FILE, type TreeChange } from "./raw-diff.ts";
import type { Repository } from "./repository.ts";
import type { TreeFile } from "./trees.ts";

/** What stands in a folder. */
export interface TreeEntry {
  /** As it is stored: of a file Git heeds no more of it than whether its owner may run it. */
  readonly mode: string;
  readonly oid: string;
  /** Byte by byte (latin1): a name need not be UTF-8. */
  readonly name: string;
}

export const FOLDER = "40000";
const ZERO = 0x30;

/**
 * Some folders of a commit, named with a slash at the end, by the process that reads objects anyway: none is started
 * for it. Null where there is no such commit.
 */
export async function listFolders(
  repo: Repository,
  commit: string,
  folders: readonly string[],
): Promise<ReadonlyMap<string, TreeFile> | null> {
  const [root] = await describeObjects(repo, [`${checkRev(commit)}^{tree}`]);
  if (!root) return null;
  const files = new Map<string, TreeFile>();
  let level = folders.map((folder) => ({ path: folder, tree: `${commit}:${folder.slice(0, -1)}` }));
  while (level.length > 0) {
    const found = await readTrees(
      repo,
      level.map(({ tree }) => tree),
    );
    level = level.flatMap(({ path }, at) => {
      const entries = [...(found[at]?.values() ?? [])];
      for (const { mode, oid, name } of entries)
        if (mode !== FOLDER) files.set(`${path}${textOf(name)}`, { mode: plainMode(mode), oid });
      return entries
        .filter(({ mode }) => mode === FOLDER)
        .map(({ name, oid }) => ({ path: `${path}${textOf(name)}/`, tree: oid }));
    });
  }
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Folders read at once up to which it takes longer to start a process than to compare them here. */
const FEW = 8;

/**
 * What differs from one commit or tree to another, renames told as a removal and an addition, in the order of Git's
 * own; by the process that reads objects anyway. Null where one of them is not there, and where much differs: then
 * Git is quicker.
 */
export async function compareTrees(repo: Repository, from: string, to: string): Promise<TreeChange[] | null> {
  const changes: TreeChange[] = [];
  let level: Pair[] = [{ path: "", from: `${checkRev(from)}^{tree}`, to: `${checkRev(to)}^{tree}` }];
  while (level.length > 0) {
    const specs = level.flatMap(({ from, to }) => [from, to].filter((side) => side !== null));
    if (specs.length > FEW) return null;
    const trees = await readTrees(repo, specs);
    if (trees.includes(null)) return null;
    const next = (side: string | null): Entries => (side === null ? NOTHING : (trees.shift() ?? NOTHING));
    level = level.flatMap((pair) => compareFolders(pair.path, next(pair.from), next(pair.to), changes));
  }
  return changes.sort((a, b) => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path)));
}

/** The folder at a path on both sides; null where a side has none. */
interface Pair {
  readonly path: string;
  readonly from: string | null;
  readonly to: string | null;
}

type Entries = ReadonlyMap<string, TreeEntry>;

const NOTHING: Entries = new Map();

/** Adds what differs between the files of two folders, and returns the folders in them to be compared. */
function compareFolders(folder: string, from: Entries, to: Entries, changes: TreeChange[]): Pair[] {
  const inner: Pair[] = [];
  for (const name of new Set([...from.keys(), ...to.keys()])) {
    const [was, is] = [from.get(name), to.get(name)];
    if (was && is && was.oid === is.oid && plainMode(was.mode) === plainMode(is.mode)) continue;
    const path = `${folder}${textOf(name)}`;
    const [before, after] = [fileOf(was), fileOf(is)];
    if (was !== before || is !== after)
      inner.push({ path: `${path}/`, from: folderOf(was), to: folderOf(is) });
    if (before === undefined && after === undefined) continue;
    changes.push({
      status: statusOf(before, after),
      path,
      oldMode: before ? plainMode(before.mode) : NO_FILE,
      newMode: after ? plainMode(after.mode) : NO_FILE,
      oldOid: before?.oid ?? null,
      newOid: after?.oid ?? null,
    });
  }
  return inner;
}

const fileOf = (entry: TreeEntry | undefined): TreeEntry | undefined =>
  entry?.mode === FOLDER ? undefined : entry;

const folderOf = (entry: TreeEntry | undefined): string | null => (entry?.mode === FOLDER ? entry.oid : null);

function statusOf(before: TreeEntry | undefined, after: TreeEntry | undefined): TreeChange["status"] {
  if (before === undefined) return "A";
  if (after === undefined) return "D";
  return before.mode.slice(0, 2) === after.mode.slice(0, 2) ? "M" : "T";
}

/** What stands in some trees, by name; null for what is none. */
async function readTrees(repo: Repository, specs: readonly string[]): Promise<(Entries | null)[]> {
  const objects = await readObjects(repo, specs);
  return objects.map((object) => (object?.type === "tree" ? treeEntries(repo, object.bytes) : null));
}

/** The entries of a tree, by name. https://git-scm.com/book/en/v2/Git-Internals-Git-Objects#_tree_objects */
export function treeEntries(repo: Repository, bytes: Buffer): Map<string, TreeEntry> {
  const idLength = repo.zero.length / 2;
  const entries = new Map<string, TreeEntry>();
  for (let at = 0; at < bytes.length; ) {
    const space = bytes.indexOf(0x20, at);
    const end = bytes.indexOf(0, space);
    const name = bytes.toString("latin1", space + 1, end);
    // Some programs have written a folder's mode with a zero before it.
    const mode = bytes.toString("latin1", bytes[at] === ZERO ? at + 1 : at, space);
    entries.set(name, { mode, name, oid: bytes.toString("hex", end + 1, end + 1 + idLength) });
    at = end + 1 + idLength;
  }
  return entries;
}

/** Of a file's mode Git heeds whether its owner may run it. */
function plainMode(mode: string): string {
  if (!mode.startsWith("100")) return mode;
  return Number.parseInt(mode, 8) & 0o100 ? "100755" : "100644";
}

function textOf(name: string): string {
  return Buffer.from(name, "latin1").toString("utf8");
}
