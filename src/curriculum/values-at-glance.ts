import { endOfName, inlineAtGlance, UNCERTAIN } from "./inline-at-glance.ts";
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
  return look(yaml, firstLine, (reader) => reader.fields(0));
}

/** The same of a file that is one list, as those of versions are. */
export function listAtGlance(yaml: string, firstLine: number): readonly Value[] | null {
  return IS_LIST.test(yaml) ? look(yaml, firstLine, (reader) => reader.items(0)) : null;
}

function look<T>(yaml: string, firstLine: number, read: (reader: BlockReader) => T): T | null {
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
    const found = read(reader);
    return reader.isAtEnd ? found : null;
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

const NEEDS_PARSING = /\t|\r(?!\n)|\\|^(?:---|\.\.\.|%)|^[ ]*\?|[\u2028\u2029\u0085]/m;
const SPACE = 0x20;
/** The first line that is no remark begins with a dash. */
const IS_LIST = /^(?: *(?:#.*)?\r?\n)*-/;
const BLOCK = /^[|>][-+]?$/;

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
    const value = inlineAtGlance(text, number);
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

  /** The items of a list at one indent. */
  items(indent: number): Value[] {
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
    return { kind: "text", line: number + 1, text: found.join("\n"), style: "block" };
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
