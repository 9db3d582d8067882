import { CONTAINER } from "../curriculum/containers.ts";
import { isBlockTag, isTagAlone } from "./html-tags.ts";
import { collapse, idIn, partTrail } from "./unit.ts";

export const FENCE = /^(`{3,}|~{3,})(.*)$/;
export const ITEM = /^(?:[-*+]|\d{1,9}[.)])(?:[ \t]+|$)/;
export const HEADING = /^(#{1,6})(?:[ \t]+(.*)|)$/;
export const RULE = /^(?:-[ \t]*){3,}$|^(?:\*[ \t]*){3,}$|^(?:_[ \t]*){3,}$/;
export const UNDERLINE = /^(?:=+|-+)$/;
export const DEFINITION = /^\[([^\]]+)\]:\s*\S/;
/** A line that opens a formula of several lines, with what closes it. */
const FORMULA = /^(?:\$\$|\\\[|\\begin\{[A-Za-z]+\*?\})/;
const TEMPLATE = /^\{(?:%.*%|\{.*\})\}$/;
/** The line that says of a quote which kind of box it is, as GitHub has it: `[!NOTE]`; Obsidian has a title, and a fold. */
export const ALERT = /^\[![A-Za-z][\w-]*\](?:[+-](?:[ \t].*)?|[ \t]+[^.,;]{1,60})?$/;
export const TASK = /^---[ \t]+\/?[A-Za-z](?:[\w -]*[\w-])?[ \t]+---$/;
/** Lines of a program among those of a page, as MDX has them. */
export const MODULE =
  /^(?:import[ \t]+(?:["'{*]|[\w$]+[ \t,]+(?:from|\{|\*))|export[ \t]+(?:const|let|default|function|\{|\*)[ \t]?)/;

/** A look at the first sign spares most lines the patterns. */
export function startsItem(content: string): boolean {
  const code = content.charCodeAt(0);
  return code === 0x2d || code === 0x2a || code === 0x2b || (code >= 0x30 && code <= 0x39);
}

export function startsRule(content: string): boolean {
  const code = content.charCodeAt(0);
  return code === 0x2d || code === 0x2a || code === 0x5f || code === 0x3d;
}

export function startsFence(content: string): boolean {
  const code = content.charCodeAt(0);
  return code === 0x60 || code === 0x7e;
}

/** Whether a line is a fence as long as the opening one, and nothing else. */
export function closesFence(content: string, fence: string): boolean {
  if (!content.startsWith(fence)) return false;
  for (let i = fence.length; i < content.length; i++) if (content.charAt(i) !== fence.charAt(0)) return false;
  return true;
}

/** Whether a line ends a paragraph above it. */
export function interruptsParagraph(content: string): boolean {
  switch (content.charAt(0)) {
    case "#":
      return HEADING.test(content);
    case "`":
    case "~":
      return FENCE.test(content);
    case "|":
      return true;
    case "!":
    case "?":
      return CONTAINER.test(content);
    case ":":
      return content.startsWith(":::");
    case "{":
      return content.startsWith("{:") || TEMPLATE.test(content);
    case "<":
      return isBlockTag(content);
    case "[":
      return DEFINITION.test(content);
    case "$":
    case "\\":
      return content === FORMULA.exec(content)?.[0];
    default:
      if (!startsItem(content) && !startsRule(content)) return false;
      return ITEM.test(content) || RULE.test(content) || TASK.test(content) || CONTAINER.test(content);
  }
}

/** Where the text of a list item begins that has this marker, in columns. */
export function textColumn(indent: number, marker: string): number {
  const signs = marker.trimEnd();
  if (signs === marker) return indent + signs.length + 1;
  let column = indent + signs.length;
  for (const white of marker.slice(signs.length)) column += white === "\t" ? 4 - (column % 4) : 1;
  return column;
}

/** A heading's words with an explicit id; classes and closing signs are form. */
export function headingKey(source: string): string {
  const { inner, trail } = partTrail(source);
  return collapse(`${inner} ${idIn(trail)}`);
}

export function rowKey(row: string): string {
  const cells = row.replace(/^\||\|$/g, "").split("|");
  const isDelimiter = cells.every((cell) => /^\s*:?-+:?\s*$/.test(cell));
  return cells.map((cell) => (isDelimiter ? cell.replace(/-+/, "-").trim() : collapse(cell))).join("|");
}

/** Whether an HTML element's text, or a tag itself, goes on in the next line. */
export function runsOn(content: string): boolean {
  return content.startsWith("<") && !content.endsWith(">") && /[\p{L}\p{N}]/u.test(content);
}

export function opensFormula(content: string): boolean {
  const [opening] = FORMULA.exec(content) ?? [];
  return opening !== undefined && !content.includes(closeOf(opening), opening.length);
}

export function closeOf(opening: string): string {
  if (opening.startsWith("$$")) return "$$";
  return opening.startsWith("\\[") ? "\\]" : opening.replace("begin", "end").replace(/\}.*/, "}");
}

export function isLineAlone(content: string): boolean {
  if (content.startsWith("{")) return content.startsWith("{:") || TEMPLATE.test(content);
  return isTagAlone(content);
}
