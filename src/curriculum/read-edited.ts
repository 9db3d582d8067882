import type { Document, Passage, Slice } from "./document.ts";
import { normaliseMarkdown } from "./normal.ts";
import { ownText } from "./own-text.ts";
import { passageLike } from "./passage.ts";
import { type Edit, proseEdit } from "./prose-edit.ts";

/**
 * A later text of a document, where it differs in lines of prose within one section: then every other passage is the
 * very one that the document has, with all that is known of it, and nothing is scanned again. Null where only reading
 * tells (`readDocument`, which would give the same). Most adaptations are like that, and a trust has thousands of them.
 */
export function readEdited(base: Document, text: string): Document | null {
  const edit = proseEdit(base, text);
  if (edit === null) return null;
  // Its first line, a heading or the first words of all, makes a section what it is.
  const place = base.bodySlices.findIndex(({ start, end }) => start < edit.start && edit.baseEnd <= end);
  return place < 0 ? null : new EditedDocument(base, text, place, edit);
}

/** How many lines end between two offsets. */
function lineEnds(text: string, from: number, to: number): number {
  return text.slice(from, to).split("\n").length - 1;
}

/** A document of which all but one passage is another's. */
class EditedDocument implements Document {
  readonly path: string;
  readonly id: string;
  readonly type: string;
  readonly title: string;
  readonly format = "markdown";
  readonly frontMatter: string;
  readonly body: readonly Passage[];
  readonly #base: Document;
  readonly #edit: Edit;
  /** The section's text, and where the section stands in the base. */
  readonly #section: { readonly text: string; readonly start: number; readonly baseEnd: number };

  constructor(base: Document, text: string, place: number, edit: Edit) {
    this.path = base.path;
    this.id = base.id;
    this.type = base.type;
    this.title = base.title;
    this.frontMatter = base.frontMatter;
    this.#base = base;
    this.#edit = edit;
    const slice = base.bodySlices[place] as Slice;
    const { start, end } = this.#moved(slice);
    this.#section = { text: ownText(text.slice(start, end)), start, baseEnd: slice.end };
    this.body = this.#bodyWith(place, lineEnds(text, edit.start, edit.end));
  }

  /** Put together when asked for: of thousands of texts that differ from one in a section each, that section is kept. */
  get text(): string {
    const { text, start, baseEnd } = this.#section;
    return this.#base.text.slice(0, start) + text + this.#base.text.slice(baseEnd);
  }

  get passages(): readonly Passage[] {
    return [...this.fields, ...this.body];
  }

  get fields(): readonly Passage[] {
    return this.#base.fields;
  }

  get slices(): readonly Slice[] {
    return this.#base.slices.map((slice) => this.#moved(slice));
  }

  get bodySlices(): readonly Slice[] {
    return this.#base.bodySlices.map((slice) => this.#moved(slice));
  }

  get yaml(): Document["yaml"] {
    return this.#base.yaml;
  }

  get data(): Document["data"] {
    return this.#base.data;
  }

  get problems(): Document["problems"] {
    return this.#base.problems;
  }

  #bodyWith(place: number, linesNow: number): Passage[] {
    const { body, text: baseText } = this.#base;
    const { start, baseEnd } = this.#edit;
    const lines = linesNow - lineEnds(baseText, start, baseEnd);
    const before = body[place] as Passage;
    const { text } = this.#section;
    const edited = passageLike(before, { text }, () => normaliseMarkdown(text));
    return body.map((passage) => {
      if (passage === before) return edited;
      if (lines === 0 || passage.line <= before.line) return passage;
      return passageLike(passage, { line: passage.line + lines }, () => passage.normal);
    });
  }

  /** A slice where it stands now. */
  #moved(slice: Slice): Slice {
    const { baseEnd, end } = this.#edit;
    const shift = (offset: number): number => (offset < baseEnd ? offset : offset + end - baseEnd);
    return { ...slice, start: shift(slice.start), end: shift(slice.end) };
  }
}
