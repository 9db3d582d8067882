import { decodeText, readDocument } from "../../curriculum/read.ts";
import { eachBlob } from "../../git/objects.ts";
import type { Repository } from "../../git/repository.ts";
import type { Gleaning } from "./gleanings.ts";

/** A document that Git has stored, and the key of what is found in it. */
export interface Stored {
  readonly key: string;
  readonly path: string;
  readonly oid: string;
}

/** What was found in a document, with its key. */
export type Found<T> = readonly [key: string, value: T | null];

/** JSON of many at once takes half the time of one at a time. */
const AT_ONCE = 32;

/**
 * What is gleaned from each of some documents, by key, `null` from what is no text: as texts of JSON, each of so many
 * at once, so that what is found in thousands of documents does not hold on to theirs.
 */
export async function glean(
  repo: Repository,
  { make }: Gleaning<unknown>,
  documents: readonly Stored[],
): Promise<string[]> {
  const texts: string[] = [];
  let found: Found<unknown>[] = [];
  await eachBlob(
    repo,
    documents.map(({ oid }) => oid),
    (bytes, index) => {
      const { key, path } = documents[index] as Stored;
      const decoded = bytes && decodeText(bytes);
      found.push([key, decoded && "text" in decoded ? make(readDocument(path, decoded.text)) : null]);
      if (found.length < AT_ONCE && index < documents.length - 1) return;
      texts.push(JSON.stringify(found));
      found = [];
    },
  );
  return texts;
}
