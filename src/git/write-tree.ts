import { Failure } from "../failure.ts";
import { pathFault } from "../files/guard.ts";
import { checkRev, printable } from "./names.ts";
import { readObjects } from "./objects.ts";
import { type NewObject, objectId } from "./pack.ts";
import type { Repository } from "./repository.ts";
import { FOLDER, type TreeEntry, treeEntries } from "./tree-objects.ts";
import { writeObjects } from "./write-objects.ts";

/** A file to be set in a tree, or with a null oid to be removed from it. */
export interface TreeEdit {
  path: string;
  /** `100644`, `100755` (runs), `120000` (link) or `160000` (submodule). */
  mode: string;
  oid: string | null;
}

/** A file with its content, which need not be stored; null bytes remove it. */
export interface WholeFile extends Pick<TreeEdit, "path" | "mode"> {
  bytes: Buffer | null;
}

/** A folder on its way to a tree: what stands in it by name, byte by byte. */
interface Folder {
  entries: Map<string, TreeEntry>;
  folders: Map<string, Folder>;
}

const latin = (text: string) => Buffer.from(text, "utf8").toString("latin1");
const isFolder = (mode: string) => mode === FOLDER;

/**
 * Makes a tree from another one (null: from nothing) with some files set or removed; returns its id.
 * Two processes whatever the size: only the folders that change are read and written.
 */
export async function writeTree(
  repo: Repository,
  base: string | null,
  edits: readonly TreeEdit[],
): Promise<string> {
  return (await writeFiles(repo, base, edits)).tree;
}

/**
 * The same with files whose content is stored along with the tree. Returns the edits with the ids that they have now,
 * removals first.
 */
export async function writeFiles(
  repo: Repository,
  base: string | null,
  files: readonly (WholeFile | TreeEdit)[],
): Promise<{ tree: string; edits: TreeEdit[] }> {
  const made: NewObject[] = [];
  const edits = files.map((file): TreeEdit => {
    if ("oid" in file) return file;
    const { path, mode, bytes } = file;
    if (bytes === null) return { path, mode, oid: null };
    const blob: NewObject = { type: "blob", bytes };
    made.push(blob);
    return { path, mode, oid: objectId(repo.objectFormat, blob) };
  });
  edits.forEach(checkEdit);
  // Removals first, so that a file can make way for a folder of its name and the other way round.
  edits.sort((a, b) => Number(a.oid !== null) - Number(b.oid !== null));
  const root = openFolders(edits, await foldersIn(repo, base, edits));
  for (const { path, mode, oid } of edits) {
    if (oid === null) remove(root, path.split("/"));
    else set(root, path.split("/"), mode, oid);
  }
  const tree = store(root, repo, made) ?? repo.emptyTree;
  if (tree === repo.emptyTree) made.push({ type: "tree", bytes: Buffer.alloc(0) });
  await writeObjects(repo, made);
  return { tree, edits };
}

/** What stands in each folder that edits touch; nothing in one that is new. */
async function foldersIn(
  repo: Repository,
  base: string | null,
  edits: readonly TreeEdit[],
): Promise<(folder: string) => Map<string, TreeEntry>> {
  if (base === null) return () => new Map();
  const folders = [...foldersOf(edits)];
  const rev = checkRev(base);
  const specs = folders.map((folder) => (folder === "" ? `${rev}^{tree}` : `${rev}:${folder}`));
  const found = await readObjects(repo, specs);
  const trees = new Map(folders.map((folder, index) => [folder, found[index] ?? null]));
  if (trees.get("") === null) {
    throw new Failure("environment", "This is not a commit or a tree of the repository.", { where: base });
  }
  return (folder) => {
    const tree = trees.get(folder);
    return tree?.type === "tree" ? treeEntries(repo, tree.bytes) : new Map();
  };
}

function checkEdit(edit: TreeEdit): void {
  const fault = pathFault(edit.path);
  if (fault) throw new Failure("usage", `This path ${fault}.`, { where: printable(edit.path) });
  if (edit.oid !== null && !/^(100644|100755|120000|160000)$/.test(edit.mode)) {
    throw new Error(`not a mode of a file: ${edit.mode}`);
  }
  if (edit.oid !== null && !/^([0-9a-f]{40}|[0-9a-f]{64})$/.test(edit.oid)) {
    throw new Error(`not an object id: ${edit.oid}`);
  }
}

/** Every folder, each after the one above it, that holds an edited path at some depth. */
function foldersOf(edits: readonly TreeEdit[]): Set<string> {
  const folders = new Set([""]);
  for (const { path } of edits) {
    for (let i = path.indexOf("/"); i > 0; i = path.indexOf("/", i + 1)) folders.add(path.slice(0, i));
  }
  return folders;
}

function openFolders(edits: readonly TreeEdit[], read: (path: string) => Map<string, TreeEntry>): Folder {
  const opened = new Map<string, Folder>();
  for (const folder of foldersOf(edits)) {
    const made: Folder = { entries: read(folder), folders: new Map() };
    opened.set(folder, made);
    if (folder === "") continue;
    const cut = folder.lastIndexOf("/");
    const parent = opened.get(cut < 0 ? "" : folder.slice(0, cut));
    const name = latin(folder.slice(cut + 1));
    parent?.folders.set(name, made);
    // A folder that is open is written from its parts; only a file of that name stays an entry.
    const entry = parent?.entries.get(name);
    if (entry && isFolder(entry.mode)) parent?.entries.delete(name);
  }
  return opened.get("") as Folder;
}

function remove(folder: Folder, names: string[]): void {
  const name = latin(names[0] ?? "");
  if (names.length > 1) {
    const inner = folder.folders.get(name);
    if (inner) remove(inner, names.slice(1));
    return;
  }
  const entry = folder.entries.get(name);
  if (entry && !isFolder(entry.mode)) folder.entries.delete(name);
}

function set(folder: Folder, names: string[], mode: string, oid: string): void {
  const name = latin(names[0] ?? "");
  if (names.length > 1) {
    const inner = folder.folders.get(name);
    if (!inner) throw new Error(`folder not opened: ${names[0]}`);
    folder.entries.delete(name);
    set(inner, names.slice(1), mode, oid);
    return;
  }
  folder.folders.delete(name);
  folder.entries.set(name, { name, mode, oid });
}

/** The id of a folder's tree, its parts added to `made`; null if nothing is left in it. */
function store(folder: Folder, repo: Repository, made: NewObject[]): string | null {
  const entries = [...folder.entries.values()];
  for (const [name, inner] of folder.folders) {
    const oid = store(inner, repo, made);
    if (oid !== null && !folder.entries.has(name)) {
      entries.push({ name, mode: FOLDER, oid });
    }
  }
  if (entries.length === 0) return null;
  // A folder is sorted as if its name ended with a slash.
  const parts = entries
    .map((entry) => ({ ...entry, key: isFolder(entry.mode) ? `${entry.name}/` : entry.name }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .flatMap(({ mode, name, oid }) => [Buffer.from(`${mode} ${name}\0`, "latin1"), Buffer.from(oid, "hex")]);
  const tree: NewObject = { type: "tree", bytes: Buffer.concat(parts) };
  made.push(tree);
  return objectId(repo.objectFormat, tree);
}
