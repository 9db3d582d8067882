import { insideRoot } from "../files/guard.ts";
import { writeAtomic } from "../files/write.ts";
import { plannedFixes } from "../version/check/fix.ts";
import type { Gathered } from "../version/check/gather.ts";
import type { Context } from "./context.ts";
import { writing } from "./writing.ts";

/** Writes what is mechanical, all or nothing, and tells what. */
export async function applyFixes(context: Context, gathered: Gathered): Promise<string[]> {
  const fixes = await plannedFixes(gathered);
  if (fixes.length === 0) return [];
  const { repo } = gathered;
  await writing(context, repo, "check", async () => {
    const paths = await Promise.all(fixes.map(({ path }) => insideRoot(repo.root, path)));
    for (const [index, { text }] of fixes.entries()) await writeAtomic(paths[index] ?? "", text);
  });
  return fixes.map(({ path, did }) => `${path}: ${did}`);
}
