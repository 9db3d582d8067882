import { slug as githubSlug } from "github-slugger";

/** Names are cut here: a heading of a whole page is one slip of the pen, not an address. */
const LONGEST_NAME = 300;
const SAFE = /^[a-z0-9_-]+$/;

/** One part of an address: reserved characters and those that a shell expands are percent-encoded. */
export function encodePart(text: string): string {
  return SAFE.test(text) ? text : text.replace(/[^\p{L}\p{N}\p{M}_:-]/gu, percent);
}

/** The slug of a heading's words, `fallback` where nothing is left of them. */
export function slugOf(words: string, fallback: string): string {
  const name = words.slice(0, LONGEST_NAME).trim().replace(/\s+/g, " ");
  // The pattern of all that a slug leaves out takes longer to compile than most documents to read.
  const slug = /^[\w -]*$/.test(name) ? name.toLowerCase().replaceAll(" ", "-") : githubSlug(name);
  return encodePart(slug.replace(/^-+|-+$/g, "")) || fallback;
}

/** The key of a list item from an id, a path or a URL: lower case, words joined by hyphens, encoded. */
export function keyOf(id: string, fallback: string): string {
  if (SAFE.test(id) && id.length <= LONGEST_NAME) return id;
  const joined = id.slice(0, LONGEST_NAME).trim().toLowerCase().replace(/\s+/g, "-");
  return encodePart(joined) || fallback;
}

/** The words of a heading as people read them, without Markdown's marks; `id` where one is given in braces. */
export function headingWords(source: string): { words: string; id: string | null } {
  let text = source.slice(0, LONGEST_NAME).replace(/\s+/g, " ").trim();
  let id: string | null = null;
  const braces = /(?<!\s)\s*\{:?([^{}]*)\}$/.exec(text);
  const attributes = braces?.[1]?.trim() ?? "";
  if (braces !== null && /^[#.:-]|=|\s[#.]/.test(attributes)) {
    id = /(?:^|\s)#([^\s{}#]+)/.exec(attributes)?.[1] ?? null;
    text = text.slice(0, braces.index);
  }
  return { words: withoutMarks(text), id };
}

function withoutMarks(text: string): string {
  if (!/[[\]<>*_`\\]/.test(text)) return text;
  return text
    .replace(/!?\[([^[\]]*)\](?:\([^()]*\)|\[[^[\]]*\])/g, "$1")
    .replace(/`[^`]*`|<\/?[a-z][^<>]*>/gi, (found) => (found.startsWith("`") ? found : ""))
    .replace(/\\([!-/:-@[-`{-~])/g, "$1")
    .replace(/(^|[\s"'(])(_{1,2})(\S(?:[^_]*\S)?)\2(?=$|[\s"'),.:;!?])/g, "$1$3")
    .replace(/[*`]/g, "")
    .trim();
}

function percent(character: string): string {
  // Half of a surrogate pair cannot be encoded; the replacement character stands for it.
  const whole = /[\uD800-\uDFFF]/u.test(character) ? "\uFFFD" : character;
  const code = whole.codePointAt(0) ?? 0;
  if (code < 0x80) return `%${code.toString(16).toUpperCase().padStart(2, "0")}`;
  return encodeURIComponent(whole);
}
