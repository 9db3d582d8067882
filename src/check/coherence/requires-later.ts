import type { DocumentFacts } from "../facts.ts";
import { type Curriculum, subjectOf } from "./curriculum.ts";
import { addressOf, type CoherenceCheck, plansWith, titled } from "./material.ts";
import { requiredRings } from "./requires-cycle.ts";
import { isBefore, type Placement, wordsForTime } from "./teaching-order.ts";

/** A unit that is taught before one that it requires, or requires one that nobody teaches. */
export const requiresLater: CoherenceCheck = {
  id: "requires-later",
  severity: "error",
  title: "A required unit comes too late",
  page: {
    what: "A unit requires another, and the long-term plans teach that one later, or not at all. Years, half-terms and the order of rows count, across programmes and key stages.",
    why: "Pupils sit in a lesson that builds on what they have not met; the teacher finds out in the room.",
    fix: "Move the required unit forward in the plan, or the other one back; or take the requirement out, if pupils can do without.",
    accept:
      "Where pupils bring it from elsewhere (another school, a club), say so in `priorKnowledge` rather than in `requires`.",
  },
  *find(material) {
    const { curriculum } = material;
    const ringOf = new Map<string, number>();
    for (const [at, ring] of requiredRings(curriculum).entries())
      for (const { id } of ring) ringOf.set(id, at);
    for (const unit of curriculum.units) {
      for (const mention of unit.references.requires ?? []) {
        const required = curriculum.byId.get(mention.value);
        if (required?.type !== "unit") continue;
        // In a ring one of them is always too late; that is told as a ring.
        if (ringOf.has(unit.id) && ringOf.get(unit.id) === ringOf.get(required.id)) continue;
        const fault = faultOf(curriculum, unit, required);
        if (fault === null) continue;
        const place = {
          path: unit.path,
          line: mention.line,
          at: addressOf(unit, mention.key),
          about: required.id,
        };
        yield { ...place, ...fault, from: plansWith(material, [unit.id, required.id]) };
      }
    }
  },
};

interface Fault {
  readonly message: string;
  readonly remedy: string;
}

function faultOf(curriculum: Curriculum, unit: DocumentFacts, required: DocumentFacts): Fault | null {
  const own = curriculum.placementsOf(unit.id);
  const theirs = curriculum.placementsOf(required.id);
  const [taught] = own;
  if (taught === undefined) return null;
  if (theirs.length === 0) {
    if (!curriculum.isPlanned(subjectOf(required))) return null;
    return {
      message: `${titled(unit)} (${wordsForTime(taught.row)}) requires ${titled(required)}, which no long-term plan teaches.`,
      remedy: `Add ${required.id} to a plan before ${wordsForTime(taught.row)}, or take it out of requires here.`,
    };
  }
  for (const first of firstInEach(own)) {
    const able = theirs.filter((each) => isOnTheWay(each, first, theirs));
    if (able.some((each) => isBefore(each, first) !== false)) continue;
    const late = able[0] ?? theirs[0];
    if (late === undefined) continue;
    return {
      message: `${titled(unit)} (${wordsForTime(first.row)}) requires ${titled(required)}, which is taught after it (${wordsForTime(late.row)}).`,
      remedy: `${move(late, first)}, or take it out of requires here.`,
    };
  }
  return null;
}

/** The first time that each programme teaches a unit. */
function firstInEach(placements: readonly Placement[]): Placement[] {
  const first = new Map<string, Placement>();
  for (const each of placements) if (!first.has(each.programme.path)) first.set(each.programme.path, each);
  return [...first.values()];
}

/**
 * Whether pupils of one plan meet what stands in another: always where their own plan leaves it out; else where the
 * other is of other years. Two plans for the same years are two ways to go (entry tiers, exam boards).
 */
function isOnTheWay(each: Placement, first: Placement, all: readonly Placement[]): boolean {
  const isOwn = (placement: Placement) => placement.programme.path === first.programme.path;
  if (isOwn(each) || !all.some(isOwn)) return true;
  return (
    each.years !== null &&
    first.years !== null &&
    each.years.to < first.years.from &&
    !shareYears(each, first)
  );
}

function shareYears(a: Placement, b: Placement): boolean {
  const years = new Set(a.programme.sequence.map(({ yearGroup }) => yearGroup));
  return b.programme.sequence.some(({ yearGroup }) => years.has(yearGroup));
}

function move(late: Placement, first: Placement): string {
  const { path } = late.programme;
  if (
    path === first.programme.path &&
    late.row.term === first.row.term &&
    late.row.yearGroup === first.row.yearGroup
  ) {
    return `In ${path} put the row of ${late.row.unit} above that of ${first.row.unit}`;
  }
  return `In ${path} give ${late.row.unit} a time before ${wordsForTime(first.row)}`;
}
