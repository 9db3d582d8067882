/**
 * A curriculum file as named passages over lossless slices. Front matter and sections are parsed when first asked for.
 * Offsets are UTF-16 code units into `text`; `slices` partition it: joined, they are the file.
 */

import type { Fields } from "./value.ts";

/** How a file is written; decides how it is sliced, normalised and merged. */
export type Format = "markdown" | "yaml";

/** The types of design §3; files of any other kind are `plain`. Unknown types are kept as they are written. */
export type DocumentType = string;

/**
 * - `section`: the own text of a heading with its heading line, without the sections below it
 * - `field`: a front matter or YAML field that is not a keyed list
 * - `item`: one item of a keyed list
 * - `order`: the order of keyed items or of sections; it has no text of its own in the file
 */
export type PassageKind = "section" | "field" | "item" | "order";

/** A run of the file that is edited as one; a passage owns one or more of them. */
export interface Slice {
  readonly start: number;
  readonly end: number;
  /**
   * Unique in the document and stable under edits elsewhere: the key of the passage, with a count for the
   * second and later slices of one passage (`#intro`, `#intro+1`); frames are named for what they hold
   * (`---`, `@outcomes:`).
   */
  readonly name: string;
  /** Keys of the passages whose text lies in it; none for a frame (fence lines, the line that opens a keyed list). */
  readonly passages: readonly string[];
}

export interface Passage {
  /** Address inside the document: `#case-study`, `#`, `@title`, `@outcomes.o2`, `@sequence!order`, `#!order`. */
  readonly key: string;
  readonly kind: PassageKind;
  /** What people read: the heading's words, or the field's name and the item's key. */
  readonly name: string;
  /** Slugs of the headings above (sections), outermost first. */
  readonly parents: readonly string[];
  /** The text as it stands in the file, slices joined; for an order the keys, one a line. */
  readonly text: string;
  /** n1-normalised text (design §7), computed once when first asked for. */
  readonly normal: string;
  /** The line of its heading, field or item, counted from 1; lines that only lead up to it stand above. */
  readonly line: number;
  readonly format: Format;
}

/** What is wrong with a file, in words for people; never thrown. */
export interface Problem {
  readonly path: string;
  readonly line: number;
  /** The field, where it is about one. */
  readonly field?: string;
  readonly message: string;
}

/** The YAML of a document. */
export interface Yaml {
  readonly text: string;
  /** The file's line on which it begins, counted from 1. */
  readonly line: number;
  /** Its fields where a look at each line tells them; null where only parsing does. */
  readonly glance: Fields | null;
}

export interface Document {
  readonly path: string;
  /** The front matter's `id`; for a plain file its path. */
  readonly id: string;
  readonly type: DocumentType;
  /** The front matter's `title`, else the first heading, else the file's name. */
  readonly title: string;
  readonly format: Format;
  readonly text: string;
  readonly slices: readonly Slice[];
  readonly passages: readonly Passage[];
  /** Its fields: the front matter between its two lines, or a YAML file; null in Markdown that has none. */
  readonly yaml: Yaml | null;
  /** The front matter as it stands, with its two lines; empty in a YAML file and where there is none. */
  readonly frontMatter: string;
  /** The passages that its fields are; all of them in a YAML file. */
  readonly fields: readonly Passage[];
  /** The passages below the front matter; all of them in a YAML file. */
  readonly body: readonly Passage[];
  /** The slices of those passages, without frames. */
  readonly bodySlices: readonly Slice[];
  /** Parsed front matter or YAML mapping; empty where there is none or it does not parse. */
  readonly data: Readonly<Record<string, unknown>>;
  /** Faults of form: front matter that does not parse, duplicate keys. Schema faults come from `validate`. */
  readonly problems: readonly Problem[];
}
