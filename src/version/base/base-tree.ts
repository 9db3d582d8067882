import { readObjects } from "../../git/objects.ts";
import type { Repository } from "../../git/repository.ts";
import type { WholeFile } from "../../git/write-tree.ts";
import { heldTexts } from "./held-texts.ts";
import type { Held } from "./holds.ts";

/**
 * Upstream's text as this version builds on it: at the base, and at the hold's own base where one covers a path
 * or a passage (design §3: "the base of a path is the hold's where one covers it").
 */
export interface BaseTree {
  readonly commit: string;
  readonly holds: readonly Held[];
}

/** The commit that a path is held at, or the base. */
export function baseCommitOf(base: BaseTree, path: string): string {
  return base.holds.find((hold) => hold.covers(path))?.hold.base ?? base.commit;
}

/**
 * Reads files of a base tree; null where a path is absent. Passages that are held stand as they were.
 * @returns bytes by path, in one or two Git processes where no passage is held
 */
export async function readBase(
  repo: Repository,
  base: BaseTree,
  paths: readonly string[],
): Promise<Map<string, Buffer | null>> {
  const [objects, held] = await Promise.all([
    readObjects(
      repo,
      paths.map((path) => `${baseCommitOf(base, path)}:${path}`),
    ),
    documentsWithHeld(repo, base),
  ]);
  return new Map(paths.map((path, index) => [path, held.get(path)?.bytes ?? objects[index]?.bytes ?? null]));
}

/** The documents of a base tree with passages that are held at an earlier text, by path. */
export async function documentsWithHeld(
  repo: Repository,
  base: BaseTree,
): Promise<ReadonlyMap<string, WholeFile>> {
  if (!base.holds.some(({ passage }) => passage !== null)) return new Map();
  const texts = await heldTexts(repo, base.commit, base.holds);
  return new Map([...texts].flatMap(([path, file]) => ("bytes" in file ? [[path, file]] : [])));
}
