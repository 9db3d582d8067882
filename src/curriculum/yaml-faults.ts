import { isMap, isScalar, isSeq, type YAMLError } from "yaml";

const PLAIN_WORDS: Readonly<Record<string, string>> = {
  MULTIPLE_DOCS: "a second YAML document begins here (a line ---); keep one document a file",
  TAB_AS_INDENT: "this line is indented with a tab; YAML wants spaces",
  BAD_INDENT: "this line is indented more or less than the lines it belongs with",
  BLOCK_AS_IMPLICIT_KEY:
    "a value that holds a colon and a space needs quotes around it, as in title: 'Trade: an enquiry'",
  MULTILINE_IMPLICIT_KEY: "a field's name must stand on one line, with a colon after it",
  BAD_ALIAS: "this *name refers to an &anchor that is not there; put quotes around text that begins with *",
  BAD_SCALAR_START: "text may not begin with this sign (@ or `); put quotes around it",
  BAD_DQ_ESCAPE:
    "a backslash in double quotes begins an escape that YAML does not know; write \\\\ or use single quotes",
  KEY_OVER_1024_CHARS: "a field's name is longer than 1,024 characters",
  BLOCK_IN_FLOW: "inside { } or [ ] items are separated by commas",
  UNEXPECTED_TOKEN:
    "something follows here that does not belong to the value; quotes around the whole value help",
  RESOURCE_EXHAUSTION: "it is nested too deeply to be read",
};

/** What is wrong, in words for people, after "this cannot be read as YAML: ". */
export function wordsForFault(error: Pick<YAMLError, "code" | "message">): string {
  if (/end with a [\]}]/.test(error.message)) return "a bracket is opened and not closed";
  if (error.code === "MISSING_CHAR") return missing(error.message);
  return PLAIN_WORDS[error.code] ?? lowerFirst(error.message.split("\n")[0] ?? "it is not YAML");
}

/** Where to look: of what is never closed the parser tells the end, and people want its beginning. */
export function placeOfFault(
  text: string,
  { pos: [at], message }: Pick<YAMLError, "pos" | "message">,
): number {
  const close = /closing (["'])|end with a ([\]}])/.exec(message);
  const sign = close?.[1] ?? (close?.[2] === "]" ? "[" : "{");
  if (close === null) return at;
  let open = text.lastIndexOf(sign, at - 1);
  while (open > 0 && text[open - 1] === "\\") open = text.lastIndexOf(sign, open - 1);
  return open < 0 ? at : open;
}

/** What is wrong with an alias, from the words of the parser. */
export function wordsForAlias(message: string): string {
  const unresolved = /Unresolved alias.*: (.+)$/.exec(message)?.[1];
  if (unresolved === undefined) return "its aliases (*name) unfold to far more than a file should hold";
  return `*${unresolved} refers to an anchor &${unresolved} that is not there; put quotes around text that begins with *`;
}

/** The first key that stands a second time in its mapping. */
export function findRepeat(node: unknown): { at: number; fault: string } | null {
  if (isSeq(node)) return firstRepeat(node.items);
  if (!isMap(node)) return null;
  const seen = new Set<unknown>();
  for (const { key } of node.items) {
    if (!isScalar(key)) continue;
    if (seen.has(key.value)) {
      const fault = `the field "${String(key.value)}" stands here a second time; keep one of the two`;
      return { at: key.range?.[0] ?? 0, fault };
    }
    seen.add(key.value);
  }
  return firstRepeat(node.items.map((pair) => pair.value));
}

function firstRepeat(nodes: readonly unknown[]): { at: number; fault: string } | null {
  for (const node of nodes) {
    const found = findRepeat(node);
    if (found !== null) return found;
  }
  return null;
}

function missing(message: string): string {
  if (/closing ['"]/.test(message))
    return "a quotation mark is opened here and not closed; text that goes on below has to be indented";
  if (/comma|,/.test(message)) return "a comma is missing between two items in { } or [ ]";
  if (/\]|\}/.test(message)) return "a bracket is opened and not closed";
  if (/block (sequence|mapping)|implicit (keys|map)/i.test(message)) {
    return "a colon and a space are missing after the name of a field";
  }
  return lowerFirst(message.split("\n")[0] ?? "a sign is missing");
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
