import { insideRoot } from "../files/guard.ts";
import { plannedFixes } from "../version/check/fix.ts";
import type { Gathered } from "../version/check/gather.ts";
import { writeWorkFile } from "../version/work-file.ts";
import type { Context } from "./context.ts";
import { writing } from "./writing.ts";

/** Writes what is mechanical, each file whole, and tells what; run again it does what is left. */
export async function applyFixes(context: Context, gathered: Gathered): Promise<string[]> {
  const fixes = await plannedFixes(gathered);
  if (fixes.length === 0) return [];
  const { repo } = gathered;
  await writing(context, repo, "check", async () => {
    const paths = await Promise.all(fixes.map(({ path }) => insideRoot(repo.root, path)));
    for (const [index, { text }] of fixes.entries()) await writeWorkFile(repo, paths[index] ?? "", text);
  });
  return fixes.map(({ path, did }) => `${path}: ${did}`);
}
