import type { OwnFileFault, OwnVersion } from "../../check/material.ts";
import { lazily } from "../../curriculum/lazily.ts";
import { readTextInside } from "../../files/read.ts";
import type { Repository } from "../../git/repository.ts";
import type { BaseTree } from "../base/base-tree.ts";
import { type ChangedDocument, type ChangedFile, changesSince } from "../change/changes.ts";
import { baseTreeOf, type OwnChange, type OwnChanges, ownChanges } from "../change/own-changes.ts";
import { downstreamPath, parseDownstream } from "../downstream.ts";
import type { OpenVersion } from "../open.ts";
import { asFault } from "./doubt.ts";
import { type Layers, layersOf, ownRules } from "./layers.ts";
import { inScope, pathsOf, type Touched, touchedBy, touchedSince, type WorkTree } from "./scope.ts";
import type { Since } from "./since.ts";

const NOTHING: Pick<OwnChanges, "documents" | "files"> = { documents: [], files: [] };

/** What a check looks at: what changed, as far as a change under judgement touched it, and what judges it. */
export interface Looked extends Layers {
  readonly own: OwnChanges | null;
  readonly changes: readonly OwnChange[];
  readonly documents: readonly ChangedDocument[];
  readonly files: readonly ChangedFile[];
  /** Files under `versions/` that differ. */
  readonly versions: ReadonlySet<string>;
  readonly touched: Touched;
  readonly rules: OwnVersion["rules"];
  readonly faults: readonly OwnFileFault[];
}

/** @param all whether findings may be about anything else as well */
export async function lookedAt(
  version: OpenVersion & { readonly head: string },
  later: WorkTree,
  since: Since | null,
  all: boolean,
): Promise<Looked> {
  const { repo, self, head } = version;
  const base = baseTreeOf(version);
  const here: BaseTree = { commit: since?.from ?? head, holds: [] };
  const faults: OwnFileFault[] = [];
  const rules = self === null ? null : await ownRules(repo, self.id, faults);
  if (self !== null) faults.push(...(await downstreamFaults(repo, self.id)));
  const layers = lazily(() => layersOf(version, base, since, rules?.file ?? null));
  const [own, sinceThen] = await Promise.all([
    base === null || self === null
      ? null
      : ownChanges(version, base, later, async () => (await layers()).judging).catch((error: unknown) => {
          faults.push(asFault(error));
          return null;
        }),
    since === null && base !== null ? null : touchedSince(repo, here, later, all),
  ]);
  const changed = own ?? (base === null ? null : await changesSince(repo, base, later));
  const { documents, files } = changed ?? sinceThen?.changes ?? NOTHING;
  const versions = pathsOf(changed?.versions ?? []);
  const touched = sinceThen ?? touchedBy({ documents, files }, versions, all);
  return {
    ...(await layers()),
    own,
    changes: own === null ? [] : inScope(own, touched, self),
    documents: documents.filter(({ change }) => touched.has(change.path)),
    files: files.filter(({ path }) => touched.has(path)),
    versions,
    touched,
    rules,
    faults,
  };
}

/** What keeps this version's list of those below from being read, or has two of them under one id. */
async function downstreamFaults(repo: Repository, id: string): Promise<OwnFileFault[]> {
  const path = downstreamPath(id);
  try {
    const ids = parseDownstream(path, await readTextInside(repo.root, path)).map((each) => each.id);
    const twice = new Set(ids.filter((each, index) => ids.indexOf(each) !== index));
    return [...twice].map((each) => ({
      path,
      line: null,
      message: `The list of versions below has ${each} twice; an id names one.`,
      remedy: `Take out one of the entries, or give its version an id of its own, in ${path}.`,
    }));
  } catch (error) {
    return [asFault(error)];
  }
}

/** Files that were edited and may be somebody's resource. */
export function editedIn({ files, documents }: Looked): string[] {
  return [
    ...files.filter(({ change }) => change === "edited").map(({ path }) => path),
    ...documents.flatMap(({ base, local }) => (base !== null && local !== null ? [local.path] : [])),
  ].filter((path) => !/\/lessons\//.test(path));
}
