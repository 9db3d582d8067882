import type { Document } from "./document.ts";
import type { Fields, Value } from "./value.ts";
import { listAtGlance, valuesAtGlance } from "./values-at-glance.ts";

/**
 * The data of YAML that is nothing but names, lists and values of one line, where a look at each line tells it. Null
 * where only parsing tells, such as lines that are joined. Records, version files and the front matter of documents are
 * seldom anything else, and a trust has thousands of them.
 */
export function dataAtGlance(yaml: string): object | null {
  const list = listAtGlance(yaml, 1);
  if (list !== null) return ifCertain(() => list.map(dataOf));
  const fields = valuesAtGlance(yaml, 1);
  return fields === null ? null : dataOfGlance(fields);
}

/** The same of fields that a look told. */
export function dataOfGlance(fields: Fields): Document["data"] | null {
  // An empty file has no data, which is not the same as no fields.
  return fields.size === 0 ? null : ifCertain(() => dataOfFields(fields));
}

function ifCertain<T>(tell: () => T): T | null {
  try {
    return tell();
  } catch (error) {
    if (error === UNCERTAIN) return null;
    throw error;
  }
}

/** Thrown and caught here alone: a look does not tell. */
const UNCERTAIN = new Error("only parsing tells");

/**
 * What the core schema of YAML 1.2 takes for something else than text where it is plain (10.3.2), and names that are no
 * plain keys.
 */
const NOT_TEXT =
  /^(?:[-+]?\d+|0o[0-7]+|0x[\dA-Fa-f]+|[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)|true|True|TRUE|false|False|FALSE|null|Null|NULL|~)$/;
const NO_KEY = /^(?:__proto__|null|Null|NULL)$/;

function dataOf(value: Value): unknown {
  if (value.kind === "list") return value.items.map(dataOf);
  if (value.kind === "fields") return dataOfFields(value.fields);
  const { text, style } = value;
  if (style === "quoted") return text;
  if (style === "block" || text.includes("\n")) throw UNCERTAIN;
  if (text === "") return null;
  return NOT_TEXT.test(text) ? meaningOf(text) : text;
}

/** A number as people write one, or yes and no. */
function meaningOf(text: string): number | boolean {
  if (/^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,15})?$/.test(text)) return Number(text);
  if (/^true$/i.test(text)) return true;
  if (/^false$/i.test(text)) return false;
  throw UNCERTAIN;
}

function dataOfFields(fields: Fields): Record<string, unknown> {
  const data: Record<string, unknown> = {};
  for (const [name, { value }] of fields) {
    if (NO_KEY.test(name)) throw UNCERTAIN;
    data[name] = dataOf(value);
  }
  return data;
}
