import { collapse, nameOnce, type Unit } from "./unit.ts";

const PAIR =
  /^(?:"([^"]*)"|'([^']*)'|([^\s#"'[\]{},&*!|>%@`-][^#]*?|-[^\s:][^#]*?))(?<![ \t])[ \t]*:(?:[ \t]+(.*)|)$/;
/** Names by which items of a list are told apart (design §6). */
const KEYS = new Set(["id", "unit", "keyword", "misconception", "cite", "name", "key", "path", "at"]);

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
    // What is indented deeper than a value goes on with it.
    while (head?.goesOn && next < to) {
      const more = lineFrom(text, next, to);
      const deeper = more.body.length - more.body.trimStart().length;
      if (more.body.trim() !== "" && deeper <= indent + head.dashes) break;
      if (more.body.trim() === "" && !blankWithin(text, more.next, to, indent + head.dashes)) break;
      end = next + more.body.length;
      next = more.next;
    }
    while (next < to) {
      const more = lineFrom(text, next, to);
      if (more.body.trim() !== "") break;
      next = more.next;
    }
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
  /** Whether lines that are indented deeper belong to its value. */
  readonly goesOn: boolean;
}

function headOf(content: string): Head | null {
  const dashes = /^(?:-[ \t]+)+|^-$/.exec(content)?.[0].length ?? 0;
  const rest = content.slice(dashes);
  const pair = PAIR.exec(rest);
  if (pair === null && dashes === 0) return null;
  const field = pair ? (pair[1] ?? pair[2] ?? pair[3] ?? "") : null;
  const value = (pair ? pair[4] : rest)?.trim() ?? "";
  const isEmpty = value === "" || value.startsWith("#") || /^[&!]\S*$/.test(value);
  return { dashes, field, value, goesOn: !isEmpty };
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
  const keyed = field !== null && KEYS.has(field) && value !== "";
  const item = `${parent}[${keyed ? `${field}: ${scalar(value)}` : ""}]`;
  open.push({ indent, name: item });
  if (field !== null) open.push({ indent: indent + dashes, name: `${item}.${field}` });
  return keyed ? item : "";
}

/** What a value says, apart from its quotes; a literal block keeps its lines. */
function valueKey(value: string, body: string): string {
  const newline = body.indexOf("\n");
  if (newline < 0) return scalar(value);
  return /^[|]/.test(value) ? body.slice(newline) : collapse(`${value} ${body.slice(newline)}`);
}

function scalar(value: string): string {
  const quoted = /^(?:"([^"\\]*)"|'((?:[^']|'')*)')$/.exec(value);
  const plain = quoted ? (quoted[1] ?? quoted[2]?.replaceAll("''", "'") ?? "") : value;
  return quoted && !/^[A-Za-z][\w ,.!?()-]*$/.test(plain) ? value.replace(/^'|'$/g, '"') : plain;
}

function lineFrom(text: string, at: number, to: number): { body: string; next: number } {
  const newline = text.indexOf("\n", at);
  const stop = newline < 0 || newline >= to ? to : newline;
  const body = text.slice(at, stop);
  return { body: body.endsWith("\r") ? body.slice(0, -1) : body, next: stop === to ? to : stop + 1 };
}

/** Whether a blank line lies inside a value: the next line that is not blank goes on with it. */
function blankWithin(text: string, from: number, to: number, indent: number): boolean {
  for (let at = from; at < to; ) {
    const { body, next } = lineFrom(text, at, to);
    if (body.trim() !== "") return body.length - body.trimStart().length > indent;
    at = next;
  }
  return false;
}
