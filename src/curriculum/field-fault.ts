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

/** What is wrong with a field, and which it is: `name is missing`, `layer: expected text; found a list`. */
export function wordsForFieldFault(
  issues: readonly Issue[],
  data: unknown,
): { field: string; words: string } {
  const [issue] = issues;
  if (issue === undefined || issue.path.length === 0) {
    return { field: "the file", words: "expected fields (name: value)" };
  }
  const field = issue.path
    .map((key) => (typeof key === "number" ? `number ${key + 1}` : String(key)))
    .join(".");
  const value = issue.path.reduce<unknown>(
    (at, key) => (at as Record<PropertyKey, unknown> | null)?.[key],
    data,
  );
  if (value === undefined || value === null || value === "") return { field, words: `${field} is missing` };
  if (issue.code === "custom") return { field, words: `${field}: ${issue.message}` };
  return { field, words: `${field}: expected ${expectedBy(issue)}; found ${shown(value)}` };
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
