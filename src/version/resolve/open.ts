import type { Repository } from "../../git/repository.ts";
import { statusOf } from "../../git/worktree.ts";
import type { Decision } from "../rebase/plan.ts";
import { readMarked } from "./draft.ts";
import { asItStands } from "./line-ends.ts";
import type { Deciding } from "./notes.ts";

/**
 * The decisions that are still open. One in a text is open while its marked lines stand in the file, staged or not:
 * whoever stages everything has not thereby decided. One about a whole file is open while Git's index has it in
 * conflict and nobody has settled it through Leeway.
 */
export async function openDecisions(repo: Repository, deciding: Deciding): Promise<Decision[]> {
  const unmerged = new Set((await statusOf(repo)).unmerged.map(({ path }) => path));
  const isOpen = new Set<Decision>();
  const inText = new Map<string, Decision[]>();
  for (const decision of deciding.decisions) {
    const { path, marked } = decision;
    if (marked !== null) inText.set(path, [...(inText.get(path) ?? []), decision]);
    else if (unmerged.has(path) && !deciding.settled.includes(path)) isOpen.add(decision);
  }
  const made = new Set(deciding.history.map(({ decision }) => deciding.decisions[decision]));
  for (const [path, decisions] of inText) {
    const bytes = await readMarked(repo, deciding, path);
    for (const each of stillMarked(bytes?.toString("utf8") ?? "", decisions, made)) isOpen.add(each);
  }
  return deciding.decisions.filter((decision) => isOpen.has(decision));
}

/**
 * The decisions of one text whose marker lines still stand: as they were written, or with something changed between
 * them. Several may look alike, in one passage or in a text that says the same twice; then those that were decided
 * are the ones that are gone.
 */
function stillMarked(
  text: string,
  decisions: readonly Decision[],
  made: ReadonlySet<Decision | undefined>,
): Decision[] {
  const open = new Set<Decision>();
  const claim = (alike: readonly Decision[], times: number): void => {
    const waiting = [...alike].sort((a, b) => Number(made.has(a)) - Number(made.has(b)));
    for (const each of waiting.slice(0, times)) open.add(each);
  };
  for (const alike of groupedBy(decisions, ({ marked }) => marked ?? ""))
    claim(alike, text.split(asItStands(alike[0]?.marked ?? "", text)).length - 1);
  const lines = text.split(/\r?\n/);
  for (const alike of groupedBy(decisions, firstLine)) {
    const standing = lines.filter((line) => line === firstLine(alike[0] as Decision)).length;
    const rest = alike.filter((each) => !open.has(each));
    claim(rest, standing - (alike.length - rest.length));
  }
  return decisions.filter((each) => open.has(each));
}

function firstLine({ marked }: Decision): string {
  return marked?.split(/\r?\n/, 1)[0] ?? "";
}

function groupedBy(decisions: readonly Decision[], key: (decision: Decision) => string): Decision[][] {
  const groups = new Map<string, Decision[]>();
  for (const each of decisions) groups.set(key(each), [...(groups.get(key(each)) ?? []), each]);
  return [...groups.values()];
}
