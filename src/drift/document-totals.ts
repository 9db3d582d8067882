import type { Document } from "../curriculum/document.ts";
import { yamlOf } from "../curriculum/values.ts";
import { addTotals, countPassages, NO_TOTALS, type Totals } from "./totals.ts";
import { fieldsAtGlance, sectionsAtGlance } from "./totals-at-glance.ts";

const counted = new WeakMap<Document, Totals>();

/**
 * Counts one document: fields and sections each at a glance where that tells, which spares reading the passages of a
 * whole curriculum for every base. What upstream changed is the same document for every version below it, and is
 * counted once.
 */
export function totalsOf(document: Document): Totals {
  const totals = counted.get(document) ?? countDocument(document);
  counted.set(document, totals);
  return totals;
}

function countDocument(document: Document): Totals {
  const { text, format, frontMatter } = document;
  if (format === "yaml") return fieldsAtGlance(text) ?? countPassages(document.passages);
  const below = sectionsAtGlance(text.slice(frontMatter.length)) ?? countPassages(document.body);
  const yaml = yamlOf(document);
  return addTotals((yaml === null ? null : fieldsAtGlance(yaml.text)) ?? countAbove(document), below);
}

function countAbove(document: Document): Totals {
  if (document.frontMatter === "") return NO_TOTALS;
  return countPassages(document.passages.slice(0, document.passages.length - document.body.length));
}
