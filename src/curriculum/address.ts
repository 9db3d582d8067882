/** An address as people and records write it, in two parts. */
export interface Address {
  /** Id or file path of a document, decoded. */
  readonly document: string;
  /** Key of a passage with its sign (`#case-study`, `@outcomes.o2`, `#`), as it was typed; null for a whole document. */
  readonly passage: string | null;
}

/** Characters of a document's id that would end it or that a shell expands. */
const UNSAFE_IN_ID = /[\s\p{Cc}\p{Cf}#@%!~*?$&|;<>(){}[\]"'`\\^]/gu;
const PLAIN = /^[\w./:-]+$/;

/** Takes an address apart; it never fails, since whatever follows the first `#` or `@` may be words of a heading. */
export function parseAddress(text: string): Address {
  const trimmed = text.trim();
  const at = trimmed.search(/[#@]/);
  if (at < 0) return { document: decode(trimmed), passage: null };
  return { document: decode(trimmed.slice(0, at)), passage: trimmed.slice(at) };
}

/** Whether an address is the one that is wanted, or of a passage in the document or list that is. */
export function isAt(at: string, wanted: string): boolean {
  const [one, other] = [parseAddress(at), parseAddress(wanted)];
  if (one.document !== other.document) return false;
  const { passage } = other;
  if (passage === null || one.passage === passage) return true;
  return (
    passage.startsWith("@") &&
    /^[.!]/.test(one.passage?.slice(passage.length) ?? "") &&
    one.passage?.startsWith(passage) === true
  );
}

/** The address of a passage, or of a whole document where `key` is null. */
export function formatAddress(documentId: string, key: string | null): string {
  return documentId.replace(UNSAFE_IN_ID, percent) + (key ?? "");
}

/**
 * An address as it can be typed in a shell: quoted where it holds a sign that a shell could read.
 * Single quotes keep an interactive bash from expanding the `!` of an order.
 */
export function quoteAddress(address: string): string {
  if (PLAIN.test(address)) return address;
  return /[!$`"\\]/.test(address) ? `'${address.replaceAll("'", "'\\''")}'` : `"${address}"`;
}

/** A path as Git finds it from every folder of the repository, as it can be typed in a shell. */
export function quotePath(path: string): string {
  return quoteAddress(`:/${path}`);
}

function decode(text: string): string {
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function percent(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return code < 0x80 ? `%${code.toString(16).toUpperCase().padStart(2, "0")}` : encodeURIComponent(character);
}
