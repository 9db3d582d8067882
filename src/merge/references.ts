import { onceFor } from "../curriculum/lazily.ts";
import { type Cut, idIn, partTrail } from "./unit.ts";

const USED = /\[([^\][\n]{1,200})\](?!\(|:)/g;
const FOOTNOTE = /^\[\^/;

/** The labels that a text defines, of links and footnotes. */
export function definedLabels({ units }: Cut): Set<string> {
  return new Set(
    units.filter(({ kind }) => kind === "definition").map(({ name, text }) => name || (labelOf(text) ?? "")),
  );
}

/** What a text refers to by label: links, footnotes; and the labels that it defines. */
function labels({ text, units }: Cut): { used: Set<string>; defined: Set<string> } {
  const defined = definedLabels({ text, units });
  const used = new Set<string>();
  for (const { 0: whole } of text.matchAll(USED)) used.add(whole.toLowerCase());
  return { used, defined };
}

function labelOf(text: string): string | null {
  return /\[[^\]]+\]/.exec(text)?.[0].toLowerCase() ?? null;
}

/**
 * Labels that a merged text refers to and does not define, where some side defines them, and every side that
 * refers to them does.
 */
export function brokenReferences(ours: Cut, theirs: Cut, result: Cut): string[] {
  if (![ours, theirs].some(({ units }) => units.some(({ kind }) => kind === "definition"))) return [];
  const [left, right, merged] = [ours, theirs, result].map(labels);
  if (!left || !right || !merged) return [];
  const sides = [left, right];
  const once = new Set([...left.defined, ...right.defined].filter((label) => !merged.defined.has(label)));
  return [...once].filter((label) => {
    const isIntact = sides.every(({ used, defined }) => !used.has(label) || defined.has(label));
    return isIntact && merged.used.has(label) && (label.length > 3 || FOOTNOTE.test(label));
  });
}

/** Labels of definitions and explicit ids of headings that name one thing on either side, and several in a merged text. */
export function doubledLabels(ours: Cut, theirs: Cut, result: Cut): string[] {
  const [merged, ...sides] = [result, ours, theirs].map(namedIn);
  return [...(merged ?? [])].flatMap(([label, things]) =>
    things.size > 1 && sides.every((side) => (side.get(label)?.size ?? 0) < 2) ? [label] : [],
  );
}

/** Everything that has a label or an id, by that. */
const namedIn = onceFor(({ units }: Cut): ReadonlyMap<string, ReadonlySet<string>> => {
  const named = new Map<string, Set<string>>();
  for (const { kind, name, text, key } of units) {
    const isHeading = kind === "heading" && text.endsWith("}");
    const label =
      kind === "definition" ? name || labelOf(text) : isHeading ? idIn(partTrail(text).trail) : "";
    if (label) named.set(label, (named.get(label) ?? new Set()).add(key));
  }
  return named;
});
