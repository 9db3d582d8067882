import * as z from "zod/mini";
import { commitTree, describeObjects, readObjects } from "../../git/objects.ts";
import { type RefUpdate, resolve } from "../../git/refs.ts";
import type { Repository } from "../../git/repository.ts";
import { writeTree } from "../../git/write-tree.ts";

/** The log of what Leeway's verbs did in this work tree, newest first through its parents. Never fetched, never pushed. */
function logRef(repo: Repository): string {
  return `${repo.ownRefs}/operations`;
}

const oid = z.nullable(z.string());
const text = z.nullable(z.string());

const operationSchema = z.object({
  verb: z.string(),
  /** What it did, in a sentence for people. */
  did: z.string(),
  /** ISO 8601. */
  at: z.string(),
  /** Every ref that it moved: the branch, tags, groups. */
  refs: z.array(z.object({ ref: z.string(), before: oid, after: oid })),
  /**
   * What of the work tree goes back with it: `all` files that differ between the commits, or, where the curriculum
   * text had been written by hand before, only the files that Leeway wrote: their text before and after, null where
   * there was none.
   */
  worktree: z.union([
    z.literal("all"),
    z.array(z.object({ path: z.string(), before: text, after: text, executable: z.optional(z.boolean()) })),
  ]),
  /** The operation that this one took back. */
  undoes: z.optional(z.string()),
});

export type Operation = z.infer<typeof operationSchema>;

/** An operation and the commit that keeps it. */
export interface LoggedOperation extends Operation {
  readonly id: string;
  readonly previous: string | null;
}

/**
 * Stores an operation as a log entry and says which refs are to move for it, the log's own last. Nothing moves yet.
 * The commits before and after are parents of the entry, so that Git keeps them.
 * @param now where refs stand, if not at what the operation counts as before (a merge that `git commit` ended)
 */
export async function writeEntry(
  repo: Repository,
  operation: Operation,
  now: ReadonlyMap<string, string> = new Map(),
): Promise<RefUpdate[]> {
  const previous = await resolve(repo, logRef(repo));
  const kept = operation.refs.flatMap(({ before, after }) => [before, after]).filter((each) => each !== null);
  const { commits, tags } = await sortByType(repo, [...new Set(kept)]);
  const id = await commitTree(repo, {
    tree: await writeTree(repo, null, []),
    parents: [...(previous ? [previous] : []), ...commits.filter((each) => each !== previous)],
    message: `${operation.did}\n\n${JSON.stringify(operation)}\n`,
  });
  const moves: RefUpdate[] = [
    ...operation.refs.map(({ ref, before, after }) => ({ ref, new: after, old: now.get(ref) ?? before })),
    // A commit cannot have a tag as its parent; a ref keeps it instead.
    ...tags.map((tag) => ({ ref: `refs/leeway/kept/${tag}`, new: tag })),
    { ref: logRef(repo), new: id, old: previous },
  ];
  return moves.filter((move) => move.new !== move.old);
}

/** The newest operation, or null before the first. */
export async function lastOperation(repo: Repository): Promise<LoggedOperation | null> {
  return readOperation(repo, logRef(repo));
}

export async function readOperation(repo: Repository, rev: string): Promise<LoggedOperation | null> {
  const id = await resolve(repo, rev);
  if (id === null) return null;
  const [commit] = await readObjects(repo, [id]);
  const text = commit?.bytes.toString("utf8") ?? "";
  const line = text
    .slice(text.indexOf("\n\n"))
    .split("\n")
    .find((each) => each.startsWith("{"));
  const parsed = operationSchema.safeParse(line ? JSON.parse(line) : null);
  if (!parsed.success) return null;
  const [first] = [...text.matchAll(/^parent ([0-9a-f]+)$/gm)].map((match) => match[1] ?? "");
  return {
    ...parsed.data,
    id,
    previous: first !== undefined && (await isOperation(repo, first)) ? first : null,
  };
}

async function isOperation(repo: Repository, id: string): Promise<boolean> {
  const [commit] = await readObjects(repo, [id]);
  return commit?.bytes.toString("utf8").includes('\n{"verb":') ?? false;
}

async function sortByType(
  repo: Repository,
  oids: readonly string[],
): Promise<{ commits: string[]; tags: string[] }> {
  const objects = await describeObjects(repo, oids);
  const ofType = (type: string): string[] => oids.filter((_, index) => objects[index]?.type === type);
  return { commits: ofType("commit"), tags: ofType("tag") };
}
