import { decodeText, isCurriculumPath, readDocument } from "../../curriculum/read.ts";
import { totalsOf } from "../../drift/document-totals.ts";
import { METRIC } from "../../drift/figures.ts";
import { addTotals, NO_TOTALS, type Totals } from "../../drift/totals.ts";
import { readText } from "../../files/read.ts";
import { writeAtomic } from "../../files/write.ts";
import { readObjects } from "../../git/objects.ts";
import { remembered } from "../../git/remembered.ts";
import type { Repository } from "../../git/repository.ts";
import { listTree } from "../../git/trees.ts";
import { type BaseTree, baseCommitOf } from "./base-tree.ts";

/** What a base tree adds to the denominators: each of its documents, by path, and all of them together. */
export interface BaseTotals {
  readonly byPath: ReadonlyMap<string, Totals>;
  readonly all: Totals;
}

export function totalsOfBase(repo: Repository, base: BaseTree): Promise<BaseTotals> {
  const find = async (): Promise<BaseTotals> => pooled(await readTotals(repo, base));
  return base.holds.length === 0 ? remembered(repo, `totals ${base.commit}`, find) : find();
}

/** The same with some documents counted otherwise. */
export function withTotals({ byPath, all }: BaseTotals, other: ReadonlyMap<string, Totals>): BaseTotals {
  return other.size === 0 ? { byPath, all } : pooled(new Map([...byPath, ...other]));
}

function pooled(byPath: ReadonlyMap<string, Totals>): BaseTotals {
  let all = NO_TOTALS;
  for (const each of byPath.values()) all = addTotals(all, each);
  return { byPath, all };
}

/** So many documents are read by one process: a whole curriculum at once would stand in memory twice. */
const AT_ONCE = 1_000;

async function readTotals(repo: Repository, base: BaseTree): Promise<Map<string, Totals>> {
  const blobs = await curriculumBlobs(repo, base);
  const cache = await readCache(repo);
  const unknown = [...blobs].filter(([path, oid]) => !cache.has(cacheKey(path, oid)));
  for (let at = 0; at < unknown.length; at += AT_ONCE) {
    const some = unknown.slice(at, at + AT_ONCE);
    const objects = await readObjects(
      repo,
      some.map(([, oid]) => oid),
    );
    some.forEach(([path, oid], index) => {
      const decoded = objects[index] && decodeText(objects[index].bytes);
      const isText = decoded && "text" in decoded;
      cache.set(cacheKey(path, oid), isText ? totalsOf(readDocument(path, decoded.text)) : NO_TOTALS);
    });
  }
  const totals = new Map(
    [...blobs].map(([path, oid]) => [path, cache.get(cacheKey(path, oid)) ?? NO_TOTALS]),
  );
  if (unknown.length > 0) await writeCache(repo, cache, blobs);
  return totals;
}

/** The documents of a base tree, path holds included: blobs by path. */
export async function curriculumBlobs(repo: Repository, base: BaseTree): Promise<Map<string, string>> {
  const pathHolds = base.holds.filter(({ passage }) => passage === null);
  const blobs = new Map<string, string>();
  for (const commit of new Set([base.commit, ...pathHolds.map(({ hold }) => hold.base)])) {
    for (const [path, { oid, mode }] of await listTree(repo, commit)) {
      if (mode.startsWith("100") && isCurriculumPath(path) && baseCommitOf(base, path) === commit)
        blobs.set(path, oid);
    }
  }
  return blobs;
}

/** Entries beyond which only those of the tree at hand are kept. */
const MOST_ENTRIES = 200_000;

function cachePath(repo: Repository): string {
  return `${repo.commonDir}/leeway/cache/totals-${METRIC}`;
}

/** A file's ending decides how it is read, so that one blob may count twice. */
function cacheKey(path: string, oid: string): string {
  return `${oid}${path.slice(path.lastIndexOf(".")).toLowerCase()}`;
}

/** One line an entry: blob and ending, words, passages, pairs. What cannot be read counts as absent. */
async function readCache(repo: Repository): Promise<Map<string, Totals>> {
  const cache = new Map<string, Totals>();
  const text = await readText(cachePath(repo)).catch(() => null);
  for (const line of text?.split("\n") ?? []) {
    const [key, ...counts] = line.split(" ");
    const [words, passages, pairs] = counts.map(Number);
    if (key && [words, passages, pairs].every(Number.isSafeInteger))
      cache.set(key, { words: words ?? 0, passages: passages ?? 0, pairs: pairs ?? 0 });
  }
  return cache;
}

/** A cache that cannot be written, as in a read-only repository, is done without. */
async function writeCache(
  repo: Repository,
  cache: ReadonlyMap<string, Totals>,
  blobs: ReadonlyMap<string, string>,
): Promise<void> {
  const used = new Set([...blobs].map(([path, oid]) => cacheKey(path, oid)));
  const kept = cache.size > MOST_ENTRIES ? [...cache].filter(([key]) => used.has(key)) : [...cache];
  const lines = kept.map(([key, { words, passages, pairs }]) => `${key} ${words} ${passages} ${pairs}\n`);
  await writeAtomic(cachePath(repo), lines.join("")).catch(() => undefined);
}
