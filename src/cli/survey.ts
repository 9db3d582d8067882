import { Failure } from "../failure.ts";
import { kindOf } from "../files/read.ts";
import { openHub } from "../trust/hub.ts";
import { rootOf } from "../trust/root.ts";
import { type Surveyed, surveyHub } from "../trust/survey-hub.ts";
import { openVersion } from "../version/open.ts";
import type { Context } from "./context.ts";
import { tellUnsavedList } from "./unsaved.ts";

/** Whom to look at: the versions on the lists, a folder of clones, or figures that were published. */
export interface Surveying {
  readonly all?: true | string;
  readonly from?: readonly string[];
  readonly upstream?: string;
}

/** Every version of a trust, as it stands in the hub, in a folder of clones, or in published figures. */
export async function survey(
  context: Context,
  flags: Surveying,
  /** What was perhaps meant where there is no such folder. */
  instead: (folder: string) => string,
): Promise<Surveyed> {
  const { now, today, progress, cwd } = context;
  if (flags.from !== undefined)
    return (await import("../trust/survey-published.ts")).surveyPublished(cwd, flags.from, now);
  if (typeof flags.all === "string") {
    const folder = flags.all.startsWith("/") ? flags.all : `${cwd}/${flags.all}`;
    if ((await kindOf(folder)) !== "folder") {
      throw new Failure("usage", "There is no such folder.", {
        where: flags.all,
        next: [instead(flags.all)],
      });
    }
    const { surveyClones } = await import("../trust/clones.ts");
    return surveyClones({ folder, upstream: flags.upstream, now, today, progress });
  }
  const version = await openVersion(context.look, { from: "head" });
  const [root, hub] = await Promise.all([rootOf(version), openHub(version.repo)]);
  await tellUnsavedList(context, version);
  if (root.list.length === 0) {
    throw new Failure("usage", `There is nobody on the list of ${root.self.name} yet.`, {
      next: ["leeway versions add URL   puts a version on it", "leeway drift   this version alone"],
    });
  }
  if (hub === null) {
    throw new Failure("usage", "Nothing of the versions below has been fetched yet.", {
      next: ["leeway versions sync   gets what all of them have now"],
    });
  }
  return surveyHub({ version, root, hub, now, today, progress });
}
