import { type DocumentChange, diffDocuments } from "../../compare/diff.ts";
import type { Document } from "../../curriculum/document.ts";
import type { TreeChange } from "../../git/raw-diff.ts";
import { remembered } from "../../git/remembered.ts";
import type { Repository } from "../../git/repository.ts";
import type { BaseTree } from "../base/base-tree.ts";
import { type Later, type Listed, listChanges } from "./listed-changes.ts";
import { readSides } from "./read-sides.ts";

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
  const pairs = await readSides(repo, base, later, curriculum);
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
