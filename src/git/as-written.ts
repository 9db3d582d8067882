import { join } from "node:path";
import { exists, readText } from "../files/read.ts";
import type { Repository } from "./repository.ts";

/** Whether the history was cut off when the repository was cloned. Needs no process. */
export function isShallow(repo: Repository): Promise<boolean> {
  return exists(join(repo.commonDir, "shallow"));
}

const known = new WeakMap<Repository, Promise<boolean>>();

/**
 * Whether Git reads the commits of a repository as they are written: where history was cut off, or objects are replaced by
 * others (`git replace`, grafts), the same id may have another answer tomorrow.
 */
export function readsAsWritten(repo: Repository): Promise<boolean> {
  const found = known.get(repo) ?? looksAsWritten(repo);
  known.set(repo, found);
  return found;
}

async function looksAsWritten(repo: Repository): Promise<boolean> {
  if (await isShallow(repo)) return false;
  // Where refs lie in one table, Git alone tells which replace something.
  for (const name of ["info/grafts", "refs/replace", "reftable"])
    if (await exists(join(repo.commonDir, name))) return false;
  const packed = await readText(join(repo.commonDir, "packed-refs"));
  return packed === null || !packed.includes(" refs/replace/");
}
