import { lazily } from "../curriculum/lazily.ts";
import { runGit } from "../git/process.ts";
import type { Ref } from "../git/refs.ts";
import { type Checkout, type Git, ONLY_WORK_TREES, openCheckout } from "../git/repository.ts";
import { type Status, statusOf } from "../git/worktree.ts";
import { upstreamRefs } from "./base/published.ts";

/** What Git tells of the folder that a verb was called in. */
export interface Look {
  readonly checkout: Promise<Checkout>;
  /** What may tell of upstream. */
  readonly refs: () => Promise<readonly Ref[]>;
  /** How index and work tree stand. */
  readonly status: () => Promise<Status>;
}

/**
 * Asks Git where a folder belongs to, and at once, the slowest first, what else will be wanted; the rest when it is
 * first wanted. A verb that turns out to need none of it takes no harm from its failure.
 */
export function lookAt(folder: string, ahead: readonly ("status" | "refs")[]): Look {
  const git: Git = { run: (args, options) => runGit(folder, [...ONLY_WORK_TREES, ...args], options) };
  const status = lazily(() => statusOf(git));
  const refs = lazily(() => upstreamRefs(git));
  const slow = ahead.includes("status") ? [status()] : [];
  const checkout = openCheckout(folder);
  const rest = ahead.includes("refs") ? [refs()] : [];
  for (const each of [...slow, checkout, ...rest]) each.catch(() => undefined);
  return { checkout, refs, status };
}
