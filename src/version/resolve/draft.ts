import { readLinkAware } from "../../files/read.ts";
import { asStored } from "../../git/line-ends.ts";
import { readObjects } from "../../git/objects.ts";
import type { Repository } from "../../git/repository.ts";
import { writeBlobs } from "../../git/write-objects.ts";
import { endedLike } from "./line-ends.ts";
import type { Deciding } from "./notes.ts";

/**
 * What lies at a path of the work tree, with the lines that mark what is to decide in it. A link, put there since, has
 * no text of this curriculum's.
 */
export async function readMarked(repo: Repository, deciding: Deciding, path: string): Promise<Buffer | null> {
  const found = await readLinkAware(repo.root, path);
  return asMarked(repo, deciding, path, found?.kind === "file" ? found.bytes : null);
}

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
  const [stored] = await asStored(repo, [{ path, bytes }]);
  const [oid] = await writeBlobs(repo, [stored?.bytes ?? bytes]);
  if (oid !== draft.git) return bytes;
  const [blob] = await readObjects(repo, [draft.leeway]);
  return blob ? Buffer.from(endedLike(blob.bytes.toString("utf8"), bytes.toString("utf8")), "utf8") : bytes;
}
