import * as z from "zod/mini";
import { lazily } from "../../curriculum/lazily.ts";
import { describeObjects, readObjects } from "../../git/objects.ts";
import { allRefs, type RefUpdate, resolve } from "../../git/refs.ts";
import type { Repository } from "../../git/repository.ts";
import { snapshotFiles } from "../../git/snapshot.ts";
import { writeSyntheticCommit } from "../../git/synthetic-commit.ts";
import { writeFiles } from "../../git/write-tree.ts";

/** The log of what Leeway's verbs did in this work tree, newest first through its parents. Never fetched, never pushed. */
function logRef(repo: Repository): string {
  return `${repo.ownRefs}/operations`;
}

/** The part of the log before that: what is older still is left to Git's garbage collection. */
function earlierRef(repo: Repository): string {
  return `${repo.ownRefs}/operations-earlier`;
}

/** So many operations are kept at least, and twice as many at most. */
export const KEPT_OPERATIONS = 500;

const oid = () => z.nullable(z.string());
const text = () => z.nullable(z.string());

/**
 * What of the work tree goes back with an operation: `all` files that differ between the commits, or, where the
 * curriculum text had been written by hand before, only the files that Leeway wrote: their text before and after, null
 * where there was none.
 */
const worktree = () =>
  z.union([
    z.literal("all"),
    z.array(
      z.object({ path: z.string(), before: text(), after: text(), executable: z.optional(z.boolean()) }),
    ),
  ]);

const operationSchema = lazily(() =>
  z.object({
    verb: z.string(),
    /** What it did, in a sentence for people. */
    did: z.string(),
    /** ISO 8601. */
    at: z.string(),
    /** Every ref that it moved: the branch, tags, groups. */
    refs: z.array(z.object({ ref: z.string(), before: oid(), after: oid() })),
    worktree: worktree(),
    /** Where it went back over several operations: each step of the branch, the newest first. */
    steps: z.optional(z.array(z.object({ before: oid(), after: oid(), worktree: worktree() }))),
    /** The operation that this one took back; the oldest, where it took back several. */
    undoes: z.optional(z.string()),
    /** An update whose stop was taken back: the commit that keeps its files and its notes. */
    stop: z.optional(z.string()),
    /** The tracked files as they lay there before, as a commit; null where nothing differed from HEAD. */
    unsaved: z.optional(oid()),
    /** Its place in the log, counted from 1, and the operation before it. */
    number: z.optional(z.number()),
    previous: z.optional(oid()),
  }),
);

export type Operation = z.infer<ReturnType<typeof operationSchema>>;

/** One step of the branch, and what of the work tree goes with it. */
export type OperationStep = NonNullable<Operation["steps"]>[number];

/** An operation and the commit that keeps it. */
export interface LoggedOperation extends Operation {
  readonly id: string;
  readonly previous: string | null;
}

/** What a verb tells of itself; the log adds its place, all refs and the files that lay there. */
export type Told = Omit<Operation, "unsaved" | "number" | "previous">;

/** What the log notes of how everything was before an operation. */
export interface StateBefore {
  /** The tracked files as they lie there, as a tree; null where nothing differs from HEAD. To find out takes longest. */
  readonly unsaved: Promise<string | null>;
  /** Where each ref stands. */
  readonly refs: Promise<ReadonlyMap<string, string>>;
  readonly last: Promise<LoggedOperation | null>;
}

/** Asks all at once; whoever plans for long asks before, and may turn out to need none of it. */
export function stateBefore(repo: Repository): StateBefore {
  const state = { unsaved: snapshotFiles(repo), refs: allRefs(repo), last: lastOperation(repo) };
  for (const each of Object.values(state)) each.catch(() => undefined);
  return state;
}

/**
 * Stores an operation as a log entry and says which refs are to move for it, the log's own last. Nothing moves yet.
 * The commits before and after are parents of the entry, so that Git keeps them; its tree lists all refs on both sides.
 * @param now where refs stand, if not at what the operation counts as before (a merge that `git commit` ended)
 */
export async function writeEntry(
  repo: Repository,
  operation: Told,
  before: StateBefore,
  now: ReadonlyMap<string, string> = new Map(),
): Promise<RefUpdate[]> {
  const named = [
    ...operation.refs.flatMap(({ before, after }) => [before, after]),
    ...(operation.steps ?? []).flatMap(({ before, after }) => [before, after]),
    operation.stop ?? null,
  ].filter((each) => each !== null);
  const [files, last, tree, { commits, tags }] = await Promise.all([
    before.unsaved.then((made) => (made === null ? null : keptFiles(repo, made))),
    before.last,
    before.refs.then((refs) => refsTree(repo, refs, operation)),
    sortByType(repo, [...new Set(named)]),
  ]);
  const previous = last?.id ?? null;
  const number = (last?.number ?? 0) + 1;
  const isNewPart = previous !== null && number % KEPT_OPERATIONS === 1;
  const entry: Operation = { ...operation, unsaved: files, number, previous };
  const kept = [...commits, ...(files === null ? [] : [files])].filter((each) => each !== previous);
  const id = await writeSyntheticCommit(repo, {
    tree,
    parents: [...(previous && !isNewPart ? [previous] : []), ...kept],
    message: `${operation.did}\n\n${JSON.stringify(entry)}`,
    time: Math.floor(Date.parse(operation.at) / 1000),
  });
  const moves: RefUpdate[] = [
    ...operation.refs.map(({ ref, before, after }) => ({ ref, new: after, old: now.get(ref) ?? before })),
    // A commit cannot have a tag as its parent; a ref keeps it instead.
    ...tags.map((tag) => ({ ref: `refs/leeway/kept/${tag}`, new: tag })),
    ...(isNewPart ? [{ ref: earlierRef(repo), new: previous }] : []),
    { ref: logRef(repo), new: id, old: previous },
  ];
  return moves.filter((move) => move.new !== move.old);
}

/** Files that lay there unsaved, as a commit of their own. */
function keptFiles(repo: Repository, tree: string): Promise<string> {
  return writeSyntheticCommit(repo, { tree, parents: [], message: "Files not saved yet" });
}

/** All refs before and after, a line each, as two files of the entry. */
async function refsTree(
  repo: Repository,
  refs: ReadonlyMap<string, string>,
  operation: Told,
): Promise<string> {
  const own = `${repo.ownRefs}/operations`;
  const before = new Map([...refs].filter(([ref]) => !ref.startsWith(own)));
  const after = new Map(before);
  for (const { ref, before: was, after: is } of operation.refs) {
    if (was !== null) before.set(ref, was);
    if (is === null) after.delete(ref);
    else after.set(ref, is);
  }
  const listed = (all: ReadonlyMap<string, string>): Buffer =>
    Buffer.from([...all].map(([ref, at]) => `${at} ${ref}\n`).join(""), "utf8");
  const { tree } = await writeFiles(repo, null, [
    { path: "refs-after", mode: "100644", bytes: listed(after) },
    { path: "refs-before", mode: "100644", bytes: listed(before) },
  ]);
  return tree;
}

/** The newest operation, or null before the first. */
export async function lastOperation(repo: Repository): Promise<LoggedOperation | null> {
  const [commit] = await readObjects(repo, [logRef(repo)]);
  return commit ? parseEntry(commit.oid, commit.bytes.toString("utf8")) : null;
}

/** Every operation that is kept, the newest first, in one process. */
export async function everyOperation(repo: Repository): Promise<LoggedOperation[]> {
  const parts = [logRef(repo), earlierRef(repo)];
  const found = await Promise.all(parts.map((ref) => resolve(repo, ref)));
  const operations: LoggedOperation[] = [];
  for (const head of found) {
    if (head === null) continue;
    const args = ["log", "--first-parent", `--max-count=${KEPT_OPERATIONS + 1}`, "-z", "--no-color"];
    const listed = await repo.text([
      ...args,
      "--no-show-signature",
      "--no-notes",
      "--format=%H%n%B",
      head,
      "--",
    ]);
    for (const commit of listed.split("\0")) {
      const entry = parseEntry(commit.slice(0, commit.indexOf("\n")), commit);
      // The first operation stands on a commit that is none.
      if (entry === null) break;
      operations.push(entry);
    }
  }
  return operations;
}

function parseEntry(id: string, commit: string): LoggedOperation | null {
  const line = commit.split("\n").find((each) => each.startsWith('{"verb":'));
  const parsed = operationSchema().safeParse(line ? JSON.parse(line) : null);
  return parsed.success ? { ...parsed.data, id, previous: parsed.data.previous ?? null } : null;
}

async function sortByType(
  repo: Repository,
  oids: readonly string[],
): Promise<{ commits: string[]; tags: string[] }> {
  const objects = await describeObjects(repo, oids);
  const ofType = (type: string): string[] => oids.filter((_, index) => objects[index]?.type === type);
  return { commits: ofType("commit"), tags: ofType("tag") };
}
