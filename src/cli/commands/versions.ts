import { Failure } from "../../failure.ts";
import { readTextInside } from "../../files/read.ts";
import type { NextStep } from "../../report/next-step.ts";
import { listed } from "../../report/wording.ts";
import { listAt } from "../../trust/root.ts";
import { commitPassages } from "../../version/change/commit-passages.ts";
import { downstreamPath, parseDownstream, removeDownstream } from "../../version/downstream.ts";
import { openVersion } from "../../version/open.ts";
import { requireEquipped, requireReady } from "../../version/ready.ts";
import type { Context, Outcome } from "../context.ts";
import { tellUnsavedList } from "../unsaved.ts";
import { writing } from "../writing.ts";

interface VersionsFlags {
  readonly dryRun?: boolean;
  readonly timeout?: number;
}

/** `versions add URL`, `list`, `sync` and `remove ID`: the versions below this one, and the hub that they come into. */
export async function run(context: Context, args: readonly string[], flags: VersionsFlags): Promise<Outcome> {
  const [action, ...which] = args;
  const dryRun = flags.dryRun ?? false;
  if (action === "list" && which.length === 0) return list(context);
  if (action === "sync" && which.length === 0)
    return (await import("./versions-sync.ts")).sync(context, flags);
  if (action === "add" && which.length > 0)
    return (await import("./versions-add.ts")).add(context, which, dryRun);
  if (action === "remove" && which.length > 0) return removeEntries(context, which, dryRun);
  const lacks = action === "add" ? "which repository to add" : "which version to remove";
  const isKnown = action === "add" || action === "remove";
  throw new Failure(
    "usage",
    isKnown ? `It is not said ${lacks}.` : `leeway versions does not know ${args.join(" ")}.`,
    {
      next: [
        "leeway versions list        shows the versions below this one",
        "leeway versions add URL     puts one on the list, or several",
        "leeway versions sync        gets what all of them have now",
        "leeway versions remove ID   takes one off the list",
      ],
    },
  );
}

async function list(context: Context): Promise<Outcome> {
  // The list as the other verbs go by it.
  const version = await openVersion(context.look, { from: "head" });
  const { self, repo, head } = version;
  const known = self === null || head === null ? [] : await listAt(repo, head, self.id);
  await tellUnsavedList(context, version);
  const did =
    known.length === 0
      ? ["No versions below this one are known."]
      : known.map(({ id, name, layer, url }) => `${id}   ${name}, ${layer}   ${url}`);
  const next: NextStep[] =
    known.length === 0
      ? [["leeway versions add URL", "puts one on the list"]]
      : [["leeway versions sync", "get what all of them have now, theirs below included"]];
  return {
    exit: 0,
    report: { kind: "done", verb: "versions", did, undo: null, next, data: { versions: known } },
  };
}

/** Takes versions off the list; their repositories, and what others have of them, stay as they are. */
async function removeEntries(context: Context, ids: readonly string[], dryRun: boolean): Promise<Outcome> {
  const { repo } = await context.look.checkout;
  return writing(context, repo, "versions", async () => {
    const version = requireEquipped(await requireReady(await openVersion(context.cwd, { from: "worktree" })));
    const path = downstreamPath(version.self.id);
    const text = (await readTextInside(repo.root, path)) ?? "";
    const known = parseDownstream(path, text);
    const removed = [...new Set(ids)].map((id) => {
      const entry = known.find((each) => each.id === id);
      if (entry !== undefined) return entry;
      throw new Failure("usage", `No version called ${id} is on the list.`, {
        where: path,
        next: known.map((each) => `leeway versions remove ${each.id}   ${each.name}`).slice(0, 8),
      });
    });
    const told = listed(removed.map(({ id, name }) => `${name} (${id})`));
    const done = (did: string, undo: string | null, data: Record<string, unknown>): Outcome => ({
      exit: 0,
      report: {
        kind: "done",
        verb: "versions",
        did: [did],
        undo,
        next: [],
        data: { versions: removed, ...data },
      },
    });
    if (dryRun) return done(`Would take ${told} off the list. Nothing was changed.`, null, { dryRun });
    const names = listed(removed.map(({ name }) => name));
    const commit = await commitPassages(repo, version, {
      verb: "versions",
      did: `Removed ${names}`,
      message: `Take ${names} off the versions below\n`,
      picks: [],
      files: [],
      own: [
        {
          path,
          text: removed.reduce(
            (list, { id }) => removeDownstream(list, parseDownstream(path, list), id),
            text,
          ),
        },
      ],
      now: context.now,
    });
    const [is, its] =
      removed.length === 1 ? ["is", "Its own repository is"] : ["are", "Their own repositories are"];
    const takes = removed.length === 1 ? "takes" : "take";
    return done(
      `${told} ${is} off the list. ${its} untouched, and still ${takes} your editions.`,
      "leeway undo",
      { commit },
    );
  });
}
