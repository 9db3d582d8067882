import { groupBy } from "../../curriculum/groups.ts";
import type { DocumentFacts } from "../facts.ts";
import { compareTeaching, compareText, type Placement, timeOf } from "./teaching-order.ts";

/** A curriculum as coherence sees it: who refers to whom, and what is taught when. Built once for all checks. */
export interface Curriculum {
  /** By path; of two with one id the first counts. */
  readonly documents: readonly DocumentFacts[];
  readonly byId: ReadonlyMap<string, DocumentFacts>;
  readonly byPath: ReadonlyMap<string, DocumentFacts>;
  readonly units: readonly DocumentFacts[];
  readonly assessments: readonly DocumentFacts[];
  readonly programmes: readonly DocumentFacts[];
  readonly frameworks: readonly DocumentFacts[];
  /** When each unit is taught, in the order of teaching. */
  placementsOf(unit: string): readonly Placement[];
  /** Its lessons: those that it lists in its order, then others that name it. */
  lessonsOf(unit: string): readonly DocumentFacts[];
  /** Units that say they require it. */
  requiredBy(unit: string): readonly DocumentFacts[];
  /** Whether a subject has a long-term plan. */
  isPlanned(subject: string | null): boolean;
}

const NONE: readonly never[] = [];

/** Builds the curriculum of some documents in time linear in their size, whatever their order. */
export function curriculumOf(facts: Iterable<DocumentFacts>): Curriculum {
  const byId = documentsById(facts);
  const own = [...byId.values()];
  const types = groupBy(own, ({ type }) => type);
  const units = types.get("unit") ?? NONE;
  const programmes = types.get("programme") ?? NONE;
  const placements = groupBy(programmes.flatMap(placementsIn), ({ row }) => row.unit);
  for (const each of placements.values()) each.sort(compareTeaching);
  const naming = groupBy(types.get("lesson") ?? NONE, (lesson) => idsOf(lesson, "unit")[0] ?? "");
  const requiring = groupBy(
    units.flatMap((unit) => [...new Set(idsOf(unit, "requires"))].map((required) => ({ required, unit }))),
    ({ required }) => required,
  );
  const planned = new Set(programmes.map(subjectOf));
  return {
    documents: own,
    byId,
    byPath: new Map(own.map((facts) => [facts.path, facts])),
    units,
    programmes,
    assessments: types.get("assessment") ?? NONE,
    frameworks: types.get("framework") ?? NONE,
    placementsOf: (unit) => placements.get(unit) ?? NONE,
    lessonsOf: (unit) => inOrder(byId, unit, naming.get(unit) ?? NONE),
    requiredBy: (unit) => requiring.get(unit)?.map((each) => each.unit) ?? NONE,
    isPlanned: (subject) => planned.has(subject),
  };
}

/** Documents by id, in the order of their paths; of two with one id the first counts. */
export function documentsById(facts: Iterable<DocumentFacts>): ReadonlyMap<string, DocumentFacts> {
  const byId = new Map<string, DocumentFacts>();
  for (const document of [...facts].sort((a, b) => compareText(a.path, b.path)))
    if (!byId.has(document.id)) byId.set(document.id, document);
  return byId;
}

/** The subject of a document: a programme says it, for the others their folder does. */
export function subjectOf(document: DocumentFacts): string | null {
  return idsOf(document, "subject")[0] ?? /^subjects\/([^/]+)\//.exec(document.path)?.[1] ?? null;
}

/** The ids that a field of a document refers to. */
export function idsOf(document: DocumentFacts, field: string): readonly string[] {
  return document.references[field]?.map(({ value }) => value) ?? NONE;
}

/** The unit and the outcome that an id such as `y8-trade.o1` names. */
export function splitOutcome(id: string): { unit: string; outcome: string } {
  const dot = id.lastIndexOf(".");
  return { unit: id.slice(0, Math.max(0, dot)), outcome: id.slice(dot + 1) };
}

function placementsIn(programme: DocumentFacts): Placement[] {
  return programme.sequence.map((row, index) => ({
    programme,
    row,
    index,
    ...timeOf(row.yearGroup, row.term),
  }));
}

function inOrder(
  byId: ReadonlyMap<string, DocumentFacts>,
  unit: string,
  naming: readonly DocumentFacts[],
): DocumentFacts[] {
  const own = byId.get(unit);
  const listed = own === undefined ? [] : idsOf(own, "lessons").flatMap((id) => byId.get(id) ?? []);
  return [...new Set([...listed.filter(({ type }) => type === "lesson"), ...naming])];
}
