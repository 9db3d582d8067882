import { groupBy } from "../../curriculum/groups.ts";
import type { DocumentFacts, Mention } from "../facts.ts";
import { type Curriculum, splitOutcome, subjectOf } from "./curriculum.ts";
import { addressOf, type CoherenceCheck, plansWith, titled } from "./material.ts";
import { type Time, timeOf, wordsForTime } from "./teaching-order.ts";

/** An assessment that is set before what it assesses has been taught. */
export const assessedEarly: CoherenceCheck = {
  id: "assessed-early",
  severity: "error",
  title: "Assessed before it is taught",
  page: {
    what: "An assessment says `when` it is set, and a unit whose outcomes it assesses is taught only later, or in no long-term plan.",
    why: "Pupils are marked on what nobody has taught them, and the results say nothing about the teaching.",
    fix: "Move the assessment after the unit, or take the outcome out of `assesses`.",
    accept: "A check of what pupils know beforehand need not name outcomes; leave `assesses` to what counts.",
  },
  *find(material) {
    const { curriculum } = material;
    for (const assessment of curriculum.assessments) {
      const { when } = assessment;
      const assesses = assessment.references.assesses ?? [];
      if (when === null) continue;
      for (const [id, mentions] of groupBy(assesses, ({ value }) => splitOutcome(value).unit)) {
        const unit = curriculum.byId.get(id);
        const [first] = mentions;
        if (unit === undefined || first === undefined) continue;
        const fault = faultOf(curriculum, assessment, unit, mentions);
        if (fault === null) continue;
        const place = {
          path: assessment.path,
          line: first.line,
          at: addressOf(assessment, first.key),
          about: id,
        };
        yield { ...place, ...fault, from: plansWith(material, [id]) };
      }
    }
  },
};

function faultOf(
  curriculum: Curriculum,
  assessment: DocumentFacts,
  unit: DocumentFacts,
  mentions: readonly Mention[],
) {
  const time = assessment.when ?? { yearGroup: null, term: null };
  const placements = curriculum.placementsOf(unit.id);
  const set = timeOf(time.yearGroup, time.term);
  const out = `take ${mentions.map(({ value }) => value).join(", ")} out of assesses here`;
  const [first] = placements;
  if (first === undefined) {
    if (!curriculum.isPlanned(subjectOf(unit))) return null;
    return {
      message: `${titled(assessment)} assesses ${titled(unit)}, which no long-term plan teaches.`,
      remedy: `Add ${unit.id} to a plan no later than ${wordsForTime(time)}, or ${out}.`,
    };
  }
  if (placements.some((each) => !isAfter(each, set))) return null;
  const { yearGroup, term } = first.row;
  const fields = [`yearGroup: ${yearGroup}`, ...(term === null ? [] : [`term: ${term}`])].join(", ");
  return {
    message: `${titled(assessment)} is set in ${wordsForTime(time)} and assesses ${titled(unit)}, which is taught later (${wordsForTime(first.row)}).`,
    remedy: `Write when: {${fields}} here, or ${out}.`,
  };
}

/** Whether something surely begins after a time. */
function isAfter(taught: Time, set: Time): boolean {
  if (taught.years === null || set.years === null) return false;
  if (taught.years.from !== set.years.to) return taught.years.from > set.years.to;
  // In mixed-age years the half-terms say nothing about one child.
  if (taught.years.to !== taught.years.from || set.years.from !== set.years.to) return false;
  return taught.terms !== null && set.terms !== null && taught.terms.from > set.terms.to;
}
