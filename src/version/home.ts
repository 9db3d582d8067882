import { resolve } from "node:path";
import { mayBeSet } from "../git/config.ts";
import { remotes } from "../git/remotes.ts";
import type { Repository } from "../git/repository.ts";
import { UPSTREAM } from "./base/published.ts";
import { isRemote } from "./base/relative-url.ts";

/**
 * Where a version is sent to:
 * - `own`: a home of its own
 * - `upstreams`: the remote `origin` is upstream's home, as in a clone that was made without `fork`
 * - `none`: there is no remote `origin`
 */
export type Home =
  | { readonly kind: "own"; readonly url: string }
  | { readonly kind: "upstreams"; readonly url: string }
  | { readonly kind: "none" };

export async function homeOf(repo: Repository): Promise<Home> {
  const known = (await mayBeSet(repo, "remote", "origin")) ? await remotes(repo) : new Map<string, string>();
  const url = known.get("origin");
  if (url === undefined) return { kind: "none" };
  const upstream = known.get(UPSTREAM);
  const isUpstreams = upstream !== undefined && place(repo, upstream) === place(repo, url);
  return { kind: isUpstreams ? "upstreams" : "own", url };
}

/** An address without what may be written either way. */
function place(repo: Repository, url: string): string {
  const whole = isRemote(url) ? url : resolve(repo.root, url);
  return whole.replace(/\/+$/, "").replace(/\.git$/, "");
}
