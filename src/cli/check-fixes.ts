import { plannedFixes } from "../version/check/fix.ts";
import type { Gathered } from "../version/check/gather.ts";
import { performOperation } from "../version/undo/perform.ts";
import type { Context } from "./context.ts";
import { writing } from "./writing.ts";

/**
 * Writes what is mechanical, all or nothing, and tells what. It is committed by whoever commits the change.
 * @param gathering reads what there is, once nobody else writes and what was cut short is made good
 */
export async function applyFixes(context: Context, gathering: () => Promise<Gathered>): Promise<string[]> {
  const { repo } = await context.look.checkout;
  return writing(context, repo, "check", async () => {
    const gathered = await gathering();
    const fixes = await plannedFixes(gathered);
    if (gathered.version === null || fixes.length === 0) return [];
    const { branch, head } = gathered.version;
    await performOperation(
      repo,
      { kind: "own", write: fixes, stage: [] },
      {
        verb: "check",
        did: `Fixed ${fixes.length === 1 ? fixes[0]?.path : `${fixes.length} files`}`,
        at: context.now.toISOString(),
        // The branch stays where it is; an undo on another one is refused by it.
        refs: branch === null ? [] : [{ ref: `refs/heads/${branch}`, before: head, after: head }],
      },
    );
    return fixes.map(({ path, did }) => `${path}: ${did}`);
  });
}
