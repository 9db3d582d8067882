import type { PassagePick } from "./commit-passages.ts";
import { isFree, isLocked, type OwnChange } from "./own-changes.ts";

/** What `save` commits and what it leaves, decided from what is unsaved and what has a reason. */
export interface SavePlan {
  /** Documents of which some passages stay behind. */
  readonly picks: readonly PassagePick[];
  /** Files that go as they are, by path. */
  readonly whole: readonly string[];
  /** Changes that stay behind: locked, or without a reason. */
  readonly left: readonly OwnChange[];
  /** Files of other versions' folders, which are not this version's to write. */
  readonly foreign: readonly string[];
}

/**
 * Sorts the unsaved work of a version. A change of form alone, a move, a file that is no document and everything
 * in the version's own folder need no reason; of a new document without reasons nothing is saved.
 * @param unsaved paths that differ from the last commit
 * @param source true for the centre, which owns its curriculum: nothing there needs a reason
 */
export function planSave(
  self: string,
  unsaved: ReadonlySet<string>,
  changes: readonly OwnChange[],
  source: boolean,
): SavePlan {
  const isLeft = (change: OwnChange): boolean =>
    !source && (isLocked(change) || !(isFree(change) || change.explanation.state === "explained"));
  const inWork = changes.filter(
    ({ document: { change } }) => unsaved.has(change.path) || unsaved.has(change.from ?? ""),
  );
  const left = inWork.filter(isLeft);
  const picks = new Map<string, { change: OwnChange; leave: Set<string> }>();
  for (const change of left) {
    const pick = picks.get(change.document.change.path) ?? { change, leave: new Set<string>() };
    pick.leave.add(change.passage.key);
    picks.set(change.document.change.path, pick);
  }
  const held = new Set(left.flatMap(({ document: { change } }) => [change.path, change.from ?? change.path]));
  const isForeign = (path: string): boolean =>
    path.startsWith("versions/") && !path.startsWith(`versions/${self}/`);
  return {
    picks: [...picks.values()]
      .filter(({ change: { document } }) => document.base !== null && document.local !== null)
      .map(({ change: { document }, leave }) => ({
        local: document.local,
        base: document.base,
        passages: { leave },
      })),
    whole: [...unsaved].filter((path) => !held.has(path) && !isForeign(path)).sort(),
    left,
    foreign: [...unsaved].filter(isForeign).sort(),
  };
}
