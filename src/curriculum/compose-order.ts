import { inPlaceOf } from "./compose-join.ts";
import type { Part } from "./compose-parts.ts";

/**
 * Puts the items of each list, and the sections, whose `!order` is wanted into the source's order. What only
 * the target has stays behind what it stood behind.
 */
export function reorderParts(
  parts: readonly Part[],
  source: readonly Part[],
  keys: ReadonlySet<string>,
): Part[] {
  let ordered = [...parts];
  for (const key of keys) {
    if (!key.endsWith("!order")) continue;
    const list = key.slice(0, -"!order".length);
    const belongs = (part: Part) =>
      list === "#" ? part.region === "body" : part.name.startsWith(`${list}.`) && part.key !== null;
    ordered = reorder(ordered, source.filter(belongs), belongs);
  }
  return ordered;
}

function reorder(parts: readonly Part[], source: readonly Part[], belongs: (part: Part) => boolean): Part[] {
  const rank = new Map(source.map((part, place) => [part.name, place]));
  const first = parts.findIndex((part) => belongs(part) && rank.has(part.name));
  const last = parts.findLastIndex(belongs);
  if (first < 0) return [...parts];
  const chunks: Part[][] = [];
  for (const part of parts.slice(first, last + 1)) {
    if (rank.has(part.name)) chunks.push([part]);
    else chunks.at(-1)?.push(part);
  }
  const place = (chunk: readonly Part[]) => rank.get(chunk[0]?.name ?? "") ?? 0;
  chunks.sort((a, b) => place(a) - place(b));
  const ordered = chunks.flat().map((part, at): Part => {
    const old = parts[first + at];
    return old === undefined ? part : { ...part, text: inPlaceOf(old.text, part.text) };
  });
  return [...parts.slice(0, first), ...ordered, ...parts.slice(last + 1)];
}
