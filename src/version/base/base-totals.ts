import { decodeText, isCurriculumPath, readDocument } from "../../curriculum/read.ts";
import { totalsOf } from "../../drift/document-totals.ts";
import { METRIC } from "../../drift/figures.ts";
import { addTotals, NO_TOTALS, type Totals } from "../../drift/totals.ts";
import { readText } from "../../files/read.ts";
import { writeAtomic } from "../../files/write.ts";
import { eachBlob } from "../../git/objects.ts";
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
  const find = async (): Promise<BaseTotals> => pooled(await countDocuments(repo, base));
  return base.holds.length === 0 ? remembered(repo, `totals ${base.commit}`, find) : find();
}

/** What is noted of all documents of a commit together. */
export interface CommitTotals extends Totals {
  /** The paths of those in which the word stands by which authors ask to be adapted. */
  readonly inviting: readonly string[];
}

/** Counted once for each commit: a trust is asked about the same edition for weeks. */
export function totalsOfCommit(repo: Repository, commit: string): Promise<CommitTotals> {
  return remembered(repo, `all of ${commit}`, async () => {
    const kept = await readCommits(repo);
    const known = kept.get(commit);
    if (known !== undefined) return known;
    const counted = await countDocuments(repo, { commit, holds: [] });
    const inviting = [...counted].flatMap(([path, { invites }]) => (invites ? [path] : []));
    const totals = { ...pooled(counted).all, inviting };
    await writeCommits(repo, kept.set(commit, totals));
    return totals;
  });
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

/** What is noted of every document of a curriculum, so that none of them is read a second time. */
interface Counted extends Totals {
  readonly invites: boolean;
}

const NOT_READABLE: Counted = { ...NO_TOTALS, invites: false };

async function countDocuments(repo: Repository, base: BaseTree): Promise<Map<string, Counted>> {
  const blobs = await curriculumBlobs(repo, base);
  const known = await remembered(repo, "counted documents", () => readCache(repo));
  const unknown = [...blobs].filter(([path, oid]) => !known.has(cacheKey(path, oid)));
  await eachBlob(
    repo,
    unknown.map(([, oid]) => oid),
    (bytes, index) => {
      const [path, oid] = unknown[index] ?? ["", ""];
      known.set(cacheKey(path, oid), bytes === null ? NOT_READABLE : countDocument(path, bytes));
    },
  );
  if (unknown.length > 0) await writeCache(repo, known, blobs);
  return new Map([...blobs].map(([path, oid]) => [path, known.get(cacheKey(path, oid)) ?? NOT_READABLE]));
}

function countDocument(path: string, bytes: Buffer): Counted {
  const decoded = decodeText(bytes);
  if (!("text" in decoded)) return NOT_READABLE;
  const { text } = decoded;
  return { ...totalsOf(readDocument(path, text)), invites: text.includes("invites") };
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
  return `${repo.commonDir}/leeway/cache/documents-${METRIC}`;
}

/** Commits beyond which the oldest is let go. */
const MOST_COMMITS = 20;

const commitsPath = (repo: Repository): string => `${repo.commonDir}/leeway/cache/commits-${METRIC}.json`;

async function readCommits(repo: Repository): Promise<Map<string, CommitTotals>> {
  const text = await readText(commitsPath(repo)).catch(() => null);
  try {
    const kept = Object.entries(JSON.parse(text ?? "{}") as Record<string, CommitTotals>);
    return new Map(kept.filter(([, totals]) => isCounted(totals)));
  } catch {
    return new Map();
  }
}

/** A file that somebody has written to counts as far as it can be read. */
function isCounted({ words, passages, pairs, inviting }: CommitTotals): boolean {
  const isText = (path: unknown): boolean => typeof path === "string";
  return [words, passages, pairs].every(Number.isSafeInteger) && inviting.every(isText);
}

async function writeCommits(repo: Repository, commits: ReadonlyMap<string, CommitTotals>): Promise<void> {
  const latest = Object.fromEntries([...commits].slice(-MOST_COMMITS));
  await writeAtomic(commitsPath(repo), JSON.stringify(latest)).catch(() => undefined);
}

/** A file's ending decides how it is read, so that one blob may count twice. */
function cacheKey(path: string, oid: string): string {
  return `${oid}${path.slice(path.lastIndexOf(".")).toLowerCase()}`;
}

/** One line an entry: blob and ending, words, passages, pairs, 1 for the word. What cannot be read counts as absent. */
async function readCache(repo: Repository): Promise<Map<string, Counted>> {
  const cache = new Map<string, Counted>();
  const text = await readText(cachePath(repo)).catch(() => null);
  for (const line of text?.split("\n") ?? []) {
    const [key, ...counts] = line.split(" ");
    const [words = 0, passages = 0, pairs = 0, invites] = counts.map(Number);
    if (key && counts.length === 4 && [words, passages, pairs, invites].every(Number.isSafeInteger))
      cache.set(key, { words, passages, pairs, invites: invites === 1 });
  }
  return cache;
}

/** A cache that cannot be written, as in a read-only repository, is done without. */
async function writeCache(
  repo: Repository,
  cache: ReadonlyMap<string, Counted>,
  blobs: ReadonlyMap<string, string>,
): Promise<void> {
  const used =
    cache.size > MOST_ENTRIES ? new Set([...blobs].map(([path, oid]) => cacheKey(path, oid))) : null;
  const lines: string[] = [];
  for (const [key, { words, passages, pairs, invites }] of cache)
    if (used?.has(key) ?? true) lines.push(`${key} ${words} ${passages} ${pairs} ${invites ? 1 : 0}\n`);
  await writeAtomic(cachePath(repo), lines.join("")).catch(() => undefined);
}
