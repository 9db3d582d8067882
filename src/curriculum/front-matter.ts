/** Where the front matter of a Markdown file stands; `body` is what lies between its two lines. */
export interface FrontMatter {
  readonly open: number;
  readonly body: number;
  readonly bodyEnd: number;
  readonly end: number;
}

/** Hugo takes front matter below blank lines, too. */
const OPENING = /^((?:[ \t]*\r?\n)*)---[ \t]*\r?\n/;
const CLOSING = /^(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/gm;
const FIELD = /^[ \t]*(?:[\w"'-][^\r\n]*:(?:[ \t\r\n]|$)|#)/;
const BLANK = /^[ \t]*\r?\n/;
const NAMED = /^[\w-]+[ \t]*:/gm;
/** Lines that are all blank, indented, comments, items, or begin with a name and a colon, the first of them a field. */
const FIELDS_ALONE =
  /^(?:[ \t]*\r?\n|#.*\n)*[\w-]+[ \t]*:(?:[ \t].*)?\r?\n(?:(?:[ \t#].*|[\w-]+[ \t]*:(?:[ \t].*)?|-(?:[ \t].*)?|)\r?\n)*$/;

/**
 * Finds the front matter that begins at `from`. `unclosed` is true where a field follows the opening line
 * and no closing line comes.
 */
export function findFrontMatter(text: string, from: number): FrontMatter | { unclosed: boolean } {
  const opening = OPENING.exec(text.slice(from, from + 1000));
  if (opening === null) return { unclosed: false };
  const isBelowBlank = opening[1] !== "";
  const body = from + opening[0].length;
  const pattern = new RegExp(CLOSING);
  pattern.lastIndex = body;
  const closing = pattern.exec(text);
  const looksLikeFields = FIELD.test(text.slice(body, body + 1000));
  if (closing === null) return { unclosed: looksLikeFields && !isBelowBlank };
  // A rule with text below it, and another rule somewhere down, is no front matter.
  const fields = text.slice(body, closing.index);
  const isRule = isBelowBlank || (!looksLikeFields && fields.trim() !== "" && BLANK.test(fields));
  if (isRule && !areFieldsAlone(fields)) return { unclosed: false };
  return { open: from, body, bodyEnd: closing.index, end: closing.index + closing[0].length };
}

/** Whether there can be no doubt that lines are fields: one field alone could be a sentence with a colon. */
function areFieldsAlone(lines: string): boolean {
  return lines.length < 100_000 && FIELDS_ALONE.test(lines) && (lines.match(NAMED)?.length ?? 0) > 1;
}
