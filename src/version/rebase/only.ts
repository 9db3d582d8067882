import { formatAddress, parseAddress, quoteAddress } from "../../curriculum/address.ts";
import { Failure } from "../../failure.ts";
import type { Repository } from "../../git/repository.ts";
import { type Held, pathMatcher } from "../base/holds.ts";
import { changesSince } from "../change/changes.ts";
import { idPaths } from "../change/id-paths.ts";

/** What `--only` names, sorted out against what waits. */
export interface Only {
  /** Whether a path is taken whole. */
  takes(path: string): boolean;
  /** Documents of which only some passages are taken: the keys of those that are left. */
  readonly partly: ReadonlyMap<string, { readonly id: string; readonly left: readonly string[] }>;
  /** Whether a passage that is held now is taken. */
  takesPassage(document: string, key: string): boolean;
}

interface OnlyRequest {
  readonly only: readonly string[];
  readonly base: string;
  readonly next: string;
  readonly held: readonly Held[];
}

/**
 * Sorts out the paths, folders, globs, document ids and addresses of `--only`.
 * @throws Failure "usage" where one names nothing that waits: taking nothing and holding everything is never meant
 */
export async function readOnly(repo: Repository, { only, base, next, held }: OnlyRequest): Promise<Only> {
  const waiting = await changesSince(repo, { commit: base, holds: held }, { kind: "commit", commit: next });
  const documents = waiting.documents.map(({ change }) => {
    const paths = change.from === null ? [change.path] : [change.path, change.from];
    return { id: change.id, paths, keys: change.passages.map(({ key }) => key) };
  });
  const named = (name: string): (typeof documents)[number] | undefined =>
    documents.find(({ id, paths }) => id === name || paths.includes(name));
  // A held passage lies in a document that may not have changed since; it is found by its id then.
  const elsewhere = held.some(({ passage }) => passage !== null && !named(passage.document))
    ? await idPaths(repo, next)
    : new Map<string, string>();
  const pathsOf = (document: string): readonly string[] =>
    named(document)?.paths ?? [elsewhere.get(document) ?? document];
  const heldPassages = held.flatMap(({ passage }) => (passage === null ? [] : pathsOf(passage.document)));
  const matchers: ((path: string) => boolean)[] = [];
  const passages = new Map<string, Set<string>>();
  for (const entry of only) {
    const { document, passage } = parseAddress(entry);
    const found = named(document);
    const isHold = held.some(({ hold }) => hold.at === entry);
    if (passage !== null) {
      if (!found?.keys.includes(passage) && !isHold) throw nothingThere(entry, found);
      const id = found?.id ?? document;
      passages.set(id, (passages.get(id) ?? new Set()).add(passage));
      continue;
    }
    const place = elsewhere.get(document) ?? document;
    const matches = found ? (path: string) => found.paths.includes(path) : pathMatcher(place);
    const isWaiting =
      documents.some(({ paths }) => paths.some(matches)) ||
      waiting.files.some(({ path }) => matches(path)) ||
      heldPassages.some(matches);
    if (!isWaiting && !isHold) throw nothingThere(entry, undefined);
    matchers.push(matches);
  }
  const takes = (path: string): boolean => matchers.some((matches) => matches(path));
  const partly = documents.flatMap(({ id, paths, keys }) => {
    const taken = passages.get(id);
    const left = keys.filter((key) => !taken?.has(key));
    return taken ? paths.filter((path) => !takes(path)).map((path) => [path, { id, left }] as const) : [];
  });
  return {
    takes,
    partly: new Map(partly),
    takesPassage: (document, key) =>
      pathsOf(document).some(takes) || Boolean(passages.get(named(document)?.id ?? document)?.has(key)),
  };
}

function nothingThere(entry: string, document: { id: string; keys: readonly string[] } | undefined): Failure {
  return new Failure("usage", "Nothing waits there that could be taken; nothing was changed.", {
    where: quoteAddress(entry),
    next: document
      ? document.keys.map((key) => `leeway rebase --only ${quoteAddress(formatAddress(document.id, key))}`)
      : ["leeway diff --incoming --stat   lists what upstream has changed"],
  });
}
