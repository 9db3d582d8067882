import { isMap, isSeq, parseDocument, visit } from "yaml";
import { fieldOf, type Part } from "./compose-parts.ts";
import type { Document, Passage } from "./document.ts";

/**
 * A slice that several passages share (a list in brackets, a mapping in braces) with the wanted ones of them
 * taken from `source`. Where the same items stay in the same order, what stands between them stays too. Null
 * where none is left.
 */
export function composeShared(part: Part, source: Document, keys: ReadonlySet<string>): string | null {
  const own = passagesOf(part.from);
  const theirs = passagesOf(source);
  const order = orderOf(part, source, keys);
  if (order.length === 0) return null;
  const texts = order.map((key) => {
    const passage = keys.has(key) ? theirs.get(key) : own.get(key);
    return passage === undefined ? "" : keys.has(key) ? inBrackets(passage, source) : passage.text;
  });
  const gaps = gapsOf(part, own);
  const sameItems = order.length === part.shared.length && order.every((key, at) => key === part.shared[at]);
  if (sameItems) return texts.map((text, at) => (gaps[at] ?? "") + text).join("") + (gaps.at(-1) ?? "");
  const between = part.shared.length > 1 ? (gaps[1] ?? ", ") : ", ";
  return (gaps[0] ?? "") + texts.join(between) + (gaps.at(-1) ?? "");
}

/** Whether a passage of either side has its place in this shared slice: an item of its list, a field of its braces. */
export function belongsTo(part: Part, key: string): boolean {
  return key.startsWith(prefixOf(part));
}

/**
 * The source's parts with its shared slices taken apart, where the target has (or has to get) them one by one;
 * what goes into a shared slice of the target is left out, since `composeShared` sees to it.
 */
export function unshareParts(
  sourceParts: readonly Part[],
  targetParts: readonly Part[],
  source: Document,
  keys: ReadonlySet<string>,
): Part[] {
  const passages = passagesOf(source);
  const shared = targetParts.filter((part) => part.shared.length > 0);
  return sourceParts.flatMap((part) => {
    const isTakenIn = shared.some((other) => belongsTo(other, part.name) || other.group === part.group);
    if (part.region === "fields" && isTakenIn) return [];
    const isSplit =
      targetParts.some((other) => other.group === part.group) || !part.shared.every((key) => keys.has(key));
    if (part.shared.length === 0 || !isSplit) return [part];
    return splitPart(part, passages, targetParts);
  });
}

function splitPart(part: Part, passages: ReadonlyMap<string, Passage>, targetParts: readonly Part[]): Part[] {
  const like = targetParts.find((other) => other.group === part.group && other.key !== null);
  const indent = /^(?:[ \t]*#[^\n]*\n)*([ \t]*)- /.exec(like?.text ?? "")?.[1] ?? "  ";
  const single = part.shared.map((key): Part => {
    const text = passages.get(key)?.text ?? "";
    const isItem = passages.get(key)?.kind === "item";
    return {
      ...part,
      name: key,
      key,
      shared: [],
      group: fieldOf(key),
      text: isItem ? `${indent}- ${text}\n` : `${text}\n`,
    };
  });
  const isList = part.shared.every((key) => key.startsWith(`${part.group}.`));
  if (!isList) return single;
  const name = `${part.group}:`;
  return [
    { ...part, name, key: null, shared: [], text: `${decodeURIComponent(part.group.slice(1))}:\n` },
    ...single,
  ];
}

/** A list in brackets takes the items of its field; a mapping in braces takes every field. */
function prefixOf(part: Part): string {
  return part.shared.every((key) => key.startsWith(`${part.group}.`)) ? `${part.group}.` : "@";
}

/** Target's keys but for those that are to go, and the new ones after what they stand after in the source. */
function orderOf(part: Part, source: Document, keys: ReadonlySet<string>): string[] {
  const theirs = source.passages
    .filter((passage) => passage.kind !== "order" && belongsTo(part, passage.key))
    .map((passage) => passage.key);
  const order = part.shared.filter((key) => !keys.has(key) || theirs.includes(key));
  theirs.forEach((key, at) => {
    if (!keys.has(key) || order.includes(key)) return;
    const before = theirs.slice(0, at).findLast((other) => order.includes(other));
    order.splice(before === undefined ? 0 : order.indexOf(before) + 1, 0, key);
  });
  if (!keys.has(`${part.group}!order`)) return order;
  const common = theirs.filter((key) => order.includes(key));
  return order.map((key) => (theirs.includes(key) ? (common.shift() ?? key) : key));
}

/** What stands before, between and after the shared passages. */
function gapsOf(part: Part, passages: ReadonlyMap<string, Passage>): string[] {
  const gaps: string[] = [];
  let at = 0;
  for (const key of part.shared) {
    const text = passages.get(key)?.text ?? "";
    const start = Math.max(at, part.text.indexOf(text, at));
    gaps.push(part.text.slice(at, start));
    at = start + text.length;
  }
  gaps.push(part.text.slice(at));
  return gaps;
}

/** A source passage as it can stand in brackets: as it is where it is in brackets there, else printed anew. */
function inBrackets(passage: Passage, source: Document): string {
  const isShared = source.slices.some(
    (slice) =>
      slice.passages.includes(passage.key) && passage.text !== source.text.slice(slice.start, slice.end),
  );
  if (isShared) return passage.text;
  const document = parseDocument(passage.text, { logLevel: "silent", uniqueKeys: false });
  const root = document.contents;
  const node = isSeq(root) ? root.items[0] : root;
  if (isMap(node) && node.flow && node.range) return passage.text.slice(node.range[0], node.range[1]);
  visit(document, {
    Node(_, found) {
      found.comment = null;
      found.commentBefore = null;
      if (isMap(found) || isSeq(found)) found.flow = true;
    },
  });
  const printed = document.toString({ lineWidth: 0, flowCollectionPadding: false }).trim();
  // The braces of the mapping that holds a field alone, or the brackets around an item alone.
  return printed.slice(1, -1).trim();
}

function passagesOf(document: Document): ReadonlyMap<string, Passage> {
  return new Map(document.passages.map((passage) => [passage.key, passage]));
}
