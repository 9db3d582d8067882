import { parseAddress } from "../../curriculum/address.ts";
import { decodeText, isDocumentPath, readDocument } from "../../curriculum/read.ts";
import { readObjects } from "../../git/objects.ts";
import type { Repository } from "../../git/repository.ts";
import type { Conflict, Labels, Part } from "../../merge/conflict.ts";
import { type Suggestion, suggestionsIn } from "../../merge/suggest.ts";
import type { Decision } from "../rebase/plan.ts";
import { type Beside, besideOf } from "./beside.ts";
import { stagesOf } from "./choose.ts";
import { readMarked } from "./draft.ts";
import { asItStands } from "./line-ends.ts";
import { type Deciding, localStage } from "./notes.ts";

/** What a person wants to see around a decision before it is made. */
export interface Surroundings {
  /** The line of the file at which it stands now, counted from 1; null for a whole file. */
  readonly line: number | null;
  /** What may be taken besides the two sides, likeliest first. */
  readonly suggestions: readonly Suggestion[];
  /** What else upstream changed in the passage, which was taken without being asked about; null where nothing. */
  readonly beside: Beside | null;
}

/** Looks at what is around open decisions, file by file. */
export async function surroundingsOf(
  repo: Repository,
  deciding: Deciding,
  decisions: readonly Decision[],
  labels: Labels,
): Promise<Map<Decision, Surroundings>> {
  const found = new Map<Decision, Surroundings>();
  for (const path of new Set(decisions.map((each) => each.path))) {
    const here = decisions.filter((each) => each.path === path);
    const bytes = await readMarked(repo, deciding, path);
    const text = bytes?.toString("utf8") ?? "";
    const parts = partsOf(text, here);
    const suggested = suggestionsIn(path, parts, labels);
    const marked = parts.filter((part): part is Decided => typeof part !== "string");
    const all = deciding.decisions.filter((each) => each.path === path);
    const beside = await readBeside(repo, deciding, path, all);
    for (const decision of here) {
      const index = marked.findIndex((part) => part.decision === decision);
      found.set(decision, {
        line: index < 0 ? null : (marked[index]?.line ?? null),
        suggestions: index < 0 ? joined(decision) : (suggested[index] ?? []),
        beside: beside(decision.at),
      });
    }
  }
  return found;
}

function joined({ joined: result }: Decision): Suggestion[] {
  return result && result.text !== null ? [{ text: result.text, rule: result.rule }] : [];
}

type Decided = Conflict & { readonly decision: Decision; readonly line: number };

/** A text cut at what is to decide in it. */
function partsOf(text: string, decisions: readonly Decision[]): (Part | Decided)[] {
  const parts: (Part | Decided)[] = [];
  let from = 0;
  let line = 1;
  for (const decision of decisions) {
    const { kind, reason, base, ours, theirs } = decision;
    const marked = decision.marked === null ? null : asItStands(decision.marked, text);
    const at = marked === null ? -1 : text.indexOf(marked, from);
    if (marked === null || at < 0) continue;
    const before = text.slice(from, at);
    line += before.split("\n").length - 1;
    parts.push(before, { at: "", kind, reason, base, ours, theirs, decision, line });
    line += marked.split("\n").length - 1;
    from = at + marked.length;
  }
  return [...parts, text.slice(from)];
}

async function readBeside(
  repo: Repository,
  deciding: Deciding,
  path: string,
  decisions: readonly Decision[],
): Promise<(at: string) => Beside | null> {
  const stages = stagesOf(deciding, path);
  const other = localStage(deciding) === 2 ? 3 : 2;
  if (!isDocumentPath(path) || !stages[1] || !stages[other]) return () => null;
  const objects = await readObjects(repo, [stages[1].oid, stages[other].oid]);
  const [base, theirs] = objects.map((object) => {
    const decoded = object ? decodeText(object.bytes) : null;
    return decoded && "text" in decoded ? readDocument(path, decoded.text) : null;
  });
  if (!base || !theirs) return () => null;
  return (at) =>
    besideOf(
      { base, theirs },
      parseAddress(at).passage,
      decisions.filter((each) => each.at === at),
    );
}
