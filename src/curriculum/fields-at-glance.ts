import type { Yaml } from "./document.ts";
import type { Value } from "./value.ts";
import { listKeysOf } from "./values.ts";

/** A passage of fields as a look tells it. */
export interface FieldAtGlance {
  readonly key: string;
  /** The file's line of its name or dash, counted from 1. */
  readonly line: number;
  readonly value: Value;
}

/** A field with the passages that it is: itself, or the items of a keyed list. */
export interface FieldPassages {
  readonly key: string;
  readonly line: number;
  readonly passages: readonly FieldAtGlance[];
}

/** The fields of YAML with their passages, in the order of the file; null where only parsing tells. */
export function fieldsAtGlance({ glance }: Yaml): FieldPassages[] | null {
  if (glance === null) return null;
  return [...glance].map(([name, { line, value }]) => {
    const key = `@${name}`;
    const keys = value.kind === "list" ? listKeysOf(glance, name) : null;
    if (value.kind !== "list" || keys === null) return { key, line, passages: [{ key, line, value }] };
    const passages = value.items.map((item, at) => ({
      key: `${key}.${keys[at]}`,
      line: item.line,
      value: item,
    }));
    return { key, line, passages };
  });
}
