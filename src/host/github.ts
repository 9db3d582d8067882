import * as z from "zod/mini";
import type { Host, Issue } from "./host.ts";
import { type Api, ask, askAll } from "./rest.ts";

/** The account of the token that GitHub Actions gives to a job, which may not ask who it is. */
const ACTIONS = "github-actions[bot]";

const user = z.nullable(z.object({ login: z.string() }));
const issue = z.object({
  number: z.number(),
  title: z.string(),
  body: z.nullable(z.string()),
  html_url: z.string(),
  state: z.string(),
  user,
  pull_request: z.optional(z.unknown()),
});
const pull = z.object({
  ...issue.shape,
  head: z.object({
    ref: z.string(),
    sha: z.string(),
    repo: z.nullable(z.object({ full_name: z.string() })),
  }),
});
const comment = z.object({ id: z.number(), body: z.string(), user });

/**
 * GitHub's REST API, https://docs.github.com/en/rest
 * @param at its address, such as https://api.github.com, and the repository as `owner/name`
 */
export function gitHub(at: { url: string; token: string; repository: string }): Host {
  const api: Api = {
    name: "GitHub",
    url: at.url,
    headers: {
      accept: "application/vnd.github+json",
      authorization: `Bearer ${at.token}`,
      "x-github-api-version": "2022-11-28",
    },
  };
  const repo = `/repos/${at.repository}`;
  let asked: Promise<string> | undefined;
  const me = (): Promise<string> => {
    asked ??= ask(api, "GET", "/user").then(
      (found) => z.object({ login: z.string() }).parse(found).login,
      () => ACTIONS,
    );
    return asked;
  };
  const close = async (kind: "issues" | "pulls", number: number, why: string): Promise<void> => {
    await ask(api, "POST", `${repo}/issues/${number}/comments`, { body: why });
    await ask(api, "PATCH", `${repo}/${kind}/${number}`, { state: "closed" });
  };
  return {
    request: "pull request",
    most: 65_536,
    async issues() {
      const by = encodeURIComponent(await me());
      const found = await askAll(api, `${repo}/issues?state=all&creator=${by}`);
      return z
        .array(issue)
        .parse(found)
        .filter(({ pull_request }) => pull_request === undefined)
        .map(posted);
    },
    openIssue: async ({ title, body }) =>
      posted(issue.parse(await ask(api, "POST", `${repo}/issues`, { title, body }))),
    async editIssue({ number }, { title, body }) {
      await ask(api, "PATCH", `${repo}/issues/${number}`, { title, body, state: "open" });
    },
    closeIssue: (number, why) => close("issues", number, why),
    async pullRequests(branch) {
      const login = await me();
      const open = await askAll(api, `${repo}/pulls?state=open`);
      const [owner = ""] = at.repository.split("/");
      const from = branch === null ? null : encodeURIComponent(`${owner}:${branch}`);
      const closed = from === null ? [] : await askAll(api, `${repo}/pulls?state=closed&head=${from}`);
      return z
        .array(pull)
        .parse([...open, ...closed])
        .filter((each) => each.user?.login === login && each.head.repo?.full_name === at.repository)
        .map((each) => ({ ...posted(each), branch: each.head.ref, tip: each.head.sha }));
    },
    async openPullRequest({ title, body }, { from, into }) {
      const made = await ask(api, "POST", `${repo}/pulls`, { title, body, head: from, base: into });
      return posted(issue.parse(made));
    },
    async editPullRequest(number, { title, body }) {
      await ask(api, "PATCH", `${repo}/pulls/${number}`, { title, body });
    },
    closePullRequest: (number, why) => close("pulls", number, why),
    async comments(number) {
      const login = await me();
      return z
        .array(comment)
        .parse(await askAll(api, `${repo}/issues/${number}/comments`))
        .filter((each) => each.user?.login === login);
    },
    async comment(number, body) {
      await ask(api, "POST", `${repo}/issues/${number}/comments`, { body });
    },
    async editComment(_number, id, body) {
      await ask(api, "PATCH", `${repo}/issues/comments/${id}`, { body });
    },
  };
}

function posted({ number, title, body, html_url, state }: z.infer<typeof issue>): Issue {
  return { number, title, body: body ?? "", url: html_url, open: state === "open" };
}
