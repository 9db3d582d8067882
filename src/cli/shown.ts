import type { PassageChange } from "../compare/diff.ts";
import { formatAddress, parseAddress } from "../curriculum/address.ts";
import type { Reasoned, ShownDocument, ShownPassage } from "../report/kinds/changes.ts";
import type { ChangedDocument } from "../version/change/changes.ts";
import { isFree, isLocked, type OwnChange, type OwnChanges } from "../version/change/own-changes.ts";

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

/**
 * Changes as lists count them: a document that is new or gone is one, under its own address, but for locked passages
 * that went with it.
 */
export function shownChanges(changes: readonly OwnChange[]): ShownPassage[] {
  const done = new Set<ChangedDocument>();
  return changes.flatMap((change): ShownPassage[] => {
    const { document } = change;
    if ((document.base !== null && document.local !== null) || isLocked(change))
      return [shownPassage(change)];
    if (done.has(document)) return [];
    done.add(document);
    return [wholeDocument(changes.filter((each) => each.document === document && !isLocked(each)))];
  });
}

/**
 * The first change that waits for a reason and can be given one: a document that was left out with locked text in
 * it has to come back first.
 */
export function firstToExplain(shown: readonly ShownPassage[]): ShownPassage | undefined {
  const locked = new Set(
    shown.filter(({ reason }) => reason.state === "locked").map(({ at }) => parseAddress(at).document),
  );
  return shown.find(({ at, reason }) => {
    const { document, passage } = parseAddress(at);
    return reason.state === "missing" && !(passage === null && locked.has(document));
  });
}

const GRAVEST: readonly Reasoned["state"][] = ["missing", "renew", "pending", "explained", "free"];

function wholeDocument(changes: readonly OwnChange[]): ShownPassage {
  const passages = changes.map(shownPassage);
  const gravest = GRAVEST.find((state) => passages.some(({ reason }) => reason.state === state));
  const [first] = passages.filter(({ reason }) => reason.state === gravest);
  const { change } = (changes[0] as OwnChange).document;
  const sum = (side: "added" | "removed" | "edits"): number =>
    passages.reduce((total, { words }) => total + words[side], 0);
  return {
    at: formatAddress(change.id, null),
    name: change.change === "added" ? "new document" : "whole document, left out",
    change: change.change,
    words: { added: sum("added"), removed: sum("removed"), edits: sum("edits") },
    base: null,
    local: null,
    reason: first?.reason ?? { state: "missing" },
  };
}

/** Documents that differ, in reading order, each with those of its passages that are asked for. */
export function shownDocuments(
  documents: readonly ChangedDocument[],
  changes: readonly OwnChange[],
): ShownDocument[] {
  return documents.map((document) => {
    const { id, path, from, title, change } = document.change;
    const passages = changes.filter((each) => each.document === document).map(shownPassage);
    return { id, path, from, title, change, passages };
  });
}

/** Files that cannot be read as the documents that they are. */
export function unreadableIn({ files }: OwnChanges): { path: string; problem: string }[] {
  return files.flatMap(({ path, problem }) => (problem === null ? [] : [{ path, problem }]));
}

export function titlesOf(changes: readonly OwnChange[]): Record<string, string> {
  return Object.fromEntries(changes.map(({ document: { change } }) => [change.id, change.title]));
}

/** Changes that nobody here has to explain: upstream's own, or those between two named states. */
export function upstreamDocuments(
  documents: readonly ChangedDocument[],
  wanted: ReadonlySet<PassageChange>,
): ShownDocument[] {
  return documents.map(({ change }) => ({
    id: change.id,
    path: change.path,
    from: change.from,
    title: change.title,
    change: change.change,
    passages: change.passages
      .filter((passage) => wanted.has(passage))
      .map((passage) => ({
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
