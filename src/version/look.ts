import { runGit } from "../git/process.ts";
import type { Ref } from "../git/refs.ts";
import { type Checkout, type Git, ONLY_WORK_TREES, openCheckout } from "../git/repository.ts";
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

/** Asks Git all at once, the slowest first. A verb that turns out to need none of it takes no harm from its failure. */
export function lookAt(folder: string, files: boolean): Look {
  const git: Git = { run: (args, options) => runGit(folder, [...ONLY_WORK_TREES, ...args], options) };
  let asked: Promise<Status> | undefined;
  const status = (): Promise<Status> => {
    asked ??= statusOf(git);
    return asked;
  };
  const slow = files ? [status()] : [];
  const [checkout, refs] = [openCheckout(folder), upstreamRefs(git)];
  for (const each of [...slow, checkout, refs]) each.catch(() => undefined);
  return { checkout, refs, status };
}
