import { isMap, isScalar, isSeq } from "yaml";
import { lineAt, lineStarts } from "./lines.ts";
import { parseYaml } from "./parse-yaml.ts";

/** One fault that a schema found; zod's own words are not for people. */
interface Issue {
  readonly code?: string | undefined;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly expected?: unknown;
  readonly values?: readonly unknown[];
}

const TYPES: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  array: "a list",
  object: "fields (name: value)",
  record: "fields (name: value)",
};

/** What is wrong with a field, and which it is: `name is missing`, `rules, number 1: a lock must say because`. */
export function wordsForFieldFault(
  issues: readonly Issue[],
  data: unknown,
): { field: string; words: string } {
  const [issue] = issues;
  if (issue === undefined || issue.path.length === 0) {
    return { field: "the file", words: "expected fields (name: value)" };
  }
  const field = issue.path
    .map((key) => (typeof key === "number" ? `, number ${key + 1}, ` : `.${String(key)}`))
    .join("")
    .replace(/^\.|^, |, $/g, "")
    .replaceAll(", .", ", ");
  const value = issue.path.reduce<unknown>(
    (at, key) => (at as Record<PropertyKey, unknown> | null)?.[key],
    data,
  );
  if (value === undefined || value === null || value === "") return { field, words: `${field} is missing` };
  if (issue.code === "custom") return { field, words: `${field}: ${issue.message}` };
  return { field, words: `${field}: expected ${expectedBy(issue)}; found ${shown(value)}` };
}

/** The line, counted from 1, of the field that a fault is about; of what stands around it where it is not there. */
export function lineOfFieldFault(issues: readonly Issue[], text: string): number {
  const parsed = parseYaml(text);
  if ("fault" in parsed) return 1;
  let node: unknown = parsed.document.contents;
  let at = 0;
  for (const key of issues[0]?.path ?? []) {
    const pair = isMap(node)
      ? node.items.find(({ key: name }) => isScalar(name) && name.value === key)
      : undefined;
    const value: unknown = isSeq(node) ? node.items[Number(key)] : pair?.value;
    const { range } = Object(pair?.key ?? value) as { readonly range?: readonly number[] | null };
    if (range?.[0] === undefined) break;
    at = range[0];
    node = value;
  }
  return lineAt(lineStarts(text), at);
}

function expectedBy({ code, expected, values, message }: Issue): string {
  if (code === "invalid_type") return TYPES[String(expected)] ?? String(expected);
  if (code === "invalid_value") return `one of ${(values ?? []).join(", ")}`;
  if (code === "invalid_union") return "something else";
  return /^(Invalid|Too (small|big))/.test(message) ? "another value" : message;
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  if (typeof value === "object") return "fields (name: value)";
  const text = String(value);
  return `"${text.length > 60 ? `${text.slice(0, 60)}…` : text}"`;
}
