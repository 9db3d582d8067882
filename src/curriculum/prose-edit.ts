import { blocksAtGlance } from "./blocks-at-glance.ts";
import type { Document } from "./document.ts";
import { onceFor } from "./lazily.ts";

/** Where whole lines differ: from `start` in both texts, up to an end in each. */
export interface Edit {
  readonly start: number;
  readonly baseEnd: number;
  readonly end: number;
}

/**
 * Where a later text of a document differs, if it is in lines of prose alone, in a document whose headings a look at
 * each line tells: then both have the same sections, whatever the lines say. Null where only reading tells.
 */
export function proseEdit(base: Document, text: string): Edit | null {
  if (base.frontMatter === "" || !text.startsWith(base.frontMatter) || !isPlain(base)) return null;
  const edit = editedLines(base.text, text);
  const isInBody = edit.start >= base.frontMatter.length;
  const both = [base.text.slice(edit.start, edit.baseEnd), text.slice(edit.start, edit.end)];
  return isInBody && both.every(isProse) ? edit : null;
}

/** Whether a merged text is the base with what each side edited, in lines of prose of its own. */
export function holdsBothEdits(base: Document, ours: string, theirs: string, merged: string): boolean {
  const edits = [ours, theirs].map((text) => ({ text, edit: proseEdit(base, text) }));
  const parts: string[] = [];
  let at = 0;
  for (const { text, edit } of edits.sort((a, b) => (a.edit?.start ?? 0) - (b.edit?.start ?? 0))) {
    if (edit === null || edit.start < at) return false;
    parts.push(base.text.slice(at, edit.start), text.slice(edit.start, edit.end));
    at = edit.baseEnd;
  }
  return merged === parts.join("") + base.text.slice(at);
}

/** Whether all lines begin with a letter, or are blank: wherever they stand, they neither make nor end a section. */
function isProse(text: string): boolean {
  return (
    !/[\r\u2028\u2029]/.test(text) && text.split("\n").every((line) => /^(?:[A-Za-z]|[ \t]*$)/.test(line))
  );
}

/** What ends a comment, makes a heading of what stands above it, or has words behind it: prose is not prose alone there. */
const HANGS_ON_WORDS = /^(?:<!--|:::|-{3,}[ \t]*$)/m;

/** Whether a look at each line tells the sections, as it then does in every text with other lines of prose. */
const isPlain = onceFor(({ text, frontMatter }: Document): boolean => {
  const body = text.slice(frontMatter.length);
  return !text.includes("\r") && !HANGS_ON_WORDS.test(body) && blocksAtGlance(body) !== null;
});

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
