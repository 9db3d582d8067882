import { diffDocuments } from "../../compare/diff.ts";
import { passageHash } from "../../compare/hash.ts";
import { compose } from "../../curriculum/compose.ts";
import { decodeText, isDocumentPath, readDocument } from "../../curriculum/read.ts";
import { historyOfPaths } from "../../git/history.ts";
import { readObjects } from "../../git/objects.ts";
import type { Repository } from "../../git/repository.ts";
import type { OpenPath } from "./settle.ts";

/** For each path, the hashes that each passage had in upstream's history after the base, up to next. */
export type UpstreamTexts = ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<string>>>;

/**
 * Reads every text that upstream's documents had after the base, up to next: a passage that equals one of them
 * was taken, by whatever road it came (law 6: squash merges, cherry-picks, copied files).
 */
export async function upstreamTexts(
  repo: Repository,
  range: { readonly base: string; readonly next: string },
  paths: readonly string[],
): Promise<UpstreamTexts> {
  const documents = paths.filter(isDocumentPath);
  if (documents.length === 0 || range.base === range.next) return new Map();
  const history = await historyOfPaths(repo, range.base, range.next, documents);
  const found = [...history].flatMap(([path, states]) =>
    [...new Set(states.flatMap(({ oid }) => (oid === null ? [] : [oid])))].map((oid) => ({ path, oid })),
  );
  const objects = await readObjects(
    repo,
    found.map(({ oid }) => oid),
  );
  const texts = new Map<string, Map<string, Set<string>>>();
  found.forEach(({ path }, index) => {
    const bytes = objects[index]?.bytes;
    const decoded = bytes && decodeText(bytes);
    if (!decoded || !("text" in decoded)) return;
    const byKey = texts.get(path) ?? new Map<string, Set<string>>();
    texts.set(path, byKey);
    for (const passage of readDocument(path, decoded.text).passages) {
      const hashes = byKey.get(passage.key) ?? new Set<string>();
      byKey.set(passage.key, hashes.add(passageHash(passage)));
    }
  });
  return texts;
}

/**
 * Moves the base of each passage that this version has already taken from upstream up to what it took, so that
 * only what upstream did after that is merged.
 */
export async function takenBefore(
  repo: Repository,
  open: readonly OpenPath[],
  range: { readonly base: string; readonly next: string },
): Promise<OpenPath[]> {
  const texts = await upstreamTexts(
    repo,
    range,
    open.map(({ path }) => path),
  );
  return open.map((each) => {
    const known = texts.get(each.path);
    const base = each.base && decodeText(each.base);
    const ours = each.ours && decodeText(each.ours);
    if (!known || !base || !("text" in base) || !ours || !("text" in ours)) return each;
    const before = readDocument(each.path, base.text);
    const local = readDocument(each.path, ours.text);
    const taken = diffDocuments(before, local).passages.filter(
      ({ key, localHash }) => localHash !== null && known.get(key)?.has(localHash),
    );
    if (taken.length === 0) return each;
    const moved = compose(before, local, new Set(taken.map(({ key }) => key)));
    return { ...each, base: Buffer.from(moved, "utf8") };
  });
}
