import { Failure } from "../failure.ts";

/** Where a host's REST API is, and with what its requests are signed. */
export interface Api {
  readonly name: string;
  /** Without a slash at its end. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

const PAGE = 100;
/** More than this was never written by Leeway in one repository. */
const MOST_PAGES = 10;
const PATIENCE_MS = 30_000;

/**
 * Asks a host for something, or to do something.
 * @param path from the API's own address on, with its query
 * @returns what it answered, as JSON says it
 * @throws Failure "environment" where the host cannot be reached or refuses, with what it said
 */
export async function ask(
  api: Api,
  method: "GET" | "POST" | "PATCH" | "PUT",
  path: string,
  body?: Readonly<Record<string, unknown>>,
): Promise<unknown> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(`${api.url}${path}`, {
      method,
      headers: { ...api.headers, "content-type": "application/json", "user-agent": "leeway" },
      signal: AbortSignal.timeout(PATIENCE_MS),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    text = await response.text();
  } catch (error) {
    throw new Failure("environment", `${api.name} cannot be reached: ${causeOf(error)}.`, {
      where: `${method} ${api.url}${path}`,
      next: ["Try again later."],
      cause: error,
    });
  }
  if (response.ok) return text === "" ? null : parsed(api, text);
  const said = saidIn(text) || `status ${response.status}`;
  throw new Failure("environment", `${api.name} refuses: ${said}.`, {
    where: `${method} ${api.url}${path}, status ${response.status}`,
    next: ADVICE[response.status] ?? [],
  });
}

/** What to look at when a host refuses, by the status of its answer. */
const ADVICE: Readonly<Record<number, readonly string[]>> = {
  401: ["Look whether the token is still valid."],
  403: [
    "Look whether the token may do this: it needs to write contents, issues and pull requests.",
    "On GitHub, Settings, Actions, General: allow GitHub Actions to create pull requests.",
  ],
  404: ["Look whether the token may read this repository."],
  410: ["Issues are switched off for this repository; switch them on."],
};

/** Everything that a list has, page by page. */
export async function askAll(api: Api, path: string): Promise<unknown[]> {
  const found: unknown[] = [];
  for (let page = 1; page <= MOST_PAGES; page++) {
    const more = await ask(
      api,
      "GET",
      `${path}${path.includes("?") ? "&" : "?"}per_page=${PAGE}&page=${page}`,
    );
    if (!Array.isArray(more)) break;
    found.push(...more);
    if (more.length < PAGE) break;
  }
  return found;
}

function parsed(api: Api, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Failure("environment", `${api.name} answered something that is no JSON.`, {
      where: api.url,
      cause: error,
    });
  }
}

function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === "TimeoutError") return `no answer within ${PATIENCE_MS / 1000} seconds`;
  return error.cause instanceof Error ? error.cause.message || error.message : error.message;
}

/** The words of a refusal; both hosts have their own form. */
function saidIn(text: string): string {
  try {
    const { message, error } = JSON.parse(text) as { message?: unknown; error?: unknown };
    const said = message ?? error ?? "";
    return (typeof said === "string" ? said : JSON.stringify(said)).replace(/\.$/, "");
  } catch {
    return "";
  }
}
