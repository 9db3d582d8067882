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

/** What was found in some documents, and the same as JSON. */
export interface Line<T> {
  readonly text: string;
  readonly found: readonly Found<T>[];
}

/** JSON of many at once takes half the time of one at a time. */
const AT_ONCE = 32;

/**
 * What is gleaned from each of some documents, `null` from what is no text, many to a line. It goes through JSON, so that
 * what is found in thousands of documents does not hold on to their texts; and at once, while Git unpacks the next.
 */
export async function glean<T>(
  repo: Repository,
  { make }: Gleaning<T>,
  documents: readonly Stored[],
): Promise<Line<T>[]> {
  const lines: Line<T>[] = [];
  let found: Found<T>[] = [];
  await eachBlob(
    repo,
    documents.map(({ oid }) => oid),
    (bytes, index) => {
      const { key, path } = documents[index] as Stored;
      const decoded = bytes && decodeText(bytes);
      found.push([key, decoded && "text" in decoded ? make(readDocument(path, decoded.text)) : null]);
      if (found.length < AT_ONCE && index < documents.length - 1) return;
      const text = JSON.stringify(found);
      lines.push({ text, found: JSON.parse(text) });
      found = [];
    },
  );
  return lines;
}
