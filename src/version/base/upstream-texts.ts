import { diffDocuments, type PassageChange } from "../../compare/diff.ts";
import type { Document, Passage } from "../../curriculum/document.ts";
import { findFrontMatter } from "../../curriculum/front-matter.ts";
import { groupBy } from "../../curriculum/groups.ts";
import { lazily } from "../../curriculum/lazily.ts";
import { decodeText, isDocumentPath, readDocument } from "../../curriculum/read.ts";
import { historyOfPaths } from "../../git/history.ts";
import { readObjects } from "../../git/objects.ts";
import type { Repository } from "../../git/repository.ts";
import { diffTrees } from "../../git/trees.ts";
import { knownDocument, sharedDocument } from "./shared-documents.ts";

/** The commits of upstream that are looked through: after the base, up to next. */
export interface UpstreamRange {
  readonly base: string;
  readonly next: string;
}

/** A passage that differs from the base, and the paths at which upstream may have the same text. */
export interface Asked {
  readonly paths: readonly string[];
  readonly base: Document | null;
  readonly passage: PassageChange;
}

/**
 * Which of these changes were taken from upstream, by whatever road (law 6: squash merges, cherry-picks, copied
 * files): the passage equals a text that upstream had after the base, or upstream has removed it as well.
 * Most of upstream's texts are told apart by their words; only what may be equal is parsed.
 */
export async function takenFromUpstream(
  repo: Repository,
  range: UpstreamRange,
  asked: readonly Asked[],
): Promise<ReadonlySet<PassageChange>> {
  const changes = asked.filter(({ paths }) => paths.some(isDocumentPath));
  if (changes.length === 0 || range.base === range.next) return new Set();
  const [equal, removed] = await Promise.all([
    equalTexts(repo, range, changes),
    removedToo(
      repo,
      range,
      changes.filter(({ passage }) => passage.local === null),
    ),
  ]);
  return new Set([...equal, ...removed]);
}

/**
 * Which of these files, that are no documents, were taken from upstream: each is whole what upstream had there after
 * the base (null: nothing).
 */
export async function filesFromUpstream(
  repo: Repository,
  { base, next }: UpstreamRange,
  files: readonly { readonly path: string; readonly oid: string | null }[],
): Promise<ReadonlySet<string>> {
  if (base === next) return new Set();
  const history = await historyOfPaths(
    repo,
    base,
    next,
    files.map(({ path }) => path),
  );
  const isTheirs = (path: string, oid: string | null): boolean =>
    history.get(path)?.some((version) => version.oid === oid) ?? false;
  return new Set(files.flatMap(({ path, oid }) => (isTheirs(path, oid) ? [path] : [])));
}

interface Sought {
  readonly path: string;
  readonly passage: PassageChange;
  readonly local: Passage;
  /** Words that any file with this text holds. */
  readonly words: () => readonly string[];
}

async function equalTexts(
  repo: Repository,
  range: UpstreamRange,
  asked: readonly Asked[],
): Promise<Set<PassageChange>> {
  const sought = groupBy(
    asked.flatMap(({ paths, passage }): Sought[] => {
      const { local } = passage;
      if (local === null) return [];
      const words = lazily(() => tellingWords(passage.base, local));
      return [...new Set(paths)].map((path) => ({ path, passage, local, words }));
    }),
    ({ path }) => path,
  );
  const history = await historyOfPaths(repo, range.base, range.next, [...sought.keys()]);
  const texts = [...history].flatMap(([path, states]) =>
    [...new Set(states.flatMap(({ oid }) => oid ?? []))].map((oid) => ({ path, oid })),
  );
  const found = new Set<PassageChange>();
  const compare = (document: Document, all: readonly Sought[]): void => {
    for (const { local, passage } of all) if (hasPassage(document, local)) found.add(passage);
  };
  const unread = texts.filter(({ path, oid }) => {
    const known = knownDocument(repo, path, oid);
    if (known !== undefined) compare(known, sought.get(path) ?? []);
    return known === undefined;
  });
  const objects = await readObjects(
    repo,
    unread.map(({ oid }) => oid),
  );
  const read = reader(repo);
  unread.forEach(({ path, oid }, index) => {
    const decoded = objects[index] && decodeText(objects[index].bytes);
    if (!decoded || !("text" in decoded)) return;
    const text = decoded.text.normalize("NFC");
    const likely = (sought.get(path) ?? []).filter(
      ({ passage, words }) => !found.has(passage) && words().every((word) => text.includes(word)),
    );
    if (likely.length === 0) return;
    const fields = likely.every(({ local }) => local.key.startsWith("@"));
    compare(read(path, oid, decoded.text, fields), likely);
  });
  return found;
}

/** Whether a document has a passage, word for word; of its front matter nothing is read for a section's sake. */
function hasPassage(document: Document, { key, kind, normal }: Passage): boolean {
  const passages = key.startsWith("#") ? document.body : document.passages;
  const theirs = passages.find((passage) => passage.key === key);
  return theirs?.kind === kind && theirs.normal === normal;
}

/** Reads documents, or of a Markdown file only the front matter, which seldom changes, once for each state of it. */
function reader(repo: Repository): (path: string, oid: string, text: string, fields: boolean) => Document {
  const known = new Map<string, Document>();
  return (path, oid, text, fields) => {
    const front =
      fields && !/\.ya?ml$/i.test(path) ? findFrontMatter(text, text.startsWith("\uFEFF") ? 1 : 0) : null;
    if (front === null || !("end" in front))
      return sharedDocument(repo, path, oid, () => readDocument(path, text));
    const part = text.slice(0, front.end);
    const document = known.get(`${path}\n${part}`) ?? readDocument(path, part);
    known.set(`${path}\n${part}`, document);
    return document;
  };
}

const MOST_WORDS = 12;

/**
 * Words of the local text that the base has not, as they stand in any file with that text: the normal form joins
 * and re-spaces a section's words but spells them as the file does; of a field only plain words are certain to.
 */
function tellingWords(base: Passage | null, local: Passage): string[] {
  if (local.kind === "order") return [];
  const before = new Set(wordsIn(base, local.kind === "section"));
  const words = new Set(wordsIn(local, local.kind === "section").filter((word) => !before.has(word)));
  return [...words].sort((a, b) => b.length - a.length).slice(0, MOST_WORDS);
}

function wordsIn(passage: Passage | null, isSection: boolean): string[] {
  const normal = passage?.normal ?? "";
  // From U+2E80 on, scripts join their wraps without a space, so that a word may stand on two lines.
  return isSection
    ? (normal.match(/\S+/g) ?? []).filter((word) => !/[\u2e80-\uffff]/.test(word))
    : (normal.match(/(?<![\w.-])[a-zA-Z]{5,}(?![\w.-])/g) ?? []).filter((word) => !/^false$/i.test(word));
}

/** Of the passages that are gone here, those that upstream has removed too. */
async function removedToo(
  repo: Repository,
  { base, next }: UpstreamRange,
  asked: readonly Asked[],
): Promise<PassageChange[]> {
  if (asked.length === 0) return [];
  const changes = new Map(
    (await diffTrees(repo, base, next, { renames: true })).map((change) => [
      change.from ?? change.path,
      change,
    ]),
  );
  const touched = asked.flatMap(({ base: document, passage }) => {
    const change = document && changes.get(document.path);
    return document && change ? [{ document, passage, change }] : [];
  });
  const objects = await readObjects(
    repo,
    touched.map(({ change }) => change.newOid ?? "0".repeat(40)),
  );
  const compared = new Map<string, ReadonlySet<string>>();
  return touched.flatMap(({ document, passage, change }, index) => {
    let gone = compared.get(document.path);
    if (gone === undefined) {
      const decoded = objects[index] && decodeText(objects[index].bytes);
      const theirs = decoded && "text" in decoded ? readDocument(change.path, decoded.text) : null;
      gone = new Set(
        diffDocuments(document, theirs).passages.flatMap((each) =>
          each.local === null && each.base !== null ? [each.base.key] : [],
        ),
      );
      compared.set(document.path, gone);
    }
    return passage.base !== null && gone.has(passage.base.key) ? [passage] : [];
  });
}
