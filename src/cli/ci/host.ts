import { Failure } from "../../failure.ts";
import { gitHub } from "../../host/github.ts";
import { gitLab } from "../../host/gitlab.ts";
import type { Host } from "../../host/host.ts";
import type { Io } from "../io.ts";

/** The host that runs this job, as its own variables tell. */
export interface Job {
  readonly host: Host;
  /** The number of the pull request that the job is for. */
  readonly pullRequest: number | null;
}

/**
 * Finds the host by the variables that GitHub Actions and GitLab CI set for every job.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/variables
 * https://docs.gitlab.com/ci/variables/predefined_variables/
 * @throws Failure "usage" outside of both, or where the token is missing
 */
export function jobOf({ env }: Pick<Io, "env">): Job {
  const { GITHUB_API_URL: github, GITHUB_REPOSITORY: repository, CI_API_V4_URL: gitlab } = env;
  if (github && repository) {
    const number = /^refs\/pull\/(\d+)\//.exec(env.GITHUB_REF ?? "")?.[1];
    const token = need(env, "GITHUB_TOKEN", "Name github.token as GITHUB_TOKEN under env of the step.");
    return { host: gitHub({ url: github, token, repository }), pullRequest: number ? Number(number) : null };
  }
  if (gitlab && env.CI_PROJECT_ID) {
    const number = env.CI_MERGE_REQUEST_IID;
    const token = need(
      env,
      "LEEWAY_TOKEN",
      "Settings, CI/CD, Variables: a project access token with the scope api, masked.",
    );
    return {
      host: gitLab({ url: gitlab, token, project: env.CI_PROJECT_ID }),
      pullRequest: number ? Number(number) : null,
    };
  }
  throw new Failure("usage", "This is for a job of GitHub Actions or GitLab CI, and here is neither.", {
    next: ["leeway rebase --dry-run   shows what waits for you"],
  });
}

function need(env: Io["env"], name: string, how: string): string {
  const value = env[name];
  if (value) return value;
  throw new Failure("usage", `The variable ${name} is empty, so nothing can be written on the host.`, {
    next: [how],
  });
}
