import { readText } from "../files/read.ts";
import { writeOnce } from "../files/write.ts";
import { deflate } from "./deflate.ts";
import type { NewObject } from "./pack.ts";
import type { Repository } from "./repository.ts";

/**
 * Stores objects each in a file of its own, as Git does with what it makes one by one, and without a process.
 * https://git-scm.com/book/en/v2/Git-Internals-Git-Objects#_object_storage
 */
export async function writeLooseObjects(
  repo: Repository,
  objects: ReadonlyMap<string, NewObject>,
): Promise<void> {
  for (const [oid, { type, bytes }] of objects) {
    const stored = deflate(Buffer.concat([Buffer.from(`${type} ${bytes.length}\0`), bytes]));
    writeOnce(`${repo.commonDir}/objects/${oid.slice(0, 2)}/${oid.slice(2)}`, stored, "tmp_obj_");
  }
}

/**
 * Whether several people write to this repository, each with an account of their own: then Git gives them rights to
 * every file that it makes. Git reads that setting from the repository's own file alone.
 * https://git-scm.com/docs/git-config#Documentation/git-config.txt-coresharedRepository
 */
export async function isShared(repo: Repository): Promise<boolean> {
  const text = await readText(`${repo.commonDir}/config`);
  return text === null || /sharedrepository/i.test(text);
}
