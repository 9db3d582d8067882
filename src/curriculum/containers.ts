/**
 * The line that opens a box or a tab whose content is indented below it, as Python-Markdown's Admonition and PyMdown's
 * Details and Tabbed write it: `!!! note "Title"`, `??? question`, `=== "Tab"`.
 */
export const CONTAINER = /^(?:!!!|\?\?\?\+?)[ \t]+[\w"-]|^===[!+]?[ \t]+["']/;
