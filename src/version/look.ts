import { lazily } from "../curriculum/lazily.ts";
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
  /** How index and work tree stand; asked at once for verbs that look at the files, else when it is first wanted. */
  readonly status: () => Promise<Status>;
}

/**
 * Asks Git all at once. A verb that turns out to need none of it, in a folder that is no repository, takes no harm
 * from its failure.
 */
export function lookAt(folder: string, files: boolean): Look {
  const git: Git = { run: (args, options) => runGit(folder, args, options) };
  const status = lazily(() => statusOf(git));
  const checkout = openCheckout(folder);
  const refs = upstreamRefs(git);
  for (const asked of [checkout, refs, ...(files ? [status()] : [])]) asked.catch(() => undefined);
  return { checkout, refs, status };
}
