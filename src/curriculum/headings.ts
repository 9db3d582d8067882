/** A heading that begins with `#`: its line, counted from 0, its level and what follows the signs. */
export interface PlainHeading {
  readonly line: number;
  readonly level: number;
  readonly content: string;
}

/**
 * Lines that may hide or make a heading: fences, HTML, div, task and attribute lines, underlines, headings that are
 * indented, nesting beyond all reason; and signs that JavaScript takes for line ends and Markdown does not.
 */
const NEEDS_PARSING =
  /^ {0,3}(?:```|~~~|<|:::|\{:|---|=+[ \t]*$|--?[ \t]*$)|^ {1,3}#|^[ \t]*(?:(?:[>*+-]|\d+[.)])[ \t]*){15}|[\u2028\u2029]/m;
const HEADING = /^(#{1,6})(?![^ \t\n])(.*)$/gm;
/** A line of dashes and bars beneath would make a heading the first row of a table. */
const TABLE_BELOW = /\n[ \t]*[|:-][|:\- \t]*$/my;

/**
 * The headings of Markdown with LF line ends, where a look at each line tells them: nothing in the text could make a
 * line at the margin that begins with `#` anything else. Null where only parsing tells. Most documents are like that,
 * and reading them costs a tenth.
 */
export function headingsAtGlance(text: string): PlainHeading[] | null {
  if (NEEDS_PARSING.test(text)) return null;
  const headings: PlainHeading[] = [];
  let line = 0;
  let counted = 0;
  for (const { index, 0: whole, 1: signs = "", 2: rest = "" } of text.matchAll(HEADING)) {
    for (let at = text.indexOf("\n", counted); at !== -1 && at < index; at = text.indexOf("\n", at + 1))
      line++;
    counted = index;
    TABLE_BELOW.lastIndex = index + whole.length;
    if (TABLE_BELOW.test(text)) return null;
    headings.push({ line, level: signs.length, content: withoutTail(rest) });
  }
  return headings;
}

/** Signs at the end that a space sets apart belong to the form of a heading. */
function withoutTail(rest: string): string {
  let end = rest.length;
  while (end > 0 && " \t".includes(rest.charAt(end - 1))) end--;
  let signs = end;
  while (signs > 0 && rest.charAt(signs - 1) === "#") signs--;
  return rest.slice(0, signs > 0 && " \t".includes(rest.charAt(signs - 1)) ? signs : end).trim();
}
