import type { Document } from "../curriculum/document.ts";
import { lineAt, lineStarts } from "../curriculum/lines.ts";
import type { Fields, Value } from "../curriculum/value.ts";
import { itemKeysOf } from "../curriculum/values.ts";

/** A part of a document's running text, and the line and passage that it stands in. */
export interface Prose {
  readonly key: string;
  readonly line: number;
  readonly text: string;
}

/** Fields that hold ids, figures or citations, and no running text. */
const NO_PROSE = new Set(
  "id type unit requires statements lessons assesses when sequence subject keyStage yearGroups minutes common"
    .split(" ")
    .concat(
      "leeway sources reviewBy threads owner name version examBoard specification entryTier term invites".split(
        " ",
      ),
    ),
);
/** Fields of items that hold no running text. */
const NO_PROSE_IN_ITEMS = new Set(["id", "at", "kind", "path", "url", "licence", "credit", "replacedBy"]);

/** The running text of fields: a field or an item a passage. */
export function fieldProse(fields: Fields): Prose[] {
  const prose: Prose[] = [];
  for (const [name, { value }] of fields) {
    if (NO_PROSE.has(name)) continue;
    const keys = itemKeysOf(fields, name);
    const parts = value.kind === "list" ? value.items : [value];
    for (const [at, part] of parts.entries()) prose.push(...proseIn(part, keys[at] ?? `@${name}`));
  }
  return prose;
}

function proseIn(value: Value, key: string): Prose[] {
  if (value.kind === "text") return value.text === "" ? [] : [{ key, line: value.line, text: value.text }];
  if (value.kind === "list") return value.items.flatMap((item) => proseIn(item, key));
  return [...value.fields].flatMap(([name, each]) =>
    NO_PROSE_IN_ITEMS.has(name) ? [] : proseIn(each.value, key),
  );
}

/** The running text of sections. */
export function bodyProse(document: Document): Prose[] {
  const { text, bodySlices } = document;
  const starts = lineStarts(text);
  return bodySlices.flatMap(({ start, end, passages: [key] }) =>
    key === undefined ? [] : [{ key, line: lineAt(starts, start), text: text.slice(start, end) }],
  );
}
