import { quoteAddress } from "../../curriculum/address.ts";
import { readFile } from "../../files/read.ts";
import type { NextStep } from "../../report/report.ts";
import { picksOf } from "../../version/adapt.ts";
import { commitPassages } from "../../version/commit-passages.ts";
import { openVersion } from "../../version/open.ts";
import { asSource, isFree, isLocked, ownChanges } from "../../version/own-changes.ts";
import { baseUpdate } from "../../version/own-files.ts";
import { requireEquipped, requireReady } from "../../version/ready.ts";
import { unsavedPaths } from "../../version/unsaved.ts";
import { startWriting } from "../../version/writing.ts";
import type { Context, Outcome } from "../context.ts";

interface SaveFlags {
  readonly message?: string;
  readonly dryRun?: boolean;
}

/** `save`: commit the changes that need no reason; leave and name the others. */
export async function run(context: Context, _args: readonly string[], flags: SaveFlags): Promise<Outcome> {
  const { repo } = await openVersion(context.cwd, { from: "worktree" });
  return startWriting(repo, "save", async () => {
    const version = requireEquipped(await requireReady(await openVersion(context.cwd, { from: "worktree" })));
    const unsaved = await unsavedPaths(repo);
    // The centre owns its curriculum: nothing there needs a reason.
    const source = version.start.kind === "source";
    const own = await ownChanges(version, asSource(version), { kind: "worktree" });
    const changes = own.changes.filter(
      ({ document: { change } }) => unsaved.has(change.path) || unsaved.has(change.from ?? ""),
    );
    const isSaved = (change: (typeof changes)[number]): boolean =>
      source || (!isLocked(change) && (isFree(change) || change.explanation.state === "explained"));
    const saved = changes.filter(isSaved);
    const left = changes.filter((change) => !isSaved(change));
    const files = own.files.filter(({ path }) => unsaved.has(path));
    const mine = [...unsaved].filter((path) => path.startsWith(`versions/${version.self.id}/`));
    const foreign = [...unsaved].filter((path) => path.startsWith("versions/") && !mine.includes(path));
    const paths = [...files.map(({ path }) => path), ...mine];
    const next: NextStep[] = left[0]
      ? [[`leeway adapt ${quoteAddress(left[0].at)}`, "give the reason in a sentence"]]
      : [];
    const leftLines = [
      ...left.map(
        (change) =>
          `Left: ${quoteAddress(change.at)}   ${isLocked(change) ? "locked text" : "its reason is missing"}`,
      ),
      ...foreign.map((path) => `Left: ${path}   it belongs to another version`),
    ];
    if (saved.length + paths.length === 0) {
      const did =
        leftLines.length > 0
          ? ["Nothing was saved.", ...leftLines]
          : ["Nothing to save: everything is committed."];
      return {
        exit: 0,
        report: {
          kind: "done",
          verb: "save",
          did,
          undo: null,
          next,
          data: { commit: null, left: left.map(({ at }) => at) },
        },
      };
    }
    const what = [...saved.map(({ at }) => quoteAddress(at)), ...paths];
    if (flags.dryRun) {
      const did = [...what.map((each) => `Would save ${each}`), ...leftLines, "Nothing was changed."];
      return {
        exit: 0,
        report: { kind: "done", verb: "save", did, undo: null, next, data: { dryRun: true } },
      };
    }
    const title = flags.message ?? `Save ${what.length === 1 ? what[0] : `${what.length} changes`}`;
    const commit = await commitPassages(repo, version, {
      verb: "save",
      did: `Saved: ${title}`,
      message: `${title}\n`,
      picks: picksOf(saved),
      files: await Promise.all(
        paths.map(async (path) => ({ path, bytes: await readFile(`${repo.root}/${path}`) })),
      ),
      own: await baseUpdate(version),
      now: context.now,
    });
    return {
      exit: 0,
      report: {
        kind: "done",
        verb: "save",
        did: [...what.map((each) => `Saved ${each}`), ...leftLines],
        undo: "leeway undo",
        next: next.length > 0 ? next : [["leeway push", "send this version home"]],
        data: { commit, left: left.map(({ at }) => at) },
      },
    };
  });
}
