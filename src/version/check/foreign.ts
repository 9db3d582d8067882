import type { Identity } from "../../check/material.ts";
import { readFile } from "../../files/read.ts";
import { readObjects } from "../../git/objects.ts";
import { diffTrees } from "../../git/trees.ts";
import type { Status } from "../../git/worktree.ts";
import type { OpenVersion } from "../open.ts";
import { versionFolder } from "../version-file.ts";

/** Files under `versions/` that belong to others and are not as the base has them. */
export async function foreignFiles(
  { repo, self }: OpenVersion,
  base: string,
  status: Promise<Status>,
): Promise<Identity["foreign"]> {
  const own = `${versionFolder(self?.id ?? "")}/`;
  const [committed, { changes, untracked }] = await Promise.all([
    diffTrees(repo, base, "HEAD", { paths: ["versions/"] }),
    status,
  ]);
  const paths = new Set(
    [
      ...committed.map(({ path }) => path),
      ...changes.flatMap(({ path, from }) => [path, from ?? path]),
      ...untracked,
    ].filter((path) => path.startsWith("versions/") && !path.startsWith(own)),
  );
  const list = [...paths].sort();
  const before = await readObjects(
    repo,
    list.map((path) => `${base}:${path}`),
  );
  const now = await Promise.all(list.map((path) => readFile(`${repo.root}/${path}`)));
  return list.flatMap((path, index): Identity["foreign"][number][] => {
    const [was, is] = [before[index]?.bytes ?? null, now[index] ?? null];
    if (was === null && is === null) return [];
    if (was !== null && is !== null && was.equals(is)) return [];
    return [{ path, change: was === null ? "added" : is === null ? "removed" : "edited" }];
  });
}
