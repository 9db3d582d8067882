import type { Document } from "../curriculum/document.ts";
import { lineAt, lineStarts, withLf } from "../curriculum/lines.ts";
import { fieldsOf, itemKeysOf, itemsOf } from "../curriculum/values.ts";
import type { Mention } from "./facts.ts";
import { withoutCode } from "./marked.ts";
import { bodyProse } from "./prose.ts";

/** A file as a text names it, its line counted from 0. */
interface NamedFile {
  readonly value: string;
  readonly line: number;
}

/** Where a link or an image of Markdown leads, in brackets or on a line of its own; and the same in HTML. */
const LINK =
  /(?<image>!?)\[(?:[^[\]\n]|\[[^[\]\n]*\])*\]\([ \t]*(?<to><[^<>\n]+>|[^\s()<>]+(?:\([^\s()]*\)[^\s()]*)?)(?:[ \t]+["'(][^\n]*?["')])?[ \t]*\)/g;
const DEFINITION = /^ {0,3}\[(?!\^)[^\]\n]+\]:[ \t]*(?<to><[^<>\n]+>|\S+)/gm;
const TAG = /<(?<name>img|a|source|audio|video)\b[^>]*?\b(?:src|href)\s*=\s*["'](?<to>[^"'\n]+)["']/gi;

/** What is kept as a file; a page without an ending or in HTML is made by the site's generator. */
const KEPT =
  /\.(?:md|mdx|markdown|rmd|qmd|ya?ml|txt|rtf|csv|tsv|pdf|docx?|odt|pptx?|odp|xlsx?|ods|epub|png|jpe?g|gif|svg|webp|avif|bmp|tiff?|mp3|m4a|wav|mp4|mov|webm|zip|ggb|ipynb)$/i;

/**
 * The local files that Markdown text links to or shows. Addresses on the web, of the site (they begin with `/`), with
 * gaps that a generator fills, and places within a page are not looked at, nor what stands in code.
 */
function filesNamedIn(markdown: string): NamedFile[] {
  // Most text names none: signs are found many times as quickly as patterns.
  const mayName = markdown.includes("](") || markdown.includes("]:") || markdown.includes("<");
  if (!mayName || !/\]\(|\]:|<(?:img|a|source|audio|video)\b/i.test(markdown)) return [];
  const text = withLf(markdown);
  if (finds(text).length === 0) return [];
  const source = withoutCode(text);
  const starts = lineStarts(source);
  return finds(source).map(({ value, at }) => ({ value, line: lineAt(starts, at) - 1 }));
}

/** The local files that a document lists among its resources, links to or shows, each with its passage. */
export function filesOf(document: Document): Mention[] {
  const found: Mention[] = [];
  const fields = fieldsOf(document);
  if (fields.has("resources")) {
    const keys = itemKeysOf(fields, "resources");
    itemsOf(fields, "resources").forEach((item, at) => {
      const path = item.kind === "fields" ? item.fields.get("path") : undefined;
      const value =
        path?.value.kind === "text" ? localFile(path.value.text.trim().replace(/^\/+/, "")) : null;
      if (path && value !== null) found.push({ value, line: path.line, key: keys[at] ?? "@resources" });
    });
  }
  if (document.format !== "markdown") return found;
  const { text, frontMatter } = document;
  const named = filesNamedIn(text.slice(frontMatter.length));
  if (named.length === 0) return found;
  const first = lineAt(lineStarts(text), frontMatter.length);
  const sections = bodyProse(document);
  for (const { value, line } of named) {
    const at = first + line;
    found.push({ value, line: at, key: sections.findLast((part) => part.line <= at)?.key ?? "#" });
  }
  return found;
}

function finds(text: string): { value: string; at: number }[] {
  return [LINK, DEFINITION, TAG].flatMap((pattern) =>
    [...text.matchAll(pattern)].flatMap((match) => {
      const { to = "", image, name } = match.groups ?? {};
      const isShown = image === "!" || (name !== undefined && name.toLowerCase() !== "a");
      const value = localFile(to.replace(/^<|>$/g, ""));
      return value !== null && (KEPT.test(value) || (isShown && /\.\w+$/.test(value)))
        ? [{ value, at: match.index }]
        : [];
    }),
  );
}

/** The path that a destination names, without a place in the file; null where it names no file beside the document. */
function localFile(destination: string): string | null {
  if (/^(?:[a-z][a-z0-9+.-]*:|[/#?])|[{}$*|]/i.test(destination)) return null;
  const path = destination.replace(/[?#].*$/s, "").replace(/\\([!-/:-@[-`{-~])/g, "$1");
  try {
    return decodeURIComponent(path).normalize("NFC") || null;
  } catch {
    return path.normalize("NFC");
  }
}
