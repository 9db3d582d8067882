import type { Document } from "../curriculum/document.ts";
import { onceFor } from "../curriculum/lazily.ts";
import { addTotals, countPassages, NO_TOTALS, type Totals } from "./totals.ts";
import { fieldTotalsAtGlance, sectionsAtGlance } from "./totals-at-glance.ts";

/**
 * Counts one document: fields and sections each at a glance where that tells, which spares reading the passages of a
 * whole curriculum for every base. What upstream changed is the same document for every version below it, and is
 * counted once.
 */
export const totalsOf = onceFor((document: Document): Totals => {
  const { text, format, frontMatter, yaml } = document;
  const atGlance = yaml === null ? NO_TOTALS : fieldTotalsAtGlance(yaml);
  const fields = atGlance ?? countPassages(document.fields);
  if (format === "yaml") return fields;
  const below = sectionsAtGlance(text.slice(frontMatter.length)) ?? countPassages(document.body);
  return addTotals(fields, below);
});
