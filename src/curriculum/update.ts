import { isMap, isScalar, isSeq, type Node, Document as YamlDocument } from "yaml";
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
  const before = readDocument(path, text);
  const after = readDocument(path, printYaml(data));
  const old = new Map(before.passages.map((passage) => [passage.key, passage]));
  const now = new Map(after.passages.map((passage) => [passage.key, passage]));
  const differs = (a: Passage | undefined, b: Passage | undefined): boolean => a?.normal !== b?.normal;
  const keys = [...new Set([...old.keys(), ...now.keys()])].filter((key) =>
    differs(old.get(key), now.get(key)),
  );
  return compose(before, after, new Set(keys));
}
