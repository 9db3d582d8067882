import type { Fields, Value } from "./value.ts";
import { isTooDeep } from "./yaml-depth.ts";

/**
 * The fields of YAML where a look at each line tells them: names with words, lists and names below them, text in one
 * pair of quotes, and brackets and braces that close on their line. Null where only parsing tells: anchors, tags,
 * escapes, tabs, quotes over several lines, anything out of the ordinary. Most front matter is like that, and reading
 * it costs a tenth.
 * @param firstLine the file's line on which the text begins, counted from 1
 */
export function valuesAtGlance(yaml: string, firstLine: number): Fields | null {
  if (NEEDS_PARSING.test(yaml) || isTooDeep(yaml)) return null;
  const lines: Line[] = [];
  for (let start = 0, number = firstLine; start <= yaml.length; number++) {
    const found = yaml.indexOf("\n", start);
    const end = found < 0 ? yaml.length : found;
    let from = start;
    while (from < end && yaml.charCodeAt(from) === SPACE) from++;
    lines.push({ number, indent: from - start, text: yaml.slice(from, end).trimEnd() });
    start = end + 1;
  }
  try {
    const reader = new BlockReader(lines);
    const fields = reader.fields(0);
    return reader.isAtEnd ? fields : null;
  } catch (error) {
    if (error === UNCERTAIN) return null;
    throw error;
  }
}

interface Line {
  readonly number: number;
  readonly indent: number;
  readonly text: string;
}

/** Thrown and caught here alone: a look does not tell. */
const UNCERTAIN = new Error("only parsing tells");

const NEEDS_PARSING = /\t|\r(?!\n)|\\|^(?:---|\.\.\.|%)|^[ ]*\?|[\u2028\u2029\u0085]/m;
const SPACE = 0x20;
const COLON = 0x3a;
const BLOCK = /^[|>][-+]?$/;
const PLAIN = /^[\p{L}\p{N}(.\u2018\u201c\u2026\u00a3$+/]/u;
const NULL = /^(?:null|Null|NULL)$/;

class BlockReader {
  private at = 0;

  constructor(private readonly lines: readonly Line[]) {}

  get isAtEnd(): boolean {
    return this.next() === null;
  }

  /** The names at one indent. */
  fields(indent: number): Map<string, { line: number; value: Value }> {
    const fields = new Map<string, { line: number; value: Value }>();
    for (let line = this.next(); line !== null && line.indent >= indent; line = this.next()) {
      if (line.indent > indent) throw UNCERTAIN;
      if (isItem(line.text)) break;
      this.field(fields, line.text, line.number, indent);
    }
    return fields;
  }

  /** One name with its value; `text` begins with the name, and the line it stands on is the next. */
  private field(
    fields: Map<string, { line: number; value: Value }>,
    text: string,
    number: number,
    indent: number,
  ): void {
    const end = endOfName(text);
    const name = text.slice(0, Math.max(0, end));
    if (end < 0 || fields.has(name)) throw UNCERTAIN;
    this.at++;
    fields.set(name, { line: number, value: this.value(text.slice(end + 1), number, indent, true) });
  }

  /** What stands behind a name or a dash, and on the lines below that belong to it. */
  private value(rest: string, number: number, indent: number, isNamed: boolean): Value {
    const text = withoutComment(rest);
    if (text === "") return this.below(number, indent, isNamed);
    if (BLOCK.test(text)) return this.block(number, indent);
    const value = inline(text, number);
    const below = this.lines[this.at];
    if (below === undefined || below.text === "" || below.indent <= indent || below.text.startsWith("#")) {
      // A blank line or a comment, and then text that goes on: too rare to be told here.
      const next = this.next();
      if (next !== null && next.indent > indent) throw UNCERTAIN;
      return value;
    }
    if (value.kind !== "text" || text !== rest.trim() || /^["']/.test(text)) throw UNCERTAIN;
    return { ...value, text: [text, ...this.continued(indent)].join("\n") };
  }

  /** Lines of plain text that goes on. */
  private continued(indent: number): string[] {
    const found: string[] = [];
    for (;;) {
      const line = this.lines[this.at];
      if (line === undefined || line.text === "" || line.indent <= indent) break;
      if (/:(?: |$)| #|^#/.test(line.text)) throw UNCERTAIN;
      found.push(line.text);
      this.at++;
    }
    const next = this.next();
    if (next !== null && next.indent > indent) throw UNCERTAIN;
    return found;
  }

  private below(number: number, indent: number, isNamed: boolean): Value {
    const next = this.next();
    const isList = next !== null && isItem(next.text);
    if (next === null || next.indent < indent || (next.indent === indent && !(isNamed && isList))) {
      return { kind: "text", line: number, text: "" };
    }
    if (isList) return { kind: "list", line: next.number, items: this.items(next.indent) };
    return { kind: "fields", line: next.number, fields: this.fields(next.indent) };
  }

  private items(indent: number): Value[] {
    const items: Value[] = [];
    for (let line = this.next(); line !== null && line.indent >= indent; line = this.next()) {
      if (line.indent > indent) throw UNCERTAIN;
      if (!isItem(line.text)) break;
      items.push(this.item(line));
    }
    return items;
  }

  private item({ text, number, indent }: Line): Value {
    const rest = text.slice(1).trimStart();
    const inner = indent + text.length - rest.length;
    if (isItem(rest)) throw UNCERTAIN;
    if (endOfName(rest) < 0) {
      this.at++;
      return this.value(rest, number, indent, false);
    }
    const fields = new Map<string, { line: number; value: Value }>();
    this.field(fields, rest, number, inner);
    for (const [name, each] of this.fields(inner)) {
      if (fields.has(name)) throw UNCERTAIN;
      fields.set(name, each);
    }
    return { kind: "fields", line: number, fields };
  }

  /** The lines of a block of text below its sign. */
  private block(number: number, indent: number): Value {
    const found: string[] = [];
    for (;;) {
      const line = this.lines[this.at];
      if (line === undefined || (line.text !== "" && line.indent <= indent)) break;
      found.push(line.text);
      this.at++;
    }
    while (found.at(-1) === "") found.pop();
    return { kind: "text", line: number + 1, text: found.join("\n") };
  }

  /** The next line that is neither blank nor a comment. */
  private next(): Line | null {
    for (; this.at < this.lines.length; this.at++) {
      const line = this.lines[this.at];
      if (line !== undefined && line.text !== "" && !line.text.startsWith("#")) return line;
    }
    return null;
  }
}

function isItem(text: string): boolean {
  return text === "-" || text.startsWith("- ");
}

/** Where the name that begins at a place ends, which is at a colon with a space or nothing behind it; -1 where none does. */
function endOfName(text: string, start = 0): number {
  const first = text.charCodeAt(start);
  if (isDigit(first) || first === HYPHEN || !isInName(first)) return -1;
  let at = start + 1;
  while (isInName(text.charCodeAt(at))) at++;
  const isName =
    text.charCodeAt(at) === COLON && (at + 1 === text.length || text.charCodeAt(at + 1) === SPACE);
  return isName ? at : -1;
}

const HYPHEN = 0x2d;
const UNDERSCORE = 0x5f;

function isInName(code: number): boolean {
  return isLetter(code) || isDigit(code) || code === UNDERSCORE || code === HYPHEN;
}

/** Of ASCII, as are nearly all first signs of names and values. */
function isLetter(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a);
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/** What stands before a comment, where no quotes or brackets could hold its sign. */
function withoutComment(rest: string): string {
  if (!rest.includes("#")) return rest.trim();
  if (rest.startsWith("#")) return "";
  const at = rest.indexOf(" #");
  if (at < 0) return rest.trim();
  const before = rest.slice(0, at).trim();
  if (!/["'[{]/.test(rest.slice(0, at))) return before;
  // A value that closes before the sign, and no quotes or brackets behind it.
  if (/^(?:"[^"]*"|'[^']*'|\{[^{}#]*\}|\[[^[\]#]*\])$/.test(before)) return before;
  throw UNCERTAIN;
}

/** A value on one line. */
function inline(text: string, line: number): Value {
  if (!beginsPlain(text, 0)) {
    const flow = new FlowReader(text, line);
    const value = /^[[{"']/.test(text) ? flow.value() : null;
    if (value === null || !flow.isAtEnd) throw UNCERTAIN;
    return value;
  }
  if (text.includes(": ") || text.endsWith(":")) throw UNCERTAIN;
  return { kind: "text", line, text: NULL.test(text) ? "" : text };
}

/** Whether plain text that is nothing else begins at a place: with a letter, a digit or a quote mark of print. */
function beginsPlain(text: string, at: number): boolean {
  const first = text.charCodeAt(at);
  return isLetter(first) || isDigit(first) || PLAIN.test(text.slice(at, at + 2));
}

/** A comma, a bracket or a brace. */
function isFlowSign(code: number): boolean {
  return code === 0x2c || code === 0x5b || code === 0x5d || code === 0x7b || code === 0x7d;
}

/** Brackets, braces and quotes on one line. */
class FlowReader {
  private at = 0;

  constructor(
    private readonly text: string,
    private readonly line: number,
  ) {}

  get isAtEnd(): boolean {
    return this.at === this.text.length;
  }

  value(): Value {
    const sign = this.text[this.at];
    if (sign === "[") return this.list();
    if (sign === "{") return this.braces();
    if (sign === '"' || sign === "'") return this.quoted(sign);
    if (!beginsPlain(this.text, this.at)) throw UNCERTAIN;
    let end = this.at + 1;
    while (end < this.text.length && !isFlowSign(this.text.charCodeAt(end))) end++;
    const text = this.text.slice(this.at, end).trimEnd();
    if (text.includes(": ") || text.endsWith(":") || text.includes(" #")) throw UNCERTAIN;
    this.at = end;
    return { kind: "text", line: this.line, text: NULL.test(text) ? "" : text };
  }

  private list(): Value {
    const items: Value[] = [];
    this.each("]", () => items.push(this.value()));
    return { kind: "list", line: this.line, items };
  }

  private braces(): Value {
    const fields = new Map<string, { line: number; value: Value }>();
    this.each("}", () => {
      const end = endOfName(this.text, this.at);
      const name = this.text.slice(this.at, Math.max(this.at, end));
      if (end < 0 || end + 1 === this.text.length || fields.has(name)) throw UNCERTAIN;
      this.at = end + 1;
      this.spaces();
      fields.set(name, { line: this.line, value: this.value() });
    });
    return { kind: "fields", line: this.line, fields };
  }

  private quoted(sign: string): Value {
    const end = this.text.indexOf(sign, this.at + 1);
    if (end < 0 || (sign === "'" && this.text[end + 1] === "'")) throw UNCERTAIN;
    const text = this.text.slice(this.at + 1, end);
    this.at = end + 1;
    return { kind: "text", line: this.line, text };
  }

  private each(close: string, read: () => void): void {
    this.at++;
    this.spaces();
    while (this.text[this.at] !== close) {
      read();
      this.spaces();
      const sign = this.text[this.at];
      if (sign === ",") {
        this.at++;
        this.spaces();
        if (this.text[this.at] === close) throw UNCERTAIN;
      } else if (sign !== close) throw UNCERTAIN;
    }
    this.at++;
  }

  private spaces(): void {
    while (this.text[this.at] === " ") this.at++;
  }
}
