import type { Identity } from "../../check/material.ts";
import { readLinkAware } from "../../files/read.ts";
import { readObjects } from "../../git/objects.ts";
import type { OpenVersion } from "../open.ts";
import { isForeign } from "./edits.ts";

/**
 * Files under `versions/` that belong to others and are not as the base has them.
 * @param touched those that may differ from it
 */
export async function foreignFiles(
  { repo, self }: OpenVersion,
  base: string,
  touched: Iterable<string>,
): Promise<Identity["foreign"]> {
  const list = [...touched].filter((path) => isForeign(path, self ?? { id: "" })).sort();
  if (list.length === 0) return [];
  const before = await readObjects(
    repo,
    list.map((path) => `${base}:${path}`),
  );
  const now = await Promise.all(list.map((path) => readLinkAware(repo.root, path)));
  return list.flatMap((path, index): Identity["foreign"][number][] => {
    const [was, is] = [before[index]?.bytes ?? null, now[index]?.bytes ?? null];
    if (was === null && is === null) return [];
    if (was !== null && is !== null && was.equals(is)) return [];
    return [{ path, change: was === null ? "added" : is === null ? "removed" : "edited" }];
  });
}
