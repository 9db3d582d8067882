import { runGit } from "../git/process.ts";
import type { Ref } from "../git/refs.ts";
import { type Checkout, type Git, openCheckout } from "../git/repository.ts";
import { type Status, statusOf } from "../git/worktree.ts";
import { upstreamRefs } from "./base/published.ts";

/** What Git tells of the folder that a verb was called in. */
export interface Look {
  readonly checkout: Promise<Checkout>;
  /** What may tell of upstream. */
  readonly refs: Promise<readonly Ref[]>;
  /** How index and work tree stand; null for verbs that read commits. */
  readonly status: Promise<Status> | null;
}

/**
 * Asks Git all at once. A verb that turns out to need none of it, in a folder that is no repository, takes no harm
 * from its failure.
 */
export function lookAt(folder: string, files: boolean): Look {
  const git: Git = { run: (args, options) => runGit(folder, args, options) };
  const look = {
    checkout: openCheckout(folder),
    refs: upstreamRefs(git),
    status: files ? statusOf(git) : null,
  };
  for (const asked of Object.values(look)) asked?.catch(() => undefined);
  return look;
}
