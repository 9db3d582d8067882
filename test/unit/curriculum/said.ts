import { isMap, isScalar, isSeq } from "yaml";
import type { Value } from "../../../src/curriculum/value.ts";

/** What a value says, without its lines; text of several lines as its words. */
export function said(value: Value): unknown {
  if (value.kind === "text") return value.text.split(/\s+/).filter(Boolean).join(" ");
  if (value.kind === "list") return value.items.map(said);
  return Object.fromEntries([...value.fields].map(([name, each]) => [name, said(each.value)]));
}

/** The same by the YAML parser. */
export function parsed(node: unknown): unknown {
  if (isMap(node)) {
    return Object.fromEntries(
      node.items.map(({ key, value }) => [String((key as { value: unknown }).value), parsed(value)]),
    );
  }
  if (isSeq(node)) return node.items.map(parsed);
  if (!isScalar(node) || node.value === null) return "";
  return String(node.source ?? node.value)
    .split(/\s+/)
    .filter(Boolean)
    .join(" ");
}
