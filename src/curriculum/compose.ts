import { dropEmptyFrames, insertParts } from "./compose-insert.ts";
import { inPlaceOf, joinParts, lineEnding, settleEnd, withEnding } from "./compose-join.ts";
import { reorderParts } from "./compose-order.ts";
import { type Part, partsOf } from "./compose-parts.ts";
import { belongsTo, composeShared, unshareParts } from "./compose-shared.ts";
import type { Document } from "./document.ts";
import { readDocument } from "./read.ts";

/**
 * The text of `target` with the passages `keys` as they are in `source`: changed, added, removed, and for
 * `!order` keys reordered; every other byte stays.
 */
export function compose(target: Document, source: Document, keys: ReadonlySet<string>): string {
  return composition(target, source, keys).text;
}

/**
 * The same, and whether the text read again holds exactly the passages it should. It does not where passages
 * hang together (a fenced div that opens in one and closes in another) and only one of them is wanted.
 */
export function composition(
  target: Document,
  source: Document,
  keys: ReadonlySet<string>,
): { readonly text: string; readonly exact: boolean } {
  if (keys.size === 0) return { text: target.text, exact: true };
  const text = assemble(target, source, keys);
  if (isExact(text, target, source, keys)) return { text, exact: true };
  if (isAllOf(target, source, keys)) return { text: source.text, exact: true };
  return { text, exact: false };
}

function assemble(target: Document, source: Document, keys: ReadonlySet<string>): string {
  const ending = lineEnding(target.text === "" ? source.text : target.text);
  const targetParts = partsOf(target);
  const sourceParts = unshareParts(partsOf(source), targetParts, source, keys).map((part) => ({
    ...part,
    text: withEnding(part.text, ending),
  }));
  const kept = keepParts(targetParts, sourceParts, source, keys, ending);
  const whole = dropEmptyFrames(insertParts(kept, sourceParts, keys), sourceParts, targetParts);
  const ordered = reorderParts(whole, sourceParts, keys);
  return joinParts(settleEnd(ordered, targetParts), ending ?? "\n");
}

/** The target's parts, the wanted ones as the source has them, without those that it does not have. */
function keepParts(
  targetParts: readonly Part[],
  sourceParts: readonly Part[],
  source: Document,
  keys: ReadonlySet<string>,
  ending: "\r\n" | "\n" | null,
): Part[] {
  const byName = new Map(sourceParts.map((part) => [part.name, part]));
  return targetParts.flatMap((part) => {
    if (part.shared.length > 0) {
      if (!part.shared.some((key) => keys.has(key)) && !hasNewItem(part, source, keys)) return [part];
      const text = composeShared(part, source, keys);
      return text === null ? [] : [{ ...part, text: withEnding(text, ending) }];
    }
    if (part.key === null || !keys.has(part.key)) return [part];
    const now = byName.get(part.name);
    return now === undefined ? [] : [{ ...part, text: inPlaceOf(part.text, now.text) }];
  });
}

function hasNewItem(part: Part, source: Document, keys: ReadonlySet<string>): boolean {
  if (keys.has(`${part.group}!order`)) return true;
  return source.passages.some((passage) => keys.has(passage.key) && belongsTo(part, passage.key));
}

/** Whether the passages of the text are the wanted ones of `source` and the others of `target`, by content. */
function isExact(text: string, target: Document, source: Document, keys: ReadonlySet<string>): boolean {
  const wanted = [
    ...target.passages.filter((passage) => !keys.has(passage.key)),
    ...source.passages.filter((passage) => keys.has(passage.key)),
  ].filter((passage) => passage.kind !== "order");
  const found = readDocument(target.path, text);
  const texts = found.passages.filter((passage) => passage.kind !== "order");
  const sorted = (passages: readonly { kind: string; normal: string }[]) =>
    passages.map((passage) => `${passage.kind} ${passage.normal}`).sort();
  const want = sorted(wanted);
  const have = sorted(texts);
  return want.length === have.length && want.every((normal, at) => normal === have[at]);
}

/** Whether nothing that differs is left out, so that the source itself has all that is wanted. */
function isAllOf(target: Document, source: Document, keys: ReadonlySet<string>): boolean {
  const normals = (document: Document) =>
    new Map(document.passages.map((passage) => [passage.key, passage.normal]));
  const before = normals(target);
  const after = normals(source);
  return [...before.keys(), ...after.keys()].every(
    (key) => keys.has(key) || before.get(key) === after.get(key),
  );
}
