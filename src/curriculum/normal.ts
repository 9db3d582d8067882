import { LINE_TOKEN, parseBlocks } from "./blocks.ts";
import { withLf } from "./lines.ts";

const FIRST_OF_THESE = 0x2e80;

/**
 * Markdown in the normal form n1 (design §7): NFC, LF, no trailing space, soft wraps joined, runs of blank
 * lines one. Code, tables, HTML and headings keep their lines; code keeps its white space.
 */
export function normaliseMarkdown(text: string): string {
  const source = withLf(text).normalize("NFC");
  const lines: (string | null)[] = source.split("\n");
  const paragraphs = paragraphsAtGlance(lines as string[]);
  if (paragraphs) {
    for (const [start, end] of paragraphs)
      joinWraps(lines, start, end, lines.slice(start, end).join("\n").trim());
    return assemble(lines, new Set());
  }
  const code = new Set<number>();
  const tokens = parseBlocks(source);
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at];
    if (token?.map == null || token.type === LINE_TOKEN) continue;
    if (token.type === "paragraph_open") {
      joinWraps(lines, token.map[0], token.map[1], tokens[at + 1]?.content ?? "");
    } else if (token.type === "fence") {
      for (let line = token.map[0] + 1; line < token.map[1] - 1; line++) code.add(line);
    } else if (token.type === "code_block") {
      for (let line = token.map[0]; line < token.map[1]; line++) code.add(line);
    }
  }
  return assemble(lines, code);
}

/** Lines that can be nothing but words of a paragraph, an empty line, or a heading at the margin. */
const WORDS = /^(?:[A-Za-z\u00c0-\u024f"'\u2018\u201c(]|\d{1,9}(?![\d.)]))/;
const EMPTY = /^[ \t]*$/;
const HEADING = /^#{1,6}(?![^ \t])/;

/**
 * The paragraphs of Markdown with LF line ends, each from its first line to behind its last, where a look at every
 * line tells them. Null where only parsing tells. Most passages are headings and prose, and need no parser.
 */
function paragraphsAtGlance(lines: readonly string[]): [start: number, end: number][] | null {
  const paragraphs: [number, number][] = [];
  let start = -1;
  for (const [at, line] of lines.entries()) {
    const isWords = WORDS.test(line);
    if (!isWords && !EMPTY.test(line) && !HEADING.test(line)) return null;
    if (isWords && start < 0) start = at;
    if (!isWords && start >= 0) {
      paragraphs.push([start, at]);
      start = -1;
    }
  }
  if (start >= 0) paragraphs.push([start, lines.length]);
  return paragraphs;
}

/** Text that is neither Markdown nor readable YAML: NFC, LF, no trailing space, no blank lines around it. */
export function normalisePlain(text: string): string {
  return assemble(withLf(text).normalize("NFC").split("\n"), new Set());
}

function joinWraps(lines: (string | null)[], start: number, end: number, content: string): void {
  const raw = (lines[start] ?? "").trimEnd();
  const [first = "", ...rest] = content.split("\n");
  const opening = first.trimEnd();
  // What stands before the text is the list marker or the quote marks; the parser took them off.
  if (!raw.endsWith(opening)) return;
  const joined = [opening];
  let before = opening;
  for (const line of rest) {
    const after = line.trim();
    joined.push(joint(before, after), after);
    before = after;
  }
  lines[start] = raw.slice(0, raw.length - opening.length) + singleSpaces(joined.join(""));
  for (let line = start + 1; line < end; line++) lines[line] = null;
}

function joint(before: string, after: string): string {
  // A backslash at the end of a line is a break that is meant.
  if (before.endsWith("\\")) return "\n";
  // Definitions of links and notes stand one a line.
  if (after.startsWith("[") && /^\[[^\]]+\]:\s/.test(after)) return "\n";
  const last = before.charCodeAt(before.length - 1);
  const next = after.charCodeAt(0);
  if (last < FIRST_OF_THESE || next < FIRST_OF_THESE) return " ";
  return isUnspaced(before.at(-1) ?? "") && isUnspaced(after.charAt(0)) ? "" : " ";
}

/** Whether a sign is of a script without spaces. Most texts have none, and need not wait for the pattern. */
function isUnspaced(sign: string): boolean {
  return /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303F\uFF00-\uFFEF]/u.test(sign);
}

/** A wrap may fall on a double space, so that outside code spans spaces count as one. */
function singleSpaces(text: string): string {
  if (!/[ \t]{2}|\t/.test(text)) return text;
  return text.replace(/(`+)[\s\S]*?\1|[ \t]+/g, (found) => (found.startsWith("`") ? found : " "));
}

function assemble(lines: readonly (string | null)[], code: ReadonlySet<number>): string {
  const out: string[] = [];
  lines.forEach((line, at) => {
    if (line === null) return;
    if (code.has(at)) {
      out.push(line);
      return;
    }
    const trimmed = line.trimEnd();
    if (trimmed !== "" || (out.length > 0 && out.at(-1) !== "")) out.push(trimmed);
  });
  while (out.length > 0 && out.at(-1) === "") out.pop();
  return out.join("\n");
}
