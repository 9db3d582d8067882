import { quotePath } from "../curriculum/address.ts";
import { Failure } from "../failure.ts";
import { exists, listInside } from "../files/read.ts";
import type { Repository } from "../git/repository.ts";
import { listTree } from "../git/trees.ts";
import { versionFolder, versionPath } from "./version-file.ts";

/**
 * Makes sure that no version lacks its `version.yaml`: without it the version above would be taken for self, and
 * this one's work for its.
 * @throws Failure "usage" naming the file and how to get it back
 */
export async function refuseLostVersions(repo: Repository, head: string | null): Promise<void> {
  const folders = ((await listInside(repo.root, "versions")) ?? []).filter(({ kind }) => kind === "folder");
  const committed = head === null ? [] : [...(await listTree(repo, head, ["versions/"])).keys()];
  const known = committed.flatMap((path) => /^versions\/([^/]+)\/version\.yaml$/.exec(path)?.[1] ?? []);
  for (const id of new Set([...known, ...folders.map(({ name }) => name)])) {
    if (await exists(`${repo.root}/${versionPath(id)}`)) continue;
    const isCommitted = known.includes(id);
    if (!isCommitted && !(await holdsWork(repo, id))) continue;
    throw new Failure(
      "usage",
      `The version ${id} has lost its version.yaml, so it is not clear who this is.`,
      {
        where: versionPath(id),
        next: isCommitted
          ? [`git checkout HEAD -- ${quotePath(versionPath(id))}   brings it back`]
          : [`git log --diff-filter=D -- ${quotePath(versionPath(id))}   shows which commit removed it`],
      },
    );
  }
}

async function holdsWork(repo: Repository, id: string): Promise<boolean> {
  const names = ((await listInside(repo.root, versionFolder(id))) ?? []).map(({ name }) => name);
  return ["adaptations", "rules.yaml", "downstream.yaml"].some((name) => names.includes(name));
}
