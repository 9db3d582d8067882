import type { Repository } from "../../git/repository.ts";
import { versionFolder } from "../version-file.ts";

/** When each adaptation record was last written, ISO 8601, by its path; one Git process. */
export async function recordDates(repo: Repository, rev: string, id: string): Promise<Map<string, string>> {
  const { stdout } = await repo.run([
    "log",
    "-z",
    "--format=%x01%cI",
    "--name-only",
    "--no-renames",
    rev,
    "--",
    `${versionFolder(id)}/adaptations`,
  ]);
  const dates = new Map<string, string>();
  let date = "";
  for (const word of stdout.toString("utf8").split(/[\0\n]/)) {
    if (word.startsWith("\u0001")) date = word.slice(1);
    else if (word !== "" && !dates.has(word)) dates.set(word, date);
  }
  return dates;
}

/** The newest commit in a range that touched a path; null where none did. */
export async function lastCommitTo(
  repo: Repository,
  range: { readonly from: string | null; readonly to: string },
  path: string,
): Promise<{ hash: string; on: string; subject: string } | null> {
  const text = await repo.text([
    "log",
    "-1",
    "--format=%H%x00%cI%x00%s",
    range.to,
    ...(range.from === null ? [] : [`^${range.from}`]),
    "--",
    path,
  ]);
  const [hash, on, subject] = text.split("\0");
  return hash && on ? { hash, on, subject: subject ?? "" } : null;
}
