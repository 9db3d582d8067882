/**
 * The text of a top-level scalar field of YAML where a look at its line tells it: plain words, or words in quotes
 * without an escape, that end there. Null where only parsing tells. It spares parsing the whole front matter of most
 * documents, and a document keeps its id where another field does not parse.
 */
export function scalarAtGlance(yaml: string, name: string): string | null {
  // Anything else at the top (a mapping in braces, a text in quotes) makes lines mean something else.
  if (!/^(?:#|\w+:)/.test(yaml)) return null;
  const lines = [...yaml.matchAll(new RegExp(`^["']?${name}\\b`, "gm"))];
  const at = lines[0]?.index;
  if (lines.length !== 1 || at === undefined) return null;
  const oneLine = new RegExp(ONE_LINE, "y");
  oneLine.lastIndex = at + name.length;
  const value = oneLine.exec(yaml);
  const plain = value?.[1]?.trimEnd();
  if (plain === undefined) return value?.[2] ?? value?.[3] ?? null;
  return plain.toLowerCase() === "null" || plain.endsWith(",") ? null : plain;
}

/** A colon and a value, and on the next line neither a continuation nor a comment nor a blank. */
const ONE_LINE =
  /:[ \t]+(?:([A-Za-z0-9][^\n\r:#"'[\]{}]*)|"([^"\\\n\r]*)"|'([^'\n\r]*)')[ \t]*(?:\r?\n(?![ \t\r\n#])|(?![\s\S]))/;
