import { Failure } from "../../failure.ts";
import { listFolder } from "../../files/read.ts";
import { isInRepository } from "../../git/borrowed.ts";
import { remotes } from "../../git/remotes.ts";
import { openCheckout, type Repository } from "../../git/repository.ts";
import { mergeState } from "../../git/stop.ts";

/**
 * A copy of somebody's curriculum, as it was found:
 * - `version`: under Git, with a commit
 * - `unborn`: under Git, and nothing was ever committed
 * - `folder`: not under Git at all, such as a downloaded zip
 */
export type Copy =
  | {
      readonly kind: "version";
      readonly folder: string;
      readonly repo: Repository;
      readonly branch: string;
      readonly head: string;
      readonly remotes: ReadonlyMap<string, string>;
    }
  | {
      readonly kind: "unborn";
      readonly folder: string;
      readonly repo: Repository;
      readonly branch: string;
      readonly remotes: ReadonlyMap<string, string>;
    }
  | { readonly kind: "folder"; readonly folder: string };

/**
 * Looks at what lies in a folder.
 * @throws Failure "usage" where it is empty, on a detached head, and in the middle of a merge
 */
export async function openCopy(folder: string): Promise<Copy> {
  if (!(await isInRepository(folder))) {
    await refuseEmpty(folder);
    return { kind: "folder", folder };
  }
  const { repo, branch, head } = await openCheckout(folder);
  const [merging, known] = await Promise.all([mergeState(repo), remotes(repo)]);
  if (merging !== null) {
    throw new Failure("usage", "A merge is going on here; it comes first.", {
      where: repo.root,
      next: [
        "git commit          finishes it when every file is settled",
        "git merge --abort   takes it back",
      ],
    });
  }
  if (branch === null) {
    throw new Failure("usage", "You are looking at an old state of this copy, not at its newest.", {
      where: repo.root,
      next: ["git switch main   (or the branch that this copy is kept on), then try again"],
    });
  }
  const found = { folder: repo.root, repo, branch, remotes: known };
  return head === null ? { kind: "unborn", ...found } : { kind: "version", ...found, head };
}

async function refuseEmpty(folder: string): Promise<void> {
  if (((await listFolder(folder)) ?? []).length > 0) return;
  throw new Failure("usage", "This folder is empty, so there is no copy to join.", {
    where: folder,
    next: ["leeway fork UPSTREAM DIR …   takes a fresh version of a curriculum"],
  });
}

/**
 * A zip unpacks into a folder of its own, and it is easy to stand one step too high.
 * @param same files that stand where upstream has them: with any, this is the right folder
 */
export async function refuseOuterFolder(copy: Copy, same: number): Promise<void> {
  if (copy.kind !== "folder" || same > 0) return;
  const [only, another] = (await listFolder(copy.folder)) ?? [];
  if (only?.kind !== "folder" || another !== undefined) return;
  throw new Failure("usage", "The copy lies one folder further in.", {
    where: copy.folder,
    next: [`cd '${only.name}'   then leeway join again`],
  });
}
