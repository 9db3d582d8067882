import { join } from "node:path";
import { placeFor, withTemporary } from "../files/temporary.ts";
import { makeFolder, writePlain } from "../files/write.ts";
import { mergeTrees, syntheticCommit } from "./merge-tree.ts";
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

/**
 * Merges any number of files as `git merge` does, in three processes altogether: all of them stand in one tree of a
 * repository that is made for it and thrown away. No attributes, filters or drivers apply.
 */
export async function mergeFiles(files: readonly ThreeFiles[]): Promise<MergedFile[]> {
  if (files.length === 0) return [];
  return withTemporary(placeFor(roomFor(files)), async (folder) => {
    const repo = await makeStore(folder);
    const merged = await mergeTrees(repo, { base: null, ...(await store(repo, files)) });
    const open = new Set(merged.conflicts.map(({ path }) => path));
    const objects = await readObjects(
      repo,
      files.map((_, i) => `${merged.tree}:${nameOf(i)}`),
    );
    return objects.map((object, i) => ({
      bytes: object?.bytes ?? Buffer.alloc(0),
      clean: !open.has(nameOf(i)),
    }));
  });
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

/** Stores all versions: a commit of the base, and on it one of each side. */
async function store(
  repo: Repository,
  files: readonly ThreeFiles[],
): Promise<{ ours: string; theirs: string }> {
  const objects = new Map<string, NewObject>();
  const add = (object: NewObject): string => {
    const oid = objectId(FORMAT, object);
    objects.set(oid, object);
    return oid;
  };
  const commit = (side: keyof ThreeFiles, parent?: string): string => {
    const entries = files.flatMap((file, i) => {
      const oid = add({ type: "blob", bytes: file[side] });
      return [Buffer.from(`100644 ${nameOf(i)}\0`), Buffer.from(oid, "hex")];
    });
    const tree = add({ type: "tree", bytes: Buffer.concat(entries) });
    return add(syntheticCommit(tree, parent === undefined ? [] : [parent]));
  };
  const base = commit("base");
  const sides = { ours: commit("ours", base), theirs: commit("theirs", base) };
  await repo.run(["index-pack", "--stdin"], { input: encodePack(FORMAT, [...objects.values()], 0) });
  return sides;
}
