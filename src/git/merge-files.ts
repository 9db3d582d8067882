import { join } from "node:path";
import { placeFor, withTemporary } from "../files/temporary.ts";
import { makeFolder, writePlain } from "../files/write.ts";
import { mergeSide, mergeTrees } from "./merge-tree.ts";
import { readObjects } from "./objects.ts";
import { encodePack, type NewObject, objectId } from "./pack.ts";
import { Repository } from "./repository.ts";

/** One file in three versions. */
export interface ThreeFiles {
  readonly base: Buffer;
  readonly ours: Buffer;
  readonly theirs: Buffer;
}

/** What Git makes of one file: the text, in diff3 style where it is not clean. */
export interface MergedFile {
  readonly bytes: Buffer;
  readonly clean: boolean;
}

const FORMAT = "sha1";

/** Files that stand in one tree: the first are there while Git is at work on the others. */
const PORTION = 100;

/**
 * Merges any number of files as `git merge` does, in three processes altogether, and hands on each while Git goes on: they
 * stand in trees of a repository that is made for them and thrown away. No attributes, filters or drivers apply.
 */
export async function eachMergedFile(
  files: readonly ThreeFiles[],
  take: (merged: MergedFile, index: number) => Promise<void>,
): Promise<void> {
  if (files.length === 0) return;
  await withTemporary(placeFor(roomFor(files)), async (folder) => {
    const repo = await makeStore(folder);
    const portions = Array.from({ length: Math.ceil(files.length / PORTION) }, (_, i) =>
      files.slice(i * PORTION, (i + 1) * PORTION),
    );
    const sides = await store(repo, portions);
    const merging = portions.map((portion, i) => mergePortion(repo, sides[i] as Sides, portion.length));
    // The first that fails is told of when its turn comes.
    for (const each of merging) each.catch(() => undefined);
    let index = 0;
    for (const each of merging) for (const merged of await each) await take(merged, index++);
  });
}

/** The same for a few: all results, in order. */
export async function mergeFiles(files: readonly ThreeFiles[]): Promise<MergedFile[]> {
  const all: MergedFile[] = [];
  await eachMergedFile(files, async (merged) => {
    all.push(merged);
  });
  return all;
}

async function mergePortion(repo: Repository, sides: Sides, count: number): Promise<MergedFile[]> {
  const { tree, conflicts } = await mergeTrees(repo, { base: null, ...sides });
  const open = new Set(conflicts.map(({ path }) => path));
  const names = Array.from({ length: count }, (_, i) => nameOf(i));
  const objects = await readObjects(
    repo,
    names.map((name) => `${tree}:${name}`),
  );
  return names.map((name, i) => ({
    bytes: objects[i]?.bytes ?? Buffer.alloc(0),
    clean: !open.has(name),
  }));
}

/** Bytes that all versions and their merges take at most: a merge holds three of them and marks, and files begin on a page. */
function roomFor(files: readonly ThreeFiles[]): number {
  const page = 4096;
  return files.reduce(
    (room, { base, ours, theirs }) => room + 3 * (base.length + ours.length + theirs.length) + 6 * page,
    0,
  );
}

/** Names that sort as Git sorts them. */
function nameOf(index: number): string {
  return String(index).padStart(9, "0");
}

/** A repository with nothing in it. */
async function makeStore(folder: string): Promise<Repository> {
  await Promise.all(["objects/pack", "refs"].map((name) => makeFolder(join(folder, name))));
  await writePlain(join(folder, "HEAD"), "ref: refs/heads/main\n");
  const core = [
    "repositoryformatversion = 0",
    "bare = true",
    "attributesFile = ",
    "looseCompression = 0",
    "fsync = none",
  ];
  await writePlain(
    join(folder, "config"),
    `[core]\n${core.map((line) => `\t${line}\n`).join("")}[gc]\n\tauto = 0\n`,
  );
  return new Repository({ root: "", gitDir: folder, commonDir: folder, objectFormat: FORMAT });
}

/** The commits of one portion. */
interface Sides {
  readonly ours: string;
  readonly theirs: string;
}

/** Stores all versions: for each portion a commit of the base, and on it one of each side. */
async function store(repo: Repository, portions: readonly (readonly ThreeFiles[])[]): Promise<Sides[]> {
  const objects = new Map<string, NewObject>();
  const add = (object: NewObject): string => {
    const oid = objectId(FORMAT, object);
    objects.set(oid, object);
    return oid;
  };
  const commit = (files: readonly ThreeFiles[], side: keyof ThreeFiles, parent?: string): string => {
    const entries = files.flatMap((file, i) => {
      const oid = add({ type: "blob", bytes: file[side] });
      return [Buffer.from(`100644 ${nameOf(i)}\0`), Buffer.from(oid, "hex")];
    });
    const tree = add({ type: "tree", bytes: Buffer.concat(entries) });
    return add(mergeSide(tree, parent));
  };
  const sides = portions.map((files) => {
    const base = commit(files, "base");
    return { ours: commit(files, "ours", base), theirs: commit(files, "theirs", base) };
  });
  await repo.run(["index-pack", "--stdin"], { input: encodePack(FORMAT, [...objects.values()], 0) });
  return sides;
}
