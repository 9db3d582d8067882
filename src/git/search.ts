import { checkRev } from "./names.ts";
import type { Repository } from "./repository.ts";

/** The paths of a commit whose text holds a word, wherever it stands in a line. */
export async function pathsWith(repo: Repository, commit: string, word: string): Promise<string[]> {
  const args = ["grep", "--files-with-matches", "-I", "-z", "--fixed-strings", "-e", word, checkRev(commit)];
  const { stdout } = await repo.run(args, { ok: [0, 1] });
  return stdout
    .toString("utf8")
    .split("\0")
    .filter(Boolean)
    .map((name) => name.slice(commit.length + 1));
}
