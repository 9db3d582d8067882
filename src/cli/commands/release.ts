import { Failure } from "../../failure.ts";
import { readText } from "../../files/read.ts";
import { resolve, writeTag } from "../../git/refs.ts";
import type { NextStep } from "../../report/next-step.ts";
import { editionTag } from "../../version/base/published.ts";
import { unsavedPaths } from "../../version/change/unsaved.ts";
import { openVersion } from "../../version/open.ts";
import { requireEquipped, requireReady } from "../../version/ready.ts";
import { performOperation } from "../../version/undo/perform.ts";
import type { Context, Outcome } from "../context.ts";
import { homeward } from "../homeward.ts";
import { writing } from "../writing.ts";

interface ReleaseFlags {
  readonly notes?: string;
  readonly notesFile?: string;
  readonly group?: string[];
  readonly dryRun?: boolean;
}

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

/** `release`: name the last commit as an edition, with notes for people; a group may have it at once. */
export async function run(context: Context, args: readonly string[], flags: ReleaseFlags): Promise<Outcome> {
  const [name = ""] = args;
  for (const each of [name, ...(flags.group ?? [])]) {
    if (!NAME.test(each) || each.includes("..") || each.endsWith(".lock")) {
      throw new Failure("usage", `${JSON.stringify(each)} cannot name an edition or a group.`, {
        next: ["Use letters, digits, dots and hyphens, such as 2026-27-spring."],
      });
    }
  }
  const { repo } = await context.look.checkout;
  return writing(context, repo, "release", async () => {
    const version = requireEquipped(await requireReady(await openVersion(context.cwd, { from: "worktree" })));
    const { self, head } = version;
    const tag = editionTag(self.id, name);
    if ((await resolve(repo, tag)) !== null) {
      throw new Failure("usage", `The edition ${name} exists already, and others may have taken it.`, {
        next: [`leeway release ${name}.1 …   names a newer one`],
      });
    }
    const notes = await notesFrom(context, flags);
    const groups = flags.group ?? [];
    const unsaved = await unsavedPaths(repo);
    const warnings =
      unsaved.size > 0
        ? [
            `Not in it: ${unsaved.size} changed ${unsaved.size === 1 ? "file that is" : "files that are"} not committed.`,
          ]
        : [];
    if (flags.dryRun) {
      return done(
        [
          `Would name this state edition ${name}`,
          ...groups.map((group) => `and let the group ${group} have it`),
          ...warnings,
          "Nothing was changed.",
        ],
        null,
        [],
        { dryRun: true },
      );
    }
    const made = await writeTag(repo, tag.replace("refs/tags/", ""), head, notes);
    const groupRefs = groups.map((group) => `refs/heads/group/${group}`);
    const before = await Promise.all(groupRefs.map((ref) => resolve(repo, ref)));
    await performOperation(
      repo,
      { kind: "own", write: [], stage: [] },
      {
        verb: "release",
        did: `Released edition ${name}`,
        at: context.now.toISOString(),
        refs: [
          { ref: tag, before: null, after: made },
          ...groupRefs.map((ref, index) => ({ ref, before: before[index] ?? null, after: head })),
        ],
      },
    );
    return done(
      [
        `Edition ${name} of ${self.name} is named.`,
        ...groups.map((group) => `The group ${group} has it now.`),
        ...warnings,
      ],
      "leeway undo   before it is pushed or anybody has fetched it",
      [await homeward(repo, "send it home, for others to fetch")],
      { edition: name, commit: head, tag: tag.replace("refs/tags/", ""), groups },
    );
  });
}

async function notesFrom(context: Context, flags: ReleaseFlags): Promise<string> {
  if (flags.notes?.trim()) return flags.notes;
  if (flags.notesFile) {
    const text = await readText(
      flags.notesFile.startsWith("/") ? flags.notesFile : `${context.cwd}/${flags.notesFile}`,
    );
    if (text?.trim()) return text;
    throw new Failure("usage", "The file with the notes is empty, or not there.", { where: flags.notesFile });
  }
  if (context.interactive) {
    const { askText } = await import("../ui/prompts.ts");
    return askText(context, "What changed, and why? Teachers read this before they take it.");
  }
  throw new Failure("usage", "An edition needs notes: teachers read them before they take it.", {
    next: ['--notes "what changed, and why"', "--notes-file FILE"],
  });
}

function done(did: string[], undo: string | null, next: NextStep[], data: Record<string, unknown>): Outcome {
  return { exit: 0, report: { kind: "done", verb: "release", did, undo, next, data } };
}
