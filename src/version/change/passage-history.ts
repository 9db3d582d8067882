import { decodeText, isDocumentPath, readDocument } from "../../curriculum/read.ts";
import { checkRev } from "../../git/names.ts";
import { readObjects } from "../../git/objects.ts";
import { resolve } from "../../git/refs.ts";
import type { Repository } from "../../git/repository.ts";
import { diffTrees, literally } from "../../git/trees.ts";

/** A commit as people tell it. */
export interface Told {
  readonly hash: string;
  /** ISO 8601 */
  readonly on: string;
  readonly subject: string;
}

/** A commit that changed a file, with the path that the file had then. */
interface Change extends Told {
  readonly name: string;
  /** Whether Git saw the file begin there. */
  readonly isFirst: boolean;
}

/** Commits since `from`, or all of them. */
interface Range {
  readonly from: string | null;
  readonly to: string;
}

/** Farther back than so many changes of one file nobody asks. */
const MOST_COMMITS = 500;

/**
 * The newest commit of a range that gave a passage the words that it has there, wherever its file stood; null where
 * none did. One that only moved the file, laid the passage out anew or changed others is none.
 * @param path of the file at the range's end
 */
export async function lastChangeOf(
  repo: Repository,
  range: Range,
  { path, id, key }: { readonly path: string; readonly id: string; readonly key: string },
): Promise<Told | null> {
  const files = await changesOf(repo, range, { path, id });
  const objects = await readObjects(
    repo,
    files.map(({ hash, name }) => `${hash}:${name}`),
  );
  const words = objects.map((object, i) => {
    const decoded = object && decodeText(object.bytes);
    if (!decoded || !("text" in decoded)) return null;
    const { passages } = readDocument(files[i]?.name ?? path, decoded.text);
    return passages.find((passage) => passage.key === key)?.normal ?? null;
  });
  const last = words.findIndex((each, i) => i + 1 === words.length || each !== words[i + 1]);
  return files[last] ?? null;
}

/** The changes of a document, the newest first; where it moved and Git sees no rename, it is found by its id. */
async function changesOf(
  repo: Repository,
  range: Range,
  { path, id }: { readonly path: string; readonly id: string },
): Promise<Change[]> {
  const changes = await filesAt(repo, range, path);
  const oldest = changes.at(-1);
  const before = oldest?.isFirst ? await resolve(repo, `${oldest.hash}^`) : null;
  if (oldest === undefined || before === null) return changes;
  const was = await removedBy(repo, before, oldest.hash, id);
  if (was === null) return changes;
  return [...changes, ...(await changesOf(repo, { ...range, to: before }, { path: was, id }))];
}

/** Where a document of an id stood before it was removed between two commits; null where there was none. */
async function removedBy(repo: Repository, from: string, to: string, id: string): Promise<string | null> {
  const gone = (await diffTrees(repo, from, to)).filter(
    ({ path, newOid }) => newOid === null && isDocumentPath(path),
  );
  const objects = await readObjects(
    repo,
    gone.map(({ oldOid }) => oldOid ?? repo.zero),
  );
  const found = gone.find(({ path }, index) => {
    const decoded = decodeText(objects[index]?.bytes ?? Buffer.alloc(0));
    return "text" in decoded && readDocument(path, decoded.text).id === id;
  });
  return found?.path ?? null;
}

/** The commits that changed a file, the newest first, each with the path that it had. */
async function filesAt(repo: Repository, { from, to }: Range, path: string): Promise<Change[]> {
  const { stdout } = await repo.run([
    literally,
    "log",
    "-z",
    "--no-show-signature",
    "--no-color",
    "--follow",
    "--find-renames",
    `--max-count=${MOST_COMMITS}`,
    "--name-status",
    // A file that upstream moved came to its path by a merge, the other side of which is not in the range.
    ...(from === null ? [] : ["--diff-merges=first-parent"]),
    "--format=%x01%H%x01%cI%x01%s",
    checkRev(to),
    ...(from === null ? [] : [`^${checkRev(from)}`]),
    "--",
    path,
  ]);
  const words = stdout.toString("utf8").split("\0").values();
  const found: { -readonly [K in keyof Change]: Change[K] }[] = [];
  for (const word of words) {
    const [, hash, on, subject] = word.split("\u0001");
    if (hash && on) found.push({ hash, on, subject: subject ?? "", name: path, isFirst: false });
    const last = found.at(-1);
    // Of a file that was moved, the path that it left comes first.
    if (/^\n?[RC]\d/.test(word)) words.next();
    if (!/^\n?[A-Z]\d*$/.test(word) || !last) continue;
    last.isFirst = word.endsWith("A");
    last.name = words.next().value ?? path;
  }
  return found;
}
