/** Offsets at which the lines of `text` begin; LF, CRLF and a lone CR end a line, as CommonMark has it. */
export function lineStarts(text: string): number[] {
  const starts = [0];
  if (!text.includes("\r")) {
    for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
    return starts;
  }
  for (const end of text.matchAll(/\r\n?|\n/g)) starts.push(end.index + end[0].length);
  return starts;
}

/** The line, counted from 1, in which `offset` lies. */
export function lineAt(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low + 1;
}

/** The text with LF line ends; the count of lines stays. */
export function withLf(text: string): string {
  return text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text;
}

/** The first line, counted from 1, in which some words or a pattern begin; null where none does. */
export function lineWith(text: string, words: string | RegExp): number | null {
  const at = typeof words === "string" ? text.indexOf(words) : text.search(words);
  return at < 0 ? null : lineAt(lineStarts(text), at);
}
