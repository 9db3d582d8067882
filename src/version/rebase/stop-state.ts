import * as z from "zod/mini";
import { Failure } from "../../failure.ts";
import { readText } from "../../files/read.ts";
import { remove } from "../../files/temporary.ts";
import { writeAtomic } from "../../files/write.ts";
import type { Repository } from "../../git/repository.ts";
import type { Decision } from "./plan.ts";

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
  marked: z.nullable(z.string()),
});

const stage = z.object({ mode: z.string(), oid: z.string() });

const stopSchema = z.object({
  schema: z.literal("leeway/stop/1"),
  /** The commit before, which `--abort` and `undo` go back to. */
  before: z.string(),
  to: z.string(),
  edition: z.nullable(z.string()),
  decisions: z.array(decision),
  sides: z.object({ base: z.string(), ours: z.string(), theirs: z.string() }),
  message: z.string(),
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
   * What each choice changed, newest last: the file before it (null: absent), what was settled then, and this
   * version's own file before it where a hold was written.
   */
  history: z.array(
    z.object({
      path: z.string(),
      before: z.nullable(z.string()),
      settled: z.array(z.string()),
      own: z.optional(z.object({ path: z.string(), before: z.string() })),
    }),
  ),
});

/** A rebase that waits for decisions, as it is kept between two sessions in `.git/leeway/rebase.json`. */
export type Stop = z.infer<typeof stopSchema>;

function stopPath(repo: Repository): string {
  return `${repo.gitDir}/leeway/rebase.json`;
}

export async function readStop(repo: Repository): Promise<Stop | null> {
  const text = await readText(stopPath(repo));
  if (text === null) return null;
  try {
    return stopSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new Failure("environment", "The notes of the stopped rebase cannot be read.", {
      where: stopPath(repo),
      next: ["git merge --abort   puts everything back as it was", `Then remove ${stopPath(repo)}.`],
      cause,
    });
  }
}

export async function writeStop(repo: Repository, stop: Stop): Promise<void> {
  await writeAtomic(stopPath(repo), Buffer.from(JSON.stringify(stop, null, 1), "utf8"));
}

export async function clearStop(repo: Repository): Promise<void> {
  await remove(stopPath(repo));
}
