import { readTextInside } from "../files/read.ts";
import { count, unsavedSettings } from "../report/wording.ts";
import { versionTextAt } from "../version/change/own-files.ts";
import { unsavedPaths } from "../version/change/unsaved.ts";
import type { OpenVersion } from "../version/open.ts";
import { stoppedRebase } from "../version/rebase/stopped.ts";
import { versionPath } from "../version/version-file.ts";
import type { Context } from "./context.ts";

/** Tells on stderr that an edit of `version.yaml` does not count yet, where a verb goes by what is saved. */
export async function tellUnsavedSettings({ io }: Context, version: OpenVersion): Promise<void> {
  const { repo, head, self } = version;
  if (self === null || head === null) return;
  const path = versionPath(self.id);
  // Looking at this file alone is quicker than asking Git for the status of all.
  const [saved, now] = await Promise.all([
    versionTextAt(repo, head, self.id),
    readTextInside(repo.root, path),
  ]);
  const isSame = now?.replaceAll("\r\n", "\n") === saved.replaceAll("\r\n", "\n");
  if (!isSame && !(await isStopped(version))) io.stderr.write(`${unsavedSettings(path)}\n`);
}

/** Tells on stderr how many changed files are not in the figures of a verb that reads commits. */
export async function tellUnsaved({ io }: Context, version: OpenVersion): Promise<void> {
  const paths = [...(await unsavedPaths(version.repo))].filter((path) => !path.startsWith("versions/"));
  if (paths.length === 0 || (await isStopped(version))) return;
  const files = count(paths.length, "changed file is", "changed files are");
  io.stderr.write(`${files} not saved, and not in these figures.\n`);
}

/** A stopped update has its own result, the new base among it, in the files. */
async function isStopped({ repo, head }: OpenVersion): Promise<boolean> {
  return (await stoppedRebase(repo, head)).kind !== "none";
}
