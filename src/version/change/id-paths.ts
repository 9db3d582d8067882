import { decodeText, isCurriculumPath, readDocument } from "../../curriculum/read.ts";
import { readObjects } from "../../git/objects.ts";
import type { Repository } from "../../git/repository.ts";
import { listTree } from "../../git/trees.ts";

/** Where each document stands in a commit, by its id; documents without an id of their own are left out. */
export async function idPaths(repo: Repository, rev: string): Promise<Map<string, string>> {
  const entries = [...(await listTree(repo, rev))].filter(([path]) => isCurriculumPath(path));
  const objects = await readObjects(
    repo,
    entries.map(([, { oid }]) => oid),
  );
  const paths = new Map<string, string>();
  entries.forEach(([path], index) => {
    const bytes = objects[index]?.bytes;
    // Most documents say their id in the first lines; only those that mention one are read as a whole.
    if (!bytes?.subarray(0, 4096).includes("id:")) return;
    const decoded = decodeText(bytes);
    if (!("text" in decoded)) return;
    const { id } = readDocument(path, decoded.text);
    if (id !== path) paths.set(id, path);
  });
  return paths;
}
