import type { Document } from "../../curriculum/document.ts";
import { decodeText, isCurriculumPath, isDocumentPath, readDocument } from "../../curriculum/read.ts";
import { readEdited } from "../../curriculum/read-edited.ts";
import { readFile } from "../../files/read.ts";
import { readEach, readObjects } from "../../git/objects.ts";
import type { TreeChange } from "../../git/raw-diff.ts";
import type { Repository } from "../../git/repository.ts";
import { type BaseTree, readBase } from "../base/base-tree.ts";
import { knownDocument, sharedDocument } from "../base/shared-documents.ts";
import { isLink, type Later } from "./listed-changes.ts";

/** A file that is listed, as it was and as it is. */
export interface Sides {
  readonly entry: TreeChange;
  readonly before: Readable;
  readonly after: Readable;
}

/** A document, null where it is absent; or a file that is none, and what keeps it from being one where it is meant to be. */
export type Readable =
  | { readonly kind: "document"; readonly document: Document | null }
  | { readonly kind: "file"; readonly problem: string | null };

const NO_DOCUMENT: Readable = { kind: "file", problem: null };

/** Reads listed files at the base and later. What was committed and has been taken back since is left out. */
export function readSides(
  repo: Repository,
  base: BaseTree,
  later: Later,
  entries: readonly TreeChange[],
): Promise<Sides[]> {
  return later.kind === "commit" && base.holds.length === 0
    ? readStored(repo, entries)
    : readFiles(repo, base, later, entries);
}

/**
 * What Git has stored on both sides. Each text is made a document of while Git goes on, and let go: all texts of a trust
 * at once would take a lot of room.
 */
async function readStored(repo: Repository, entries: readonly TreeChange[]): Promise<Sides[]> {
  const found: Readable[] = [];
  const wanted = [
    ...entries.map((entry) => {
      const { path, from = path, oldOid: oid } = entry;
      return { entry, path: from, oid, read: (text: string) => readDocument(from, text) };
    }),
    // What stood there before has been read by then, and tells most of a text that differs from it in a few lines.
    ...entries.map((entry, index) => {
      const { path, newOid: oid } = entry;
      const read = (text: string) => readLater(path, text, found[index] ?? NO_DOCUMENT);
      return { entry, path, oid, read };
    }),
  ];
  const unread = wanted.flatMap(({ entry, path, oid, read }, place) => {
    found[place] = isLink(entry) ? NO_DOCUMENT : readable(path, null, read);
    if (found[place].kind === "file" || oid === null) return [];
    const known = knownDocument(repo, path, oid);
    if (known) found[place] = { kind: "document", document: known };
    const shared = (text: string): Document => sharedDocument(repo, path, oid, () => read(text));
    return known ? [] : [{ path, oid, place, read: shared }];
  });
  await readEach(
    repo,
    unread.map(({ oid }) => oid),
    (object, index) => {
      const each = unread[index];
      if (each) found[each.place] = readable(each.path, object?.bytes ?? null, each.read);
    },
  );
  return entries.map((entry, index) => ({
    entry,
    before: found[index] ?? NO_DOCUMENT,
    after: found[entries.length + index] ?? NO_DOCUMENT,
  }));
}

/** The same of files that lie in a work tree, or whose base is held. */
async function readFiles(
  repo: Repository,
  base: BaseTree,
  later: Later,
  entries: readonly TreeChange[],
): Promise<Sides[]> {
  const [olds, news] = await Promise.all([
    readBase(
      repo,
      base,
      entries.filter(({ status }) => status !== "A").map(({ from, path }) => from ?? path),
    ),
    readNews(
      repo,
      entries.filter(({ status }) => status !== "D"),
      later,
    ),
  ]);
  return entries.flatMap((entry): Sides[] => {
    const { status, path, from = path, oldMode, newMode, newOid } = entry;
    const old = status === "A" ? null : (olds.get(from) ?? null);
    const now = status === "D" ? null : (news.get(path) ?? null);
    // What was committed may have been taken back since.
    if (status === "M" && oldMode === newMode && old?.equals(now ?? NOTHING)) return [];
    if (isLink(entry)) return [{ entry, before: NO_DOCUMENT, after: NO_DOCUMENT }];
    const before = readable(from, old, (text) => readDocument(from, text));
    const after = readable(path, now, (text) => {
      const read = (): Document => readLater(path, text, before);
      return newOid === null ? read() : sharedDocument(repo, path, newOid, read);
    });
    return [{ entry, before, after }];
  });
}

const NOTHING = Buffer.alloc(0);

async function readNews(
  repo: Repository,
  entries: readonly TreeChange[],
  later: Later,
): Promise<Map<string, Buffer | null>> {
  if (later.kind === "worktree") {
    const bytes = await Promise.all(
      entries.map(({ path }) => later.instead?.get(path) ?? readFile(`${repo.root}/${path}`)),
    );
    return new Map(entries.map((entry, index) => [entry.path, bytes[index] ?? null]));
  }
  const objects = await readObjects(
    repo,
    entries.map((entry) => entry.newOid ?? ""),
  );
  return new Map(entries.map((entry, index) => [entry.path, objects[index]?.bytes ?? null]));
}

/** A document that is likely to be another one with a few lines edited. */
function readLater(path: string, text: string, before: Readable): Document {
  const base = before.kind === "document" && before.document?.path === path ? before.document : null;
  return (base && readEdited(base, text)) ?? readDocument(path, text);
}

function isDocument(path: string): boolean {
  return isDocumentPath(path) && isCurriculumPath(path);
}

/** A file as a document, or why it is none. */
function readable(path: string, bytes: Buffer | null, read: (text: string) => Document): Readable {
  if (!isDocument(path)) return NO_DOCUMENT;
  if (bytes === null) return { kind: "document", document: null };
  const decoded = decodeText(bytes);
  if (!("text" in decoded)) return { kind: "file", problem: decoded.problem };
  return { kind: "document", document: read(decoded.text) };
}
