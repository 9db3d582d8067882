import type { Document } from "../../curriculum/document.ts";
import { validateDocument } from "../../curriculum/validate.ts";
import type { Check } from "../check.ts";
import { placeOfProblem } from "../place.ts";

/** Fields that are missing or hold something else than they should. */
export const fields: Check<Document> = {
  id: "fields",
  severity: "error",
  title: "A field is missing or not as it should be",
  page: {
    what: "A document of this type needs the field, or expects another kind of value in it.",
    why: "A unit without outcomes or a lesson without its unit drops out of plans, coverage and every later check.",
    fix: "Write the field as the message says. `leeway schema` writes schemas with which editors complete the fields.",
    accept:
      "Where the file is no lesson, unit or the like, give it `type: plain`. Else a dated exception in rules.yaml.",
  },
  *find(document) {
    for (const problem of validateDocument(document)) {
      if (problem.field === "id") continue;
      yield {
        ...placeOfProblem(document, problem),
        message: problem.message,
        remedy: `Write the field as it is expected, in line ${problem.line} of ${document.path}.`,
        about: problem.message,
      };
    }
  },
};
