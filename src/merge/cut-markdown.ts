import { type CodeTag, isTemplateTag, opensCode } from "../curriculum/code-tags.ts";
import { CONTAINER } from "../curriculum/containers.ts";
import { cutFrontMatter } from "./cut-front-matter.ts";
import { ListColumns } from "./list-columns.ts";
import { codeLine, type Line, lineEndBefore, outdent, readLine } from "./markdown-line.ts";
import {
  ALERT,
  closeOf,
  closesFence,
  DEFINITION,
  FENCE,
  HEADING,
  headingKey,
  ITEM,
  interruptsParagraph,
  isLineAlone,
  MODULE,
  opensFormula,
  RULE,
  rowKey,
  runsOn,
  startsFence,
  startsItem,
  startsRule,
  TASK,
  textColumn,
  UNDERLINE,
} from "./markdown-signs.ts";
import { Resumption } from "./resume.ts";
import { hasBlankLine } from "./room.ts";
import type { Cut } from "./unit.ts";
import { collapse, endOf, HARD_BREAK, languageOf, type Unit, type UnitKind } from "./unit.ts";

/**
 * Cuts Markdown into units, line by line; joined with their tails, they are the text again. What other versions of it
 * have alike is taken from there.
 */
export function cutMarkdown(text: string, like: readonly Cut[]): Unit[] {
  const units = cutFrontMatter(text);
  const last = units.at(-1);
  const known = like.map((other) => new Resumption(text, other));
  return new Cutter(text, last ? endOf(last) : 0, units, known).cut();
}

class Cutter {
  readonly #text: string;
  readonly #units: Unit[];
  readonly #known: readonly Resumption[];
  #line: Line;
  readonly #columns = new ListColumns();
  /** Where the text goes on behind the last lines of indented code. */
  #codeEnd = -1;

  constructor(text: string, start: number, units: Unit[], known: readonly Resumption[]) {
    this.#text = text;
    this.#units = units;
    this.#known = known;
    this.#line = readLine(text, start);
  }

  cut(): Unit[] {
    if (this.#atBlank()) this.#end("line", this.#line.start, this.#line.start, "", "");
    while (this.#line.start < this.#text.length) {
      if (!this.#taken()) this.#unit();
    }
    return this.#units;
  }

  /** Takes what another version has alike from here on; false where that is nothing. */
  #taken(): boolean {
    for (const other of this.#known) {
      const run = other.from(this.#line.start);
      if (run === null) continue;
      for (const unit of run.units) this.#units.push(unit);
      this.#line = readLine(this.#text, run.end);
      return true;
    }
    return false;
  }

  #unit(): void {
    const { start, indent, content } = this.#line;
    const item = startsItem(content) ? ITEM.exec(content) : null;
    const isRule = startsRule(content) && RULE.test(content);
    const isInList = this.#columns.isAny;
    const column = this.#columns.at(indent, item !== null && !isRule);
    const isDeep = indent >= column + 4;
    const tag = isDeep ? null : opensCode(content);
    if (startsFence(content) && FENCE.test(content)) this.#fence(start, content);
    else if (tag !== null) this.#tagged(start, tag);
    else if (
      isDeep &&
      (item === null || !isInList || start === this.#codeEnd) &&
      !this.#goesOnInHtml(content)
    )
      this.#code(start, (line) => line.indent >= column + 4, column + 4);
    else if (isRule || (item === null && TASK.test(content))) this.#single("line", collapse(content));
    else if (item !== null) {
      this.#columns.begin(textColumn(indent, item[0]));
      const rest = content.slice(item[0].length);
      const within = opensCode(rest);
      if (startsFence(rest) && FENCE.test(rest)) this.#fence(start, rest);
      else if (within !== null) this.#tagged(start, within);
      else if (opensFormula(rest)) this.#formula("item", rest);
      else this.#prose("item");
    } else this.#other(content);
  }

  /** Whether a tag stands right below another one, where indentation makes no code of it. */
  #goesOnInHtml(content: string): boolean {
    const last = this.#units.at(-1);
    if (!content.startsWith("<") || last?.kind !== "line" || hasBlankLine(last.tail)) return false;
    return last.text.trimStart().startsWith("<") && isLineAlone(content) && !runsOn(content);
  }

  #other(content: string): void {
    switch (content.charAt(0)) {
      case "#": {
        const heading = HEADING.exec(content);
        if (heading === null) break;
        this.#single("heading", `${heading[1]?.length} ${headingKey(heading[2] ?? "")}`);
        return;
      }
      case "|":
        this.#single("row", rowKey(content));
        return;
      case ":":
        if (!content.startsWith(":::")) break;
        this.#single("line", collapse(content.replace(/^:+/, "::: ")));
        return;
      case "!":
      case "?":
      case "=":
        if (!CONTAINER.test(content)) break;
        // What is indented below belongs to it and is no code.
        this.#columns.begin(this.#line.indent + 4);
        this.#single("line", collapse(content));
        return;
      case "{":
      case "<":
        if (!isLineAlone(content) || runsOn(content)) break;
        this.#single("line", collapse(content));
        return;
      case "[": {
        if (this.#line.depth > 0 && ALERT.test(content)) {
          this.#single("line", collapse(content));
          return;
        }
        const definition = DEFINITION.exec(content);
        if (definition?.[1] === undefined) break;
        this.#definition(definition[1].toLowerCase());
        return;
      }
      case "$":
      case "\\":
        if (!opensFormula(content)) break;
        this.#formula("prose", content);
        return;
    }
    const { start, indent } = this.#line;
    if (indent === 0 && MODULE.test(content)) this.#code(start, () => true, 0);
    else this.#prose("prose");
  }

  #single(kind: UnitKind, key: string, name = ""): void {
    const { start } = this.#line;
    this.#end(kind, start, this.#take(), key, name);
  }

  #fence(start: number, content: string): void {
    const [, fence = "", info = ""] = FENCE.exec(content) ?? [];
    const { depth, indent } = this.#line;
    // Behind a list marker the fence stands further in.
    const column = indent + this.#line.content.length - content.length;
    const code: string[] = [];
    let end = this.#take();
    let closed = false;
    while (!closed && this.#line.start < this.#text.length && this.#line.depth >= depth) {
      closed = closesFence(this.#line.content, fence) && this.#line.depth === depth;
      if (!closed) code.push(outdent(codeLine(this.#text, this.#line, depth), column));
      end = this.#take();
    }
    let attributes = "";
    if (closed && this.#line.depth === depth && this.#line.content.startsWith("{:")) {
      attributes = this.#line.content;
      end = this.#take();
    }
    const key = `${languageOf(`${info} ${attributes}`)}\n${code.join("\n")}`;
    this.#end("code", start, end, key, "");
  }

  /** Lines of code, as they stand, up to a blank one or to one that is none; indentation up to a column is form. */
  #code(start: number, isCode: (line: Line) => boolean, column: number): void {
    const { depth } = this.#line;
    const code: string[] = [];
    let end = start;
    while (this.#line.content !== "" && isCode(this.#line) && this.#line.depth === depth) {
      code.push(outdent(codeLine(this.#text, this.#line, depth), column));
      end = this.#take();
    }
    this.#end("code", start, end, `\n${code.join("\n")}`, "");
    this.#codeEnd = this.#line.start;
  }

  /** Code between the tags of a template engine, which is as good as fenced, or of HTML. */
  #tagged(start: number, { kind, info, end: closing }: CodeTag): void {
    const { depth, indent } = this.#line;
    const opening = outdent(codeLine(this.#text, this.#line, depth), indent);
    const code: string[] = [];
    let end = this.#take();
    let closed = false;
    while (!closed && this.#line.start < this.#text.length && this.#line.depth >= depth) {
      closed = closing.test(this.#line.content);
      // What stands on the line of a closing tag is code as well.
      if (!closed || kind === "html" || !isTemplateTag(this.#line.content))
        code.push(outdent(codeLine(this.#text, this.#line, depth), indent));
      end = this.#take();
    }
    const key = kind === "html" ? opening : languageOf(info);
    this.#end("code", start, end, `${key}\n${code.join("\n")}`, "");
  }

  /** A formula up to what closes it; what nothing closes before a blank line is a paragraph. */
  #formula(otherwise: "prose" | "item", opening: string): void {
    const { depth, start } = this.#line;
    const close = closeOf(opening);
    const lines: string[] = [];
    let end = start;
    let closed = false;
    while (!closed && this.#line.content !== "" && this.#line.depth === depth) {
      closed = lines.length > 0 && this.#line.content.includes(close);
      lines.push(this.#line.content);
      end = this.#take();
    }
    if (closed) this.#end("code", start, end, `\n${lines.join("\n")}`, "");
    else this.#end(otherwise, start, end, collapse(lines.join(" ")), "");
  }

  /** A link's definition is a line; a footnote's has a paragraph, and more of them where they are indented. */
  #definition(label: string): void {
    const { start, depth } = this.#line;
    const paragraphs: string[] = [];
    let words: string[] = [];
    let end = this.#join(words, start);
    const belongs = (): boolean => {
      const { content, indent } = this.#line;
      return this.#line.depth === depth && content !== "" && (indent >= 4 || !interruptsParagraph(content));
    };
    while (label.startsWith("^")) {
      while (belongs()) end = this.#join(words, end);
      paragraphs.push(collapse(words.join(" ")));
      words = [];
      const below = this.#line;
      while (this.#atBlank()) this.#next();
      if (this.#line.indent >= 4 && this.#line.depth === depth) continue;
      this.#line = below;
      break;
    }
    const key = paragraphs.length > 0 ? paragraphs.join("\n") : collapse(words.join(" "));
    this.#end("definition", start, end, key, `[${label}]`);
  }

  /** A paragraph, or the paragraph that a list item opens with, up to what ends it. */
  #prose(kind: "prose" | "item"): void {
    const { start, depth, content } = this.#line;
    const isHtml = content.startsWith("<");
    const words: string[] = [];
    let end = this.#join(words, start);
    if (kind === "item") words[0] = `- ${content.replace(ITEM, "")}`;
    while (this.#line.content !== "" && this.#line.depth === depth) {
      const next = this.#line.content;
      if (startsRule(next) && UNDERLINE.test(next) && kind === "prose" && this.#line.indent < 4) {
        const level = next.startsWith("=") ? 1 : 2;
        this.#end("heading", start, this.#take(), `${level} ${headingKey(words.join(" "))}`, "");
        return;
      }
      if (interruptsParagraph(next) || (isHtml && isLineAlone(next))) break;
      end = this.#join(words, end);
    }
    this.#end(kind, start, end, collapse(words.join(" ")), "");
  }

  /** Takes a line into a paragraph that reached to `end`, and tells its own end. */
  #join(words: string[], end: number): number {
    if (words.length > 0 && this.#text.startsWith("  ", end - 2)) words.push(HARD_BREAK);
    words.push(this.#line.content);
    return this.#take();
  }

  /** Goes on to the next line, and tells where this one ended. */
  #take(): number {
    const end = lineEndBefore(this.#text, this.#line);
    this.#next();
    return end;
  }

  #end(kind: UnitKind, start: number, end: number, key: string, name: string): void {
    while (this.#atBlank()) this.#next();
    const tail = this.#text.slice(end, this.#line.start);
    this.#units.push({ kind, text: this.#text.slice(start, end), tail, key: `${kind} ${key}`, name, start });
  }

  #atBlank(): boolean {
    return this.#line.start < this.#text.length && this.#line.content === "";
  }

  #next(): void {
    this.#line = readLine(this.#text, this.#line.next);
  }
}
