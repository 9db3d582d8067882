import { decodeText, readDocument } from "../../curriculum/read.ts";
import { eachBlob } from "../../git/objects.ts";
import type { Repository } from "../../git/repository.ts";
import type { Gleaning } from "./gleanings.ts";

/** A document that Git has stored. */
export type Stored = readonly [path: string, oid: string];

/**
 * What is gleaned from each of some documents, as JSON, in their order; `null` from what is no text. As text, so that
 * what is found in thousands of documents does not hold on to theirs.
 */
export async function glean(
  repo: Repository,
  { make }: Gleaning<unknown>,
  documents: readonly Stored[],
): Promise<string[]> {
  const found: string[] = [];
  await eachBlob(
    repo,
    documents.map(([, oid]) => oid),
    (bytes, index) => {
      const decoded = bytes && decodeText(bytes);
      const [path] = documents[index] ?? [""];
      const made = decoded && "text" in decoded ? make(readDocument(path, decoded.text)) : null;
      found.push(JSON.stringify(made));
    },
  );
  return found;
}
