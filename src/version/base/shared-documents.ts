import type { Document } from "../../curriculum/document.ts";
import { readDocument } from "../../curriculum/read.ts";
import { isRemembered } from "../../git/remembered.ts";
import type { Repository } from "../../git/repository.ts";

/** Beyond this many the one that was asked for longest ago is let go. */
const MOST_KEPT = 2_500;

/** By blob, the last that was asked for at the end. */
const kept = new WeakMap<Repository, Map<string, Document>>();

/**
 * A document, read once for all who ask for it where the repository is remembered: the passages of one base are the same
 * for each version that is compared with it, and a version's own text is looked at again when it is merged.
 * @param oid the blob that `text` is decoded from
 */
export function sharedDocument(
  repo: Repository,
  path: string,
  oid: string,
  text: string,
  read: () => Document = () => readDocument(path, text),
): Document {
  if (!isRemembered(repo)) return read();
  const document = knownDocument(repo, path, oid) ?? read();
  const known = kept.get(repo) ?? new Map<string, Document>();
  kept.set(repo, known);
  known.delete(oid);
  known.set(oid, document);
  const [oldest] = known.keys();
  if (known.size > MOST_KEPT && oldest !== undefined) known.delete(oldest);
  return document;
}

/** A document that was read before and is kept. */
export function knownDocument(repo: Repository, path: string, oid: string): Document | undefined {
  const document = kept.get(repo)?.get(oid);
  return document?.path === path ? document : undefined;
}
