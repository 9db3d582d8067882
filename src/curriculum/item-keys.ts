import { isMap, isScalar, type YAMLMap, type YAMLSeq } from "yaml";
import { keyOf, slugOf } from "./slug.ts";

/** Keys that a list of any other name may be keyed by, where they are there and unique. */
const COMMON_KEYS = ["id", "name", "key", "path", "at"];
const WORDS_IN_A_KEY = 6;

/** The text of a scalar field of an item; null where it has none, or nothing but white space. */
export type ItemFields = (name: string) => string | null;
type KeyReader = (item: ItemFields) => string | null;

/** Which key a list has by its name (design §3 and §6); the first that every item has is taken. */
const DECLARED: Readonly<Record<string, KeyReader>> = {
  outcomes: byId("id"),
  keyLearningPoints: byId("id"),
  items: byId("id"),
  keywords: byWords("keyword"),
  misconceptions: byWords("misconception"),
  sequence: bySequence,
  resources: (item) => byId("path")(item) ?? byId("url")(item) ?? byWords("title")(item),
  sources: byWords("cite"),
};

/**
 * The keys of a list's items, unique among themselves (`~2` for a repeat), in order; `null` where the list
 * is not keyed and is one field as a whole.
 */
export function itemKeys(field: string, list: YAMLSeq): string[] | null {
  const items = list.items.filter((item): item is YAMLMap => isMap(item));
  if (items.length !== list.items.length) return null;
  return keysOfItems(
    field,
    items.map((item) => (name) => scalarOf(item, name)),
  );
}

/** The same for items that were read by other means. */
export function keysOfItems(field: string, items: readonly ItemFields[]): string[] | null {
  if (items.length === 0) return null;
  const declared = Object.hasOwn(DECLARED, field) ? DECLARED[field] : undefined;
  const keys = declared === undefined ? null : readAll(items, declared);
  if (keys !== null) return counted(keys);
  for (const name of COMMON_KEYS) {
    const found = readAll(items, byId(name));
    if (found !== null && new Set(found).size === found.length) return found;
  }
  return null;
}

/** An item's key as people read it. */
export function readableKey(key: string): string {
  return decodeURIComponent(key);
}

/** Repeats get a count, so that every key is there once. */
export function counted(keys: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return keys.map((key) => {
    const repeat = (seen.get(key) ?? 0) + 1;
    seen.set(key, repeat);
    return repeat === 1 ? key : `${key}~${repeat}`;
  });
}

function readAll(items: readonly ItemFields[], read: KeyReader): string[] | null {
  const keys: string[] = [];
  for (const item of items) {
    const key = read(item);
    if (key === null) return null;
    keys.push(key);
  }
  return keys;
}

function byId(name: string): KeyReader {
  return (item) => {
    const text = item(name);
    return text === null ? null : keyOf(text, "item");
  };
}

function byWords(name: string): KeyReader {
  return (item) => {
    const text = item(name);
    return text === null ? null : slugOf(text.trim().split(/\s+/, WORDS_IN_A_KEY).join(" "), "item");
  };
}

function bySequence(item: ItemFields): string | null {
  if (item("unit") === null) return null;
  return ["unit", "yearGroup", "term"]
    .map((name) => item(name))
    .filter((text) => text !== null)
    .map((text) => keyOf(text, "item"))
    .join("/");
}

function scalarOf(item: YAMLMap, name: string): string | null {
  const node = item.get(name, true);
  if (!isScalar(node) || node.value === null || typeof node.value === "object") return null;
  const text = typeof node.value === "string" ? node.value : (node.source ?? String(node.value));
  return text.trim() === "" ? null : text;
}
