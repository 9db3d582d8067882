import { isMap, isNode, isScalar, isSeq, type Node, parseDocument, Document as YamlDocument } from "yaml";
import { compose } from "./compose.ts";
import type { Passage } from "./document.ts";
import { readDocument } from "./read.ts";

/**
 * Prints a mapping as people write these files: short mappings and lists of words on one line, lists of mappings
 * an item a line.
 */
export function printYaml(data: unknown): string {
  const document = new YamlDocument(data);
  if (isMap(document.contents)) {
    for (const pair of document.contents.items) shorten(pair.value as Node | null);
  }
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}

function shorten(value: Node | null): void {
  if (isMap(value)) value.flow = true;
  if (!isSeq(value)) return;
  if (value.items.every((item) => isScalar(item))) value.flow = true;
  for (const item of value.items) if (isMap(item)) item.flow = true;
}

/**
 * Gives a YAML file new data: only the fields and keyed items whose value differs are written, every other byte,
 * comments included, stays (law 5).
 */
export function updateYaml(path: string, text: string, data: unknown): string {
  const printed = readDocument(path, printYaml(data));
  const inPlace = spliceValues(
    text,
    printed.text,
    differing(readDocument(path, text).passages, printed.passages),
  );
  const before = readDocument(path, inPlace);
  return compose(before, printed, differing(before.passages, printed.passages));
}

/**
 * A YAML file that is a list of one item a line or more, without one of its items; every other byte stays.
 * @returns null where the list is written in one pair of brackets
 */
export function withoutItem(text: string, index: number): string | null {
  const { contents } = parseDocument(text);
  if (!isSeq(contents) || contents.flow) return null;
  const item = contents.items[index];
  if (!isNode(item) || !item.range) return null;
  const [start, end] = item.range;
  const next = text.indexOf("\n", Math.max(start, end - 1));
  return text.slice(0, text.lastIndexOf("\n", start) + 1) + (next < 0 ? "" : text.slice(next + 1));
}

function differing(before: readonly Passage[], after: readonly Passage[]): Set<string> {
  const old = new Map(before.map((passage) => [passage.key, passage.normal]));
  const now = new Map(after.map((passage) => [passage.key, passage.normal]));
  return new Set([...old.keys(), ...now.keys()].filter((key) => old.get(key) !== now.get(key)));
}

/** Replaces values that stand on one line, before and after, so that a comment behind them stays. */
function spliceValues(text: string, printed: string, keys: ReadonlySet<string>): string {
  const old = valuesOf(text);
  const now = valuesOf(printed);
  const splices = [...keys].flatMap((key) => {
    const from = old.get(key);
    const to = now.get(key);
    return from && to && !/\n/.test(from.text + to.text) ? [{ ...from, text: to.text }] : [];
  });
  splices.sort((a, b) => b.start - a.start);
  return splices.reduce(
    (all, { start, end, text: value }) => all.slice(0, start) + value + all.slice(end),
    text,
  );
}

/** Where the value of each top-level field stands, by the key of its passage. */
function valuesOf(text: string): Map<string, { start: number; end: number; text: string }> {
  const values = new Map<string, { start: number; end: number; text: string }>();
  const { contents } = parseDocument(text, { logLevel: "error", uniqueKeys: false });
  if (!isMap(contents)) return values;
  for (const { key, value } of contents.items) {
    if (!isScalar(key) || !isNode(value) || !value.range) continue;
    const [start, end] = value.range;
    values.set(`@${key.value}`, { start, end, text: text.slice(start, end) });
  }
  return values;
}
