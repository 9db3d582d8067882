/** A heading that begins with `#`: its line, counted from 0, its level and what follows the signs. */
export interface PlainHeading {
  readonly line: number;
  readonly level: number;
  readonly content: string;
}

/**
 * A line that may hide or make a heading: a fence, HTML, a div, task or attribute line, an underline, a heading that is
 * indented, nesting beyond all reason.
 */
const NEEDS_PARSING =
  /^ {0,3}(?:```|~~~|<|:::|\{:|---|=+[ \t]*$|--?[ \t]*$)|^ {1,3}#|^[ \t]*(?:(?:[>*+-]|\d+[.)])[ \t]*){15}/;
const HEADING = /^(#{1,6})(?![^ \t])(.*)$/;
/** A line of dashes and bars beneath would make a heading the first row of a table. */
const TABLE_BELOW = /^[ \t]*[|:-][|:\- \t]*$/;

/**
 * The headings of Markdown with LF line ends, where a look at each line tells them: nothing in the text could make a
 * line at the margin that begins with `#` anything else. Null where only parsing tells. Most documents are like that,
 * and reading them costs a tenth.
 */
export function headingsAtGlance(text: string): PlainHeading[] | null {
  // JavaScript takes these for line ends and Markdown does not.
  if (text.includes("\u2028") || text.includes("\u2029")) return null;
  const headings: PlainHeading[] = [];
  let isBelowHeading = false;
  let line = 0;
  for (let start = 0; start <= text.length; line++) {
    const found = text.indexOf("\n", start);
    const end = found < 0 ? text.length : found;
    if (isLetter(text.charCodeAt(start))) isBelowHeading = false;
    else {
      const words = text.slice(start, end);
      if (NEEDS_PARSING.test(words) || (isBelowHeading && TABLE_BELOW.test(words))) return null;
      const [, signs, rest] = (words.startsWith("#") && HEADING.exec(words)) || [];
      isBelowHeading = signs !== undefined && rest !== undefined;
      if (signs !== undefined && rest !== undefined)
        headings.push({ line, level: signs.length, content: withoutTail(rest) });
    }
    start = end + 1;
  }
  return headings;
}

/** Most lines begin with a letter, which makes them words and nothing else. */
function isLetter(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a);
}

/** Signs at the end that a space sets apart belong to the form of a heading. */
function withoutTail(rest: string): string {
  let end = rest.length;
  while (end > 0 && " \t".includes(rest.charAt(end - 1))) end--;
  let signs = end;
  while (signs > 0 && rest.charAt(signs - 1) === "#") signs--;
  return rest.slice(0, signs > 0 && " \t".includes(rest.charAt(signs - 1)) ? signs : end).trim();
}
