import type { TreeChange } from "../../git/raw-diff.ts";

/** What one side of a merge changed since the base. */
export interface Side {
  readonly changes: readonly TreeChange[];
  /** Whether a document has another id than it had. */
  readonly renames: boolean;
}

/**
 * Whether merging two sides could leave anything to decide. It cannot where no path was touched by both, and one of
 * them only edited files where they stand: then no file is moved, no folder takes another's place, and no two new
 * documents can have one id.
 */
export function mayMeet(here: Side, there: Side): boolean {
  if (reshapes(here) && reshapes(there)) return true;
  const touched = new Set(here.changes.flatMap(pathsOf));
  return there.changes.flatMap(pathsOf).some((path) => touched.has(path));
}

function reshapes({ changes, renames }: Side): boolean {
  return renames || changes.some(({ status, oldMode, newMode }) => status !== "M" || oldMode !== newMode);
}

function pathsOf({ from, path }: TreeChange): string[] {
  return from === undefined ? [path] : [from, path];
}
