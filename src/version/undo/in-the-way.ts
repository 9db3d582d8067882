import { quoteAddress } from "../../curriculum/address.ts";
import { Failure } from "../../failure.ts";

/** Local work would be lost by moving the files on; names it and the ways to keep it. */
export function unsavedInTheWay(paths: readonly string[]): Failure {
  return new Failure("usage", "Unsaved work stands in the way; nothing was changed.", {
    where: paths.join(", "),
    next: [
      "leeway adapt or leeway save   keeps it, then try again",
      `git stash push --include-untracked -- ${quoteAddress(paths[0] ?? "")}   puts it aside for now`,
    ],
  });
}
