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
  const cache = await readCache(repo, kept.name);
  const used = new Map<string, readonly [path: string, oid: string]>();
  for (const [path, place] of placed) if ("oid" in place) used.set(keyOf(path, place.oid), [path, place.oid]);
  const known = new Map<string, T | null>();
  for (const key of used.keys()) {
    const value = parsed<T>(cache.get(key));
    if (value !== undefined) known.set(key, value);
  }
  const unknown = [...used].filter(([key]) => !known.has(key));
  const objects = await readObjects(
    repo,
    unknown.map(([, [, oid]]) => oid),
  );
  // As text, so that what is found in thousands of documents does not hold on to theirs.
  unknown.forEach(([key, [path]], index) => {
    const decoded = objects[index] && decodeText(objects[index].bytes);
    const found = decoded && "text" in decoded ? kept.make(readDocument(path, decoded.text)) : null;
    cache.set(key, JSON.stringify(found));
  });
  for (const [key] of unknown) known.set(key, parsed<T>(cache.get(key)) ?? null);
  if (unknown.length > 0) await writeCache(repo, kept.name, cache, used);
  return placed.map(([path, place]) =>
    "oid" in place ? (known.get(keyOf(path, place.oid)) ?? null) : kept.make(place.document),
  );
}

/** The path decides the type of a document, and stands in what is found in it. */
function keyOf(path: string, oid: string): string {
  return `${oid} ${path}`;
}

/** What was found, as JSON, by blob and path. */
type Cache = Map<string, string>;

function fileOf(repo: Repository, name: string): string {
  return `${repo.commonDir}/leeway/cache/${name}`;
}

/** What a text of the cache says; undefined where it says nothing. */
function parsed<T>(text: string | undefined): T | null | undefined {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as T | null;
  } catch {
    return undefined;
  }
}

/** An entry a line: its key as JSON, a tab, what was found. */
async function readCache(repo: Repository, name: string): Promise<Cache> {
  const text = await readText(fileOf(repo, name)).catch(() => null);
  const cache: Cache = new Map();
  for (const line of text?.split("\n") ?? []) {
    const tab = line.indexOf("\t");
    const key = tab < 0 ? undefined : parsed<string>(line.slice(0, tab));
    if (typeof key === "string") cache.set(key, line.slice(tab + 1));
  }
  return cache;
}

/** States of documents beyond those of the tree at hand, of which so many are kept. */
const MOST_OTHERS = 2_000;

async function writeCache(
  repo: Repository,
  name: string,
  cache: Cache,
  used: ReadonlyMap<string, unknown>,
): Promise<void> {
  const others = [...cache].filter(([key]) => !used.has(key)).slice(-MOST_OTHERS);
  const entries = [...others, ...[...cache].filter(([key]) => used.has(key))];
  const path = fileOf(repo, name);
  await makeFolder(path.slice(0, path.lastIndexOf("/"))).catch(() => undefined);
  const lines = entries.map(([key, found]) => `${JSON.stringify(key)}\t${found}\n`);
  await writePlain(path, lines.join("")).catch(() => undefined);
}
