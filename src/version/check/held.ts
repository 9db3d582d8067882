import type { Identity } from "../../check/material.ts";
import type { Status } from "../../git/worktree.ts";
import { type LostHold, lostHolds } from "../judge/lost-holds.ts";
import type { OpenVersion } from "../open.ts";
import { versionPath } from "../version-file.ts";
import type { Since } from "./since.ts";

/** Holds that were deleted by hand: in a change, in the whole history, or, for a first look, in what is not saved yet. */
export async function lostHoldsOf(
  version: OpenVersion,
  since: Since | null,
  status: Promise<Status>,
  all: boolean,
): Promise<LostHold[]> {
  const { changes } = await status;
  const unsaved = new Set(changes.flatMap(({ path, from }) => [path, from ?? path]));
  const isLooked =
    since !== null || all || (version.self !== null && unsaved.has(versionPath(version.self.id)));
  if (!isLooked) return [];
  return lostHolds(
    version,
    since !== null ? { since: since.from } : all ? { since: null } : "unsaved",
    unsaved,
  );
}

/** What a deleted hold left standing is judged by it still, so that its loss is told once. */
export function withHolds(version: OpenVersion, lost: readonly LostHold[]): OpenVersion {
  const { self } = version;
  if (self === null || lost.length === 0) return version;
  return { ...version, self: { ...self, holds: [...self.holds, ...lost.map(({ hold }) => hold)] } };
}

/** The same as checks see it. */
export function asLost({
  hold: { at, base, why, until },
  in: knownIn,
}: LostHold): Identity["lostHolds"][number] {
  return { at, base, why, until: until ?? null, knownIn };
}
