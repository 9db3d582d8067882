import { formatAddress, quoteAddress, quotePath } from "../curriculum/address.ts";
import type { Document, Problem } from "../curriculum/document.ts";
import type { Found } from "./finding.ts";
import type { JudgedChange, Material } from "./material.ts";

/** Where a changed passage stands now; of one that is gone only the file is left to point at. */
export function placeOf({ at, document, passage }: JudgedChange): Pick<Found, "path" | "line" | "at"> {
  return { path: document.change.path, line: passage.local?.line ?? null, at };
}

/** Where a fault of a document stands: in the field that it is about, if any. */
export function placeOfProblem(
  document: Document,
  { line, field }: Problem,
): Pick<Found, "path" | "line" | "at"> {
  return { path: document.path, line, at: formatAddress(document.id, field ? `@${field}` : null) };
}

/** How a passage, or a whole document that is gone or new, is put back to what upstream has. */
export function putBack({ base }: Material, change: JudgedChange): string {
  const { base: before, local } = change.document;
  if (before === null && local !== null) return `Remove the file: \`rm "${local.path}"\`.`;
  if (local === null && before !== null)
    return `Put the document back: \`git checkout ${base} -- ${quotePath(before.path)}\`.`;
  return `\`leeway diff ${quoteAddress(change.at)}\` shows the text as it was; put it back`;
}

/** A reason as it stands in the middle of a sentence. */
export function because(reason: string | null): string {
  return reason === null ? "" : ` because: ${reason.trim().replace(/\.$/, "")}`;
}
