import * as z from "zod/mini";
import { Failure } from "../../failure.ts";
import { readText } from "../../files/read.ts";
import { remove } from "../../files/temporary.ts";
import { writeAtomic } from "../../files/write.ts";
import type { Repository } from "../../git/repository.ts";
import type { Unmerged } from "../../git/worktree.ts";
import type { Decision } from "../rebase/plan.ts";

/** What is to decide, and what has been: the same after a rebase that stopped and after a merge of Git's own. */
const deciding = () => {
  const decision = z.object({
    path: z.string(),
    at: z.string(),
    title: z.string(),
    heading: z._default(z.nullable(z.string()), null),
    kind: z.pipe(
      z.string(),
      z.transform((kind) => kind as Decision["kind"]),
    ),
    reason: z.string(),
    base: z.nullable(z.string()),
    ours: z.nullable(z.string()),
    theirs: z.nullable(z.string()),
    heldAt: z.optional(z.object({ commit: z.string(), edition: z.nullable(z.string()) })),
    marked: z.nullable(z.string()),
    joined: z.optional(z.object({ text: z.nullable(z.string()), rule: z.string() })),
  });
  const stage = z.object({ mode: z.string(), oid: z.string() });
  return {
    /** In reading order; their numbers stay the same while some are settled. */
    decisions: z.array(decision),
    /** Git's three versions of each file that was in conflict, to open it again. */
    stages: z.array(
      z.object({
        path: z.string(),
        stages: z.object({ 1: z.optional(stage), 2: z.optional(stage), 3: z.optional(stage) }),
      }),
    ),
    /** Whole files that were decided, which no marked line can tell. */
    settled: z.array(z.string()),
    /**
     * What each choice changed, newest last: the decision by its place among `decisions`, the file before it (null:
     * absent), the text that was put in, and this version's own file before it where a hold was written.
     */
    history: z.array(
      z.object({
        decision: z.number(),
        path: z.string(),
        before: z.nullable(z.string()),
        put: z.nullable(z.string()),
        own: z.optional(z.object({ path: z.string(), before: z.string() })),
      }),
    ),
  };
};

// Most verbs only look whether such a file is there: what it must say is put together when one is read.
const stopSchema = z.lazy(() =>
  z.object({
    schema: z.literal("leeway/stop/1"),
    /** The commit before, which `--abort` and `undo` go back to. */
    before: z.string(),
    to: z.string(),
    edition: z.nullable(z.string()),
    sides: z.object({ base: z.string(), ours: z.string(), theirs: z.string() }),
    message: z.string(),
    ...deciding(),
  }),
);

const gitConflictSchema = z.lazy(() =>
  z.object({
    schema: z.literal("leeway/conflict/1"),
    /** What Git is in the middle of. */
    operation: z.enum(["merge", "rebase", "cherry-pick", "revert", "am", "other"]),
    /** HEAD, and the commit that Git is joining with it (null where Git does not say): when they change, it is over. */
    head: z.string(),
    other: z.nullable(z.string()),
    /** What people call the three texts. */
    labels: z.object({ ours: z.string(), base: z.string(), theirs: z.string() }),
    /** Files that still lie there as Git left them, and the text with the same decisions as Leeway marks them. */
    drafts: z.array(z.object({ path: z.string(), git: z.string(), leeway: z.string() })),
    /** Passages that Git left open and Leeway joined in a draft, by rule. */
    joined: z.array(z.object({ path: z.string(), at: z.string(), rule: z.string() })),
    ...deciding(),
  }),
);

/** A rebase that waits for decisions, as it is kept between two sessions in `.git/leeway/rebase.json`. */
export type Stop = z.infer<typeof stopSchema>;

/** A conflict that a command of Git's own left, with what has been decided, in `.git/leeway/conflict.json`. */
export type GitConflict = z.infer<typeof gitConflictSchema>;

/** Where people decide, whoever stopped for them. */
export type Deciding = Stop | GitConflict;

/** The side of Git's index that is this version: while `git rebase` replays commits, Git's sides are swapped. */
export function localStage(deciding: Deciding): 2 | 3 {
  return deciding.schema === "leeway/conflict/1" && deciding.operation === "rebase" ? 3 : 2;
}

/** Stages as Git has them, without those that a file does not have. */
export function present(stages: Deciding["stages"][number]["stages"]): Unmerged["stages"] {
  return {
    ...(stages[1] ? { 1: stages[1] } : {}),
    ...(stages[2] ? { 2: stages[2] } : {}),
    ...(stages[3] ? { 3: stages[3] } : {}),
  };
}

/** The notes of a stopped update, from data that was kept elsewhere. */
export function parseStop(data: unknown): Stop {
  return stopSchema.parse(data);
}

function notesPath(repo: Repository, schema: Deciding["schema"]): string {
  return `${repo.gitDir}/leeway/${schema === "leeway/stop/1" ? "rebase" : "conflict"}.json`;
}

export function readStop(repo: Repository): Promise<Stop | null> {
  return readNotes(repo, "leeway/stop/1", (data) => stopSchema.parse(data));
}

export function readGitConflict(repo: Repository): Promise<GitConflict | null> {
  return readNotes(repo, "leeway/conflict/1", (data) => gitConflictSchema.parse(data));
}

async function readNotes<T>(
  repo: Repository,
  schema: Deciding["schema"],
  parse: (data: unknown) => T,
): Promise<T | null> {
  const path = notesPath(repo, schema);
  const text = await readText(path);
  if (text === null) return null;
  try {
    return parse(JSON.parse(text));
  } catch (cause) {
    throw new Failure("environment", "The notes of what is to decide cannot be read.", {
      where: path,
      next: ["git merge --abort   puts everything back as it was", `Then remove ${path}.`],
      cause,
    });
  }
}

export async function writeNotes(repo: Repository, notes: Deciding): Promise<void> {
  const text = JSON.stringify(notes, null, 1);
  await writeAtomic(notesPath(repo, notes.schema), Buffer.from(text, "utf8"));
}

export async function clearStop(repo: Repository): Promise<void> {
  await remove(notesPath(repo, "leeway/stop/1"));
}

export async function clearGitConflict(repo: Repository): Promise<void> {
  await remove(notesPath(repo, "leeway/conflict/1"));
}
