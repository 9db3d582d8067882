import { type DocumentChange, diffDocuments } from "../../compare/diff.ts";
import { isCurriculumPath } from "../../curriculum/conventions.ts";
import type { Document } from "../../curriculum/document.ts";
import { decodeText, isDocumentPath, readDocument } from "../../curriculum/read.ts";
import { readEdited } from "../../curriculum/read-edited.ts";
import { readFile } from "../../files/read.ts";
import { readEach, readObjects } from "../../git/objects.ts";
import type { TreeChange } from "../../git/raw-diff.ts";
import { remembered } from "../../git/remembered.ts";
import type { Repository } from "../../git/repository.ts";
import { type BaseTree, readBase } from "../base/base-tree.ts";
import { knownDocument, sharedDocument } from "../base/shared-documents.ts";
import { isLink, type Later, type Listed, listChanges } from "./listed-changes.ts";

/** One document that differs, with both texts as passages. */
export interface ChangedDocument {
  readonly change: DocumentChange;
  readonly base: Document | null;
  readonly local: Document | null;
}

/** A file that differs and is no curriculum document: a picture, a page layout, a README elsewhere. */
export interface ChangedFile {
  readonly path: string;
  /** Where it was moved from. */
  readonly from?: string;
  readonly change: "edited" | "added" | "removed";
  /** Why a document could not be read as one; null where it is not meant to be. */
  readonly problem: string | null;
}

export interface Changes {
  /** Documents with at least one changed passage, or moved, in order of their paths. */
  readonly documents: readonly ChangedDocument[];
  readonly files: readonly ChangedFile[];
  /** Whether any file differs at all, be it in form alone. */
  readonly any: boolean;
  /** Every file that differs, as Git tells it. */
  readonly listed: readonly TreeChange[];
  /** The same of the files under `versions/`. */
  readonly versions: readonly TreeChange[];
}

/**
 * What differs between a base tree and a later state, as documents and passages. Changes of form alone
 * (wrapping, line ends) give no entry. Git lists what changed; only that is read.
 */
export async function changesSince(repo: Repository, base: BaseTree, later: Later): Promise<Changes> {
  const find = async (): Promise<Changes> =>
    readChanges(repo, base, later, await listChanges(repo, base, later));
  // What upstream changed is the same for all that build on one base.
  return later.kind === "commit" && base.holds.length === 0
    ? remembered(repo, `changes ${base.commit} ${later.commit}`, find)
    : find();
}

/** Reads the files that are listed, and tells what differs in them. */
export async function readChanges(
  repo: Repository,
  base: BaseTree,
  later: Later,
  { curriculum, versions }: Listed,
): Promise<Changes> {
  const pairs =
    later.kind === "commit" && base.holds.length === 0
      ? await readStored(repo, curriculum)
      : await readFiles(repo, base, later, curriculum);
  const documents: { base: Document | null; local: Document | null }[] = [];
  const files: ChangedFile[] = [];
  for (const { entry, before, after } of pairs) {
    if (before.kind === "file" || after.kind === "file") {
      const problem = after.kind === "file" ? after.problem : before.kind === "file" ? before.problem : null;
      files.push({ ...placeOf(entry), change: changeOf(entry), problem });
      continue;
    }
    if (
      entry.status === "R" &&
      before.document?.id !== after.document?.id &&
      hasOwnIds(before.document, after.document)
    ) {
      documents.push({ base: before.document, local: null }, { base: null, local: after.document });
    } else {
      documents.push({ base: before.document, local: after.document });
    }
  }
  return {
    documents: compareDocuments(joinMoved(documents)),
    files,
    any: pairs.length > 0,
    listed: pairs.map(({ entry }) => entry),
    versions,
  };
}

/** A file that is listed, as it was and as it is. */
interface Pair {
  readonly entry: TreeChange;
  readonly before: Readable;
  readonly after: Readable;
}

type Readable =
  | { readonly kind: "document"; readonly document: Document | null }
  | { readonly kind: "file"; readonly problem: string | null };

const NO_DOCUMENT: Readable = { kind: "file", problem: null };

/**
 * What Git has stored on both sides. Each text is made a document of while Git goes on, and let go: all texts of a trust
 * at once would take a lot of room.
 */
async function readStored(repo: Repository, entries: readonly TreeChange[]): Promise<Pair[]> {
  const before: Readable[] = [];
  const after: Readable[] = [];
  const asked: { readonly oid: string; readonly take: (bytes: Buffer | null) => void }[] = [];
  const ask = (
    side: Readable[],
    index: number,
    { path, oid }: { path: string; oid: string | null },
    read: (text: string) => Document,
  ): void => {
    const known = oid === null ? undefined : knownDocument(repo, path, oid);
    const isRead = known !== undefined || oid === null || !isDocument(path);
    side[index] = known ? { kind: "document", document: known } : readable(path, null, read);
    if (isRead) return;
    const shared = (text: string): Document => sharedDocument(repo, path, oid, () => read(text));
    asked.push({ oid, take: (bytes) => (side[index] = readable(path, bytes, shared)) });
  };
  const some = entries.map((entry, index) => ({ ...entry, index })).filter((entry) => !isLink(entry));
  for (const { index, path, from = path, oldOid } of some)
    ask(before, index, { path: from, oid: oldOid }, (text) => readDocument(from, text));
  // What stood there before is here by then, and tells most of a text that differs from it in a few lines.
  for (const { index, path, newOid } of some)
    ask(after, index, { path, oid: newOid }, (text) => readLater(path, text, before[index] ?? NO_DOCUMENT));
  await readEach(
    repo,
    asked.map(({ oid }) => oid),
    (object, index) => asked[index]?.take(object?.bytes ?? null),
  );
  return entries.map((entry, index) => ({
    entry,
    before: before[index] ?? NO_DOCUMENT,
    after: after[index] ?? NO_DOCUMENT,
  }));
}

/** The same of files that lie in a work tree, or whose base is held. */
async function readFiles(
  repo: Repository,
  base: BaseTree,
  later: Later,
  entries: readonly TreeChange[],
): Promise<Pair[]> {
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
  return entries.flatMap((entry): Pair[] => {
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

function hasOwnIds(a: Document | null, b: Document | null): boolean {
  return a !== null && b !== null && a.id !== a.path && b.id !== b.path;
}

function placeOf({ status, path, from }: TreeChange): Pick<ChangedFile, "path" | "from"> {
  return status === "R" && from !== undefined ? { path, from } : { path };
}

function changeOf(entry: TreeChange): ChangedFile["change"] {
  return entry.status === "A" ? "added" : entry.status === "D" ? "removed" : "edited";
}

/** A document that was removed here and added there under the same id has moved. */
function joinMoved(
  pairs: readonly { base: Document | null; local: Document | null }[],
): { base: Document | null; local: Document | null }[] {
  const added = new Map(
    pairs.flatMap(({ base, local }) => (base === null && local !== null ? [[local.id, local] as const] : [])),
  );
  const joined = new Set<Document>();
  const result = pairs.map((pair) => {
    if (pair.local !== null || pair.base === null) return pair;
    const local = added.get(pair.base.id);
    if (!local || joined.has(local)) return pair;
    joined.add(local);
    return { base: pair.base, local };
  });
  return result.filter((pair) => pair.base !== null || pair.local === null || !joined.has(pair.local));
}

function compareDocuments(
  pairs: readonly { base: Document | null; local: Document | null }[],
): ChangedDocument[] {
  return pairs
    .map(({ base, local }) => ({ base, local, change: withKnownId(base, diffDocuments(base, local)) }))
    .filter(({ change }) => change.passages.length > 0 || change.change !== "edited");
}

/** A document whose front matter cannot be read any more is still the one that it was. */
function withKnownId(base: Document | null, change: DocumentChange): DocumentChange {
  const isLost = base !== null && change.id === change.path && base.id !== base.path;
  return isLost ? { ...change, id: base.id, title: base.title } : change;
}
