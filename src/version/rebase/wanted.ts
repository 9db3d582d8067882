import { Failure } from "../../failure.ts";
import { isAncestor } from "../../git/ancestry.ts";
import { resolve } from "../../git/refs.ts";
import type { Next, Published } from "../base/published.ts";
import type { OpenVersion } from "../open.ts";

/**
 * The upstream commit to take: an edition by name, any commit that upstream published, else what waits. What lies
 * behind the base is the base itself: there is nothing to take then.
 * @throws Failure "usage" where upstream published nothing of that name
 */
export async function wantedNext(version: OpenVersion, base: string, to: string | undefined): Promise<Next> {
  const { published, next, repo } = version;
  if (to === undefined) {
    if (next === null || isUnfetched(version, base)) throw neverFetched(version);
    return next;
  }
  const commit = published?.editions.find(({ name }) => name === to)?.commit ?? (await resolve(repo, to));
  if (published === null || commit === null || !(await isPublished(version, published, commit))) {
    throw new Failure("usage", `Upstream has published no edition or commit called ${to}.`, {
      next: [
        ...(published?.editions ?? []).slice(0, 5).map(({ name }) => `leeway rebase --to ${name}`),
        "leeway fetch   if it was published just now",
      ],
    });
  }
  const taken = (await isAncestor(repo, commit, base)) ? base : commit;
  return { commit: taken, edition: published.editions.find((each) => each.commit === taken) ?? null };
}

/** Whether what is newer is not known here: a copy of this version's home brings nothing of upstream but the base. */
export function isUnfetched({ next, published }: OpenVersion, base: string): boolean {
  return published?.fetched === false && (next === null || next.commit === base);
}

/** What to say then. */
export function neverFetched({ self }: OpenVersion): Failure {
  const name = self?.upstream === undefined ? "Upstream" : `Upstream (${self.upstream.id})`;
  return new Failure(
    "environment",
    `${name} has not been fetched into this copy yet, so what is newer is not known.`,
    { next: ["leeway fetch   get upstream's editions"] },
  );
}

async function isPublished({ repo }: OpenVersion, published: Published, commit: string): Promise<boolean> {
  if (published.editions.some((edition) => edition.commit === commit)) return true;
  for (const head of published.heads) if (await isAncestor(repo, commit, head)) return true;
  return false;
}
