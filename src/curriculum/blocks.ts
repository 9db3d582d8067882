import type MarkdownIt from "markdown-it";
import ParserBlock from "markdown-it/lib/parser_block.mjs";
import type StateBlock from "markdown-it/lib/rules_block/state_block.mjs";
import type Token from "markdown-it/lib/token.mjs";
import { CONTAINER, divMark } from "./containers.ts";

/**
 * A line that is a block of its own: a Pandoc div line, a `--- task ---` line, a kramdown attribute line.
 * `container` names what opens or closes; an opening line is closed by the next closing line of its name.
 */
export type LineMark =
  | { readonly kind: "open" | "close"; readonly container: string }
  | { readonly kind: "attributes"; readonly id: string | null };

/** The type of the tokens that stand for such lines; their `meta` is a `LineMark`. */
export const LINE_TOKEN = "line_mark";

const TASK = /^---[ \t]+(\/?)[ \t]*([A-Za-z](?:[\w -]*[\w-])?)[ \t]+---[ \t]*$/;
const HEADER_FIELD = /^[\w-]+:/;
const HEADER_LINES = 30;

const COLON = 0x3a;
const DASH = 0x2d;
const BRACE = 0x7b;
/** Of the lines that open a box or a tab: `!`, `?`, `=`. */
const SIGNS = new Set([0x21, 0x3f, 0x3d]);

const block = new ParserBlock();
// Definitions are of no use to the structure, and as paragraphs they are read in linear time.
block.ruler.disable("reference");
const ENDS = { alt: ["paragraph", "reference", "blockquote", "list"] };
block.ruler.before("fence", "line", lineRule, ENDS);
block.ruler.before("fence", "container", containerRule, ENDS);

// The block rules ask for these alone; the inline half of markdown-it is never loaded.
const host = { options: { html: true, maxNesting: 60 }, block } as unknown as MarkdownIt;

/** The block tokens of Markdown with LF line ends, with line maps; inline text is not parsed. */
export function parseBlocks(text: string): Token[] {
  const tokens: Token[] = [];
  block.parse(text, host, {}, tokens);
  return tokens;
}

function lineRule(state: StateBlock, start: number, end: number, silent: boolean): boolean {
  if ((state.sCount[start] ?? 0) - state.blkIndent >= 4) return false;
  const from = (state.bMarks[start] ?? 0) + (state.tShift[start] ?? 0);
  const first = state.src.charCodeAt(from);
  if (first !== COLON && first !== DASH && first !== BRACE) return false;
  const line = lineText(state, start);
  const mark = markOf(line, first);
  if (mark === null) return false;
  if (silent) return true;

  const isTask = mark.kind === "open" && first === DASH;
  state.line = isTask ? endOfTaskHeader(state, start + 1, end) : start + 1;
  const token = state.push(LINE_TOKEN, "", 0);
  token.map = [start, state.line];
  token.meta = mark;
  return true;
}

/** A box or a tab: what is indented four columns below its opening line is Markdown in it, and no code. */
function containerRule(state: StateBlock, start: number, end: number, silent: boolean): boolean {
  const indent = state.sCount[start] ?? 0;
  if (indent - state.blkIndent >= 4) return false;
  if (!SIGNS.has(state.src.charCodeAt((state.bMarks[start] ?? 0) + (state.tShift[start] ?? 0)))) return false;
  if (!CONTAINER.test(lineText(state, start))) return false;
  if (silent) return true;

  let last = start + 1;
  for (let line = last; line < end; line++) {
    if (state.isEmpty(line)) continue;
    if ((state.sCount[line] ?? 0) < indent + 4) break;
    last = line + 1;
  }
  const { blkIndent, lineMax, parentType } = state;
  state.push("container_open", "", 1).map = [start, last];
  [state.blkIndent, state.lineMax] = [indent + 4, last];
  state.md.block.tokenize(state, start + 1, last);
  [state.blkIndent, state.lineMax, state.parentType] = [blkIndent, lineMax, parentType];
  state.push("container_close", "", -1);
  state.line = last;
  return true;
}

function markOf(line: string, first: number): LineMark | null {
  if (first === COLON) {
    const kind = divMark(line);
    return kind && { kind, container: ":::" };
  }
  if (first === BRACE) {
    if (!line.startsWith("{:") || !line.trimEnd().endsWith("}")) return null;
    return { kind: "attributes", id: /[ \t:{]#([^\s{}#]+)/.exec(line.slice(0, 1000))?.[1] ?? null };
  }
  const task = line.length < 200 ? TASK.exec(line) : null;
  if (task === null) return null;
  return { kind: task[1] === "/" ? "close" : "open", container: `--- ${task[2]?.toLowerCase()}` };
}

/** A task may begin with fields of its own between `---` lines; without this they would read as a heading. */
function endOfTaskHeader(state: StateBlock, from: number, end: number): number {
  let line = from;
  while (line < end && state.isEmpty(line)) line++;
  if (line >= end || lineText(state, line).trimEnd() !== "---") return from;
  for (let next = line + 1; next < Math.min(end, line + HEADER_LINES); next++) {
    const text = lineText(state, next);
    if (text.trimEnd() === "---") return next > line + 1 ? next + 1 : from;
    if (!HEADER_FIELD.test(text)) return from;
  }
  return from;
}

function lineText(state: StateBlock, line: number): string {
  return state.src.slice((state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0), state.eMarks[line]);
}
