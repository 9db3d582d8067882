import { printable } from "./printable.ts";

/**
 * Document text that stays text: no HTML, no emphasis, no cell, no heading, no name that a host would notify.
 * @param inLine for text that does not begin a line, where no list or heading could begin
 */
export function escaped(text: string, inLine = false): string {
  const safe = printable(text)
    .replace(/\s+/g, " ")
    .replace(/[\\`*_[\]|~>]/g, "\\$&")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replace(/@(?=\w)/g, "@\u2060");
  return inLine ? safe : safe.replace(/^(\s*(?:\d+(?=[.)]))?)([-+#=]|(?<=\d)[.)])/, "$1\\$2");
}

/** Inline code around any text, backticks in it included. */
export function code(text: string): string {
  const safe = printable(text).replace(/\s+/g, " ");
  const longest = Math.max(0, ...(safe.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  const pad = longest > 0 ? " " : "";
  return `${fence}${pad}${safe}${pad}${fence}`;
}

/** The beginning of a text, which says so where there was more. */
export function cut(text: string, most: number): string {
  const safe = printable(text);
  return safe.length <= most ? safe : `${safe.slice(0, most)} […]`;
}
