import { lazily } from "../curriculum/lazily.ts";
import { runGit } from "../git/process.ts";
import { type Ref, readRefObjects } from "../git/refs.ts";
import { type Checkout, type Git, ONLY_WORK_TREES, openCheckout } from "../git/repository.ts";
import { type Status, statusOf } from "../git/worktree.ts";
import { TELLING_OF_UPSTREAM, upstreamRefs } from "./base/published.ts";

/** What Git tells of the folder that a verb was called in. */
export interface Look {
  readonly checkout: Promise<Checkout>;
  /** What may tell of upstream. */
  readonly refs: () => Promise<readonly Ref[]>;
  /** How index and work tree stand. */
  readonly status: () => Promise<Status>;
  /** That what was asked ahead has ended, wanted or not: meanwhile Git may hold the lock of the index. */
  readonly ended: Promise<unknown>;
}

/**
 * Asks Git where a folder belongs to, and, where that will be wanted, before that how index and work tree stand, since
 * it takes the longest. A verb that turns out to need none of it takes no harm from its failure.
 */
export function lookAt(folder: string, ahead?: "status"): Look {
  const git: Git = { run: (args, options) => runGit(folder, [...ONLY_WORK_TREES, ...args], options) };
  const status = lazily(() => statusOf(git));
  const slow = ahead === "status" ? [status()] : [];
  const checkout = openCheckout(folder, { refs: TELLING_OF_UPSTREAM });
  const refs = lazily(async () => {
    const { repo, refs: named } = await checkout;
    return named === null ? upstreamRefs(repo) : readRefObjects(repo, named);
  });
  for (const each of [...slow, checkout]) each.catch(() => undefined);
  return { checkout, refs, status, ended: Promise.allSettled(slow) };
}
