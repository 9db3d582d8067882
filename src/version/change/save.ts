import type { ChangedFile } from "./changes.ts";
import type { PassagePick } from "./commit-passages.ts";
import { isFree, isLocked, type OwnChange, type OwnChanges } from "./own-changes.ts";

/** What `save` commits and what it leaves, decided from what is unsaved and what has a reason. */
export interface SavePlan {
  /** Documents of which some passages stay behind. */
  readonly picks: readonly PassagePick[];
  /** Files that go as they are, by path. */
  readonly whole: readonly string[];
  /** Changes that stay behind: locked, or without a reason. */
  readonly left: readonly OwnChange[];
  /** Documents that cannot be read as such, so that nobody can tell what they change. */
  readonly unreadable: readonly ChangedFile[];
  /** Changes whose reason was written by hand: it is bound to the text now. */
  readonly pending: readonly OwnChange[];
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
  own: Pick<OwnChanges, "changes" | "files">,
  source: boolean,
): SavePlan {
  const { changes } = own;
  const unreadable = source
    ? []
    : own.files.filter(({ path, problem }) => problem !== null && unsaved.has(path));
  const hasReason = ({ explanation: { state } }: OwnChange): boolean =>
    state === "explained" || state === "pending";
  const isLeft = (change: OwnChange): boolean =>
    !source && (isLocked(change) || !(isFree(change) || hasReason(change)));
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
  const held = new Set([
    ...left.flatMap(({ document: { change } }) => [change.path, change.from ?? change.path]),
    ...unreadable.map(({ path }) => path),
  ]);
  const isForeign = (path: string): boolean =>
    path.startsWith("versions/") && !path.startsWith(`versions/${self}/`);
  return {
    picks: [...picks.values()]
      .filter(({ change: { document } }) => !unreadable.some(({ path }) => path === document.change.path))
      .filter(({ change: { document } }) => document.base !== null && document.local !== null)
      .map(({ change: { document }, leave }) => ({
        local: document.local,
        base: document.base,
        passages: { leave },
      })),
    whole: [...unsaved].filter((path) => !held.has(path) && !isForeign(path)).sort(),
    left,
    unreadable,
    pending: changes.filter((change) => change.explanation.state === "pending" && !isLocked(change)),
    foreign: [...unsaved].filter(isForeign).sort(),
  };
}
