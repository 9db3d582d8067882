import { quoteAddress } from "../../curriculum/address.ts";
import type { NextStep } from "../../report/next-step.ts";
import { openVersion } from "../../version/open.ts";
import { requireReady } from "../../version/ready.ts";
import { abortStop, bringBackStop } from "../../version/rebase/abort.ts";
import { stoppedRebase } from "../../version/rebase/stopped.ts";
import { unchoose } from "../../version/resolve/choose.ts";
import { findGitConflict } from "../../version/resolve/git-conflict.ts";
import { unsavedInTheWay } from "../../version/undo/in-the-way.ts";
import { lastOperation } from "../../version/undo/operations.ts";
import { undo } from "../../version/undo/undo.ts";
import type { Context, Outcome } from "../context.ts";
import { writing } from "../writing.ts";

/** `undo`: take back the last command that wrote, or the undo itself. */
export async function run(
  context: Context,
  _args: readonly string[],
  flags: { dryRun?: boolean; to?: string },
): Promise<Outcome> {
  const { repo } = await context.look.checkout;
  return writing(context, repo, "undo", async () => {
    const version = await openVersion(context.cwd, { from: "head", alone: true });
    const stopped = await stoppedRebase(repo, version.head);
    if (stopped.kind === "open") {
      const { stop } = stopped;
      const last = stop.history.at(-1);
      if (flags.dryRun)
        return done(
          [
            last
              ? `Would open the decision on ${last.path} again.`
              : "Would put everything back as it was before the update.",
          ],
          [],
        );
      const opened = await unchoose(repo, stop);
      if (opened)
        return done(
          [`Open again: the decision on ${quoteAddress(opened.decision.at)}`],
          [["leeway resolve", "decide anew"]],
        );
      const moved = await abortStop(repo, stop, context.now);
      if (!moved.ok) throw await unsavedInTheWay(repo, moved.inTheWay);
      return done(
        ["Everything is as it was before the update."],
        [["leeway rebase --dry-run", "look at the update again"]],
      );
    }
    const found = stopped.kind === "committed" ? null : await findGitConflict(version);
    const chosen = found?.conflict.history.at(-1);
    if (found && chosen) {
      if (flags.dryRun) return done([`Would open the decision on ${chosen.path} again.`], []);
      const opened = await unchoose(repo, found.conflict);
      const at = opened?.decision.at ?? chosen.path;
      return done([`Open again: the decision on ${quoteAddress(at)}`], [["leeway resolve", "decide anew"]]);
    }
    // Before the first commit there may be one to bring back.
    if (version.head !== null) await requireReady(version);
    const last = flags.to === undefined ? await lastOperation(repo) : null;
    if (last?.stop !== undefined) {
      if (flags.dryRun)
        return done(["Would bring the update back, with what had been decided.", "Nothing was changed."], []);
      await bringBackStop(repo, last.stop);
      return done(
        ["The update waits for your decisions again, with those that you had made."],
        [
          ["leeway resolve", "decide, with both texts side by side"],
          ["leeway rebase --abort", "put everything back as it was"],
        ],
      );
    }
    const { did, operations, restored, head } = await undo(repo, version.self, {
      branch: version.branch,
      now: context.now,
      dryRun: flags.dryRun ?? false,
      to: flags.to,
    });
    if (flags.dryRun) {
      const named = flags.to === undefined ? [] : operations.map((each) => `  ${each.did}`);
      return done([did.replace(/^(Took|Brought|Went)/, would), ...named, "Nothing was changed."], []);
    }
    return done(
      [
        did,
        ...(restored === null
          ? []
          : ["It had been sent home already, so a new commit restores what was before."]),
        ...(operations.some(({ verb }) => ["adapt", "save"].includes(verb))
          ? ["Your text is still in the files, not committed."]
          : []),
      ],
      restored === null
        ? [["leeway undo", did.startsWith("Brought") ? "takes it back again" : "brings it back"]]
        : [
            ["leeway push", "send the restored state home"],
            ["leeway undo", "brings it back"],
          ],
      head,
    );
  });
}

function would(took: string): string {
  return { Took: "Would take", Brought: "Would bring", Went: "Would go" }[took] ?? took;
}

function done(did: string[], next: NextStep[], head: string | null = null): Outcome {
  return { exit: 0, report: { kind: "done", verb: "undo", did, undo: null, next, data: { commit: head } } };
}
