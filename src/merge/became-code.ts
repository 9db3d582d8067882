import type { Unit } from "./unit.ts";

type Units = readonly Unit[];

/**
 * Passages that a result has as indented code and neither side does: what is indented within a box or an item is text
 * there, and code where that is gone.
 */
export function becameCode(sides: readonly Units[], result: Units): string[] {
  const found = result.filter(({ kind, text }) => kind === "code" && /^[ \t]/.test(text));
  if (found.length === 0) return [];
  const textsOf = (of: Unit["kind"]): Set<string> =>
    new Set(sides.flatMap((units) => units.flatMap(({ kind, text }) => (kind === of ? [text] : []))));
  const [code, prose] = [textsOf("code"), textsOf("prose")];
  return found
    .filter(({ text }) => prose.has(text) && !code.has(text))
    .map(({ text }) => text.trim().split("\n", 1)[0] ?? "");
}
