import { plannedFixes } from "../version/check/fix.ts";
import type { Gathered } from "../version/check/gather.ts";
import { performOperation } from "../version/undo/perform.ts";
import type { Context } from "./context.ts";
import { writing } from "./writing.ts";

/** Writes what is mechanical, all or nothing, and tells what. It is committed by whoever commits the change. */
export async function applyFixes(context: Context, gathered: Gathered): Promise<string[]> {
  const fixes = await plannedFixes(gathered);
  if (fixes.length === 0) return [];
  const { branch, head } = await context.look.checkout;
  const files = fixes.length === 1 ? fixes[0]?.path : `${fixes.length} files`;
  await writing(context, gathered.repo, "check", () =>
    performOperation(
      gathered.repo,
      { kind: "own", write: fixes, stage: [] },
      {
        verb: "check",
        did: `Fixed ${files}`,
        at: context.now.toISOString(),
        // The branch stays where it is; an undo on another one is refused by it.
        refs: branch === null ? [] : [{ ref: `refs/heads/${branch}`, before: head, after: head }],
      },
    ),
  );
  return fixes.map(({ path, did }) => `${path}: ${did}`);
}
