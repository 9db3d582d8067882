/** A line in what a reader of Markdown sees of it. */
export interface Line {
  readonly start: number;
  /** Offset behind its line end. */
  readonly next: number;
  /** How deep it is quoted. */
  readonly depth: number;
  readonly indent: number;
  /** Without quote marks, indentation and white space at its end; empty for a blank line. */
  readonly content: string;
}

/** The line that begins at an offset. */
export function readLine(text: string, start: number): Line {
  const newline = text.indexOf("\n", start);
  const next = newline < 0 ? text.length : newline + 1;
  let end = newline < 0 ? text.length : newline;
  while (end > start && isWhite(text.charCodeAt(end - 1))) end--;
  let at = start;
  let depth = 0;
  let indent = 0;
  for (; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x20) indent++;
    else if (code === 0x09) indent += 4 - (indent % 4);
    else if (code === 0x3e && indent < 4) {
      depth++;
      const after = text.charCodeAt(at + 1);
      if (at + 1 < end && (after === 0x20 || after === 0x09)) at++;
      indent = 0;
    } else break;
  }
  return { start, next, depth, indent, content: text.slice(at, end) };
}

function isWhite(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d) || code === 0xa0;
}

/** Offset of a line's end, before CR and LF. */
export function lineEndBefore(text: string, { start, next }: Line): number {
  let end = next;
  if (end > start && text.charAt(end - 1) === "\n") end--;
  if (end > start && text.charAt(end - 1) === "\r") end--;
  return end;
}

/** A line of code without the quote marks that it stands in. */
export function codeLine(text: string, line: Line, depth: number): string {
  const raw = text.slice(line.start, line.next).trimEnd();
  if (depth === 0) return raw;
  let left = depth;
  let at = 0;
  while (at < raw.length && left > 0) if (raw.charAt(at++) === ">") left--;
  return raw.charAt(at) === " " ? raw.slice(at + 1) : raw.slice(at);
}

/** A line of code without indentation, up to a column. */
export function outdent(line: string, column: number): string {
  let at = 0;
  for (let reached = 0; reached < column; at++) {
    const sign = line.charAt(at);
    if (sign !== " " && sign !== "\t") break;
    reached += sign === "\t" ? 4 - (reached % 4) : 1;
  }
  return line.slice(at);
}

/** Code without the indentation that all its lines share. */
export function dedent(lines: readonly string[]): string {
  let shared = Number.POSITIVE_INFINITY;
  for (const line of lines) if (line !== "") shared = Math.min(shared, line.length - line.trimStart().length);
  return lines.map((line) => (line === "" ? line : line.slice(shared))).join("\n");
}
