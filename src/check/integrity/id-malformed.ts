import type { Document } from "../../curriculum/document.ts";
import { validateDocument } from "../../curriculum/validate.ts";
import type { Check } from "../check.ts";
import { placeOfProblem } from "../place.ts";

/** Ids that no address could name. */
export const idMalformed: Check<Document> = {
  id: "id-malformed",
  severity: "error",
  title: "An id cannot be used in an address",
  page: {
    what: "The id of a document is missing, or holds a space, # or @.",
    why: "An id is how other documents, reasons and updates find this one, in every school. With a space or # in it none of them can.",
    fix: "Give the document a short name of lower-case letters, digits and hyphens, such as y8-trade, before anybody forks it.",
    accept: "There is no way round it.",
  },
  *find(document) {
    for (const problem of validateDocument(document)) {
      if (problem.field !== "id") continue;
      yield {
        ...placeOfProblem(document, problem),
        message: problem.message,
        remedy: `Write \`id: ${suggestion(document)}\` there.`,
      };
    }
  },
};

/** The id, or else the file's name, as a slug. */
function suggestion({ id, path }: Document): string {
  const words = id === path ? (path.split("/").at(-1) ?? "").replace(/\.\w+$/, "") : id;
  return words
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "");
}
