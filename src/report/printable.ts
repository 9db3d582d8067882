import { UNSAFE_SIGNS } from "../unsafe-signs.ts";

/**
 * Document text as it may reach a terminal or a page: escape sequences and other control characters become
 * visible signs. Line feeds and tabs stay; a line end of Windows becomes a line feed.
 */
export function printable(text: string): string {
  return text.replace(/\r\n/g, "\n").replace(UNSAFE_SIGNS, (sign) => {
    if (sign === "\n" || sign === "\t") return sign;
    const code = sign.charCodeAt(0);
    if (code < 0x20) return String.fromCharCode(0x2400 + code);
    return code === 0x7f ? "\u2421" : "\ufffd";
  });
}

/** JSON in which no such character is left as it is; it reads back as the same value. */
export function printableJson(json: string): string {
  return json.replace(UNSAFE_SIGNS, (sign) =>
    sign === "\n" ? sign : `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
