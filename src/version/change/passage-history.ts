import { decodeText, readDocument } from "../../curriculum/read.ts";
import { checkRev } from "../../git/names.ts";
import { readObjects } from "../../git/objects.ts";
import type { Repository } from "../../git/repository.ts";
import { literally } from "../../git/trees.ts";

/** A commit as people tell it. */
export interface Told {
  readonly hash: string;
  /** ISO 8601 */
  readonly on: string;
  readonly subject: string;
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
  range: { readonly from: string | null; readonly to: string },
  { path, key }: { readonly path: string; readonly key: string },
): Promise<Told | null> {
  const files = await filesAt(repo, range, path);
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

/** The commits that changed a file, the newest first, each with the path that it had. */
async function filesAt(
  repo: Repository,
  { from, to }: { readonly from: string | null; readonly to: string },
  path: string,
): Promise<(Told & { readonly name: string })[]> {
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
    "--format=%x01%H%x01%cI%x01%s",
    checkRev(to),
    ...(from === null ? [] : [`^${checkRev(from)}`]),
    "--",
    path,
  ]);
  const words = stdout.toString("utf8").split("\0").values();
  const found: (Told & { name: string })[] = [];
  for (const word of words) {
    const [, hash, on, subject] = word.split("\u0001");
    if (hash && on) found.push({ hash, on, subject: subject ?? "", name: path });
    const last = found.at(-1);
    // Of a file that was moved, the path that it left comes first.
    if (/^\n?[RC]\d/.test(word)) words.next();
    if (/^\n?[A-Z]\d*$/.test(word) && last) last.name = words.next().value ?? path;
  }
  return found;
}
