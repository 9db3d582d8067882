import { defaultType } from "./conventions.ts";
import type { Document, Problem } from "./document.ts";
import { onceFor } from "./lazily.ts";
import { isKnownType, schemaOf } from "./schemas.ts";
import { fieldsOf, itemsOf, listKeysOf } from "./values.ts";

/**
 * What is missing or not as it should be in a document's fields: where, what is expected, what was found.
 * A document whose fields cannot be read at all has that in `problems` and nothing here.
 */
export const validateDocument = onceFor((document: Document): readonly Problem[] => {
  if (document.problems.length > 0) return [];
  const found = schemaOf(document.type).safeParse(document.data);
  const problems = (found.error?.issues ?? []).map((issue) => fieldProblem(document, issue));
  return [
    ...problems,
    ...unknownType(document),
    ...repeatedItems(document),
    ...missingSections(document),
  ].sort((a, b) => a.line - b.line);
});

function fieldProblem(document: Document, issue: { path: PropertyKey[]; message: string }): Problem {
  const [name = "", ...rest] = issue.path;
  const field = String(name);
  const value = issue.path.reduce<unknown>(
    (at, key) => (at as Record<PropertyKey, unknown> | null | undefined)?.[key],
    document.data,
  );
  const line = lineOf(document, field, rest[0]);
  const last = String(issue.path.at(-1) ?? "");
  const expected = issue.message.startsWith(`${last}: `)
    ? issue.message.slice(last.length + 2)
    : issue.message;
  const problem = (message: string) => ({ path: document.path, line, field, message });
  if (value !== undefined) {
    return problem(`${placeName(field, rest)}: expected ${expected}; found ${shown(value)}.`);
  }
  if (rest.length > 0) {
    return problem(`${placeName(field, rest.slice(0, -1))}: ${last} is missing (${expected}).`);
  }
  const article = /^[aeiou]/.test(document.type) ? "An" : "A";
  return problem(`${article} ${document.type} needs ${field}: ${expected}.`);
}

/** A slip in the type of what lies in a lesson's place would take it out of every plan. */
function unknownType(document: Document): Problem[] {
  const { path, type } = document;
  const usual = defaultType(path);
  if (usual === "plain" || isKnownType(type)) return [];
  const message = `type: expected ${usual}, which is what this folder holds; found "${type}".`;
  return [{ path, line: lineOf(document, "type", undefined), field: "type", message }];
}

/** A subject says what it is for in a section of its own. */
function missingSections(document: Document): Problem[] {
  if (document.type !== "subject") return [];
  const hasIntent = document.passages.some((passage) => /^#(?:.*\/)?intent$/.test(passage.key));
  const message = "A subject needs a section Intent: what it is taught for.";
  return hasIntent ? [] : [{ path: document.path, line: 1, message }];
}

function repeatedItems(document: Document): Problem[] {
  const fields = fieldsOf(document);
  return [...fields.keys()].flatMap((field) => {
    const items = itemsOf(fields, field);
    return (listKeysOf(fields, field) ?? []).flatMap((key, at) => {
      if (!/~\d+$/.test(key)) return [];
      const message = `In ${field}, "${key.replace(/~\d+$/, "")}" stands more than once; give each its own.`;
      return [{ path: document.path, line: items[at]?.line ?? 1, field, message }];
    });
  });
}

/** The line of the item, else of the field, else of the first line. */
function lineOf(document: Document, field: string, index: PropertyKey | undefined): number {
  const own = document.passages.filter(
    (passage) => passage.key === `@${field}` || passage.key.startsWith(`@${field}.`),
  );
  const item = typeof index === "number" && own.length > 1 ? own[index] : undefined;
  return (item ?? own[0])?.line ?? 1;
}

function placeName(field: string, rest: readonly PropertyKey[]): string {
  return rest.reduce<string>(
    (name, key) => (typeof key === "number" ? `${name}, number ${key + 1}` : `${name}, ${String(key)}`),
    field,
  );
}

function shown(value: unknown): string {
  if (value === null || value === "") return "nothing";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "fields (name: value)";
  const text = String(value);
  return `"${text.length > 60 ? `${text.slice(0, 60)}…` : text}"`;
}
