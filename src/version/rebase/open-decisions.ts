import { readLinkAware } from "../../files/read.ts";
import type { Repository } from "../../git/repository.ts";
import { statusOf } from "../../git/worktree.ts";
import type { Decision } from "./plan.ts";
import type { Stop } from "./stop-state.ts";

/**
 * The decisions of a stopped rebase that are still open. One in a text is open while its marked lines stand in the
 * file, staged or not: whoever stages everything has not thereby decided. One about a whole file is open while
 * Git's index has it in conflict and nobody has settled it through Leeway.
 */
export async function openDecisions(repo: Repository, stop: Stop): Promise<Decision[]> {
  const unmerged = new Set((await statusOf(repo)).unmerged.map(({ path }) => path));
  const texts = new Map<string, string | null>();
  const open: Decision[] = [];
  for (const decision of stop.decisions) {
    if (decision.marked === null) {
      if (unmerged.has(decision.path) && !stop.settled.includes(decision.path)) open.push(decision);
      continue;
    }
    if (!texts.has(decision.path)) texts.set(decision.path, await textAt(repo, decision.path));
    if (stillMarked(texts.get(decision.path) ?? "", decision.marked)) open.push(decision);
  }
  return open;
}

/** A link, put there since, has no text of this curriculum's. */
async function textAt(repo: Repository, path: string): Promise<string | null> {
  const found = await readLinkAware(repo.root, path);
  return found?.kind === "file" ? found.bytes.toString("utf8") : null;
}

/** A marker line of ours that still stands: somebody may have changed what is between. */
function stillMarked(text: string, marked: string): boolean {
  if (text.includes(marked)) return true;
  const [first = ""] = marked.split(/\r?\n/, 1);
  return first.startsWith("<<<<<<<") && text.split(/\r?\n/).includes(first);
}
