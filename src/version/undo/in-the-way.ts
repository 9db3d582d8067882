import { quotePath } from "../../curriculum/address.ts";
import { Failure } from "../../failure.ts";
import { exists } from "../../files/read.ts";
import type { Repository } from "../../git/repository.ts";

/** Local work would be lost by moving the files on; names it and the ways to keep it. */
export async function unsavedInTheWay({ root }: Repository, paths: readonly string[]): Promise<Failure> {
  const path = paths[0] ?? "";
  // Git puts aside no file that is not there.
  const aside = (await exists(`${root}/${path}`))
    ? `git stash push --include-untracked -- ${quotePath(path)}   puts it aside for now`
    : `git restore --source=HEAD --staged --worktree -- ${quotePath(path)}   puts back what was removed`;
  return new Failure("usage", "Unsaved work stands in the way; nothing was changed.", {
    where: paths.join(", "),
    next: ["leeway adapt or leeway save   keeps it, then try again", aside],
  });
}
