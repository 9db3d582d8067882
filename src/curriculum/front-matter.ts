/** Where the front matter of a Markdown file stands; `body` is what lies between its two lines. */
export interface FrontMatter {
  readonly open: number;
  readonly body: number;
  readonly bodyEnd: number;
  readonly end: number;
}

const OPENING = /^---[ \t]*(?:\r\n|\n)/;
const CLOSING = /^(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/gm;
const FIELD = /^[ \t]*(?:[\w"'-][^\r\n]*:(?:[ \t\r\n]|$)|#)/;

/**
 * Finds the front matter that begins at `from`. `unclosed` is true where a field follows the opening line
 * and no closing line comes.
 */
export function findFrontMatter(text: string, from: number): FrontMatter | { unclosed: boolean } {
  const opening = OPENING.exec(text.slice(from, from + 1000));
  if (opening === null) return { unclosed: false };
  const body = from + opening[0].length;
  CLOSING.lastIndex = body;
  const closing = CLOSING.exec(text);
  const looksLikeFields = FIELD.test(text.slice(body, body + 1000));
  if (closing === null) return { unclosed: looksLikeFields };
  // A rule at the top with text below it, and another rule somewhere down, is no front matter.
  const isEmpty = text.slice(body, closing.index).trim() === "";
  if (!looksLikeFields && !isEmpty && /^[ \t]*\r?\n/.test(text.slice(body, body + 1000))) {
    return { unclosed: false };
  }
  return { open: from, body, bodyEnd: closing.index, end: closing.index + closing[0].length };
}
