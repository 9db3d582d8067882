/**
 * The text of a top-level scalar field of YAML where a look at its line tells it: plain words, or words in quotes
 * without an escape, that end there. Null where only parsing tells. It spares parsing the whole front matter of most
 * documents, and a document keeps its id where another field does not parse.
 */
export function scalarAtGlance(yaml: string, name: string): string | null {
  // Anything else at the top (a mapping in braces, a text in quotes) makes lines mean something else.
  if (!/^(?:#|\w+:)/.test(yaml)) return null;
  const line = lineOf(name);
  line.lastIndex = 0;
  const at = line.exec(yaml)?.index;
  if (at === undefined || line.test(yaml)) return null;
  ONE_LINE.lastIndex = at + name.length;
  const value = ONE_LINE.exec(yaml);
  const plain = value?.[1]?.trimEnd();
  if (plain === undefined) return value?.[2] ?? value?.[3] ?? null;
  return plain.toLowerCase() === "null" || plain.endsWith(",") ? null : plain;
}

/** A colon and a value, and on the next line neither a continuation nor a comment nor a blank. */
const ONE_LINE =
  /:[ \t]+(?:([A-Za-z0-9][^\n\r:#"'[\]{}]*)|"([^"\\\n\r]*)"|'([^'\n\r]*)')[ \t]*(?:\r?\n(?![ \t\r\n#])|(?![\s\S]))/y;

const lines = new Map<string, RegExp>();

/** What finds the lines that begin with a name. Made once: documents are read by thousands. */
function lineOf(name: string): RegExp {
  const known = lines.get(name) ?? new RegExp(`^["']?${name}\\b`, "gm");
  lines.set(name, known);
  return known;
}
