import { readObjects, writeBlobs } from "../../git/objects.ts";
import type { Repository } from "../../git/repository.ts";
import type { Deciding } from "./notes.ts";

/**
 * A file with the lines that mark what is to decide in it. After a command of Git's own it lies there with Git's marks
 * until the first decision in it is made; the draft says the same, decision by decision.
 */
export async function asMarked(
  repo: Repository,
  deciding: Deciding,
  path: string,
  bytes: Buffer | null,
): Promise<Buffer | null> {
  const drafts = deciding.schema === "leeway/conflict/1" ? deciding.drafts : [];
  const draft = drafts.find((each) => each.path === path);
  if (draft === undefined || bytes === null) return bytes;
  const [oid] = await writeBlobs(repo, [bytes]);
  if (oid !== draft.git) return bytes;
  const [blob] = await readObjects(repo, [draft.leeway]);
  return blob?.bytes ?? bytes;
}
