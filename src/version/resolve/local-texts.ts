import type { Repository } from "../../git/repository.ts";
import { mergeState } from "../../git/stop.ts";
import { readMarked } from "./draft.ts";
import { readStop } from "./notes.ts";
import { settledAs } from "./reading.ts";

/**
 * Files that wait for decisions, as this version has them: so that whoever compares texts meets no marker lines. Empty
 * while no update has stopped.
 */
export async function localTexts(repo: Repository): Promise<ReadonlyMap<string, Buffer>> {
  const [stop, merging] = await Promise.all([readStop(repo), mergeState(repo)]);
  if (stop === null || merging === null) return new Map();
  const paths = new Set(stop.decisions.flatMap(({ path, marked }) => (marked === null ? [] : [path])));
  const found = new Map<string, Buffer>();
  for (const path of paths) {
    const bytes = await readMarked(repo, stop, path);
    const here = stop.decisions.filter((each) => each.path === path);
    if (bytes !== null) found.set(path, Buffer.from(settledAs(bytes.toString("utf8"), here, "ours"), "utf8"));
  }
  return found;
}
