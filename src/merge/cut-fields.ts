import { collapse, nameOnce, type Unit } from "./unit.ts";

const FIELD = /^[ \t]*("[^"]*"|'[^']*'|[\w.-]+)[ \t]*=[ \t]*(.*)$/;
const TABLE = /^[ \t]*\[\[?([^[\]]+)\]\]?[ \t]*(?:#.*)?$/;

/**
 * Cuts the fields of TOML front matter into units, line by line: one for each field and each line that opens
 * a table. A value over several lines stays one unit.
 */
export function cutFields(text: string, from: number, to: number): Unit[] {
  const units: Unit[] = [];
  let table = "";
  for (let at = from; at < to; ) {
    let end = lineEnd(text, at, to);
    const line = text.slice(at, end).trimEnd();
    const field = FIELD.exec(line);
    const closing = field ? openedBy(field[2] ?? "") : null;
    while (closing !== null && end < to && !closes(text.slice(at, end), closing))
      end = lineEnd(text, end, to);
    const opened = TABLE.exec(line)?.[1]?.trim();
    if (opened !== undefined) table = opened;
    while (end < to && text.slice(end, lineEnd(text, end, to)).trim() === "") end = lineEnd(text, end, to);
    const body = text.slice(at, end).trimEnd();
    const value = field ? collapse(body.slice(body.indexOf("=") + 1)) : "";
    const name = field ? `${table}.${field[1]?.replace(/^["']|["']$/g, "")}` : "";
    units.push({
      kind: field ? "entry" : "line",
      text: body,
      tail: text.slice(at + body.length, end),
      key: field ? `entry ${name}=${value.replace(/^'([^'"\\]*)'$/, '"$1"')}` : `line ${collapse(body)}`,
      name,
      start: at,
    });
    at = end;
  }
  return nameOnce(units);
}

function lineEnd(text: string, at: number, to: number): number {
  const newline = text.indexOf("\n", at);
  return newline < 0 || newline >= to ? to : newline + 1;
}

/** What closes a value that is opened on this line and may go on below. */
function openedBy(value: string): string | null {
  for (const quotes of ['"""', "'''"]) if (value.startsWith(quotes)) return quotes;
  return value.startsWith("[") ? "]" : null;
}

function closes(text: string, closing: string): boolean {
  const value = text.slice(text.indexOf("=") + 1).trim();
  if (closing === "]") return value.split("[").length <= value.split("]").length;
  return value.length >= 2 * closing.length && value.endsWith(closing);
}
