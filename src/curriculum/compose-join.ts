import type { Part } from "./compose-parts.ts";

const BLOCK_LINE = /^[ \t]*(?:\r?\n|#{1,6}(?:[ \t\r\n]|$)|:::|--- )/;
const KEEPS_LINES = /[|>][0-9]?\+/;

/** The line ending of a text: CRLF where all its lines end so, LF where none does, else null. */
export function lineEnding(text: string): "\r\n" | "\n" | null {
  if (!text.includes("\r")) return "\n";
  return text.replaceAll("\r\n", "").includes("\n") || /\r(?!\n)/.test(text) ? null : "\r\n";
}

/** Text of another document with this one's line ending. */
export function withEnding(text: string, ending: "\r\n" | "\n" | null): string {
  return ending === null ? text : text.replace(/\r\n|\n/g, ending);
}

/** `text` in the place of `old`, with the blank lines that followed `old`: they are the page's, not the passage's. */
export function inPlaceOf(old: string, text: string): string {
  if (KEEPS_LINES.test(text)) return text;
  return text.replace(TRAILING, "") + (TRAILING.exec(old)?.[0] ?? "");
}

const TRAILING = /(?:\r?\n[ \t]*)*$/;

/**
 * Puts parts together. A line ending is added only where two that did not stand together before would run into
 * each other.
 */
export function joinParts(parts: readonly Part[], ending: string): string {
  let joined = "";
  let last: Part | undefined;
  for (const part of parts) {
    if (part.text === "") continue;
    if (last !== undefined) joined += seam(last, part, ending);
    joined += part.text;
    last = part;
  }
  return joined;
}

function seam(before: Part, after: Part, ending: string): string {
  const wereTogether = before.from === after.from && before.place + 1 === after.place;
  if (wereTogether) return "";
  const endsLine = /[\r\n]$/.test(before.text);
  const line = endsLine ? "" : ending;
  if (before.region !== "body" || after.region !== "body") return line;
  const isApart = /(?:^|\n)[ \t]*\r?\n$/.test(before.text) || BLOCK_LINE.test(after.text);
  return isApart ? line : line + ending;
}
