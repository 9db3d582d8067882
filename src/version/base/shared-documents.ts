import type { Document } from "../../curriculum/document.ts";
import { decodeText, readDocument } from "../../curriculum/read.ts";
import { type GitObject, readEach } from "../../git/objects.ts";
import { isRemembered } from "../../git/remembered.ts";
import type { Repository } from "../../git/repository.ts";

/** Beyond this many the one that was asked for longest ago is let go. */
const MOST_KEPT = 2_500;

/** By blob, the last that was asked for at the end. */
const kept = new WeakMap<Repository, Map<string, Document>>();

/**
 * A document, read once for all who ask for it where the repository is remembered: the passages of one base are the same
 * for each version that is compared with it, and a version's own text is looked at again when it is merged.
 * @param oid the blob whose text is read
 */
export function sharedDocument(repo: Repository, path: string, oid: string, read: () => Document): Document {
  if (!isRemembered(repo)) return read();
  const document = knownDocument(repo, path, oid) ?? read();
  const known = kept.get(repo) ?? new Map<string, Document>();
  kept.set(repo, known);
  known.set(oid, document);
  const [oldest] = known.keys();
  if (known.size > MOST_KEPT && oldest !== undefined) known.delete(oldest);
  return document;
}

/** A document that was read before and is kept; it is the last that was asked for. */
export function knownDocument(repo: Repository, path: string, oid: string): Document | undefined {
  const known = kept.get(repo);
  const document = known?.get(oid);
  if (known === undefined || document?.path !== path) return undefined;
  known.delete(oid);
  known.set(oid, document);
  return document;
}

/**
 * Documents, each by its blob or by tree and path (`TREE:path`), which takes Git longer; null for what is not there, or
 * no text. Of those that are known nothing is read.
 */
export async function readDocuments(
  repo: Repository,
  wanted: readonly ({ readonly path: string; readonly spec: string } | null)[],
): Promise<(Document | null)[]> {
  const documents = wanted.map((each) => each && (knownDocument(repo, each.path, each.spec) ?? null));
  const unread = wanted.flatMap((each, place) => (each && !documents[place] ? [{ ...each, place }] : []));
  await readEach(
    repo,
    unread.map(({ spec }) => spec),
    (object, index) => {
      const each = unread[index];
      if (each === undefined || object?.type !== "blob") return;
      documents[each.place] = documentIn(repo, each.path, object);
    },
  );
  return documents;
}

function documentIn(repo: Repository, path: string, { oid, bytes }: GitObject): Document | null {
  const known = knownDocument(repo, path, oid);
  if (known !== undefined) return known;
  const decoded = decodeText(bytes);
  return "text" in decoded ? sharedDocument(repo, path, oid, () => readDocument(path, decoded.text)) : null;
}
