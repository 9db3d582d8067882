import { parse } from "yaml";

/** A piece of a passage that is compared as one: a paragraph or list item by its words, code and tables by line. */
export interface Block {
  readonly kind: "prose" | "line";
  readonly text: string;
  /** Equal for two blocks that differ in form alone. */
  readonly key: string;
}

const FENCE = /^\s*(`{3,}|~{3,})/;
const ITEM = /^\s*(?:[-*+]|\d+[.)])\s/;
const HEADING = /^#{1,6}\s/;

/** The blocks of a passage; `key` is its key in the document, which tells Markdown from a field. */
export function blocksOf(key: string, text: string | null): Block[] {
  if (text === null) return [];
  // The passage of an order is its keys, one a line; where it is contested it is the text of the file.
  const isKeys = key.endsWith("!order") && /^\S+(?:\n\S+)*\s*$/.test(text);
  if (isKeys) return [prose(text.trim().split("\n").map(bare).join(", "))];
  return key.startsWith("@") ? fieldBlocks(text) : markdownBlocks(text);
}

function markdownBlocks(text: string): Block[] {
  const blocks: Block[] = [];
  let paragraph: string[] = [];
  let fence: string | null = null;
  const close = (): void => {
    if (paragraph.length > 0) blocks.push(prose(paragraph.join(" ")));
    paragraph = [];
  };
  for (const line of text.replace(/\r\n?/g, "\n").split("\n")) {
    const mark = FENCE.exec(line)?.[1] ?? null;
    if (fence !== null) {
      blocks.push({ kind: "line", text: line, key: line.trimEnd() });
      if (mark?.startsWith(fence) && line.trim() === mark) fence = null;
    } else if (mark !== null) {
      close();
      fence = mark;
      blocks.push({ kind: "line", text: line, key: line.trim() });
    } else if (line.trim() === "") {
      close();
    } else if (line.trimStart().startsWith("|")) {
      close();
      blocks.push({ kind: "line", text: collapse(line), key: collapse(line) });
    } else if (HEADING.test(line)) {
      close();
      blocks.push(prose(line));
    } else {
      if (ITEM.test(line)) close();
      paragraph.push(line);
    }
  }
  close();
  return blocks;
}

/** A field as short text: its value alone, one block a paragraph, list item or key. */
function fieldBlocks(text: string): Block[] {
  let value: unknown;
  try {
    value = parse(text, { maxAliasCount: 0, uniqueKeys: false, logLevel: "silent" });
  } catch {
    return text
      .split("\n")
      .filter((line) => line.trim() !== "")
      .map(prose);
  }
  return linesOf(unwrapped(value)).map(prose);
}

/** `title: x` is x, and the one item of a list is the item: name and key stand in the address already. */
function unwrapped(value: unknown): unknown {
  if (Array.isArray(value) && value.length === 1) return withoutId(value[0]);
  if (!isMapping(value)) return value;
  const [only, ...more] = Object.values(value);
  return more.length === 0 ? only : withoutId(value);
}

/** A key as it stands in an order, without what it shares with all the others: `@sequence.`, `#`. */
function bare(key: string): string {
  return key.replace(/^(?:@[^.]*\.|#)(?=.)/, "");
}

function linesOf(value: unknown): string[] {
  if (typeof value === "string")
    return value.split(/\n\s*\n|\n(?=\s*[-*]\s)/).filter((part) => part.trim() !== "");
  if (Array.isArray(value)) return value.map(inline);
  if (isMapping(value)) {
    const entries = Object.entries(value);
    return entries.map(([name, each]) => (entries.length === 1 ? inline(each) : `${name}: ${inline(each)}`));
  }
  return value === null || value === undefined ? [] : [String(value)];
}

function inline(value: unknown): string {
  if (Array.isArray(value)) return value.map(inline).join(", ");
  if (!isMapping(value)) return value === null || value === undefined ? "" : String(value);
  const entries = Object.entries(value);
  const [first] = entries;
  if (entries.length === 1 && first) return inline(first[1]);
  return entries.map(([name, each]) => `${name}: ${inline(each)}`).join("; ");
}

function withoutId(value: unknown): unknown {
  if (!isMapping(value) || !("id" in value)) return value;
  const { id: _, ...rest } = value;
  return rest;
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function prose(text: string): Block {
  const words = collapse(text);
  return { kind: "prose", text: words, key: words };
}

function collapse(text: string): string {
  return text.trim().replace(/\s+/g, " ");
}
