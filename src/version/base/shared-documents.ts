import type { Document } from "../../curriculum/document.ts";
import { readDocument } from "../../curriculum/read.ts";
import { isRemembered } from "../../git/remembered.ts";
import type { Repository } from "../../git/repository.ts";

/** Beyond this many the one that was asked for longest ago is let go. */
const MOST_KEPT = 1_000;

const kept = new WeakMap<Repository, Map<string, Document>>();

/**
 * A document of upstream, read once for all versions that are compared with it where the repository is remembered: the
 * passages of one base are the same for each of them.
 * @param oid the blob that `text` is decoded from
 */
export function sharedDocument(repo: Repository, path: string, oid: string, text: string): Document {
  if (!isRemembered(repo)) return readDocument(path, text);
  const known = kept.get(repo) ?? new Map<string, Document>();
  kept.set(repo, known);
  const key = `${oid} ${path}`;
  const document = known.get(key) ?? readDocument(path, text);
  known.delete(key);
  known.set(key, document);
  const [oldest] = known.keys();
  if (known.size > MOST_KEPT && oldest !== undefined) known.delete(oldest);
  return document;
}
