/**
 * The line that opens a box or a tab whose content is indented below it, as Python-Markdown's Admonition and PyMdown's
 * Details and Tabbed write it: `!!! note "Title"`, `??? question`, `=== "Tab"`.
 */
export const CONTAINER = /^(?:!!!|\?\?\?\+?)[ \t]+[\w"-]|^===[!+]?[ \t]+["']/;

/** What a line does that begins with a Pandoc div's colons, of which there may be any number. */
export function divMark(line: string): "open" | "close" | null {
  if (!line.startsWith(":::")) return null;
  return line.replace(/^:+/, "").trim() === "" ? "close" : "open";
}
