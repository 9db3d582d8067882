import { isDocumentPath } from "../../curriculum/conventions.ts";
import type { MergeOutput } from "../../git/merge-tree.ts";
import { readObjects } from "../../git/objects.ts";
import type { Repository } from "../../git/repository.ts";
import type { Unmerged } from "../../git/worktree.ts";
import type { Stages } from "./plan.ts";

/** A path that Git's merge left open, with the bytes of each side; null where a side has no such file. */
export interface OpenPath {
  readonly path: string;
  readonly stages: Stages;
  readonly base: Buffer | null;
  readonly ours: Buffer | null;
  readonly theirs: Buffer | null;
  /** Git's own text with its marker lines, for files that are merged by lines. */
  readonly marked: Buffer | null;
  /** Where Git's merged tree has it, if under another name. */
  readonly gitPath: string;
  /** True where a folder of the other side stands in its place, so that it stands beside it. */
  readonly beside: boolean;
}

/** The name that Git gives to a file that has to make way, with the commit it comes from. */
const ASIDE = /^(.*)~[0-9a-f]{40}([0-9a-f]{24})?(_\d+)?$/;

/** Reads what Git's merge left open, in one process; names that Git made up are replaced by readable ones. */
export async function readOpenPaths(
  repo: Repository,
  git: MergeOutput,
  names: { readonly ours: string; readonly theirs: string },
): Promise<OpenPath[]> {
  const places = placesOf(git.conflicts, names);
  const objects = await readObjects(
    repo,
    places.flatMap(({ gitPath, stages }) => [
      stages[1]?.oid ?? repo.zero,
      stages[2]?.oid ?? repo.zero,
      stages[3]?.oid ?? repo.zero,
      isDocumentPath(gitPath) ? repo.zero : `${git.tree}:${gitPath}`,
    ]),
  );
  return places.map((place, index) => {
    // A submodule has a stage and no bytes here.
    const bytes = (offset: 1 | 2 | 3): Buffer | null =>
      place.stages[offset] ? (objects[4 * index + offset - 1]?.bytes ?? Buffer.alloc(0)) : null;
    return {
      ...place,
      base: bytes(1),
      ours: bytes(2),
      theirs: bytes(3),
      marked: objects[4 * index + 3]?.bytes ?? null,
    };
  });
}

type Place = Pick<OpenPath, "path" | "stages" | "gitPath" | "beside">;

function placesOf(
  conflicts: readonly Unmerged[],
  names: { readonly ours: string; readonly theirs: string },
): Place[] {
  const places = new Map<string, Place>();
  for (const { path: gitPath, stages } of conflicts) {
    const stem = ASIDE.exec(gitPath)?.[1];
    if (stem === undefined) {
      const known = places.get(gitPath);
      places.set(gitPath, { path: gitPath, gitPath, beside: false, stages: { ...known?.stages, ...stages } });
      continue;
    }
    // A file that became a link, say: two stages of one path, which Git tells as two paths.
    const other = conflicts.find(({ path }) => path === stem);
    if (other) {
      places.set(stem, { path: stem, gitPath, beside: false, stages: { ...stages, ...other.stages } });
      continue;
    }
    const path = besideName(stem, stages[2] ? names.ours : names.theirs);
    places.set(path, { path, gitPath, beside: true, stages });
  }
  return [...places.values()];
}

/** `notes.md` becomes `notes~grimsby.md`: still a document, and nobody else's name. */
export function besideName(path: string, name: string): string {
  const dot = path.lastIndexOf(".");
  return dot > path.lastIndexOf("/") + 1
    ? `${path.slice(0, dot)}~${name}${path.slice(dot)}`
    : `${path}~${name}`;
}
