import { dedent } from "./markdown-line.ts";
import { collapse, nameOnce, type Unit } from "./unit.ts";

const PAIR =
  /^(?:"([^"]*)"|'([^']*)'|([^\s#"'[\]{},&*!|>%@`-][^#]*?|-[^\s:][^#]*?))(?<![ \t])[ \t]*:(?:[ \t]+(.*)|)$/;
/** Names by which items of a list are told apart (design §6). */
export const ITEM_KEYS = ["id", "unit", "keyword", "misconception", "cite", "name", "key", "path", "at"];

/** A mapping or an item that is open, with the column its content begins at. */
interface Open {
  readonly indent: number;
  readonly name: string;
}

/**
 * Cuts YAML into units, line by line: one for each field and each item of a list, a field that holds others
 * being its own line only. A reading for merging; whether the result is YAML is for a parser to say.
 */
export function cutYaml(text: string, from: number, to: number): Unit[] {
  const units: Unit[] = [];
  const open: Open[] = [];
  let at = from;
  while (at < to) {
    const line = lineFrom(text, at, to);
    const indent = line.body.length - line.body.trimStart().length;
    let end = at + line.body.length;
    let next = line.next;
    const content = line.body.slice(indent);
    const isComment = content.startsWith("#") || content === "";
    const head = isComment ? null : headOf(content);
    // What is indented deeper than its field, or than the dash of its item, goes on with a value.
    const column = indent + (head?.column ?? 0);
    let more = filledFrom(text, next, to);
    if (head !== null && (!head.isEmpty || (more !== null && isText(more.body)))) {
      for (; more !== null && indentOf(more.body) > column; more = filledFrom(text, more.next, to)) {
        end = more.start + more.body.length;
        next = more.next;
      }
    }
    next = more?.start ?? to;
    const body = text.slice(at, end);
    const unit = { text: body, tail: text.slice(end, next), start: at };
    if (head === null) units.push({ kind: "line", ...unit, key: `line ${collapse(body)}`, name: "" });
    else {
      const name = nameIn(open, indent, head);
      // An item that has no name of its own begins with a field all the same.
      const key = `entry ${name || (head.field ?? "")}=${valueKey(head.value, body)}`;
      units.push({ kind: "entry", ...unit, key, name });
    }
    at = next;
  }
  return nameOnce(units);
}

interface Head {
  /** Width of the dashes before it, 0 for a field that is no item's first. */
  readonly dashes: number;
  readonly field: string | null;
  readonly value: string;
  /** Whether no value stands on its line, but a remark or a mark of what stands below at the most. */
  readonly isEmpty: boolean;
  /** Where the field stands, or the dash of an item without one, from the line's first sign: its value stands deeper. */
  readonly column: number;
}

function headOf(content: string): Head | null {
  const dashes = /^(?:-[ \t]+)+|^-$/.exec(content)?.[0].length ?? 0;
  const rest = content.slice(dashes);
  const pair = PAIR.exec(rest);
  if (pair === null && dashes === 0) return null;
  const field = pair ? (pair[1] ?? pair[2] ?? pair[3] ?? "") : null;
  const value = (pair ? pair[4] : rest)?.trim() ?? "";
  const isEmpty = value === "" || value.startsWith("#") || /^[&!]\S*$/.test(value);
  const column = field === null ? content.slice(0, dashes).lastIndexOf("-") : dashes;
  return { dashes, field, value, isEmpty, column };
}

/** The path of a field or item; opens it for what stands below. */
function nameIn(open: Open[], indent: number, { dashes, field, value }: Head): string {
  // An item may stand at the column of the field that holds its list.
  const holds = (level: Open): boolean =>
    level.indent < indent || (dashes > 0 && level.indent === indent && !level.name.endsWith("]"));
  while (open.length > 0 && !holds(open.at(-1) as Open)) open.pop();
  const parent = open.at(-1)?.name ?? "";
  if (dashes === 0) {
    const name = `${parent}.${field}`;
    open.push({ indent, name });
    return name;
  }
  const keyed = field !== null && ITEM_KEYS.includes(field) && value !== "";
  const item = `${parent}[${keyed ? `${field}: ${scalar(value)}` : ""}]`;
  open.push({ indent, name: item });
  if (field !== null) open.push({ indent: indent + dashes, name: `${item}.${field}` });
  return keyed ? item : "";
}

/** What a value says, apart from its quotes and from how plain text is wrapped. */
function valueKey(value: string, body: string): string {
  const newline = body.indexOf("\n");
  if (newline < 0) return scalar(value);
  const lines = body.slice(newline + 1).split("\n");
  return isVerbatim(value, lines)
    ? `${value}\n${dedent(lines.map((line) => line.trimEnd()))}`
    : [value, ...lines]
        .map((line) => line.trim())
        .join("\n")
        .replace(/(?<!\n)\n(?!\n)/g, " ");
}

/** Whether each line of a value counts as it stands: a literal, or folded text of which some lines stand deeper. */
function isVerbatim(value: string, lines: readonly string[]): boolean {
  const [sign] = /[|>]/.exec(value.replace(MARKS, "").charAt(0)) ?? [];
  const indents = lines.filter((line) => line.trim() !== "").map((line) => line.search(/\S/));
  return sign === "|" || (sign === ">" && indents.some((indent) => indent !== indents[0]));
}

/** An anchor or a tag before a value. */
const MARKS = /^(?:[&!]\S*[ \t]+)+/;
/** Words that mean something else where they stand without quotes. */
const MEANT = /^(?:true|false|null|yes|no|on|off|y|n)$/i;

function scalar(value: string): string {
  const quoted = /^(?:"([^"\\]*)"|'((?:[^']|'')*)')$/.exec(value);
  if (quoted === null) return value;
  const plain = quoted[1] ?? quoted[2]?.replaceAll("''", "'") ?? "";
  const isWords = /^[A-Za-z][\w ,.!?()-]*$/.test(plain) && !MEANT.test(plain);
  return isWords ? plain : value.replace(/^'|'$/g, '"');
}

function lineFrom(text: string, at: number, to: number): { body: string; next: number } {
  const newline = text.indexOf("\n", at);
  const stop = newline < 0 || newline >= to ? to : newline;
  const body = text.slice(at, stop);
  return { body: body.endsWith("\r") ? body.slice(0, -1) : body, next: stop === to ? to : stop + 1 };
}

/** The next line that is not blank. */
function filledFrom(
  text: string,
  from: number,
  to: number,
): { start: number; body: string; next: number } | null {
  for (let start = from; start < to; ) {
    const { body, next } = lineFrom(text, start, to);
    if (body.trim() !== "") return { start, body, next };
    start = next;
  }
  return null;
}

/** Whether a line is neither a field nor an item nor a remark: a value that begins below its field. */
function isText(line: string): boolean {
  const content = line.trimStart();
  return !content.startsWith("#") && headOf(content) === null;
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
