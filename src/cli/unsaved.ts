import { readTextInside } from "../files/read.ts";
import { readObjects } from "../git/objects.ts";
import { count, unsavedList, unsavedSettings } from "../report/wording.ts";
import { unsavedPaths } from "../version/change/unsaved.ts";
import { downstreamPath } from "../version/downstream.ts";
import type { OpenVersion } from "../version/open.ts";
import { stoppedRebase } from "../version/rebase/stopped.ts";
import { versionPath } from "../version/version-file.ts";
import type { Context } from "./context.ts";

/** Tells on stderr that an edit of `version.yaml` does not count yet, where a verb goes by what is saved. */
export async function tellUnsavedSettings({ io }: Context, version: OpenVersion): Promise<void> {
  if (version.self === null) return;
  const path = versionPath(version.self.id);
  if ((await isUnsaved(version, path)) && !(await isStopped(version)))
    io.stderr.write(`${unsavedSettings(path)}\n`);
}

/** The same of the list of versions below. */
export async function tellUnsavedList({ io }: Context, version: OpenVersion): Promise<void> {
  if (version.self === null) return;
  const path = downstreamPath(version.self.id);
  if (await isUnsaved(version, path)) io.stderr.write(`${unsavedList(path)}\n`);
}

/** Whether a file is not as it was saved. Looking at it alone is quicker than asking Git for the status of all. */
async function isUnsaved({ repo, head }: OpenVersion, path: string): Promise<boolean> {
  if (head === null) return false;
  const [saved, now] = await Promise.all([
    readObjects(repo, [`${head}:${path}`]),
    readTextInside(repo.root, path),
  ]);
  const withLf = (text: string | null | undefined): string => (text ?? "").replaceAll("\r\n", "\n");
  return withLf(saved[0]?.bytes.toString("utf8")) !== withLf(now);
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
