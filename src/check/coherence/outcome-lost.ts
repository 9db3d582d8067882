import type { DocumentFacts } from "../facts.ts";
import { type Curriculum, subjectOf } from "./curriculum.ts";
import { addressOf, bringBack, type CoherenceCheck, titled } from "./material.ts";

/** An outcome that upstream has and that no unit of this version has any more. */
export const outcomeLost: CoherenceCheck = {
  id: "outcome-lost",
  severity: "warning",
  title: "An outcome has gone",
  page: {
    what: "An outcome of upstream's unit stands in no unit here, neither by its id nor in its words. Outcomes that were reworded or moved to another unit are not lost; a subject that this version does not teach at all is left alone.",
    why: "Other units, the common assessments and the next school of a pupil who moves all count on the outcome.",
    fix: "Put the outcome back, or give it, word for word, to the unit that teaches it now.",
    accept:
      "If pupils are not to learn it here, make an exception with the reason, agreed with the owner of the unit.",
  },
  *find({ curriculum, base, baseCommit }) {
    const here = new Set(
      curriculum.units.flatMap(({ statements }) => statements.map(({ text }) => wordsOf(text))),
    );
    const subjects = new Set(curriculum.units.map(subjectOf));
    for (const before of base.values()) {
      if (before?.type !== "unit") continue;
      const unit = curriculum.byId.get(before.id);
      const kept = new Set(unit?.statements.map(({ value }) => value));
      const lost = before.statements.filter(
        ({ value, text }) => !kept.has(value) && !here.has(wordsOf(text)),
      );
      if (unit !== undefined) {
        for (const { value, text, key } of lost) {
          yield {
            path: unit.path,
            line: unit.lines.outcomes ?? 1,
            at: addressOf(unit, key),
            about: value,
            message: `${titled(unit)} has lost outcome ${value}: "${text}"`,
            remedy: `Put it back under outcomes here as {id: ${value}, text: ${JSON.stringify(text)}}, or give it in these words to the unit that teaches it now.`,
          };
        }
      } else if (lost.length > 0 && subjects.has(subjectOf(before)))
        yield goneUnit(before, lost.length, curriculum, baseCommit);
    }
  },
};

function goneUnit(before: DocumentFacts, lost: number, curriculum: Curriculum, baseCommit: string | null) {
  const outcomes = lost === 1 ? "its outcome" : `its ${lost} outcomes`;
  return {
    path: before.path,
    line: null,
    at: addressOf(before, null),
    from: curriculum.requiredBy(before.id).map(({ path }) => path),
    message: `The unit ${titled(before)} is not here any more, and nothing else has ${outcomes}.`,
    remedy: `${bringBack(before, baseCommit)}, or give ${outcomes}, word for word, to units that teach them now.`,
  };
}

function wordsOf(text: string): string {
  return text.trim().replace(/\s+/g, " ").toLowerCase();
}
