import { quoteAddress } from "../../curriculum/address.ts";
import { abortMerge } from "../../git/stop.ts";
import type { NextStep } from "../../report/report.ts";
import { openVersion } from "../../version/open.ts";
import { requireReady } from "../../version/ready.ts";
import { endStop, stoppedRebase } from "../../version/rebase/stopped.ts";
import { unchoose } from "../../version/resolve/choose.ts";
import { findGitConflict } from "../../version/resolve/git-conflict.ts";
import { unsavedInTheWay } from "../../version/undo/in-the-way.ts";
import { undoLast } from "../../version/undo/undo.ts";
import type { Context, Outcome } from "../context.ts";
import { writing } from "../writing.ts";

/** `undo`: take back the last command that wrote, or the undo itself. */
export async function run(
  context: Context,
  _args: readonly string[],
  flags: { dryRun?: boolean },
): Promise<Outcome> {
  const version = await openVersion(context.cwd, { from: "head", alone: true });
  const { repo } = version;
  return writing(context, repo, "undo", async () => {
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
      const moved = await abortMerge(repo);
      if (!moved.ok) throw unsavedInTheWay(moved.inTheWay);
      await endStop(repo);
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
    const { did, operation, restored, head } = await undoLast(repo, version.self, {
      branch: version.branch,
      now: context.now,
      dryRun: flags.dryRun ?? false,
    });
    if (flags.dryRun) return done([did.replace(/^(Took|Brought)/, would), "Nothing was changed."], []);
    return done(
      [
        did,
        ...(restored === null
          ? []
          : ["It had been sent home already, so a new commit restores what was before."]),
        ...(["adapt", "save"].includes(operation.verb)
          ? ["Your text is still in the files, not committed."]
          : []),
      ],
      restored === null
        ? [["leeway undo", did.startsWith("Took") ? "brings it back" : "takes it back again"]]
        : [
            ["leeway push", "send the restored state home"],
            ["leeway undo", "brings it back"],
          ],
      head,
    );
  });
}

function would(took: string): string {
  return took === "Took" ? "Would take" : "Would bring";
}

function done(did: string[], next: NextStep[], head: string | null = null): Outcome {
  return { exit: 0, report: { kind: "done", verb: "undo", did, undo: null, next, data: { commit: head } } };
}
