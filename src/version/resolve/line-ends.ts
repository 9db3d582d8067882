/** A text with the line ends of Windows, as Git writes it to the work tree where it is set so. */
function inWindows(text: string): string {
  return text.replace(/\r?\n/g, "\r\n");
}

/** Part of a text as it stands in that text, whose line ends may be those of Windows. */
export function asItStands(part: string, text: string): string {
  return text.includes(part) || !text.includes("\r\n") ? part : inWindows(part);
}

/** A text with the line ends of what lies in its place. */
export function endedLike(text: string, other: string): string {
  return other.includes("\r\n") && !/(?<!\r)\n/.test(other) ? inWindows(text) : text;
}
