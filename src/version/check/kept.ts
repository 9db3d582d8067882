import type { Document } from "../../curriculum/document.ts";
import { readText } from "../../files/read.ts";
import { makeFolder, writePlain } from "../../files/write.ts";
import type { Repository } from "../../git/repository.ts";
import { type Found, glean, type Line, type Stored } from "./glean.ts";
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
  const file = `${repo.commonDir}/leeway/cache/${gleaning.name}`;
  const lines = await readLines<T>(file);
  const known = new Map(lines.flatMap(({ found }) => found));
  const stored = placed.map(([path, place]) => ("oid" in place ? storedAt(path, place.oid) : null));
  const used = new Map(stored.flatMap((each) => (each === null ? [] : [[each.key, each]])));
  const unknown = [...used.values()].filter(({ key }) => !known.has(key));
  if (unknown.length > 0) {
    const added = await glean(repo, gleaning, unknown);
    for (const [key, value] of added.flatMap(({ found }) => found)) known.set(key, value);
    await writeLines(file, [...worthKeeping(lines, used), ...added]);
  }
  return placed.map(([, place], index) =>
    "oid" in place ? (known.get(stored[index]?.key ?? "") ?? null) : gleaning.make(place.document),
  );
}

/** The path decides the type of a document, and stands in what is found in it. */
function storedAt(path: string, oid: string): Stored {
  return { key: `${oid} ${path}`, path, oid };
}

async function readLines<T>(file: string): Promise<Line<T>[]> {
  const text = await readText(file).catch(() => null);
  return text?.split("\n").flatMap(lineOf<T>) ?? [];
}

/** What a text of the cache says; none where it says nothing. */
function lineOf<T>(text: string): Line<T> | [] {
  try {
    const found = JSON.parse(text) as Found<T>[];
    return found.every((each) => typeof each[0] === "string") ? { text, found } : [];
  } catch {
    return [];
  }
}

/** States of documents beyond those of the tree at hand, of which so many are kept. */
const MOST_OTHERS = 2_000;

/** The lines of documents that are at hand, and the latest of the others. */
function worthKeeping<T>(lines: readonly Line<T>[], used: ReadonlyMap<string, unknown>): Line<T>[] {
  let others = 0;
  return lines
    .toReversed()
    .filter(({ found }) => {
      if (found.some(([key]) => used.has(key))) return true;
      others += found.length;
      return others <= MOST_OTHERS;
    })
    .reverse();
}

async function writeLines(file: string, lines: readonly Line<unknown>[]): Promise<void> {
  await makeFolder(file.slice(0, file.lastIndexOf("/"))).catch(() => undefined);
  await writePlain(file, lines.map(({ text }) => `${text}\n`).join("")).catch(() => undefined);
}
