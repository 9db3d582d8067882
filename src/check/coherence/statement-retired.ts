import { idsOf } from "./curriculum.ts";
import { addressOf, type CoherenceCheck, titled } from "./material.ts";
import { replacementOf } from "./statements.ts";

/** A unit that lists a statement which its framework has withdrawn. */
export const statementRetired: CoherenceCheck = {
  id: "statement-retired",
  severity: "warning",
  title: "A withdrawn statement is still listed",
  page: {
    what: "A unit lists a framework statement that says `replacedBy`: another statement stands in its place.",
    why: "Coverage is counted by statement. The old one counts for nothing, and the new one looks as if nobody taught it.",
    fix: "Write the id of the new statement in place of the old one, and look whether the unit still fits its words.",
    accept: "If the school still follows the old framework, make an exception with the reason.",
  },
  *find({ curriculum }) {
    const replacement = replacementOf(curriculum);
    for (const unit of curriculum.units) {
      for (const { value, line, key } of unit.references.statements ?? []) {
        const now = replacement(value);
        if (now === value) continue;
        const hasIt = idsOf(unit, "statements").includes(now);
        yield {
          path: unit.path,
          line,
          at: addressOf(unit, key),
          about: value,
          from: curriculum.frameworks.filter(({ replaced }) => value in replaced).map(({ path }) => path),
          message: `${titled(unit)} lists ${value}, which has been withdrawn; ${now} replaces it.`,
          remedy: hasIt
            ? `Take ${value} out of statements here; ${now} is there already.`
            : `Write ${now} in place of ${value} under statements here.`,
        };
      }
    }
  },
};
