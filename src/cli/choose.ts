import { relative, resolve } from "node:path";
import type { PassageChange } from "../compare/diff.ts";
import { formatAddress, parseAddress, quoteAddress } from "../curriculum/address.ts";
import { findPassage, nearestNames } from "../curriculum/find.ts";
import { Failure } from "../failure.ts";
import { exists, kindOf } from "../files/read.ts";
import type { Repository } from "../git/repository.ts";
import type { ChangedDocument } from "../version/change/changes.ts";
import { idPaths } from "../version/change/id-paths.ts";

/** Where an address was typed. */
export interface Place {
  readonly repo: Repository;
  readonly head: string | null;
  readonly cwd: string;
}

/** A changed passage that an address can name. */
export interface Named {
  readonly at: string;
  readonly document: ChangedDocument;
  readonly passage: PassageChange;
}

/**
 * The changes that addresses name; all of them where none is given. An address names a folder, a document (all its
 * changed passages), a passage by its key, or a passage by its heading's words; a file's path, from where it was
 * typed or from the top, does as well as an id. A document that is new or gone is one thing: any of its passages
 * names all of them.
 * @param unchanged what an address means of which nothing has changed: an empty choice, or a mistake
 * @throws Failure "usage" where an address fits nothing, or several passages.
 */
export async function chooseChanges<T extends Named>(
  place: Place,
  changes: readonly T[],
  addresses: readonly string[],
  unchanged: "nothing" | "mistake",
): Promise<T[]> {
  if (addresses.length === 0) return [...changes];
  const chosen = new Set<T>();
  for (const address of addresses) {
    const found =
      choose(place, changes, address) ?? (await explainNothing(place, changes, address, unchanged));
    for (const change of found) chosen.add(change);
  }
  const whole = new Set(
    [...chosen].map(({ document }) => document).filter(({ base, local }) => base === null || local === null),
  );
  return changes.filter((change) => chosen.has(change) || whole.has(change.document));
}

/** Whether the document part of an address names a document, or the folder that it lies in. */
export function namesDocument(place: Place, { change }: ChangedDocument, document: string): boolean {
  const paths = pathsFrom(place, document);
  const inside = (path: string): boolean => paths.some((each) => each === "" || path.startsWith(`${each}/`));
  return (
    change.id === document ||
    [change.path, change.from ?? change.path].some((path) => paths.includes(path) || inside(path))
  );
}

/** A path as it was typed, from the top of the repository: meant from the current folder, or from the top already. */
export function pathsFrom({ repo, cwd }: Place, typed: string): string[] {
  if (typed === "") return [];
  const here = relative(repo.root, resolve(cwd, typed)).split("\\").join("/");
  const top = typed.replace(/^\.\//, "").replace(/\/$/, "");
  const isInside = here !== ".." && !here.startsWith("../");
  return [...new Set([...(isInside ? [here] : []), ...(top === "" || top === "." ? [] : [top])])];
}

/** An address whose file was named from the current folder, with the path from the top; any other as it is. */
export async function fromTop(place: Place, address: string): Promise<string> {
  const { document, passage } = parseAddress(address);
  for (const path of pathsFrom(place, document)) {
    if ((await kindOf(`${place.repo.root}/${path}`)) === "file") return formatAddress(path, passage);
  }
  return address;
}

/** The documents whose ids look most like a word that was typed, to be offered. */
export async function likelyDocuments(
  place: Place,
  wanted: string,
  more: readonly string[] = [],
): Promise<string[]> {
  const known = place.head === null ? [] : [...(await idPaths(place.repo, place.head)).keys()];
  const near = nearestNames([...known, ...more], wanted);
  return near.length > 0
    ? near.map((id) => `${quoteAddress(formatAddress(id, null))}   is perhaps what was meant`)
    : ["An address is a document's id or its file: y8-trade, or subjects/history/…/unit.md"];
}

/** Null where the address fits no changed document. */
function choose<T extends Named>(place: Place, changes: readonly T[], address: string): readonly T[] | null {
  const literally = pathsFrom(place, address.trim());
  const byPath = changes.filter(({ document: { change } }) => literally.includes(change.path));
  if (byPath.length > 0) return byPath;
  const { document, passage } = parseAddress(address);
  const inDocument = changes.filter((change) => namesDocument(place, change.document, document));
  if (inDocument.length === 0) return null;
  if (passage === null) return inDocument;
  const exact = inDocument.filter((change) => change.passage.key === passage);
  if (exact.length > 0) return exact;
  const listed = inDocument.filter(
    ({ passage: { key } }) => /^[.!]/.test(key.slice(passage.length)) && key.startsWith(passage),
  );
  if (listed.length > 0) return listed;
  const { keys, candidates } = keysByWords(inDocument, passage);
  const named = inDocument.filter((change) => keys.has(change.passage.key));
  if (named.length > 0) return named;
  if (keys.size > 0) return null;
  throw new Failure(
    "usage",
    candidates.length > 1 ? "This could be several passages; say which one." : "There is no such passage.",
    {
      where: quoteAddress(address),
      next:
        candidates.length > 1
          ? candidates
          : candidates.length === 1
            ? [`${candidates[0]}   is perhaps what was meant`]
            : suggestions(inDocument),
    },
  );
}

/** What a heading's words may mean in the texts of a document, here and at the base. */
function keysByWords(
  changes: readonly Named[],
  passage: string,
): { keys: ReadonlySet<string>; candidates: readonly string[] } {
  const keys = new Set<string>();
  const candidates = new Set<string>();
  const documents = new Set(changes.map(({ document }) => document));
  for (const whole of [...documents].flatMap(({ local, base }) => [local, base])) {
    if (!whole) continue;
    const found = findPassage(whole, passage);
    if ("passage" in found) keys.add(found.passage.key);
    else for (const { key } of found.candidates) candidates.add(quoteAddress(formatAddress(whole.id, key)));
  }
  return { keys, candidates: [...candidates] };
}

/** Nothing there has changed, or there is no such document: the one is a choice of nothing, the other a mistake. */
async function explainNothing(
  place: Place,
  changes: readonly Named[],
  address: string,
  unchanged: "nothing" | "mistake",
): Promise<readonly never[]> {
  const { document } = parseAddress(address);
  const known = place.head === null ? new Map<string, string>() : await idPaths(place.repo, place.head);
  const files = await Promise.all(
    pathsFrom(place, document).map((path) => exists(`${place.repo.root}/${path}`)),
  );
  if (known.has(document) || files.includes(true)) {
    if (unchanged === "nothing") return [];
    throw new Failure("usage", "Nothing has changed here since your base, so there is nothing to explain.", {
      where: quoteAddress(address),
      next: ["Change the text first, then run the command again.", ...suggestions(changes)],
    });
  }
  throw new Failure("usage", `There is no document called ${document} here.`, {
    where: quoteAddress(address),
    next: await likelyDocuments(
      place,
      document,
      changes.map((each) => each.document.change.id),
    ),
  });
}

function suggestions(changes: readonly Named[]): string[] {
  const documents = new Map(changes.map((change) => [change.document, change]));
  const lines =
    documents.size > 1
      ? [...documents.keys()].map(({ change }) => [formatAddress(change.id, null), change.title] as const)
      : changes.map(({ at, document }) => [at, document.change.title] as const);
  return lines.slice(0, 5).map(([at, title]) => `${quoteAddress(at)}   changed in ${title}`);
}
