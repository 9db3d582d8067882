import { remove } from "../files/temporary.ts";
import { writeAtomic } from "../files/write.ts";
import type { Repository } from "../git/repository.ts";

/** Where new texts of the work tree lie until they are whole: in Git's folder, so that a kill leaves nothing among the documents. */
function draftsOf(repo: Repository): string {
  return `${repo.gitDir}/leeway/drafts`;
}

/**
 * Writes a file of the work tree, whole or not at all.
 * @param file its absolute path, inside the work tree
 */
export function writeWorkFile(
  repo: Repository,
  file: string,
  bytes: Buffer | string,
  options: { mode?: number } = {},
): Promise<void> {
  return writeAtomic(file, bytes, { ...options, drafts: draftsOf(repo) });
}

/** Clears away what killed processes have left half written; nobody else may be writing. */
export function clearDrafts(repo: Repository): Promise<void> {
  return remove(draftsOf(repo));
}
