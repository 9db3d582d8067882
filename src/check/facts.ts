import type { Document } from "../curriculum/document.ts";
import { lazily } from "../curriculum/lazily.ts";
import type { Fields, FieldsValue } from "../curriculum/value.ts";
import { fieldsOf, itemKeysOf, itemsOf, textOf } from "../curriculum/values.ts";
import { emphasised, imagesWithoutAlt, isImage, mayLackAlt } from "./marked.ts";
import { filesOf } from "./named-files.ts";
import { bodyProse, fieldProse, type Prose } from "./prose.ts";

/** A word or an id and the line that it stands in, counted from 1. */
export interface Mention {
  readonly value: string;
  readonly line: number;
  /** The passage that it stands in, such as `@requires` or `#case-study`. */
  readonly key: string;
}

/**
 * What coherence across documents needs to know of one of them: plain data that can be kept by the id of its blob,
 * so that a curriculum of thousands is checked without parsing what did not change.
 */
export interface DocumentFacts {
  readonly path: string;
  readonly id: string;
  readonly type: string;
  readonly title: string;
  /** The lines of the fields that a finding may stand at as a whole. */
  readonly lines: Readonly<Partial<Record<LinedField, number>>>;
  /** The ids of its outcomes, key learning points or statements, by which others may name them. */
  readonly targets: readonly string[];
  /** For a unit its outcomes, for a framework its statements, each with its words. */
  readonly statements: readonly (Mention & { readonly text: string })[];
  /** For a framework: the statement that replaces a retired one, by its id. */
  readonly replaced: Readonly<Record<string, string>>;
  /** Ids that it refers to, by field: `unit`, `requires`, `lessons`, `statements`, `assesses`, `sequence`, `subject`. */
  readonly references: Readonly<Record<string, readonly Mention[]>>;
  /** Its keywords; `described` where it says what the word means. */
  readonly keywords: readonly (Mention & { readonly described: boolean })[];
  /** Words of its running text that are set in italics or bold. */
  readonly emphasised: readonly Mention[];
  readonly threads: readonly Mention[];
  /** For a lesson. */
  readonly minutes: number | null;
  /** For a programme, in its order. */
  readonly sequence: readonly SequenceRow[];
  /** For an assessment. */
  readonly when: { readonly yearGroup: string | null; readonly term: string | null } | null;
  readonly common: boolean;
  /**
   * Where it was asked for, its running text, sections and fields of words, a passage or a part of one each. Names and
   * titles are looked for in it; line breaks are kept, so that the line of a word can be told.
   */
  readonly prose: readonly Prose[];
  /** Images and resources without alternative text, by line. */
  readonly withoutAlt: readonly Mention[];
  /** Local files that it lists among its resources, links to or shows, as it names them. */
  readonly files: readonly Mention[];
  readonly reviewBy: string | null;
}

/** One row of a programme's sequence. */
export interface SequenceRow {
  readonly unit: string;
  readonly yearGroup: string;
  readonly term: string | null;
  readonly weeks: number | null;
  readonly lessons: number | null;
  /** In plans of two or more years that repeat: which of them. */
  readonly cycle: string | null;
  readonly line: number;
  readonly key: string;
}

const LINED = ["outcomes", "statements", "common", "reviewBy"] as const;
type LinedField = (typeof LINED)[number];
const REFERENCES = ["unit", "requires", "lessons", "statements", "assesses", "subject"];
const STATEMENTS = ["outcomes", "keyLearningPoints", "items"];

/**
 * Takes from a document what coherence needs, but for its running text, which is many times the rest and seldom asked
 * for. Pure, and quick: most documents are read without a parser, and of most the sections are not told apart.
 */
export function factsOf(document: Document): DocumentFacts {
  return factsFrom(document, fieldsOf(document), sectionsOf(document));
}

/** The same with its running text. */
export function factsWithProse(document: Document): DocumentFacts {
  const [fields, sections] = [fieldsOf(document), sectionsOf(document)];
  return { ...factsFrom(document, fields, sections), prose: [...fieldProse(fields), ...sections()] };
}

/** The running text of a document's sections; a YAML file has none. */
function sectionsOf(document: Document): () => readonly Prose[] {
  return lazily(() => (document.format === "markdown" ? bodyProse(document) : []));
}

function factsFrom(document: Document, fields: Fields, sections: () => readonly Prose[]): DocumentFacts {
  const below = document.format === "markdown" ? document.text.slice(document.frontMatter.length) : "";
  const when = fields.get("when")?.value;
  const { type } = document;
  const sequence = sequenceOf(fields);
  return {
    path: document.path,
    id: document.id,
    type,
    title: document.title,
    lines: linesOf(fields),
    targets: targetsIn(fields),
    statements: hasStatements(type) ? statementsIn(fields) : [],
    replaced: replacedOf(fields),
    references: referencesOf(fields, sequence),
    keywords: keywordsOf(fields),
    // Marked words stand on one line, so a text that has none as a whole has none in any section.
    emphasised:
      emphasised(below).length === 0 ? [] : sections().flatMap((part) => within(part, emphasised(part.text))),
    threads: mentionsOf(fields, "threads"),
    minutes: numberOf(fields, "minutes"),
    sequence,
    when:
      when?.kind === "fields"
        ? { yearGroup: wordsOf(when.fields, "yearGroup"), term: wordsOf(when.fields, "term") }
        : null,
    common: wordsOf(fields, "common")?.toLowerCase() === "true",
    prose: [],
    withoutAlt: [
      ...resourcesWithoutAlt(fields),
      ...(mayLackAlt(below) ? imagesIn(document, sections()) : []),
    ],
    files: filesOf(document),
    reviewBy: wordsOf(fields, "reviewBy"),
  };
}

function wordsOf(fields: Fields, name: string): string | null {
  return textOf(fields, name)?.text.trim() ?? null;
}

function numberOf(fields: Fields, name: string): number | null {
  const text = wordsOf(fields, name);
  return text !== null && Number.isFinite(Number(text)) ? Number(text) : null;
}

/** The items of a list that are words or ids, each with the passage it stands in; a single value counts as a list of one. */
function mentionsOf(fields: Fields, name: string): Mention[] {
  const single = textOf(fields, name);
  if (single !== null) return [{ value: single.text.trim(), line: single.line, key: `@${name}` }];
  return itemsOf(fields, name).flatMap((item) =>
    item.kind === "text" && item.text.trim() !== ""
      ? [{ value: item.text.trim(), line: item.line, key: `@${name}` }]
      : [],
  );
}

function referencesOf(fields: Fields, sequence: readonly SequenceRow[]): DocumentFacts["references"] {
  const found: Record<string, readonly Mention[]> = {};
  for (const name of REFERENCES) {
    if (!fields.has(name)) continue;
    const mentions = mentionsOf(fields, name);
    if (mentions.length > 0) found[name] = mentions;
  }
  if (sequence.length > 0)
    found.sequence = sequence.map(({ unit, line, key }) => ({ value: unit, line, key }));
  return found;
}

function linesOf(fields: Fields): DocumentFacts["lines"] {
  const lines: Partial<Record<LinedField, number>> = {};
  for (const name of LINED) {
    const field = fields.get(name);
    if (field !== undefined) lines[name] = field.line;
  }
  return lines;
}

/** Whether the words of what a document states count elsewhere; those of lessons, by far the most, do not. */
function hasStatements(type: string): boolean {
  return type === "unit" || type === "framework";
}

function targetsIn(fields: Fields): string[] {
  const found: string[] = [];
  for (const name of STATEMENTS) {
    for (const item of itemsOf(fields, name)) {
      const id = item.kind === "fields" ? wordsOf(item.fields, "id") : null;
      if (id !== null) found.push(id);
    }
  }
  return found;
}

/** The items of a list that have fields, with their keys. */
function keyedItems(fields: Fields, name: string): { item: FieldsValue; key: string }[] {
  if (!fields.has(name)) return [];
  const keys = itemKeysOf(fields, name);
  return itemsOf(fields, name).flatMap((item, at) =>
    item.kind === "fields" ? [{ item, key: keys[at] ?? `@${name}` }] : [],
  );
}

function statementsIn(fields: Fields): DocumentFacts["statements"] {
  const keyed = STATEMENTS.flatMap((name) => keyedItems(fields, name));
  return keyed.flatMap(({ item, key }) => {
    const id = wordsOf(item.fields, "id");
    return id === null
      ? []
      : [{ value: id, line: item.line, key, text: wordsOf(item.fields, "text")?.replace(/\s+/g, " ") ?? "" }];
  });
}

/** All that a document states, whatever its type: outcomes, key learning points, statements. */
export function statementsOf(document: Document): DocumentFacts["statements"] {
  return statementsIn(fieldsOf(document));
}

function replacedOf(fields: Fields): DocumentFacts["replaced"] {
  const pairs = itemsOf(fields, "items").flatMap((item) => {
    if (item.kind !== "fields") return [];
    const [id, by] = [wordsOf(item.fields, "id"), wordsOf(item.fields, "replacedBy")];
    return id === null || by === null ? [] : [[id, by] as const];
  });
  return Object.fromEntries(pairs);
}

function keywordsOf(fields: Fields): DocumentFacts["keywords"] {
  const keys = itemKeysOf(fields, "keywords");
  return itemsOf(fields, "keywords").flatMap((item, at) => {
    const value =
      item.kind === "fields" ? wordsOf(item.fields, "keyword") : item.kind === "text" ? item.text : null;
    if (value === null || value.trim() === "") return [];
    const described = item.kind === "fields" && wordsOf(item.fields, "description") !== null;
    return [{ value: value.trim(), line: item.line, key: keys[at] ?? "@keywords", described }];
  });
}

function sequenceOf(fields: Fields): SequenceRow[] {
  return keyedItems(fields, "sequence").flatMap(({ item, key }) => {
    const unit = wordsOf(item.fields, "unit");
    if (unit === null) return [];
    return [
      {
        unit,
        yearGroup: wordsOf(item.fields, "yearGroup") ?? "",
        term: wordsOf(item.fields, "term"),
        weeks: numberOf(item.fields, "weeks"),
        lessons: numberOf(item.fields, "lessons"),
        cycle: wordsOf(item.fields, "cycle"),
        line: item.line,
        key,
      },
    ];
  });
}

/** Finds in a part of the text as mentions of the file. */
function within(part: Prose, found: readonly { value: string; line: number }[]): Mention[] {
  return found.map(({ value, line }) => ({ value, line: part.line + line, key: part.key }));
}

function imagesIn(document: Document, body: readonly Prose[]): Mention[] {
  const [first] = body;
  if (first === undefined) return [];
  // The text from the first section on, whole: a fence may reach over what looks like a heading.
  const text = document.text.slice(
    document.bodySlices.find(({ passages }) => passages.length > 0)?.start ?? 0,
  );
  return imagesWithoutAlt(text).map(({ value, line }) => {
    const at = first.line + line;
    return { value, line: at, key: body.findLast((part) => part.line <= at)?.key ?? first.key };
  });
}

function resourcesWithoutAlt(fields: Fields): Mention[] {
  return keyedItems(fields, "resources").flatMap(({ item, key }) => {
    const [title, path, url] = ["title", "path", "url"].map((name) => wordsOf(item.fields, name));
    const place = path ?? url ?? "";
    const needsAlt = isImage(place, wordsOf(item.fields, "kind")) && wordsOf(item.fields, "alt") === null;
    return needsAlt ? [{ value: title ?? place, line: item.line, key }] : [];
  });
}
