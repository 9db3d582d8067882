import { Failure } from "../../failure.ts";
import type { Access } from "../../git/network.ts";
import { describeObjects } from "../../git/objects.ts";
import { fetchObject, fetchRemote, remotes } from "../../git/remotes.ts";
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
 * @param from what is known of upstream, and whether edition tags may prove that it published a commit
 * @throws Failure "environment" where upstream cannot be reached
 */
export async function obtainBase(
  repo: Repository,
  upstream: Upstream,
  from: { readonly known: Published; readonly tags: boolean },
  commits: readonly string[],
  env: Env,
): Promise<Obtained> {
  const { known, tags } = from;
  const wanted = [...new Set(commits)];
  const facts = await describeObjects(repo, wanted);
  const missing = wanted.filter((_, index) => facts[index]?.type !== "commit");
  let published = known;
  if (missing.length > 0 || known.heads.length === 0) {
    // Git does not ask a remote for what is here already: only its branches prove that it has it.
    const needsBranches = known.heads.length === 0 && missing.length < wanted.length;
    await fetchMissing(repo, upstream, missing, needsBranches, env);
    published = await publishedHere(repo, upstream, tags);
  }
  const checked = await Promise.all(
    wanted.map(async (commit) => ((await isPublished(repo, commit, published)) ? [] : [commit])),
  );
  return { published, unpublished: new Set(checked.flat()) };
}

/**
 * What is here of what upstream published.
 * @param tags whether edition tags prove it: those of a checkout in CI come from the version under judgement itself
 */
export async function publishedHere(repo: Repository, upstream: Upstream, tags: boolean): Promise<Published> {
  const found = await upstreamRefs(repo);
  const proof = tags ? found : found.filter(({ name }) => !name.startsWith("refs/tags/"));
  return { ...publishedBy(upstream, found), heads: publishedBy(upstream, proof).heads };
}

async function fetchMissing(
  repo: Repository,
  upstream: Upstream,
  missing: readonly string[],
  needsBranches: boolean,
  env: Env,
): Promise<void> {
  const remote = await remotes(repo);
  const url = remote.get(UPSTREAM) ?? resolveUrl(upstream.url, remote.get("origin") ?? repo.root);
  const access = accessFor(url, env);
  const branches = async (): Promise<void> => {
    const moved = await fetchRemote(repo, url, {
      refspecs: ["+refs/heads/*:refs/remotes/upstream/*", "refs/tags/edition/*:refs/tags/edition/*"],
      tags: false,
      access,
    });
    // Which of the two upstream has published cannot be told from here.
    if (moved.length === 0) return;
    throw new Failure("environment", `Upstream has ${moved.join(", ")} on another commit than this copy.`, {
      where: url,
      next: [`git push origin ${moved.map((tag) => `:refs/tags/${tag}`).join(" ")}   takes the old name out`],
    });
  };
  try {
    for (const commit of missing)
      await fetchObject(repo, url, commit, `refs/leeway/base/${commit}`, { access });
    if (needsBranches) await branches();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    throw new Failure("environment", `Could not check: ${unended(error.message)}.`, {
      where: error.where ?? upstream.id,
      next: [
        ...error.next,
        "A private upstream in CI: give the job a token that may read it, as LEEWAY_TOKEN.",
        "leeway fetch   shows whether this machine reaches upstream",
      ],
      cause: error,
    });
  }
  if (
    needsBranches ||
    (await upstreamRefs(repo)).some(({ name }) => name.startsWith(`refs/remotes/${UPSTREAM}/`))
  )
    return;
  // What upstream has now tells what was taken from it; the base alone is enough to go on.
  await branches().catch(() => undefined);
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

function unended(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1).replace(/\.$/, "");
}
