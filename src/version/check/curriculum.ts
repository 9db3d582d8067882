import { replacedIn } from "../../check/coherence/replaced.ts";
import type { DocumentFacts } from "../../check/facts.ts";
import { factsOf, factsWithProse, statementsOf } from "../../check/facts.ts";
import type { FoundAlone } from "../../check/index.ts";
import type { Curriculum, DocumentOutline } from "../../check/material.ts";
import { isCurriculumPath } from "../../curriculum/conventions.ts";
import type { Document } from "../../curriculum/document.ts";
import { lazily } from "../../curriculum/lazily.ts";
import { decodeText, readDocument } from "../../curriculum/read.ts";
import { readFile } from "../../files/read.ts";
import { withoutSubmodules } from "../../git/raw-diff.ts";
import type { Repository } from "../../git/repository.ts";
import { listTree } from "../../git/trees.ts";
import { curriculumBlobs } from "../base/base-totals.ts";
import type { BaseTree } from "../base/base-tree.ts";
import type { ChangedDocument } from "../change/changes.ts";
import type { OpenVersion } from "../open.ts";
import { FACTS, type Gleaning, OUTLINE, WHOLE } from "./gleanings.ts";
import { type Placed, readKept } from "./kept.ts";
import { type HereAndBefore, withMentions } from "./mentions.ts";
import type { WorkTree } from "./scope.ts";
import type { Since } from "./since.ts";

/** What is asked about the whole curriculum. */
export interface Wanted {
  /** What documents say of each other, whatever was changed. */
  readonly facts: boolean;
  /** Every passage with its words. */
  readonly outline: boolean;
  /** What documents tell alone, the unchanged ones as well. */
  readonly alone: boolean;
}

/** What was read of the whole curriculum. */
export interface ReadCurriculum {
  readonly curriculum: Curriculum | null;
  readonly outline: DocumentOutline[] | null;
  readonly alone: readonly FoundAlone[];
  readonly listing: readonly Document[];
}

/**
 * Reads what there is to know of all documents, here and at the base, as far as it is asked for or what was changed
 * can matter to others. A changed section, which nobody refers to, is checked without the rest.
 */
export async function readCurriculum(
  version: OpenVersion,
  before: BaseTree | null,
  since: Since | null,
  inside: readonly ChangedDocument[],
  /** Files that were edited and may be somebody's resource. */
  edited: readonly string[],
  later: WorkTree,
  wanted: Wanted,
): Promise<ReadCurriculum> {
  const { repo, head } = version;
  const listing = await listingOf(version, edited, later);
  const needsFacts = wanted.facts || inside.some(saysOther);
  if (head === null || !(needsFacts || wanted.outline || wanted.alone))
    return { curriculum: null, outline: null, alone: [], listing };
  const base: BaseTree = before ?? { commit: since?.from ?? head, holds: [] };
  const [here, atBase] = await Promise.all([
    placedHere(version, later),
    needsFacts ? curriculumBlobs(repo, base) : new Map<string, string>(),
  ]);
  if (wanted.alone) {
    const found = await readBoth(repo, WHOLE, here, atBase);
    const all = present(found.here);
    const outline = wanted.outline ? all.map((each) => each.outline) : null;
    const alone = all.flatMap((each) => each.alone);
    const onlyFacts = (all: typeof found.here) => all.map((each) => each?.facts ?? null);
    const known = withPlaces({ here: onlyFacts(found.here), before: onlyFacts(found.before) }, here, atBase);
    return { curriculum: asCurriculum(known), outline, alone, listing };
  }
  const outline = wanted.outline ? present(await readKept(repo, OUTLINE, here)) : null;
  if (!needsFacts) return { curriculum: null, outline, alone: [], listing };
  const known = withPlaces(await readBoth(repo, FACTS, here, atBase), here, atBase);
  const told = inside.some(replaces) ? await withMentions(repo, known) : known;
  return { curriculum: asCurriculum(told), outline, alone: [], listing };
}

/** What is known of documents as they are here, in their order, and as they are at the base. */
interface Both<T> {
  readonly here: readonly (T | null)[];
  readonly before: readonly (T | null)[];
}

/** Most documents are here as they are at the base, and are looked up once. */
async function readBoth<T>(
  repo: Repository,
  gleaning: Gleaning<T>,
  here: readonly Placed[],
  before: ReadonlyMap<string, string>,
): Promise<Both<T>> {
  const places = new Map<string, number>();
  here.forEach(([path, place], index) => {
    if ("oid" in place && before.get(path) === place.oid) places.set(path, index);
  });
  const others = [...before].filter(([path]) => !places.has(path));
  const found = await readKept(repo, gleaning, [
    ...here,
    ...others.map(([path, oid]): Placed => [path, { oid }]),
  ]);
  others.forEach(([path], index) => {
    places.set(path, here.length + index);
  });
  return {
    here: found.slice(0, here.length),
    before: [...before.keys()].map((path) => found[places.get(path) ?? -1] ?? null),
  };
}

function present<T>(all: readonly (T | null)[]): T[] {
  return all.filter((each) => each !== null);
}

function withPlaces(
  both: Both<DocumentFacts>,
  here: readonly Placed[],
  before: ReadonlyMap<string, string>,
): HereAndBefore {
  return {
    here: here.map((placed, index) => [placed, both.here[index] ?? null]),
    before: [...before].map(([path, oid], index) => [[path, { oid }], both.before[index] ?? null]),
  };
}

/** A document that cannot be read here, or lost its id, is still the one that others refer to: as the base has it. */
function asCurriculum(known: HereAndBefore): Curriculum {
  const before = present(known.before.map(([, facts]) => facts));
  const byPath = lazily(() => new Map(before.map((facts) => [facts.path, facts])));
  const here = known.here.flatMap(([[path], facts]) => {
    const isOwn = facts !== null && facts.id !== path;
    return (isOwn ? facts : byPath().get(path)) ?? facts ?? [];
  });
  return { here, before };
}

/** Whether a document says anything else of itself or of others than it did: fields, words that it marks, images. */
function saysOther(document: ChangedDocument): boolean {
  const { base, local } = document;
  if (base === null || local === null || base.path !== local.path) return true;
  return said(base) !== said(local) || replaces(document);
}

/** Whether a name or a title went that other documents may still mention. */
function replaces({ base, local }: ChangedDocument): boolean {
  if (base === null) return false;
  return replacedIn(factsWithProse(base), local === null ? null : factsWithProse(local)).length > 0;
}

function said(document: Document): string {
  const { lines: _, files: __, ...facts } = factsOf(document);
  return JSON.stringify({ ...facts, statements: statementsOf(document) }, (name, value) =>
    name === "line" ? undefined : value,
  );
}

/** Every document as it is here: its blob, or its text where that is not stored; of what cannot be read the blob. */
async function placedHere({ repo, head }: OpenVersion, later: WorkTree): Promise<Placed[]> {
  const blobs =
    head === null ? new Map<string, string>() : await curriculumBlobs(repo, { commit: head, holds: [] });
  const { changes: all, untracked } = await later.status;
  const changes = withoutSubmodules(all);
  const gone = new Set(
    changes.flatMap(({ path, from, status: kind }) => (kind === "D" ? [path] : (from ?? []))),
  );
  const unsaved = [...changes.map(({ path }) => path), ...untracked].filter(isCurriculumPath);
  const documents = await readHere(
    repo.root,
    unsaved.filter((path) => !gone.has(path)),
    later,
  );
  const read = new Set(documents.map(({ path }) => path));
  return [
    ...[...blobs].flatMap(([path, oid]): Placed[] =>
      gone.has(path) || read.has(path) ? [] : [[path, { oid }]],
    ),
    ...documents.map((document): Placed => [document.path, { document }]),
  ].sort(([a], [b]) => (a < b ? -1 : 1));
}

async function readHere(root: string, paths: readonly string[], { instead }: WorkTree): Promise<Document[]> {
  const found: Document[] = [];
  for (const path of paths) {
    const bytes = instead.get(path) ?? (await readFile(`${root}/${path}`));
    const decoded = bytes && decodeText(bytes);
    if (decoded && "text" in decoded) found.push(readDocument(path, decoded.text));
  }
  return found;
}

/** Documents of the units in which a resource or another file was edited: one of them may list it. */
async function listingOf(
  { repo, head }: OpenVersion,
  edited: readonly string[],
  later: WorkTree,
): Promise<Document[]> {
  const units = new Set(
    edited.flatMap((path) => /^(.*)\/(?:resources|images|files|figures)\//.exec(path)?.[1] ?? []),
  );
  if (head === null || units.size === 0) return [];
  const lists = await Promise.all([...units].map((unit) => listTree(repo, head, [`${unit}/`])));
  const paths = new Set(lists.flatMap((files) => [...files.keys()]).filter(isCurriculumPath));
  return readHere(repo.root, [...paths], later);
}
