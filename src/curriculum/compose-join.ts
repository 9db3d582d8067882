import type { Part } from "./compose-parts.ts";

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

/**
 * `text` in the place of `old`: with the blank lines that followed `old`, which are the page's and not the
 * passage's.
 */
export function inPlaceOf(old: string, text: string): string {
  if (KEEPS_LINES.test(text)) return text;
  return text.slice(0, endOfContent(text)) + old.slice(endOfContent(old));
}

/** The last part ends the file as the target's last one did, where another stands last now. */
export function settleEnd(parts: readonly Part[], target: readonly Part[]): Part[] {
  const before = target.at(-1);
  const last = parts.at(-1);
  if (before === undefined || last === undefined || last.from === before.from) return [...parts];
  return [...parts.slice(0, -1), { ...last, text: inPlaceOf(before.text, last.text) }];
}

/**
 * Puts parts together. Where two meet that did not stand together before, a line ending keeps them apart, and
 * a blank line sections: without it some readers take a heading for a line of the paragraph above.
 */
export function joinParts(parts: readonly Part[], ending: string): string {
  const texts: string[] = [];
  let last: Part | undefined;
  for (const part of parts) {
    if (part.text === "") continue;
    if (last !== undefined) texts.push(seam(last, part, ending));
    texts.push(part.text);
    last = part;
  }
  return texts.join("");
}

function seam(before: Part, after: Part, ending: string): string {
  if (before.from === after.from && before.place + 1 === after.place) return "";
  const line = /[\r\n]$/.test(before.text) ? "" : ending;
  if (before.region !== "body" || after.region !== "body") return line;
  const isApart = /(?:^|\n)[ \t]*\r?\n$/.test(before.text) || /^[ \t]*\r?\n/.test(after.text);
  return isApart ? line : line + ending;
}

/** Where the last line that is not blank ends, before its line ending. */
function endOfContent(text: string): number {
  const content = text.trimEnd().length;
  const line = text.slice(content).search(/\r?\n/);
  return line < 0 ? text.length : content + line;
}
