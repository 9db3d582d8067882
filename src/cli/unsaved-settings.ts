import { readText } from "../files/read.ts";
import { unsavedSettings } from "../report/wording.ts";
import { versionTextAt } from "../version/change/own-files.ts";
import type { OpenVersion } from "../version/open.ts";
import { stoppedRebase } from "../version/rebase/stopped.ts";
import { versionPath } from "../version/version-file.ts";
import type { Context } from "./context.ts";

/** Tells on stderr that an edit of `version.yaml` does not count yet. */
export async function tellUnsavedSettings({ io }: Context, { repo, head, self }: OpenVersion): Promise<void> {
  if (self === null || head === null) return;
  const path = versionPath(self.id);
  const [saved, now] = await Promise.all([
    versionTextAt(repo, head, self.id),
    readText(`${repo.root}/${path}`),
  ]);
  const isSame = now !== null && now.replaceAll("\r\n", "\n") === saved.replaceAll("\r\n", "\n");
  if (isSame) return;
  // A stopped update has the new base in the file already.
  if ((await stoppedRebase(repo, head)).kind !== "none") return;
  io.stderr.write(`${unsavedSettings(path)}\n`);
}
