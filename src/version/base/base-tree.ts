import { compose } from "../../curriculum/compose.ts";
import { decodeText, isDocumentPath, readDocument } from "../../curriculum/read.ts";
import { readObjects } from "../../git/objects.ts";
import type { Repository } from "../../git/repository.ts";
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

/** Passage holds of one document, by id or path. */
export function passageHolds(base: BaseTree, id: string, path: string): Held[] {
  return base.holds.filter(
    (hold) => hold.passage !== null && (hold.passage.document === id || hold.passage.document === path),
  );
}

/**
 * Reads files of a base tree; null where a path is absent. Passages that are held stand as they were.
 * @returns bytes by path, in one or two Git processes whatever the count
 */
export async function readBase(
  repo: Repository,
  base: BaseTree,
  paths: readonly string[],
): Promise<Map<string, Buffer | null>> {
  const objects = await readObjects(
    repo,
    paths.map((path) => `${baseCommitOf(base, path)}:${path}`),
  );
  const files = new Map(paths.map((path, index) => [path, objects[index]?.bytes ?? null]));
  if (!base.holds.some((hold) => hold.passage !== null)) return files;
  for (const [path, bytes] of files) {
    if (bytes && isDocumentPath(path)) files.set(path, await withHeldPassages(repo, base, path, bytes));
  }
  return files;
}

/** A document of upstream with its held passages put back to what they were when they were held. */
export async function withHeldPassages(
  repo: Repository,
  base: BaseTree,
  path: string,
  bytes: Buffer,
): Promise<Buffer> {
  const decoded = decodeText(bytes);
  if (!("text" in decoded)) return bytes;
  let document = readDocument(path, decoded.text);
  for (const hold of passageHolds(base, document.id, path)) {
    const [held] = await readObjects(repo, [`${hold.hold.base}:${path}`]);
    const text = held ? decodeText(held.bytes) : null;
    if (hold.passage === null || text === null || !("text" in text)) continue;
    document = readDocument(
      path,
      compose(document, readDocument(path, text.text), new Set([hold.passage.key])),
    );
  }
  return Buffer.from(document.text, "utf8");
}
