import { divMark } from "./containers.ts";

/** What a look at each line tells of the structure of Markdown; lines are counted from 0. */
export type BlockAtGlance =
  /** A heading that begins with `#`, with what follows the signs. */
  | { readonly kind: "heading"; readonly line: number; readonly level: number; readonly content: string }
  /** The line of a Pandoc div. */
  | { readonly kind: "open" | "close"; readonly line: number }
  /** The first words of all, or behind the line of a div; more of them change nothing. */
  | { readonly kind: "text"; readonly line: number };

/**
 * A line that may hide or make a heading: HTML, a template's tag, a div or task line, an underline, a heading, a fence or
 * attributes that are indented, nesting beyond all reason.
 */
const NEEDS_PARSING =
  /^ {0,3}(?:<|:::|---|\{(?:%-?|\{[<%])[ \t]*(?:highlight|codeblock)|=+[ \t]*$|--?[ \t]*$)|^ {1,3}(?:#|```|~~~|\{:)|^[ \t]*(?:(?:[>*+-]|\d+[.)])[ \t]*){15}/;
const HEADING = /^(#{1,6})(?![^ \t])(.*)$/;
/** A line of dashes and bars beneath would make a heading the first row of a table; attributes may name it. */
const CHANGES_ABOVE = /^[ \t]*[|:-][|:\- \t]*$|^\{:/;
const FENCE = /^(?:(`{3,})[^`]*|(~{3,}).*)$/;
/** With a blank line above, a line of dashes underlines nothing. */
const RULE = /^-{3,}[ \t]*$/;
const COMMENT = "<!--";
const COMMENT_END = /-->/;

type Kind = BlockAtGlance["kind"] | "blank";

/**
 * The headings of Markdown with LF line ends, and what else parts its sections, where a look at each line tells them:
 * nothing in the text could make a line at the margin that begins with `#` anything else. Null where only parsing tells.
 * Most documents are like that, and reading them costs a tenth.
 */
export function blocksAtGlance(text: string): BlockAtGlance[] | null {
  // JavaScript takes these for line ends and Markdown does not.
  if (text.includes("\u2028") || text.includes("\u2029")) return null;
  const blocks: BlockAtGlance[] = [];
  let above: Kind = "blank";
  let closing: RegExp | null = null;
  let isFirst = true;
  for (let start = 0, line = 0; start <= text.length; line++) {
    const found = text.indexOf("\n", start);
    const end = found < 0 ? text.length : found;
    const isPlain = closing !== COMMENT_END && isLetter(text.charCodeAt(start));
    const words = isPlain ? null : text.slice(start, end);
    start = end + 1;
    if (closing !== null) {
      if (words !== null && closing.test(words)) closing = null;
      continue;
    }
    const kind: Kind | null = words === null ? "text" : kindOf(words, above);
    if (kind === null) return null;
    above = kind;
    if (kind === "heading") blocks.push({ kind, line, ...headingIn(words ?? "") });
    else if (kind !== "blank" && (kind !== "text" || isFirst)) blocks.push({ kind, line });
    if (kind === "text") closing = endOf(words ?? "");
    if (kind !== "blank") isFirst = kind === "open" || kind === "close";
  }
  return blocks;
}

/** What a line is that stands in no code and no comment; null where only parsing tells. */
function kindOf(line: string, above: Kind): Kind | null {
  const mark = divMark(line);
  if (mark !== null) return mark;
  if (line.startsWith(COMMENT) || (above === "blank" && RULE.test(line)) || FENCE.test(line)) return "text";
  if (NEEDS_PARSING.test(line) || (above === "heading" && CHANGES_ABOVE.test(line))) return null;
  if (HEADING.test(line)) return "heading";
  return /[^ \t]/.test(line) ? "text" : "blank";
}

function headingIn(line: string): { level: number; content: string } {
  const [, signs = "", rest = ""] = HEADING.exec(line) ?? [];
  return { level: signs.length, content: withoutTail(rest) };
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
