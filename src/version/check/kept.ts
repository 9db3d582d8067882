import type { Document } from "../../curriculum/document.ts";
import { readText } from "../../files/read.ts";
import { makeFolder, writePlain } from "../../files/write.ts";
import type { Repository } from "../../git/repository.ts";
import { glean, type Stored } from "./glean.ts";
import type { Gleaning } from "./gleanings.ts";

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
  gleaning: Gleaning<T>,
  placed: readonly Placed[],
): Promise<(T | null)[]> {
  const cache = await readCache(repo, gleaning.name);
  const keys = placed.map(([path, place]) => ("oid" in place ? keyOf(path, place.oid) : ""));
  const known = new Map<string, T | null>();
  const unknown = new Map<string, Stored>();
  placed.forEach(([path, place], index) => {
    const key = keys[index] ?? "";
    if (!("oid" in place) || known.has(key) || unknown.has(key)) return;
    const value = parsed<T>(cache.get(key));
    if (value === undefined) unknown.set(key, [path, place.oid]);
    else known.set(key, value);
  });
  const found = await glean(repo, gleaning, [...unknown.values()]);
  [...unknown.keys()].forEach((key, index) => {
    const text = found[index] ?? "null";
    cache.set(key, text);
    known.set(key, parsed<T>(text) ?? null);
  });
  if (unknown.size > 0) await writeCache(repo, gleaning.name, cache, known);
  return placed.map(([, place], index) =>
    "oid" in place ? (known.get(keys[index] ?? "") ?? null) : gleaning.make(place.document),
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
