import { parseBlocks } from "../curriculum/blocks.ts";
import { lineAt, lineStarts, withLf } from "../curriculum/lines.ts";

/** A find in Markdown text, its line counted from 0. */
interface Find {
  readonly value: string;
  readonly line: number;
}

const IMAGE_FILE = /\.(?:png|jpe?g|gif|svg|webp|avif|bmp|tiff?)(?:[?#].*)?$/i;
const IMAGE_KIND = /^(?:image|picture|photo(?:graph)?|diagram|figure)s?$/i;

/** Whether a resource is something to look at, by its file's ending or its kind. */
export function isImage(place: string, kind: string | null): boolean {
  return IMAGE_FILE.test(place) || IMAGE_KIND.test(kind?.trim() ?? "");
}

const LONGEST_TERM = 60;
const EMPHASIS = /(?<![*\w])(\*{1,2})(?![*\s])([^*\n]+?)(?<!\s)\1(?![*\w])/g;

/** Words in italics or bold, which is how a lesson marks a term. */
export function emphasised(text: string): Find[] {
  if (!text.includes("*")) return [];
  const found = [...text.matchAll(EMPHASIS)].filter(([, , words = ""]) => words.length <= LONGEST_TERM);
  if (found.length === 0) return [];
  const starts = lineStarts(text);
  return found.map((match) => ({ value: match[2] ?? "", line: lineAt(starts, match.index) - 1 }));
}

/** Whether a text may hold an image without a text that stands for it; most hold no sign of one. */
export function mayLackAlt(text: string): boolean {
  return (text.includes("![") || text.includes("<")) && /!\[\s*\]|<img\b/i.test(text);
}

/**
 * Images without a text that stands for them: Markdown with empty brackets and no `alt` in the attributes behind,
 * HTML without an `alt` (one that is empty says: for decoration only). Code and comments hold none.
 */
export function imagesWithoutAlt(text: string): Find[] {
  if (!mayLackAlt(text)) return [];
  const source = withoutCode(withLf(text));
  const starts = lineStarts(source);
  return [...source.matchAll(IMAGE)].flatMap((match) => {
    const { path, attributes, tag } = match.groups ?? {};
    if (tag !== undefined ? /\balt\s*=/i.test(tag) : /\balt\s*=\s*(["'])(?!\1)/.test(attributes ?? ""))
      return [];
    const value = path?.trim().split(/\s/)[0] ?? /\bsrc\s*=\s*["']?([^"'\s>]+)/i.exec(tag ?? "")?.[1] ?? "";
    return [{ value, line: lineAt(starts, match.index) - 1 }];
  });
}

const IMAGE =
  /!\[\s*\](?:\((?<path>[^()\n]*)\)|\[[^\]\n]*\])(?<attributes>\s*\{[^{}]*\})?|(?<tag><img\b[^>]*>)/gi;

/** The text with code and comments blanked out, line for line. */
export function withoutCode(source: string): string {
  const lines = source.split("\n");
  for (const { type, map } of parseBlocks(source)) {
    if (map === null || (type !== "fence" && type !== "code_block")) continue;
    lines.fill("", map[0], map[1]);
  }
  return lines
    .join("\n")
    .replace(/<!--[\s\S]*?-->|(`+)[^`\n]+\1(?!`)/g, (found) => found.replace(/[^\n]/g, " "));
}
