import * as z from "zod/mini";
import type { Host, Issue } from "./host.ts";
import { type Api, ask, askAll } from "./rest.ts";

const issue = z.object({
  iid: z.number(),
  title: z.string(),
  description: z.nullable(z.string()),
  web_url: z.string(),
  state: z.string(),
});
const merge = z.object({
  ...issue.shape,
  source_branch: z.string(),
  source_project_id: z.nullable(z.number()),
  sha: z.nullable(z.string()),
});
const note = z.object({ id: z.number(), body: z.string(), author: z.object({ id: z.number() }) });

/**
 * GitLab's REST API, https://docs.gitlab.com/api/rest/
 * @param at its address, such as https://gitlab.com/api/v4, and the number of the project
 */
export function gitLab(at: { url: string; token: string; project: string }): Host {
  const api: Api = { name: "GitLab", url: at.url, headers: { "private-token": at.token } };
  const project = `/projects/${encodeURIComponent(at.project)}`;
  let asked: Promise<number> | undefined;
  const me = (): Promise<number> => {
    asked ??= ask(api, "GET", "/user").then((found) => z.object({ id: z.number() }).parse(found).id);
    return asked;
  };
  const close = async (kind: "issues" | "merge_requests", number: number, why: string): Promise<void> => {
    await ask(api, "POST", `${project}/${kind}/${number}/notes`, { body: why });
    await ask(api, "PUT", `${project}/${kind}/${number}`, { state_event: "close" });
  };
  const written = async (which: string): Promise<unknown[]> =>
    askAll(api, `${project}/${which}&scope=all&author_id=${await me()}`);
  return {
    request: "merge request",
    most: 1_000_000,
    issues: async () =>
      z
        .array(issue)
        .parse(await written("issues?state=all"))
        .map(posted),
    openIssue: async ({ title, body }) =>
      posted(issue.parse(await ask(api, "POST", `${project}/issues`, { title, description: body }))),
    async editIssue({ number, open }, { title, body }) {
      const again = open ? {} : { state_event: "reopen" };
      await ask(api, "PUT", `${project}/issues/${number}`, { title, description: body, ...again });
    },
    closeIssue: (number, why) => close("issues", number, why),
    async pullRequests(branch) {
      const open = await written("merge_requests?state=opened");
      const from = branch === null ? null : encodeURIComponent(branch);
      const closed = from === null ? [] : await written(`merge_requests?state=closed&source_branch=${from}`);
      return z
        .array(merge)
        .parse([...open, ...closed])
        .filter(({ source_project_id }) => String(source_project_id) === at.project)
        .map((each) => ({ ...posted(each), branch: each.source_branch, tip: each.sha ?? "" }));
    },
    async openPullRequest({ title, body }, { from, into }) {
      const made = await ask(api, "POST", `${project}/merge_requests`, {
        title,
        description: body,
        source_branch: from,
        target_branch: into,
        remove_source_branch: true,
      });
      return posted(issue.parse(made));
    },
    async editPullRequest(number, { title, body }) {
      await ask(api, "PUT", `${project}/merge_requests/${number}`, { title, description: body });
    },
    closePullRequest: (number, why) => close("merge_requests", number, why),
    async comments(number) {
      const id = await me();
      return z
        .array(note)
        .parse(await askAll(api, `${project}/merge_requests/${number}/notes`))
        .filter(({ author }) => author.id === id);
    },
    async comment(number, body) {
      await ask(api, "POST", `${project}/merge_requests/${number}/notes`, { body });
    },
    async editComment(number, id, body) {
      await ask(api, "PUT", `${project}/merge_requests/${number}/notes/${id}`, { body });
    },
  };
}

function posted({ iid, title, description, web_url, state }: z.infer<typeof issue>): Issue {
  return { number: iid, title, body: description ?? "", url: web_url, open: state === "opened" };
}
