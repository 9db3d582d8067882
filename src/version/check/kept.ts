import type { Document } from "../../curriculum/document.ts";
import { decodeText, readDocument } from "../../curriculum/read.ts";
import { readText } from "../../files/read.ts";
import { makeFolder, writePlain } from "../../files/write.ts";
import { readObjects } from "../../git/objects.ts";
import type { Repository } from "../../git/repository.ts";

/** Something that is worked out from a document alone, and kept by its blob until either changes. */
export interface Kept<T> {
  /** Name of the file under `leeway/cache/`, with the number of its form. */
  readonly name: string;
  make(document: Document): T;
}

/** Where the text of a document is: a blob, or a file that Git has not stored. */
export type Place = { readonly oid: string } | { readonly document: Document };

/** A document's path, and where it is. */
export type Placed = readonly [path: string, place: Place];

/**
 * What is known of documents, in their order, from the cache as far as it goes; null for what is no text. The cache may
 * be deleted at any time; one that cannot be read or written is done without.
 */
export async function readKept<T>(
  repo: Repository,
  kept: Kept<T>,
  placed: readonly Placed[],
): Promise<(T | null)[]> {
  const cache = await readCache<T>(repo, kept.name);
  const used = new Map<string, readonly [path: string, oid: string]>();
  for (const [path, place] of placed) if ("oid" in place) used.set(keyOf(path, place.oid), [path, place.oid]);
  const unknown = [...used].filter(([key]) => !cache.has(key));
  const objects = await readObjects(
    repo,
    unknown.map(([, [, oid]]) => oid),
  );
  unknown.forEach(([key, [path]], index) => {
    const decoded = objects[index] && decodeText(objects[index].bytes);
    cache.set(key, decoded && "text" in decoded ? kept.make(readDocument(path, decoded.text)) : null);
  });
  if (unknown.length > 0) await writeCache(repo, kept.name, cache, used);
  return placed.map(([path, place]) =>
    "oid" in place ? (cache.get(keyOf(path, place.oid)) ?? null) : kept.make(place.document),
  );
}

/** The path decides the type of a document, and stands in what is found in it. */
function keyOf(path: string, oid: string): string {
  return `${oid} ${path}`;
}

type Cache<T> = Map<string, T | null>;

function fileOf(repo: Repository, name: string): string {
  return `${repo.commonDir}/leeway/cache/${name}`;
}

async function readCache<T>(repo: Repository, name: string): Promise<Cache<T>> {
  const text = await readText(fileOf(repo, name)).catch(() => null);
  if (text === null) return new Map();
  try {
    return new Map(JSON.parse(text) as [string, T | null][]);
  } catch {
    return new Map();
  }
}

/** States of documents beyond those of the tree at hand, of which so many are kept. */
const MOST_OTHERS = 2_000;

async function writeCache<T>(
  repo: Repository,
  name: string,
  cache: Cache<T>,
  used: ReadonlyMap<string, unknown>,
): Promise<void> {
  const others = [...cache].filter(([key]) => !used.has(key)).slice(-MOST_OTHERS);
  const entries = [...others, ...[...cache].filter(([key]) => used.has(key))];
  const path = fileOf(repo, name);
  await makeFolder(path.slice(0, path.lastIndexOf("/"))).catch(() => undefined);
  await writePlain(path, JSON.stringify(entries)).catch(() => undefined);
}
