import type { Document } from "../../curriculum/document.ts";
import type { Check } from "../check.ts";
import { placeOfProblem } from "../place.ts";

/** Fields that cannot be read at all. */
export const frontMatter: Check<Document> = {
  id: "front-matter",
  severity: "error",
  title: "The fields of a document cannot be read",
  page: {
    what: "The front matter, or the YAML file, does not parse: a quotation mark is not closed, a field stands twice, a line is not indented.",
    why: "Nobody can tell what the document says in its fields, so its outcomes, keywords and reasons are not compared, and an update of it needs a person.",
    fix: "Correct the line that is named. Text with a colon, or that begins with a sign, goes in quotation marks.",
    accept: "There is no way round it: the fields could not be checked.",
  },
  *find(document) {
    for (const problem of document.problems) {
      yield {
        ...placeOfProblem(document, problem),
        message: problem.message,
        remedy: `Correct line ${problem.line} of ${document.path}.`,
        about: problem.message,
      };
    }
  },
};
