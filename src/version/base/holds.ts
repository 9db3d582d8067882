import picomatch from "picomatch";
import type { DocumentChange, PassageChange } from "../../compare/diff.ts";
import { parseAddress } from "../../curriculum/address.ts";
import type { Hold } from "../version-file.ts";

/** A hold, ready to be asked what it covers. */
export interface Held {
  readonly hold: Hold;
  /** The one passage that is held, its document by id or path; null where whole paths are. */
  readonly passage: { readonly document: string; readonly key: string } | null;
  /** True for the paths that are held as a whole. */
  covers(path: string): boolean;
}

/** Reads holds as they stand in `version.yaml`: a path, a folder, a glob of paths, or a passage's address. */
export function readHolds(holds: readonly Hold[]): Held[] {
  return holds.map((hold) => {
    const { document, passage } = parseAddress(hold.at);
    if (passage !== null) return { hold, passage: { document, key: passage }, covers: () => false };
    return { hold, passage: null, covers: pathMatcher(hold.at) };
  });
}

/**
 * Whether a hold still holds on a day. One whose `until` has passed holds no more, but its base counts until the
 * next rebase takes the change (design §3).
 * @param today as YYYY-MM-DD
 */
export function stillHolds(hold: Hold, today: string): boolean {
  return hold.until === undefined || hold.until >= today;
}

/**
 * Whether a hold keeps back what upstream changed in a passage, under the name that it has now or had before. For the
 * sake of one passage a document that upstream removed stays as a whole.
 */
export function isHeldBack(
  { covers, passage: held }: Held,
  { id, path, change }: Pick<DocumentChange, "id" | "path" | "change">,
  { key, base }: Pick<PassageChange, "key" | "base">,
): boolean {
  if (held === null) return covers(path);
  const isThere = held.document === id || held.document === path;
  return isThere && (change === "removed" || held.key === key || held.key === base?.key);
}

/** Matches a path, a folder with all below it, or a glob. */
export function pathMatcher(pattern: string): (path: string) => boolean {
  const folder = pattern.replace(/\/+$/, "");
  const glob = picomatch(folder, { dot: true, nonegate: true });
  return (path) => path === folder || path.startsWith(`${folder}/`) || glob(path);
}
