/** A heading that begins with `#`: its line, counted from 0, its level and what follows the signs. */
export interface PlainHeading {
  readonly line: number;
  readonly level: number;
  readonly content: string;
}

/**
 * Lines that may hide or make a heading: HTML, div and task lines, underlines, headings, fences and attributes that are
 * indented, nesting beyond all reason; and signs that JavaScript takes for line ends and Markdown does not.
 */
const NEEDS_PARSING =
  /^ {0,3}(?:<|:::|---|=+[ \t]*$|--?[ \t]*$)|^ {1,3}(?:#|```|~~~|\{:)|^[ \t]*(?:(?:[>*+-]|\d+[.)])[ \t]*){15}|[\u2028\u2029]/m;
const HEADING = /^(#{1,6})(?![^ \t])(.*)$/;
/** A line of dashes and bars beneath would make a heading the first row of a table; attributes may name it. */
const CHANGES_ABOVE = /^[ \t]*[|:-][|:\- \t]*$|^\{:/;
const FENCE = /^(?:(`{3,})[^`]*|(~{3,}).*)$/;

/**
 * The headings of Markdown with LF line ends, where a look at each line tells them: nothing in the text could make a
 * line at the margin that begins with `#` anything else. Null where only parsing tells. Most documents are like that,
 * and reading them costs a tenth.
 */
export function headingsAtGlance(text: string): PlainHeading[] | null {
  const lines = outsideFences(text.split("\n"));
  if (NEEDS_PARSING.test(lines.join("\n"))) return null;
  const headings: PlainHeading[] = [];
  for (const [line, words] of lines.entries()) {
    const [, signs, rest] = (words.startsWith("#") && HEADING.exec(words)) || [];
    if (signs === undefined || rest === undefined) continue;
    if (CHANGES_ABOVE.test(lines[line + 1] ?? "")) return null;
    headings.push({ line, level: signs.length, content: withoutTail(rest) });
  }
  return headings;
}

/** Lines with nothing in place of fenced code. A fence at the margin ends all that stands above it but HTML. */
function outsideFences(lines: readonly string[]): string[] {
  let closing: RegExp | null = null;
  return lines.map((line) => {
    if (closing !== null) {
      if (closing.test(line)) closing = null;
      return "";
    }
    const code = line.charCodeAt(0);
    const fence = code === 0x60 || code === 0x7e ? FENCE.exec(line) : null;
    if (fence === null) return line;
    const [, ticks, waves] = fence;
    closing = new RegExp(`^ {0,3}${ticks ?? waves}${ticks ? "`" : "~"}*[ \\t]*$`);
    return "";
  });
}

/** Signs at the end that a space sets apart belong to the form of a heading. */
function withoutTail(rest: string): string {
  let end = rest.length;
  while (end > 0 && " \t".includes(rest.charAt(end - 1))) end--;
  let signs = end;
  while (signs > 0 && rest.charAt(signs - 1) === "#") signs--;
  return rest.slice(0, signs > 0 && " \t".includes(rest.charAt(signs - 1)) ? signs : end).trim();
}
