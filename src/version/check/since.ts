import { Failure } from "../../failure.ts";
import { readText } from "../../files/read.ts";
import { mergeBase } from "../../git/ancestry.ts";
import { isShallow } from "../../git/as-written.ts";
import { resolve } from "../../git/refs.ts";
import { fetchObject, remotes } from "../../git/remotes.ts";
import type { Repository } from "../../git/repository.ts";

type Env = Readonly<Record<string, string | undefined>>;

/** The state that a change is to go into, as somebody or some host names it. */
export interface SinceRequest {
  readonly rev: string;
  /** As people may type it in their own clone. */
  readonly shown: string;
}

/** The same, found in the repository. */
export interface Since {
  /** The protected branch as it is: settings are read here. */
  readonly commit: string;
  /** Where the change left it: what it touches counts from here. */
  readonly from: string;
  readonly shown: string;
}

/**
 * What GitHub or GitLab say that a change goes into: the base of a pull or merge request, the state before a push.
 * https://docs.github.com/actions/reference/workflows-and-actions/variables
 * https://docs.gitlab.com/ci/variables/predefined_variables/
 */
export async function sinceInCi(env: Env): Promise<SinceRequest | null> {
  if (env.GITHUB_ACTIONS === "true") return sinceInGitHub(env, await eventOf(env.GITHUB_EVENT_PATH));
  if (env.GITLAB_CI !== "true") return null;
  const branch = env.CI_MERGE_REQUEST_TARGET_BRANCH_NAME;
  const base = env.CI_MERGE_REQUEST_DIFF_BASE_SHA;
  if (base) return { rev: base, shown: branch ? `origin/${branch}` : base };
  return pushed(env.CI_COMMIT_BEFORE_SHA);
}

interface GitHubEvent {
  readonly before?: unknown;
  readonly pull_request?: { readonly base?: { readonly sha?: unknown } };
  readonly merge_group?: { readonly base_sha?: unknown };
}

function sinceInGitHub(env: Env, event: GitHubEvent): SinceRequest | null {
  const sha = event.pull_request?.base?.sha ?? event.merge_group?.base_sha;
  const branch = env.GITHUB_BASE_REF;
  if (typeof sha === "string") return { rev: sha, shown: branch ? `origin/${branch}` : sha };
  if (branch) return { rev: `origin/${branch}`, shown: `origin/${branch}` };
  return typeof event.before === "string" ? pushed(event.before) : null;
}

/** The first push of a branch has nothing before it. */
function pushed(before: string | undefined): SinceRequest | null {
  return before && !/^0+$/.test(before) ? { rev: before, shown: before.slice(0, 10) } : null;
}

async function eventOf(path: string | undefined): Promise<GitHubEvent> {
  if (!path) return {};
  try {
    const event: unknown = JSON.parse((await readText(path)) ?? "{}");
    return typeof event === "object" && event !== null ? event : {};
  } catch {
    return {};
  }
}

/**
 * Finds the state that a change goes into; what is missing is fetched by its hash.
 * @throws Failure "environment" where it cannot be had, with the depth that a checkout needs
 */
export async function findSince(
  repo: Repository,
  head: string | null,
  { rev, shown }: SinceRequest,
): Promise<Since> {
  const commit = (await resolve(repo, rev)) ?? (await fetched(repo, rev));
  if (commit === null) {
    throw new Failure("environment", `Could not check: ${shown}, which this change goes into, is not here.`, {
      next: await waysToGet(repo),
    });
  }
  const from = head === null ? null : await mergeBase(repo, commit, head);
  if (from === null && (await isShallow(repo))) {
    throw new Failure(
      "environment",
      `Could not check: this checkout is shallow, and the point where the change left ${shown} is not in it.`,
      { next: DEPTH },
    );
  }
  return { commit, from: from ?? commit, shown };
}

async function waysToGet(repo: Repository): Promise<readonly string[]> {
  if (await isShallow(repo)) return DEPTH;
  const other = "leeway check --since COMMIT   counts from a commit, a branch or an edition that is here";
  return (await remotes(repo)).has("origin")
    ? ["git fetch origin   gets it, if it is at home", other]
    : [other];
}

/** What to set so that a checkout holds enough. */
export const DEPTH = [
  "fetch-depth: 0   in the step with actions/checkout (GitHub)",
  "GIT_DEPTH: 0   among the variables of the job (GitLab)",
  "git fetch --unshallow   in a clone of your own",
];

async function fetched(repo: Repository, rev: string): Promise<string | null> {
  if (!/^([0-9a-f]{40}|[0-9a-f]{64})$/.test(rev) || !(await remotes(repo)).has("origin")) return null;
  const isThere = await fetchObject(repo, "origin", rev, `refs/leeway/since/${rev}`).catch(() => false);
  return isThere ? rev : null;
}
