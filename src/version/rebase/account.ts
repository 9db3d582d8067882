import { documentOf } from "../../adaptation/explain.ts";
import { decodeText, isDocumentPath, readDocument } from "../../curriculum/read.ts";
import { readObjects } from "../../git/objects.ts";
import type { Repository } from "../../git/repository.ts";
import type { Decision, RebasePlan, TreeRuleName } from "./plan.ts";

/** One decision of a rebase that was not Git's own (design §5, law 9). */
export interface AccountEntry {
  /** A passage's address; the document's id or the file's path where it is about the whole file. */
  readonly at: string;
  /** The rule that made it: one about files, `asked` where a person decides, else the merge engine's own name. */
  readonly rule: TreeRuleName | "asked" | (string & {});
  /** Where a file stood before, and where upstream has it. */
  readonly from: string | null;
  readonly theirs: string | null;
  /** The text that is left out because of it; a reason where a person is asked or something is held. */
  readonly text: string | null;
  /** What a person chose, where the update has been taken since. */
  readonly chosen: Chosen | null;
}

export type Chosen = "local" | "upstream" | "both" | "other";

/** The entries of one file. */
export interface AccountDocument {
  readonly path: string;
  readonly title: string;
  readonly entries: readonly AccountEntry[];
}

/**
 * Every decision in a plan that was not Git's own, document by document, so that a clean merge can be looked over.
 * @param taken the tree that came of it, where it has been taken: tells what was chosen
 */
export async function accountFor(
  repo: Repository,
  plan: RebasePlan,
  taken: string | null,
): Promise<AccountDocument[]> {
  const entries = entriesOf(plan);
  const paths = [...new Set(entries.map(({ path }) => path))].sort();
  const tree = taken ?? plan.tree;
  const objects = await readObjects(
    repo,
    paths.map((path) => `${tree}:${path}`),
  );
  const texts = new Map(
    paths.map((path, index) => {
      const decoded = objects[index]?.type === "blob" ? decodeText(objects[index].bytes) : null;
      return [path, decoded && "text" in decoded ? decoded.text : null];
    }),
  );
  const oids = new Map(paths.map((path, index) => [path, objects[index]?.oid]));
  return paths.map((path) => {
    const text = texts.get(path) ?? null;
    const title = text !== null && isDocumentPath(path) ? readDocument(path, text).title : path;
    return {
      path,
      title,
      entries: entries
        .filter((entry) => entry.path === path)
        .map(({ path: _, decision, ...entry }) => ({
          ...entry,
          chosen:
            taken !== null && decision
              ? (wholeFile(plan, decision, oids.get(path) ?? null) ?? chosenIn(text, decision))
              : null,
        })),
    };
  });
}

type Entry = Omit<AccountEntry, "chosen"> & { readonly path: string; readonly decision?: Decision };

function entriesOf({ rules, passageRules, decisions }: RebasePlan): Entry[] {
  const nothing = { from: null, theirs: null, text: null };
  return [
    ...rules.map(({ path, at = path, rule, from = null, theirs = null, text = null }) => ({
      path: rule === "held" ? documentOf(path) : path,
      at,
      rule,
      from,
      theirs,
      text,
    })),
    ...passageRules.map(({ path, at, rule }) => ({ ...nothing, path, at, rule })),
    ...decisions.map((decision) => ({
      ...nothing,
      path: decision.path,
      at: decision.at,
      rule: "asked",
      text: decision.reason,
      decision,
    })),
  ];
}

/** Whose file stands where a person was asked about a whole one; null where it is neither's as it was. */
function wholeFile({ stages }: RebasePlan, { path, marked }: Decision, oid: string | null): Chosen | null {
  const found = stages.find((each) => each.path === path)?.stages;
  if (marked !== null || found === undefined) return null;
  if (oid === (found[2]?.oid ?? null)) return "local";
  return oid === (found[3]?.oid ?? null) ? "upstream" : null;
}

/** Whose text stands where a person was asked. */
function chosenIn(text: string | null, { ours, theirs }: Decision): Chosen {
  const has = (side: string | null): boolean =>
    side === null ? text === null : text?.includes(side.trim()) === true;
  const [mine, other] = [has(ours), has(theirs)];
  if (mine && other)
    return ours === null || theirs === null || ours.includes(theirs.trim()) ? "local" : "both";
  return mine ? "local" : other ? "upstream" : "other";
}
