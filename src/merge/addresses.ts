import type { Slice } from "../curriculum/document.ts";
import { type FieldPassages, fieldsAtGlance } from "../curriculum/fields-at-glance.ts";
import { lazily } from "../curriculum/lazily.ts";
import { lineAt, lineStarts } from "../curriculum/lines.ts";
import { readDocument } from "../curriculum/read.ts";

/**
 * Finds the key of the passage at an offset of a text. Fields and what stands below them are read when they are first
 * asked for, each for itself.
 */
export function addressIn(path: string, text: string): (offset: number) => string {
  const read = lazily(() => readDocument(path, text));
  const fields = lazily(() => {
    const { yaml } = read();
    return yaml && fieldsAtGlance(yaml);
  });
  const starts = lazily(() => lineStarts(text));
  return (offset) => {
    const document = read();
    if (document.format === "markdown" && offset >= document.frontMatter.length)
      return keyAt(document.bodySlices, offset);
    const line = lineAt(starts(), offset);
    const says = isField(text.slice(starts()[line - 1], starts()[line]));
    const seen = says ? fields() : null;
    return seen ? keyOnLine(seen, line) : keyAt(document.slices, offset);
  };
}

/** What is no more than a remark, a rule or a blank line belongs to what stands below it, which only reading tells. */
function isField(line: string): boolean {
  return /^ *[^ #\r\n]/.test(line) && !/^(?:---|\.\.\.)/.test(line);
}

/** A line that opens a list has no passage of its own; it is called for the list. */
function keyOnLine(fields: readonly FieldPassages[], line: number): string {
  const field = fields.findLast((each) => each.line <= line);
  const passage = field?.passages.findLast((each) => each.line <= line);
  // Items on the line of their list are edited as one.
  const isOnOneLine = field !== undefined && field.passages[0]?.line === field.line;
  return (isOnOneLine ? field.passages[0] : (passage ?? field))?.key ?? "";
}

function keyAt(slices: readonly Slice[], offset: number): string {
  let low = 0;
  let high = slices.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((slices[middle]?.start ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  const slice = slices[low - 1];
  return slice?.passages[0] ?? (slice?.name.startsWith("@") ? slice.name.replace(/:$/, "") : "");
}
