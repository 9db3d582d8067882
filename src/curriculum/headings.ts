/** A heading that begins with `#`: its line, counted from 0, its level and what follows the signs. */
export interface PlainHeading {
  readonly line: number;
  readonly level: number;
  readonly content: string;
}

/**
 * A line that may hide or make a heading: HTML, a div or task line, an underline, a heading, a fence or attributes that
 * are indented, nesting beyond all reason.
 */
const NEEDS_PARSING =
  /^ {0,3}(?:<|:::|---|=+[ \t]*$|--?[ \t]*$)|^ {1,3}(?:#|```|~~~|\{:)|^[ \t]*(?:(?:[>*+-]|\d+[.)])[ \t]*){15}/;
const HEADING = /^(#{1,6})(?![^ \t])(.*)$/;
/** A line of dashes and bars beneath would make a heading the first row of a table; attributes may name it. */
const CHANGES_ABOVE = /^[ \t]*[|:-][|:\- \t]*$|^\{:/;
const FENCE = /^(?:(`{3,})[^`]*|(~{3,}).*)$/;
/** With a blank line above, a line of dashes underlines nothing. */
const RULE = /^-{3,}[ \t]*$/;
const COMMENT = "<!--";
const COMMENT_END = /-->/;

/** What words above it would make a heading, and what words in it would end: where it stands, prose is not prose alone. */
const HANGS_ON_WORDS = /^(?:<!--|-{3,}[ \t]*$)/m;

/** Whether a look at each line tells the headings, as it then does in every text with other lines of prose. */
export function hasPlainHeadings(text: string): boolean {
  return !HANGS_ON_WORDS.test(text) && headingsAtGlance(text) !== null;
}

/**
 * The headings of Markdown with LF line ends, where a look at each line tells them: nothing in the text could make a
 * line at the margin that begins with `#` anything else. Null where only parsing tells. Most documents are like that,
 * and reading them costs a tenth.
 */
export function headingsAtGlance(text: string): PlainHeading[] | null {
  // JavaScript takes these for line ends and Markdown does not.
  if (text.includes("\u2028") || text.includes("\u2029")) return null;
  const headings: PlainHeading[] = [];
  let above: "blank" | "heading" | "other" = "blank";
  let closing: RegExp | null = null;
  for (let start = 0, line = 0; start <= text.length; line++) {
    const found = text.indexOf("\n", start);
    const end = found < 0 ? text.length : found;
    const isPlain = closing !== COMMENT_END && isLetter(text.charCodeAt(start));
    const words = isPlain ? null : text.slice(start, end);
    start = end + 1;
    if (words === null || closing !== null) {
      above = "other";
      if (words !== null && closing?.test(words)) closing = null;
      continue;
    }
    closing = endOf(words);
    if (closing !== null || words.startsWith(COMMENT) || (above === "blank" && RULE.test(words))) {
      above = "other";
      continue;
    }
    if (NEEDS_PARSING.test(words) || (above === "heading" && CHANGES_ABOVE.test(words))) return null;
    const [, signs, rest] = (words.startsWith("#") && HEADING.exec(words)) || [];
    above = signs !== undefined ? "heading" : /[^ \t]/.test(words) ? "other" : "blank";
    if (signs !== undefined && rest !== undefined)
      headings.push({ line, level: signs.length, content: withoutTail(rest) });
  }
  return headings;
}

/** Most lines begin with a letter, which makes them words and nothing else. */
function isLetter(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a);
}

/**
 * What ends the fenced code or the comment that a line opens at the margin, where it ends all above it but other HTML;
 * null where none is open behind it.
 */
function endOf(line: string): RegExp | null {
  if (line.startsWith(COMMENT)) return COMMENT_END.test(line) ? null : COMMENT_END;
  const code = line.charCodeAt(0);
  const fence = code === 0x60 || code === 0x7e ? FENCE.exec(line) : null;
  if (fence === null) return null;
  const [, ticks, waves] = fence;
  return new RegExp(`^ {0,3}${ticks ?? waves}${ticks ? "`" : "~"}*[ \\t]*$`);
}

/** Signs at the end that a space sets apart belong to the form of a heading. */
function withoutTail(rest: string): string {
  let end = rest.length;
  while (end > 0 && " \t".includes(rest.charAt(end - 1))) end--;
  let signs = end;
  while (signs > 0 && rest.charAt(signs - 1) === "#") signs--;
  return rest.slice(0, signs > 0 && " \t".includes(rest.charAt(signs - 1)) ? signs : end).trim();
}
