import { matchPassages, type PassagePair } from "../../compare/match.ts";
import { inversions } from "../../compare/order.ts";
import { composition } from "../../curriculum/compose.ts";
import type { Document } from "../../curriculum/document.ts";
import { readDocument } from "../../curriculum/read.ts";

/** Passages of one document, as they are called in the work tree, or at the base where they were removed. */
export type Picked = { readonly take: ReadonlySet<string> } | { readonly leave: ReadonlySet<string> };

/**
 * The text that goes into a commit: the document of the last commit with just the picked passages (or all but
 * those to leave) as they lie in the work tree. Passages are followed through renamed and repeated headings.
 * Where nothing but form is left besides, the file goes as it is.
 * @param base the document that addresses count from, to find a removed passage that the last commit calls otherwise
 * @returns null where the passages cannot be told from the rest of the document
 */
export function pickPassages(
  before: Document,
  local: Document,
  base: Document | null,
  picked: Picked,
): string | null {
  const isPicked = matcher(before, local, base, picked);
  const pairs = matchPassages(before, local);
  const wanted = pairs.filter((pair) => isPicked(pair) && differs(pair));
  const rest = pairs.filter((pair) => !isPicked(pair) && differs(pair));
  if (rest.length === 0) return local.text;
  if (wanted.length === 0) return before.text;
  const text =
    "take" in picked
      ? composition(before, local, keysOf(wanted)).text
      : composition(local, before, keysOf(rest)).text;
  const expected = pairs.flatMap((pair) => (isPicked(pair) ? pair.local : pair.base) ?? []);
  return holds(readDocument(local.path, text), expected) ? text : null;
}

function matcher(
  before: Document,
  local: Document,
  base: Document | null,
  picked: Picked,
): (pair: PassagePair) => boolean {
  const named = "take" in picked ? picked.take : picked.leave;
  const here = new Set(local.passages.map(({ key }) => key));
  const gone = [...named].filter((key) => !here.has(key));
  const renamed = new Map(
    base === null || gone.length === 0
      ? []
      : matchPassages(base, before).map((pair) => [pair.base?.key, pair.local?.key]),
  );
  const removed = new Set(gone.map((key) => renamed.get(key) ?? key));
  return ({ base: old, local: now }) => {
    const isNamed = now === null ? removed.has(old?.key ?? "") : named.has(now.key);
    return isNamed === "take" in picked;
  };
}

/** An order differs where what both sides have stands in another order; one more item is a change of its own. */
function differs({ base, local }: PassagePair): boolean {
  if (base?.kind !== "order" || local === null) return base?.normal !== local?.normal;
  return inversions(base.text.split("\n"), local.text.split("\n")).inverted > 0;
}

function keysOf(pairs: readonly PassagePair[]): Set<string> {
  return new Set(
    pairs.flatMap(({ base, local }) => [base?.key, local?.key].filter((key) => key !== undefined)),
  );
}

/** Whether a document holds exactly these passages by content, orders apart. */
function holds(document: Document, expected: readonly Document["passages"][number][]): boolean {
  const sorted = (passages: Document["passages"]): string[] =>
    passages
      .filter(({ kind }) => kind !== "order")
      .map(({ kind, normal }) => `${kind} ${normal}`)
      .sort();
  const want = sorted(expected);
  const have = sorted(document.passages);
  return want.length === have.length && want.every((text, at) => text === have[at]);
}
