import { Failure } from "../../failure.ts";
import { resolve } from "../../git/refs.ts";
import { fetchObject } from "../../git/remotes.ts";
import type { NextStep } from "../../report/next-step.ts";
import { openHub } from "../../trust/hub.ts";
import { impactOf } from "../../trust/impact.ts";
import { bringRoot, rootOf } from "../../trust/root.ts";
import { openVersion } from "../../version/open.ts";
import type { Context, Outcome } from "../context.ts";
import { tellUnsaved, tellUnsavedList } from "../unsaved.ts";

/** `impact`: what a state of this version would leave the versions below it to decide. Ends with 1 where it would. */
export async function run(context: Context, args: readonly string[]): Promise<Outcome> {
  const [rev = "HEAD"] = args;
  const version = await openVersion(context.look, { from: "head" });
  const root = await rootOf(version);
  const hub = await openHub(root.repo);
  if (hub === null || root.list.length === 0) {
    throw new Failure("usage", "Nothing of the versions below is known here yet.", {
      next: [
        "leeway versions add URL   puts a version on the list",
        "leeway versions sync   gets what all of them have now",
      ],
    });
  }
  const [commit] = await Promise.all([
    resolve(root.repo, rev),
    tellUnsaved(context, version),
    tellUnsavedList(context, version),
  ]);
  if (commit === null) {
    throw new Failure("usage", `There is no commit, branch or edition called ${rev} here.`, {
      next: ["leeway impact   looks at the last commit"],
    });
  }
  await bringRoot(hub, root, context.now);
  if ((await resolve(hub, commit)) === null)
    await fetchObject(hub, root.repo.gitDir, commit, "refs/leeway/impact");
  const { now, today, progress } = context;
  const impact = await impactOf({ root, hub, commit, now, today, progress });
  const isAsked = impact.versions.some(({ outcome }) => outcome === "decide");
  const next: NextStep[] = impact.versions.some(({ seen }) => seen.state === "unreachable")
    ? [["leeway versions sync", "try again to reach those that were not"]]
    : [["leeway release EDITION --notes …", "names the edition, when you are content with this"]];
  return { exit: isAsked ? 1 : 0, report: { kind: "impact", impact, next } };
}
