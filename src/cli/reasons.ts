import { isHeld } from "../adaptation/explain.ts";
import { readRecords } from "../version/change/records.ts";
import type { OpenVersion } from "../version/open.ts";
import type { Decision } from "../version/rebase/plan.ts";

/** The reasons on record for what is to decide, by address. */
export async function reasonsFor(
  { repo, self }: OpenVersion,
  decisions: readonly Decision[],
): Promise<Record<string, string>> {
  if (self === null || decisions.length === 0) return {};
  const records = await readRecords(repo, self.id, { kind: "worktree" });
  const reasons: Record<string, string> = {};
  for (const { record } of records.filter(isHeld)) {
    for (const { at } of record.passages) reasons[at] ??= record.why;
  }
  return reasons;
}
