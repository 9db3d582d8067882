import { documentOf } from "../../adaptation/explain.ts";
import type { RecordFile } from "../../adaptation/record.ts";
import type { Scope } from "../../check/material.ts";
import { formatAddress, parseAddress } from "../../curriculum/address.ts";
import type { TreeChange } from "../../git/raw-diff.ts";
import type { Repository } from "../../git/repository.ts";
import type { BaseTree } from "../base/base-tree.ts";
import { type Changes, changesSince } from "../change/changes.ts";
import type { Later } from "../change/listed-changes.ts";
import type { OwnChange, OwnChanges } from "../change/own-changes.ts";
import { type VersionFile, versionPath } from "../version-file.ts";

/** What differs from a state, as documents and as other files. */
type Differing = Pick<Changes, "documents" | "files">;

/** The files as they lie there, with the status that was asked for once. */
export type WorkTree = Required<Extract<Later, { kind: "worktree" }>>;

/** What a change touches. */
export interface Touched extends Scope {
  readonly changes: Differing;
  /** Files under `versions/`. */
  readonly versions: ReadonlySet<string>;
  /** Whether a passage was touched, by its address. */
  hasPassage(at: string): boolean;
}

/** What differs from a state to the files as they are now: documents by passage, other files by path. */
export async function touchedSince(
  repo: Repository,
  from: BaseTree,
  later: WorkTree,
  all: boolean,
): Promise<Touched> {
  const changes = await changesSince(repo, from, later);
  return touchedBy(changes, pathsOf(changes.versions), all);
}

/**
 * The same from what is known to differ.
 * @param all whether findings may be about anything else as well
 */
export function touchedBy(changes: Differing, versions: ReadonlySet<string>, all: boolean): Touched {
  const paths = new Set([
    ...versions,
    ...changes.files.flatMap(({ path, from }) => [path, from ?? path]),
    ...changes.documents.flatMap(({ change }) => [change.path, change.from ?? change.path]),
  ]);
  const ids = new Set(changes.documents.flatMap(({ base, local }) => [base?.id ?? "", local?.id ?? ""]));
  const passages = new Set(
    changes.documents.flatMap(({ base, change }) =>
      change.passages.flatMap(({ key, base: before }) => [
        formatAddress(change.id, key),
        formatAddress(base?.id ?? change.id, before?.key ?? key),
      ]),
    ),
  );
  return {
    all,
    changes,
    versions,
    has: (path) => all || paths.has(path),
    hasDocument: (id) => all || ids.has(id),
    hasPassage: (at) => all || passages.has(at),
  };
}

/** The paths of files that differ, those that they were moved from as well. */
export function pathsOf(changes: readonly TreeChange[]): ReadonlySet<string> {
  return new Set(changes.flatMap(({ path, from }) => [path, from ?? path]));
}

/**
 * The changes that a change under judgement answers for: passages that it touched, those whose record it touched, and
 * all of them where it touched what they are counted from.
 */
export function inScope(own: OwnChanges, touched: Touched, self: VersionFile | null): OwnChange[] {
  if (touched.all || (self !== null && touched.versions.has(versionPath(self.id)))) return [...own.changes];
  const records = own.records.filter(({ path }) => touched.versions.has(path));
  return own.changes.filter(
    ({ at, document, passage }) =>
      touched.hasPassage(at) ||
      (passage.base !== null &&
        document.base !== null &&
        touched.hasPassage(`${document.base.id}${passage.base.key}`)) ||
      records.some((record) => names(record, at)),
  );
}

function names({ record }: RecordFile, at: string): boolean {
  return record.passages.some(
    (passage) =>
      passage.at === at ||
      (parseAddress(passage.at).passage === null && documentOf(at) === documentOf(passage.at)),
  );
}
