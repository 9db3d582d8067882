import { Failure } from "../../failure.ts";
import { describeObjects } from "../../git/objects.ts";
import { type Access, fetchObject, fetchRemote, remotes } from "../../git/remotes.ts";
import type { Repository } from "../../git/repository.ts";
import { type Published, publishedBy, UPSTREAM, upstreamRefs } from "../base/published.ts";
import { isRemote, resolveUrl } from "../base/relative-url.ts";
import { isPublished } from "../base/starting-point.ts";
import type { Upstream } from "../version-file.ts";

type Env = Readonly<Record<string, string | undefined>>;

/** What upstream published, as far as it is needed, and the commits that it turned out not to have. */
export interface Obtained {
  readonly published: Published;
  readonly unpublished: ReadonlySet<string>;
}

/**
 * Makes sure that the commits which a version builds on are here, and that they are upstream's: what is missing is
 * fetched by its hash, so that neither a shallow checkout nor a clone without the remote `upstream` is in the way.
 * @throws Failure "environment" where upstream cannot be reached
 */
export async function obtainBase(
  repo: Repository,
  upstream: Upstream,
  known: Published,
  commits: readonly string[],
  env: Env,
): Promise<Obtained> {
  const wanted = [...new Set(commits)];
  const facts = await describeObjects(repo, wanted);
  const missing = wanted.filter((_, index) => facts[index]?.type !== "commit");
  let published = known;
  if (missing.length > 0 || known.heads.length === 0) {
    await fetchByHash(repo, upstream, known.heads.length === 0 ? wanted : missing, env);
    published = publishedBy(upstream, await upstreamRefs(repo));
  }
  const checked = await Promise.all(
    wanted.map(async (commit) => ((await isPublished(repo, commit, published)) ? [] : [commit])),
  );
  return { published, unpublished: new Set(checked.flat()) };
}

async function fetchByHash(
  repo: Repository,
  upstream: Upstream,
  commits: readonly string[],
  env: Env,
): Promise<void> {
  const known = await remotes(repo);
  const url = known.get(UPSTREAM) ?? resolveUrl(upstream.url, known.get("origin") ?? repo.root);
  const access = accessFor(url, env);
  try {
    for (const commit of commits) await fetchObject(repo, url, commit, `refs/leeway/base/${commit}`, access);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    throw new Failure("environment", `Could not check: ${lowerFirst(error.message)}`, {
      where: error.where ?? upstream.id,
      next: [
        ...error.next,
        "A private upstream in CI: give the job a token that may read it, as LEEWAY_TOKEN.",
        "leeway fetch   shows whether this machine reaches upstream",
      ],
      cause: error,
    });
  }
  if ((await upstreamRefs(repo)).some(({ name }) => name.startsWith(`refs/remotes/${UPSTREAM}/`))) return;
  // What upstream says now tells what was taken from it; the base alone is enough to go on.
  await fetchRemote(repo, url, {
    refspecs: ["+refs/heads/*:refs/remotes/upstream/*", "refs/tags/edition/*:refs/tags/edition/*"],
    tags: false,
    access,
  }).catch(() => undefined);
}

/** The token that CI has for a host: the one that was given for upstream, else the host's own for its own addresses. */
export function accessFor(url: string, env: Env): Access | undefined {
  const host = /^https:\/\/[^/@]+\//i.exec(url)?.[0];
  if (host === undefined || !isRemote(url)) return undefined;
  if (env.LEEWAY_TOKEN) return { host, user: "x-access-token", token: env.LEEWAY_TOKEN };
  const own = (server: string | undefined): boolean => server !== undefined && `${server}/` === host;
  if (env.GITHUB_TOKEN && own(env.GITHUB_SERVER_URL))
    return { host, user: "x-access-token", token: env.GITHUB_TOKEN };
  if (env.CI_JOB_TOKEN && own(env.CI_SERVER_URL))
    return { host, user: "gitlab-ci-token", token: env.CI_JOB_TOKEN };
  return undefined;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
