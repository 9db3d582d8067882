import { isMap, isScalar, isSeq, parseDocument } from "yaml";
import type { Document, Yaml } from "./document.ts";
import { keysOfItems } from "./item-keys.ts";
import { onceFor } from "./lazily.ts";
import { lineAt, lineStarts } from "./lines.ts";
import type { Fields, FieldsValue, TextValue, Value } from "./value.ts";

/**
 * The fields of a document with their lines: by a look at each line where that tells them, else by the YAML parser,
 * which costs ten times as much. None where they do not parse.
 */
export const fieldsOf = onceFor((document: Document): Fields => {
  const { yaml } = document;
  return yaml === null ? new Map() : (yaml.glance ?? parsedFields(document, yaml));
});

function parsedFields(document: Document, { text: yaml, line: firstLine }: Yaml): Fields {
  // What Leeway cannot read, or will not unfold, it has said in the document's problems.
  if (document.passages.some(({ key }) => key === "@")) return new Map();
  const { contents } = parseDocument(yaml, { prettyErrors: false, logLevel: "error", uniqueKeys: false });
  const starts = lineStarts(yaml);
  const lineOf = (node: unknown): number =>
    firstLine - 1 + lineAt(starts, (node as { range?: readonly number[] | null } | null)?.range?.[0] ?? 0);
  const read = (node: unknown): Value => {
    const line = lineOf(node);
    if (isMap(node)) {
      const fields = new Map<string, { line: number; value: Value }>();
      for (const { key, value } of node.items) {
        if (isScalar(key)) fields.set(String(key.value), { line: lineOf(key), value: read(value) });
      }
      return { kind: "fields", line, fields };
    }
    if (isSeq(node)) return { kind: "list", line, items: node.items.map(read) };
    if (!isScalar(node) || node.value === null) return { kind: "text", line, text: "" };
    const [start = 0, end = 0] = node.range ?? [];
    return textValue(yaml.slice(start, end).trimEnd(), String(node.source ?? node.value), line);
  };
  const root = read(contents);
  return root.kind === "fields" ? root.fields : new Map();
}

/** Text on one line is its value; of several lines they are as they stand, without the sign of a block above them. */
function textValue(raw: string, value: string, line: number): TextValue {
  if (!raw.includes("\n")) return { kind: "text", line, text: value };
  const lines = raw.split(/\r?\n/).map((each) => each.trim());
  const isBlock = /^[|>]/.test(raw);
  return {
    kind: "text",
    line: isBlock ? line + 1 : line,
    text: (isBlock ? lines.slice(1) : lines).join("\n"),
  };
}

/** The text of a field; null where it has none. */
export function textOf(fields: Fields, name: string): TextValue | null {
  const value = fields.get(name)?.value;
  return value?.kind === "text" && value.text.trim() !== "" ? value : null;
}

/** The items of a list; none where it is none. */
export function itemsOf(fields: Fields, name: string): readonly Value[] {
  const value = fields.get(name)?.value;
  return value?.kind === "list" ? value.items : [];
}

/** The keys of a list's items, where it is keyed; null where it is one field as a whole, or no list. */
export function listKeysOf(fields: Fields, name: string): readonly string[] | null {
  const items = itemsOf(fields, name);
  if (items.length === 0) return null;
  const keyed = items.filter((item): item is FieldsValue => item.kind === "fields");
  if (keyed.length < items.length) return null;
  const readers = keyed.map(
    ({ fields: each }) =>
      (field: string) =>
        textOf(each, field)?.text ?? null,
  );
  return keysOfItems(name, readers);
}

/** For each item of a list the key of the passage that it stands in (`@outcomes.o2`); the field's where it is not keyed. */
export function itemKeysOf(fields: Fields, name: string): readonly string[] {
  const keys = listKeysOf(fields, name);
  return itemsOf(fields, name).map((_, at) => (keys === null ? `@${name}` : `@${name}.${keys[at]}`));
}
