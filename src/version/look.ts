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

/** Verbs that look at the files as they lie there. */
const FILES = ["status", "diff", "check"];
/** Verbs that need no repository, or not the one that they are called in. */
const APART = ["init", "fork", "demo", "help", "merge-file", "merge-driver"];

/** What a command line will want to know of its folder, asked before the verb is loaded; null where it is nothing. */
export function lookAhead([verb = "", ...rest]: readonly string[], folder: string): Look | null {
  if (!/^[a-z]/.test(verb) || APART.includes(verb)) return null;
  return rest.some((word) => /^(?:--help|-h)$/.test(word)) ? null : lookAt(folder, FILES.includes(verb));
}
