import { quoteAddress, quotePath } from "../../curriculum/address.ts";
import { shortId } from "../../git/names.ts";
import type { NextStep } from "../../report/next-step.ts";
import { bindPending } from "../../version/change/adapt.ts";
import { commitPassages, wholeFiles, withEffect } from "../../version/change/commit-passages.ts";
import { asSource, isLocked, ownChanges } from "../../version/change/own-changes.ts";
import { baseUpdate } from "../../version/change/own-files.ts";
import { planSave, type SavePlan } from "../../version/change/save.ts";
import { unsavedIn } from "../../version/change/unsaved.ts";
import { lookAt } from "../../version/look.ts";
import { openVersion } from "../../version/open.ts";
import { requireEquipped, requireReady } from "../../version/ready.ts";
import type { Context, Outcome } from "../context.ts";
import { homeward } from "../homeward.ts";
import { shownChanges } from "../shown.ts";
import { writing } from "../writing.ts";

interface SaveFlags {
  readonly message?: string;
  readonly dryRun?: boolean;
}

/** `save`: commit the changes that need no reason; leave and name the others. */
export async function run(context: Context, _args: readonly string[], flags: SaveFlags): Promise<Outcome> {
  const { repo } = await context.look.checkout;
  return writing(context, repo, "save", async () => {
    const look = lookAt(context.cwd, "status");
    const version = requireEquipped(await requireReady(await openVersion(look, { from: "worktree" })));
    const own = await ownChanges(version, asSource(version), { kind: "worktree", status: look.status() });
    const standing = await look.status();
    const inner = [...new Set(standing.repositories.filter((path) => !path.endsWith("/")))];
    const plan = planSave(version.self.id, unsavedIn(standing), own, version.start.kind === "source");
    const pending = bindPending(own, plan.pending);
    const bound = [...pending, ...(await baseUpdate(version))];
    const whole = plan.whole.filter((path) => !bound.some((file) => file.path === path));
    const picks = await withEffect(repo, version.head, plan.picks);
    const what = [
      ...picks.map(({ local, base }) => local?.path ?? base?.path ?? ""),
      ...whole,
      ...pending.map(({ path }) => path),
    ];
    // No reason opens what is locked: a document that is gone with locked text in it comes back first.
    const gone = new Set(
      plan.left
        .filter((change) => isLocked(change) && change.document.local === null)
        .map(({ document }) => document),
    );
    const [first] = shownChanges(
      plan.left.filter((change) => !isLocked(change) && !gone.has(change.document)),
    );
    const start = version.start.kind === "known" ? shortId(version.start.commit) : "HEAD";
    const next: NextStep[] = [
      ...(first
        ? [[`leeway adapt ${quoteAddress(first.at)}`, "give the reason in a sentence"] as const]
        : []),
      ...[...gone].map(
        ({ base, change }): NextStep => [
          `git checkout ${start} -- ${quotePath(base?.path ?? change.path)}`,
          "put the document back, with what is locked in it",
        ],
      ),
      ...inner.map(
        (path): NextStep => [`git commit -m "…" -- ${quotePath(path)}`, "keep the state that it is at"],
      ),
    ];
    const left = [
      ...leftLines(plan),
      ...inner.map((path) => `Left: ${path}   a repository of its own, of which Git alone keeps the state`),
    ];
    const done = (did: string[], undo: string | null, steps: NextStep[], commit: string | null): Outcome => ({
      exit: 0,
      report: {
        kind: "done",
        verb: "save",
        did: [...did, ...left],
        undo,
        next: steps,
        data: { commit, saved: what, left: plan.left.map(({ at }) => at) },
      },
    });
    if (what.length === 0) {
      return done(
        [left.length > 0 ? "Nothing was saved." : "Nothing to save: everything is committed."],
        null,
        next,
        null,
      );
    }
    if (flags.dryRun) {
      return done([...what.map((path) => `Would save ${path}`), "Nothing was changed."], null, next, null);
    }
    const files = what.length === 1 ? what[0] : `${what.length} files`;
    const commit = await commitPassages(repo, version, {
      verb: "save",
      did: flags.message === undefined ? `Saved ${files}` : `Saved: ${flags.message}`,
      message: `${flags.message ?? `Save ${files}`}\n`,
      picks,
      files: await wholeFiles(repo, whole),
      own: bound,
      now: context.now,
    });
    const steps: NextStep[] = next.length > 0 ? next : [await homeward(repo)];
    return done(
      what.map((path) => `Saved ${path}`),
      "leeway undo",
      steps,
      commit,
    );
  });
}

function leftLines(plan: SavePlan): string[] {
  return [
    ...shownChanges(plan.left).map(({ at, reason: { state } }) => {
      const why =
        state === "locked"
          ? "locked text"
          : state === "renew"
            ? "its reason is to be renewed"
            : "its reason is missing";
      return `Left: ${quoteAddress(at)}   ${why}`;
    }),
    ...plan.unreadable.map(({ path, problem }) => `Left: ${path}   it cannot be read: ${problem}`),
    ...plan.foreign.map((path) => `Left: ${path}   it belongs to another version`),
  ];
}
