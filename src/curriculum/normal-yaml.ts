import { type Document, isAlias, isMap, isScalar, isSeq, parseDocument } from "yaml";
import { normalisePlain } from "./normal.ts";
import { isTooDeep } from "./yaml-depth.ts";

/** Beyond these an alias is written by its name: a small file cannot become a huge value. */
const MOST_ALIASES = 500;
const MOST_LINES = 200_000;
const DEEPEST = 200;

/**
 * A YAML value in the normal form n1: by value, mapping keys in order, scalars independent of quoting and of
 * flow or block style; comments are not part of it. Numbers are taken as they are written (`1.10` is not `1.1`).
 */
export function normaliseValue(node: unknown, document: Document): string {
  const printer = new Printer(document);
  printer.print(node, "", "", 0);
  return printer.lines.join("\n");
}

/** YAML text by value; text that does not parse is compared as it stands. */
export function normaliseYaml(text: string): string {
  if (isTooDeep(text)) return normalisePlain(text);
  try {
    const document = parseDocument(text, { prettyErrors: false, logLevel: "error", uniqueKeys: false });
    return document.errors.length > 0 ? normalisePlain(text) : normaliseValue(document.contents, document);
  } catch {
    return normalisePlain(text);
  }
}

class Printer {
  readonly lines: string[] = [];
  private aliases = 0;

  constructor(private readonly document: Document) {}

  print(node: unknown, label: string, pad: string, depth: number): void {
    if (isAlias(node)) this.printAlias(node, label, pad, depth);
    else if (depth > DEEPEST || this.lines.length > MOST_LINES) this.line(label, String(node));
    else if (isMap(node)) this.printMap(node, label, pad, depth);
    else if (isSeq(node)) this.printList(node, label, pad, depth);
    else this.printText(isScalar(node) ? scalarText(node) : "", labelled(label, tagOf(node)), pad);
  }

  private printAlias(node: { source: string }, label: string, pad: string, depth: number): void {
    this.aliases++;
    const within = this.aliases <= MOST_ALIASES && depth < DEEPEST && this.lines.length < MOST_LINES;
    const target = within && isAlias(node) ? node.resolve(this.document) : undefined;
    if (target === undefined) this.line(label, `*${node.source}`);
    else this.print(target, label, pad, depth + 1);
  }

  private printMap(
    node: { items: { key: unknown; value: unknown }[] },
    label: string,
    pad: string,
    depth: number,
  ): void {
    const head = labelled(label, tagOf(node));
    if (node.items.length === 0) {
      this.line(head, "{}");
      return;
    }
    const inner = this.nest(head, pad);
    const entries = node.items.map((pair) => ({ key: this.keyText(pair.key), value: pair.value }));
    entries.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
    for (const { key, value } of entries) this.print(value, `${inner}${key}:`, inner, depth + 1);
  }

  private printList(node: { items: unknown[] }, label: string, pad: string, depth: number): void {
    const head = labelled(label, tagOf(node));
    if (node.items.length === 0) {
      this.line(head, "[]");
      return;
    }
    const inner = this.nest(head, pad);
    for (const item of node.items) this.print(item, `${inner}-`, inner, depth + 1);
  }

  private printText(text: string, label: string, pad: string): void {
    if (!text.includes("\n")) {
      this.line(label, text);
      return;
    }
    this.line(label, "|");
    for (const line of text.split("\n")) this.lines.push(line === "" ? "" : `${pad}  ${line}`);
  }

  private nest(head: string, pad: string): string {
    if (head === "") return pad;
    this.lines.push(head);
    return `${pad}  `;
  }

  private line(label: string, text: string): void {
    this.lines.push(labelled(label, text));
  }

  private keyText(key: unknown): string {
    if (isScalar(key)) {
      const text = scalarText(key);
      return /[\n:]/.test(text) ? JSON.stringify(text) : text;
    }
    const printer = new Printer(this.document);
    printer.print(key, "", "", 0);
    return JSON.stringify(printer.lines.join("\n"));
  }
}

function scalarText(node: { value: unknown; source?: string }): string {
  if (node.value === null || node.value === undefined) return "";
  const text = normalisePlain(
    typeof node.value === "string" ? node.value : (node.source ?? String(node.value)),
  );
  // These would read as something else: nothing at all, an empty collection, the sign of a longer text.
  return ["", "{}", "[]", "|"].includes(text) ? JSON.stringify(text) : text;
}

function labelled(label: string, text: string): string {
  return label === "" ? text : text === "" ? label : `${label} ${text}`;
}

function tagOf(node: unknown): string {
  const tag = (node as { tag?: string } | null)?.tag;
  return tag === undefined || tag.startsWith("tag:yaml.org,2002:") ? "" : tag;
}
