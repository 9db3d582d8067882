import { idsOf, subjectOf } from "./curriculum.ts";
import { addressOf, bringBack, type CoherenceCheck, titled } from "./material.ts";
import { replacementOf, statementTexts } from "./statements.ts";

/** A statement of a framework that upstream's units cover and no unit of this version does. */
export const statementLost: CoherenceCheck = {
  id: "statement-lost",
  severity: "error",
  title: "A framework statement is no longer covered",
  page: {
    what: "A unit covered a statement of a framework upstream; here neither it nor any other unit lists the statement, nor the one that replaced it.",
    why: "What a school has to teach (the national curriculum, an agreed syllabus) is counted from these lists. A statement that left with one line is missed by nobody until an inspection or an exam asks.",
    fix: "List the statement in the unit that teaches it now.",
    accept:
      "If this school need not cover it (an academy with another syllabus), make an exception with the reason.",
  },
  *find({ curriculum, base, baseCommit }) {
    const replacement = replacementOf(curriculum);
    const texts = statementTexts(curriculum);
    const covered = new Set(
      curriculum.units.flatMap((unit) => idsOf(unit, "statements").map((id) => replacement(id))),
    );
    const subjects = new Set(curriculum.units.map(subjectOf));
    const told = new Set<string>();
    for (const before of base.values()) {
      if (before?.type !== "unit" || !subjects.has(subjectOf(before))) continue;
      const unit = curriculum.byId.get(before.id);
      for (const id of idsOf(before, "statements")) {
        if (covered.has(replacement(id)) || told.has(id)) continue;
        told.add(id);
        const text = texts.get(id);
        yield {
          path: (unit ?? before).path,
          line: unit === undefined ? null : (unit.lines.statements ?? 1),
          at: addressOf(unit ?? before, unit === undefined ? null : "@statements"),
          about: id,
          message: `No unit covers ${id} any more${text === undefined ? "" : ` ("${text}")`}; ${titled(before)} did.`,
          remedy:
            unit === undefined
              ? `Add ${id} to statements in the unit that teaches it now. Or: ${bringBack(before, baseCommit)}.`
              : `Add ${id} to statements here, or in the unit that teaches it now.`,
        };
      }
    }
  },
};
