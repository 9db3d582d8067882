import { runGit } from "./process.ts";

/** As many conflicts as `git merge-file` can tell with its exit code. */
const CONFLICTS = Array.from({ length: 128 }, (_, code) => code);

/** What `git merge-file` makes of three files, in diff3 style where it is not clean. */
export async function mergeFile(
  folder: string,
  files: { readonly ours: string; readonly base: string; readonly theirs: string },
): Promise<{ readonly bytes: Buffer; readonly clean: boolean }> {
  const args = ["merge-file", "-p", "-q", "--diff3", "--", files.ours, files.base, files.theirs];
  const { code, stdout } = await runGit(folder, args, { ok: CONFLICTS });
  return { bytes: stdout, clean: code === 0 };
}
