import type { Document, Passage, Slice } from "./document.ts";
import { normaliseMarkdown } from "./normal.ts";
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
  readonly text: string;
  readonly frontMatter: string;
  readonly body: readonly Passage[];
  readonly #base: Document;
  readonly #edit: Edit;

  constructor(base: Document, text: string, place: number, edit: Edit) {
    this.path = base.path;
    this.id = base.id;
    this.type = base.type;
    this.title = base.title;
    this.text = text;
    this.frontMatter = base.frontMatter;
    this.#base = base;
    this.#edit = edit;
    this.body = this.#bodyWith(place);
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

  #bodyWith(place: number): Passage[] {
    const { body, bodySlices } = this.#base;
    const edit = this.#edit;
    const lines =
      lineEnds(this.text, edit.start, edit.end) - lineEnds(this.#base.text, edit.start, edit.baseEnd);
    const { start, end } = this.#moved(bodySlices[place] as Slice);
    const before = body[place] as Passage;
    const text = this.text.slice(start, end);
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
