import { formatAddress } from "../curriculum/address.ts";
import type { Reasoned, ShownDocument, ShownPassage } from "../report/report.ts";
import type { ChangedDocument } from "../version/changes.ts";
import { isFree, isLocked, type OwnChange } from "../version/own-changes.ts";

/** A changed passage as reports show it. */
export function shownPassage(change: OwnChange): ShownPassage {
  const { at, passage } = change;
  return {
    at,
    name: (passage.local ?? passage.base)?.name || "Opening text",
    change: passage.change,
    words: passage.words,
    base: passage.base?.text ?? null,
    local: passage.local?.text ?? null,
    reason: reasonOf(change),
  };
}

function reasonOf(change: OwnChange): Reasoned {
  const { explanation, leeway, passage } = change;
  if (isLocked(change) && passage.base !== null) {
    return { state: "locked", because: leeway.because, by: leeway.name };
  }
  if (explanation.state === "none") return isFree(change) ? { state: "free" } : { state: "missing" };
  const { record } = explanation.file;
  const told = { id: record.id, title: record.title, why: record.why };
  if (explanation.state === "explained") {
    const review = explanation.passage.review ? { since: explanation.passage.review.since } : null;
    return { state: "explained", ...told, purposes: record.for, review };
  }
  if (isFree(change)) return { state: "free" };
  return { state: explanation.state, ...told };
}

/** Changes grouped by document, in reading order. */
export function shownDocuments(changes: readonly OwnChange[]): ShownDocument[] {
  const documents = new Map<string, OwnChange[]>();
  for (const change of changes) {
    const path = change.document.change.path;
    documents.set(path, [...(documents.get(path) ?? []), change]);
  }
  return [...documents.values()].map((group) => {
    const { change } = (group[0] as OwnChange).document;
    const { id, path, from, title } = change;
    return { id, path, from, title, change: change.change, passages: group.map(shownPassage) };
  });
}

export function titlesOf(changes: readonly OwnChange[]): Record<string, string> {
  return Object.fromEntries(changes.map(({ document: { change } }) => [change.id, change.title]));
}

/** Changes that nobody here has to explain: upstream's own, or those between two named states. */
export function upstreamDocuments(documents: readonly ChangedDocument[]): ShownDocument[] {
  return documents.map(({ change }) => ({
    id: change.id,
    path: change.path,
    from: change.from,
    title: change.title,
    change: change.change,
    passages: change.passages.map((passage) => ({
      at: formatAddress(change.id, passage.key),
      name: (passage.local ?? passage.base)?.name || "Opening text",
      change: passage.change,
      words: passage.words,
      base: passage.base?.text ?? null,
      local: passage.local?.text ?? null,
      reason: { state: "upstream" },
    })),
  }));
}
