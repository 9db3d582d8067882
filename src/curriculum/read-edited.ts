import type { Document, Passage, Slice } from "./document.ts";
import { headingsAtGlance } from "./headings.ts";
import { normaliseMarkdown } from "./normal.ts";
import { passageLike } from "./passage.ts";

/**
 * A later text of a document, where it differs in lines of prose within one section: then every other passage is the
 * very one that the document has, with all that is known of it, and nothing is scanned again. Null where only reading
 * tells (`readDocument`, which would give the same). Most adaptations are like that, and a trust has thousands of them.
 */
export function readEdited(base: Document, text: string): Document | null {
  if (base.frontMatter === "" || !text.startsWith(base.frontMatter) || !hasPlainHeadings(base)) return null;
  const edit = editedLines(base.text, text);
  const [before, after] = [base.text.slice(edit.start, edit.baseEnd), text.slice(edit.start, edit.end)];
  if (!isProse(before) || !isProse(after)) return null;
  // Its first line, a heading or the first words of all, makes it what it is.
  const place = base.bodySlices.findIndex(({ start, end }) => start < edit.start && edit.baseEnd <= end);
  return place < 0 ? null : new EditedDocument(base, text, place, edit, linesIn(after) - linesIn(before));
}

/** Whether all lines begin with a letter, or are blank: wherever they stand, they neither make nor end a section. */
function isProse(text: string): boolean {
  return (
    !/[\r\u2028\u2029]/.test(text) && text.split("\n").every((line) => /^(?:[A-Za-z]|[ \t]*$)/.test(line))
  );
}

const plain = new WeakMap<Document, boolean>();

/** Whether a look at each line tells the headings (`headingsAtGlance`), as it then does in every text with more prose. */
function hasPlainHeadings(document: Document): boolean {
  const { text, frontMatter } = document;
  const known =
    plain.get(document) ??
    (!text.includes("\r") && headingsAtGlance(text.slice(frontMatter.length)) !== null);
  plain.set(document, known);
  return known;
}

/** Where whole lines differ: from `start` in both, up to an end in each. */
interface Edit {
  readonly start: number;
  readonly baseEnd: number;
  readonly end: number;
}

/** The lines that differ, and the one above where lines only went or came. */
function editedLines(base: string, text: string): Edit {
  const shorter = Math.min(base.length, text.length);
  const alike = longest(shorter, (from, to) => base.slice(from, to) === text.slice(from, to));
  const alikeAtEnd = longest(
    shorter - alike,
    (from, to) =>
      base.slice(base.length - to, base.length - from) === text.slice(text.length - to, text.length - from),
  );
  const lineEnd = base.indexOf("\n", base.length - alikeAtEnd);
  const left = lineEnd < 0 ? 0 : base.length - lineEnd - 1;
  let start = base.lastIndexOf("\n", alike - 1) + 1;
  if (start >= Math.min(base.length, text.length) - left) start = base.lastIndexOf("\n", start - 2) + 1;
  return { start, baseEnd: base.length - left, end: text.length - left };
}

/** How far two texts are alike, of which parts are compared, from one size on to another. */
function longest(most: number, areAlike: (from: number, to: number) => boolean): number {
  let [low, high] = [0, most];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (areAlike(low, middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

function linesIn(text: string): number {
  return text.split("\n").length;
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

  constructor(base: Document, text: string, place: number, edit: Edit, lines: number) {
    this.path = base.path;
    this.id = base.id;
    this.type = base.type;
    this.title = base.title;
    this.text = text;
    this.frontMatter = base.frontMatter;
    this.#base = base;
    this.#edit = edit;
    this.body = this.#bodyWith(place, lines);
  }

  get passages(): readonly Passage[] {
    const { passages, body } = this.#base;
    return [...passages.slice(0, passages.length - body.length), ...this.body];
  }

  get slices(): readonly Slice[] {
    return this.#base.slices.map((slice) => this.#moved(slice));
  }

  get bodySlices(): readonly Slice[] {
    return this.#base.bodySlices.map((slice) => this.#moved(slice));
  }

  get data(): Document["data"] {
    return this.#base.data;
  }

  get problems(): Document["problems"] {
    return this.#base.problems;
  }

  #bodyWith(place: number, lines: number): Passage[] {
    const { body, bodySlices } = this.#base;
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
