import { parseAddress, quoteAddress } from "../curriculum/address.ts";
import { findPassage } from "../curriculum/find.ts";
import { Failure } from "../failure.ts";
import type { OwnChange } from "../version/own-changes.ts";

/**
 * The changes that addresses name; all of them where none is given. An address names a document (all its changed
 * passages), a passage by its key, or a passage by its heading's words; a file's path does as well as an id.
 * @throws Failure "usage" where an address fits no change, or several passages.
 */
export function chooseChanges(changes: readonly OwnChange[], addresses: readonly string[]): OwnChange[] {
  if (addresses.length === 0) return [...changes];
  const chosen = new Set(addresses.flatMap((address) => choose(changes, address)));
  return changes.filter((change) => chosen.has(change));
}

function choose(changes: readonly OwnChange[], address: string): readonly OwnChange[] {
  const { document, passage } = parseAddress(address);
  const bare = document.replace(/^\.\//, "");
  const inDocument = changes.filter(
    ({ document: { change } }) => change.id === bare || change.path === bare || change.from === bare,
  );
  if (inDocument.length === 0) {
    const below = changes.filter(({ document: { change } }) =>
      change.path.startsWith(`${bare.replace(/\/$/, "")}/`),
    );
    if (below.length > 0 && passage === null) return below;
    throw new Failure("usage", `Nothing has changed in ${bare}, or there is no such document.`, {
      where: address,
      next: suggestions(changes),
    });
  }
  if (passage === null) return inDocument;
  const exact = inDocument.filter((change) => change.passage.key === passage);
  if (exact.length > 0) return exact;
  const listed = inDocument.filter(
    (change) => change.passage.key.startsWith(`${passage}.`) || change.passage.key.startsWith(`${passage}!`),
  );
  if (listed.length > 0) return listed;
  const keys = new Set<string>();
  const candidates: string[] = [];
  for (const side of ["local", "base"] as const) {
    const whole = inDocument[0]?.document[side];
    if (!whole) continue;
    const found = findPassage(whole, passage);
    if ("passage" in found) keys.add(found.passage.key);
    else candidates.push(...found.candidates.map(({ key }) => quoteAddress(`${whole.id}${key}`)));
  }
  const named = inDocument.filter((change) => keys.has(change.passage.key));
  if (named.length > 0) return named;
  if (keys.size > 0) {
    throw new Failure("usage", "This passage is the same as upstream's; there is nothing to explain.", {
      where: quoteAddress(address),
      next: suggestions(inDocument),
    });
  }
  throw new Failure(
    "usage",
    candidates.length > 1 ? "This could be several passages; say which one." : "There is no such passage.",
    {
      where: quoteAddress(address),
      next: candidates.length > 0 ? [...new Set(candidates)] : suggestions(inDocument),
    },
  );
}

function suggestions(changes: readonly OwnChange[]): string[] {
  const lines = changes
    .slice(0, 5)
    .map(({ at, document }) => `${quoteAddress(at)}   changed in ${document.change.title}`);
  return lines.length > 0 ? lines : ["leeway diff   shows what has changed"];
}
