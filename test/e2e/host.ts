import { execFileSync } from "node:child_process";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** An issue or a pull request as the host keeps it. */
export interface Entry {
  readonly number: number;
  readonly kind: "issue" | "pull";
  readonly by: string;
  title: string;
  body: string;
  open: boolean;
  /** Of a pull request. */
  readonly from?: string;
  readonly into?: string;
  readonly comments: { readonly id: number; readonly by: string; body: string }[];
}

type Body = Record<string, string | undefined>;
interface Answer {
  readonly status: number;
  readonly body?: unknown;
}

const TOKEN = "token-of-the-job";
const BOT = "github-actions[bot]";
const REPOSITORY = "harbour/grimsby";
const PROJECT = 77;
/** GitLab knows people by number. */
const BOT_ID = 5;

/**
 * A code host that keeps issues, pull requests and comments, and speaks as much of GitHub's and GitLab's REST APIs as
 * Leeway uses; the branches are those of a real repository. It serves the package of Leeway as well.
 */
export class CodeHost {
  readonly entries: Entry[] = [];
  /** What was asked of it that changes something. */
  readonly writes: string[] = [];
  readonly #server: Server;
  #files = new Map<string, Buffer>();
  #ids = 0;

  private constructor(readonly home: string) {
    this.#server = createServer((request, response) => {
      void this.#answer(request).then(({ status, body }) => {
        response.writeHead(status, { "content-type": "application/json" });
        response.end(Buffer.isBuffer(body) ? body : body === undefined ? "" : JSON.stringify(body));
      });
    });
  }

  /** @param home the bare repository that it hosts */
  static async start(home: string): Promise<CodeHost> {
    const host = new CodeHost(home);
    await new Promise<void>((done) => host.#server.listen(0, "127.0.0.1", done));
    return host;
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Puts a file there to be downloaded. */
  serve(name: string, bytes: Buffer): string {
    this.#files.set(`/${name}`, bytes);
    return `${this.url}/${name}`;
  }

  /** What GitHub sets for a job. */
  github(ref = "refs/heads/main"): Record<string, string> {
    return { GITHUB_API_URL: this.url, GITHUB_REPOSITORY: REPOSITORY, GITHUB_REF: ref, GITHUB_TOKEN: TOKEN };
  }

  /** What GitLab sets for a job, and the variable that people add. */
  gitlab(): Record<string, string> {
    return {
      CI_API_V4_URL: `${this.url}/api/v4`,
      CI_PROJECT_ID: String(PROJECT),
      CI_PROJECT_URL: this.home.replace(/\.git$/, ""),
      CI_SERVER_HOST: "gitlab.example.invalid",
      CI_COMMIT_BRANCH: "main",
      LEEWAY_TOKEN: TOKEN,
    };
  }

  /** What a person writes there. */
  write(kind: Entry["kind"], text: { title: string; body: string }, by = "a-visitor"): Entry {
    return this.#add({ kind, by, ...text });
  }

  get open(): Entry[] {
    return this.entries.filter((entry) => entry.open);
  }

  #add(entry: Pick<Entry, "kind" | "by" | "title" | "body" | "from" | "into">): Entry {
    const made = { ...entry, number: this.entries.length + 1, open: true, comments: [] };
    this.entries.push(made);
    return made;
  }

  async #answer(request: IncomingMessage): Promise<Answer> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const url = new URL(request.url ?? "/", this.url);
    const method = request.method ?? "GET";
    const file = this.#files.get(url.pathname);
    if (file !== undefined) return { status: 200, body: file };
    const isGitLab = url.pathname.startsWith("/api/v4/");
    const signed = isGitLab
      ? request.headers["private-token"] === TOKEN
      : request.headers.authorization === `Bearer ${TOKEN}`;
    if (!signed) return { status: 401, body: { message: "Bad credentials" } };
    const text = Buffer.concat(chunks).toString("utf8");
    const body = (text === "" ? {} : JSON.parse(text)) as Body;
    if (method !== "GET") this.writes.push(`${method} ${url.pathname}`);
    const answer = isGitLab ? this.#asGitLab(method, url, body) : this.#asGitHub(method, url, body);
    return answer ?? { status: 404, body: { message: "Not Found" } };
  }

  #asGitHub(method: string, { pathname, searchParams: query }: URL, body: Body): Answer | null {
    if (pathname === "/user")
      return { status: 403, body: { message: "Resource not accessible by integration" } };
    const [, what = "", number, more] =
      /^\/repos\/harbour\/grimsby\/(issues|pulls|issues\/comments)(?:\/(\d+))?(?:\/(comments))?$/.exec(
        pathname,
      ) ?? [];
    if (what === "issues/comments") return this.#editComment(Number(number), body.body);
    const kind = what === "pulls" ? "pull" : "issue";
    if (what === "") return null;
    if (number === undefined && method === "GET") {
      const state = query.get("state");
      const head = query.get("head")?.replace(/^harbour:/, "");
      const found = this.entries
        .filter((each) => what === "issues" || each.kind === kind)
        .filter((each) => state === "all" || each.open === (state === "open"))
        .filter((each) => !query.has("creator") || each.by === query.get("creator"))
        .filter((each) => head === undefined || each.from === head);
      return {
        status: 200,
        body: paged(
          found.map((each) => this.#gitHubEntry(each)),
          query,
        ),
      };
    }
    if (number === undefined) {
      if (kind === "pull") {
        const fault = this.#branchFault(body.head, body.base);
        if (fault) return { status: 422, body: { message: fault } };
      }
      const made = this.#add({
        kind,
        by: BOT,
        title: body.title ?? "",
        body: body.body ?? "",
        ...(kind === "pull" ? { from: body.head ?? "", into: body.base ?? "" } : {}),
      });
      return { status: 201, body: this.#gitHubEntry(made) };
    }
    const entry = this.entries[Number(number) - 1];
    if (entry === undefined) return null;
    if (more === "comments") {
      if (method === "GET") {
        const comments = entry.comments.map(({ id, by, body: said }) => ({
          id,
          body: said,
          user: { login: by },
        }));
        return { status: 200, body: paged(comments, query) };
      }
      return this.#comment(entry, body.body);
    }
    this.#edit(entry, { title: body.title, body: body.body, state: body.state });
    return { status: 200, body: this.#gitHubEntry(entry) };
  }

  #gitHubEntry(entry: Entry): Record<string, unknown> {
    return {
      number: entry.number,
      title: entry.title,
      body: entry.body,
      html_url: `https://github.example.invalid/${entry.number}`,
      state: entry.open ? "open" : "closed",
      user: { login: entry.by },
      ...(entry.kind === "pull"
        ? {
            pull_request: {},
            head: { ref: entry.from, sha: this.#tip(entry.from), repo: { full_name: REPOSITORY } },
          }
        : {}),
    };
  }

  #asGitLab(method: string, { pathname, searchParams: query }: URL, body: Body): Answer | null {
    if (pathname === "/api/v4/user") return { status: 200, body: { id: BOT_ID } };
    const [, what = "", number, notes, note] =
      /^\/api\/v4\/projects\/77\/(issues|merge_requests)(?:\/(\d+))?(?:\/(notes))?(?:\/(\d+))?$/.exec(
        pathname,
      ) ?? [];
    const kind = what === "merge_requests" ? "pull" : "issue";
    if (what === "") return null;
    if (number === undefined && method === "GET") {
      const state = query.get("state");
      const found = this.entries
        .filter((each) => each.kind === kind)
        .filter((each) => state === "all" || each.open === (state === "opened"))
        .filter((each) => query.get("author_id") !== String(BOT_ID) || each.by === BOT)
        .filter((each) => !query.has("source_branch") || each.from === query.get("source_branch"));
      return {
        status: 200,
        body: paged(
          found.map((each) => this.#gitLabEntry(each)),
          query,
        ),
      };
    }
    if (number === undefined) {
      const fault = kind === "pull" ? this.#branchFault(body.source_branch, body.target_branch) : null;
      if (fault) return { status: 400, body: { message: [fault] } };
      const made = this.#add({
        kind,
        by: BOT,
        title: body.title ?? "",
        body: body.description ?? "",
        ...(kind === "pull" ? { from: body.source_branch ?? "", into: body.target_branch ?? "" } : {}),
      });
      return { status: 201, body: this.#gitLabEntry(made) };
    }
    const entry = this.entries[Number(number) - 1];
    if (entry === undefined) return null;
    if (note !== undefined) return this.#editComment(Number(note), body.body);
    if (notes !== undefined) {
      if (method !== "GET") return this.#comment(entry, body.body);
      const comments = entry.comments.map(({ id, by, body: said }) => ({
        id,
        body: said,
        author: { id: by === BOT ? BOT_ID : 9 },
      }));
      return { status: 200, body: paged(comments, query) };
    }
    const state =
      body.state_event === "close" ? "closed" : body.state_event === "reopen" ? "open" : undefined;
    this.#edit(entry, { title: body.title, body: body.description, state });
    return { status: 200, body: this.#gitLabEntry(entry) };
  }

  #gitLabEntry(entry: Entry): Record<string, unknown> {
    return {
      iid: entry.number,
      title: entry.title,
      description: entry.body,
      web_url: `https://gitlab.example.invalid/${entry.number}`,
      state: entry.open ? "opened" : "closed",
      ...(entry.kind === "pull"
        ? { source_branch: entry.from, source_project_id: PROJECT, sha: this.#tip(entry.from) }
        : {}),
    };
  }

  #edit(entry: Entry, { title, body, state }: Body): void {
    if (title !== undefined) entry.title = title;
    if (body !== undefined) entry.body = body;
    if (state !== undefined) entry.open = state === "open";
  }

  #comment(entry: Entry, body = ""): Answer {
    const made = { id: ++this.#ids, by: BOT, body };
    entry.comments.push(made);
    return { status: 201, body: made };
  }

  #editComment(id: number, body = ""): Answer | null {
    const found = this.entries.flatMap(({ comments }) => comments).find((each) => each.id === id);
    if (found === undefined) return null;
    found.body = body;
    return { status: 200, body: found };
  }

  #tip(branch = ""): string {
    try {
      return execFileSync("git", ["rev-parse", "--verify", "--quiet", `refs/heads/${branch}`], {
        cwd: this.home,
        encoding: "utf8",
      }).trim();
    } catch {
      return "";
    }
  }

  /** A host opens no pull request without commits between its branches. */
  #branchFault(from = "", into = ""): string | null {
    const tip = this.#tip(from);
    if (tip === "" || this.#tip(into) === "") return "Validation Failed: head or base does not exist";
    return tip === this.#tip(into) ? "No commits between them" : null;
  }
}

/** The newest first, a page at a time. */
function paged<T>(found: readonly T[], query: URLSearchParams): T[] {
  const size = Number(query.get("per_page") ?? 30);
  const page = Number(query.get("page") ?? 1);
  return found.toReversed().slice((page - 1) * size, page * size);
}
