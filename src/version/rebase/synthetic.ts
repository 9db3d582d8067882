import type { Repository } from "../../git/repository.ts";
import { writeFiles } from "../../git/write-tree.ts";
import { heldTexts } from "../base/held-texts.ts";
import type { Held } from "../base/holds.ts";

/**
 * The tree of an upstream commit with the held paths and passages put back to what they were at their holds'
 * bases, so that Git's merge sees no upstream change there (design §6.1).
 * @returns the commit itself where nothing is held
 */
export async function withHeld(repo: Repository, commit: string, held: readonly Held[]): Promise<string> {
  const files = await heldTexts(repo, commit, held);
  return files.size === 0 ? commit : (await writeFiles(repo, commit, [...files.values()])).tree;
}
