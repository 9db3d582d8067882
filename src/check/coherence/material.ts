import { formatAddress, quotePath } from "../../curriculum/address.ts";
import type { Check } from "../check.ts";
import type { DocumentFacts } from "../facts.ts";
import { type Curriculum, curriculumOf, documentsById } from "./curriculum.ts";

/** How much time a version has, as its `version.yaml` says; null where it does not. */
export interface Timetable {
  /** Weeks in a school year. */
  readonly weeks: number | null;
  /** Periods a week, by subject. */
  readonly periods: ReadonlyMap<string, number>;
  /** Length of a period. */
  readonly minutes: number | null;
  /** The file that says so. */
  readonly path: string | null;
}

/** What the checks of coherence look at. */
export interface CoherenceMaterial {
  /** The whole curriculum as it stands here: inherited and adapted. */
  readonly curriculum: Curriculum;
  /**
   * At this version's base, by id, the documents that it changed or took away, and null for those that it added;
   * unchanged ones may be there too. Empty for the centre.
   */
  readonly base: ReadonlyMap<string, DocumentFacts | null>;
  /** The commit of that base, where one is known; a file that is gone is brought back from it. */
  readonly baseCommit: string | null;
  readonly timetable: Timetable;
}

/** What was read of a version, as the checks of coherence look at it; `before` is its base, null for the centre. */
export function coherenceMaterial(read: {
  readonly here: readonly DocumentFacts[];
  readonly before: readonly DocumentFacts[] | null;
  readonly baseCommit: string | null;
  readonly timetable: Timetable;
}): CoherenceMaterial {
  const { here, before, baseCommit, timetable } = read;
  const curriculum = curriculumOf(here);
  return {
    curriculum,
    base: before === null ? new Map() : baseOf(curriculum, before),
    baseCommit,
    timetable,
  };
}

function baseOf(
  curriculum: Curriculum,
  before: readonly DocumentFacts[],
): ReadonlyMap<string, DocumentFacts | null> {
  const known = documentsById(before);
  const byId = new Map([...known.values()].map((facts) => named(curriculum, known, facts)));
  const added = curriculum.documents.filter(({ id }) => !byId.has(id));
  return new Map([...byId, ...added.map(({ id }) => [id, null] as const)]);
}

/** A document whose id was changed is no other one; that its id was changed is told elsewhere. */
function named(
  { byId, byPath }: Curriculum,
  known: ReadonlyMap<string, DocumentFacts>,
  facts: DocumentFacts,
): [string, DocumentFacts] {
  const here = byId.has(facts.id) ? undefined : byPath.get(facts.path);
  return here === undefined || known.has(here.id) ? [facts.id, facts] : [here.id, { ...facts, id: here.id }];
}

/** The timetable as `version.yaml` states it: `{weeks: 39, periods: {history: 2}, minutes: 60}`; the rest is left alone. */
export function readTimetable(stated: unknown, path: string | null = null): Timetable {
  const { weeks, periods, minutes } = Object(stated) as Readonly<Record<string, unknown>>;
  const bySubject = Object.entries(Object(periods) as Record<string, unknown>).flatMap(
    ([subject, each]): [string, number][] => (isCount(each) ? [[subject, each]] : []),
  );
  return {
    weeks: isCount(weeks) ? weeks : null,
    periods: new Map(bySubject),
    minutes: isCount(minutes) ? minutes : null,
    path,
  };
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && value > 0;
}

/**
 * Documents whose change may have brought something about: those here or at the base, as they were, that did or said
 * what now is missing.
 */
export function pathsThat(
  { curriculum, base }: Pick<CoherenceMaterial, "curriculum" | "base">,
  did: (document: DocumentFacts) => boolean,
): string[] {
  const all = [...curriculum.documents, ...base.values()];
  return [...new Set(all.flatMap((each) => (each !== null && did(each) ? [each.path] : [])))];
}

/** The long-term plans that have or had one of some units. */
export function plansWith(
  material: Pick<CoherenceMaterial, "curriculum" | "base">,
  units: readonly string[],
): string[] {
  return pathsThat(material, ({ sequence }) => sequence.some(({ unit }) => units.includes(unit)));
}

export type CoherenceCheck = Check<CoherenceMaterial>;

/** The address of a passage of a document. */
export function addressOf(document: Pick<DocumentFacts, "id">, key: string | null): string {
  return formatAddress(document.id, key);
}

/** A document's title as messages say it. */
export function titled({ title }: Pick<DocumentFacts, "title">): string {
  return `"${title}"`;
}

/** How a file that this version took away comes back. */
export function bringBack({ path }: Pick<DocumentFacts, "path">, baseCommit: string | null): string {
  return `Bring ${path} back from upstream${baseCommit === null ? "" : ` (git checkout ${baseCommit.slice(0, 12)} -- ${quotePath(path)})`}`;
}
