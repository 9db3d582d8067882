import { quoteAddress } from "../../curriculum/address.ts";
import { Failure } from "../../failure.ts";
import { refs, resolve, resolveMany } from "../../git/refs.ts";
import { fetchRemote, lsRemote } from "../../git/remotes.ts";
import type { Repository } from "../../git/repository.ts";
import { type Next, type Published, publishedBy, UPSTREAM, upstreamRefs } from "../base/published.ts";
import { readChain } from "../chain.ts";
import { versionFilesAt } from "../open.ts";
import type { VersionFile } from "../version-file.ts";

/** The upstream of a copy, as it stands in the repository where the copy is looked at. */
export interface JoinedUpstream {
  readonly id: string;
  readonly name: string;
  readonly branch: string;
  readonly group: string | undefined;
  /** With every commit that a branch or a tag of upstream leads to among its heads. */
  readonly published: Published;
  /** The names of editions and tags, by commit; an edition's wins. */
  readonly names: ReadonlyMap<string, string>;
  /** The followed branch's newest commit. */
  readonly tip: string;
  /** The ids of the versions that upstream holds; empty for one that does not use Leeway. */
  readonly versions: ReadonlySet<string>;
}

export interface UpstreamRequest {
  readonly url: string;
  /** The id of the version that joins. */
  readonly id: string;
  readonly branch: string | undefined;
  readonly group: string | undefined;
  readonly progress: (line: string) => void;
}

const USUAL = ["main", "master", "gh-pages"];

/**
 * Fetches everything that upstream has published into a repository, and reads who it is. One that does not use
 * Leeway gets its id from the name in its address.
 * @throws Failure where it cannot be reached, has no such branch or group, or holds a version of this id
 */
export async function fetchUpstream(repo: Repository, request: UpstreamRequest): Promise<JoinedUpstream> {
  const { url, id } = request;
  const [{ defaultBranch }] = await Promise.all([
    lsRemote(url, { patterns: ["HEAD"], folder: repo.gitDir }),
    fetchRemote(repo, url, {
      refspecs: [`+refs/heads/*:refs/remotes/${UPSTREAM}/*`, "+refs/tags/*:refs/tags/*"],
      tags: false,
      progress: request.progress,
    }),
  ]);
  const branch = await chooseBranch(repo, request, defaultBranch);
  const tip = await resolve(repo, `refs/remotes/${UPSTREAM}/${branch}`);
  if (tip === null) throw new Error(`${branch} was fetched and is not there`);
  const files = await versionFilesAt(repo, tip);
  if (files.has(id)) {
    throw new Failure("usage", `Upstream holds a version called ${id} already.`, {
      where: `versions/${id}/version.yaml`,
      next: ["Choose another --id."],
    });
  }
  const self = files.size === 0 ? plainUpstream(url, id) : readChain(files, null).self;
  const published = publishedBy({ id: self.id, url, branch }, await upstreamRefs(repo));
  const group = request.group ?? (published.groups.has("all") ? "all" : undefined);
  if (group !== undefined && !published.groups.has(group)) {
    throw new Failure("usage", `Upstream has no group called ${group}.`, {
      next: [...published.groups.keys()].map((name) => `--group ${quoteAddress(name)}`),
    });
  }
  const { heads, tags } = await everyHead(repo);
  const editions = published.editions.map(({ commit, name }) => [commit, name] as const);
  return {
    id: self.id,
    name: self.name,
    branch,
    group,
    published: { ...published, heads },
    names: new Map([...tags, ...editions]),
    tip,
    versions: new Set(files.keys()),
  };
}

/**
 * The upstream commit that a person names: an edition, a branch or tag of upstream, or a hash.
 * @throws Failure "usage" where upstream has published nothing of that name
 */
export async function namedCommit(repo: Repository, upstream: JoinedUpstream, rev: string): Promise<Next> {
  const { editions, heads } = upstream.published;
  const commit =
    editions.find(({ name }) => name === rev)?.commit ??
    (await resolve(repo, `refs/remotes/${UPSTREAM}/${rev}`)) ??
    (await resolve(repo, rev));
  const isPublished =
    commit !== null &&
    (await repo.text(["rev-list", "--max-count=1", commit, ...heads.map((head) => `^${head}`)])) === "";
  if (!isPublished) {
    throw new Failure("usage", `Upstream has published no edition, branch or commit called ${rev}.`, {
      next: editions.slice(0, 5).map(({ name }) => `--base ${quoteAddress(name)}`),
    });
  }
  return { commit, edition: editions.find((edition) => edition.commit === commit) ?? null };
}

async function chooseBranch(
  repo: Repository,
  { url, branch }: UpstreamRequest,
  defaultBranch: string | null,
): Promise<string> {
  const prefix = `refs/remotes/${UPSTREAM}/`;
  const all = (await refs(repo, [prefix])).map(({ name }) => name.slice(prefix.length));
  const own = all.filter((name) => !name.startsWith("group/"));
  const wanted = branch === undefined ? [defaultBranch, ...USUAL] : [branch];
  const found =
    wanted.find((name) => name !== null && all.includes(name)) ?? (own.length === 1 ? own[0] : null);
  if (found && (branch === undefined || found === branch)) return found;
  throw new Failure(
    "usage",
    branch === undefined
      ? "It is not clear which branch of upstream to follow."
      : `Upstream has no branch called ${branch}.`,
    { where: url, next: own.slice(0, 6).map((name) => `--branch ${quoteAddress(name)}`) },
  );
}

function plainUpstream(url: string, id: string): Pick<VersionFile, "id" | "name"> {
  const last =
    url
      .replace(/[/\\]+$/, "")
      .split(/[/\\:]/)
      .at(-1) ?? "";
  const name = last.replace(/\.(git|bundle)$/, "").toLowerCase();
  const slug = name.replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "") || "upstream";
  const own = slug === id ? `${slug}-upstream` : slug;
  return { id: own, name: own };
}

async function everyHead(repo: Repository): Promise<{ heads: string[]; tags: [string, string][] }> {
  const all = await refs(repo, [`refs/remotes/${UPSTREAM}/`, "refs/tags/"]);
  const commits = await resolveMany(
    repo,
    all.map(({ name }) => name),
  );
  const known = all.flatMap(({ name }, index) => {
    const commit = commits[index];
    return commit ? [{ name, commit }] : [];
  });
  return {
    heads: [...new Set(known.map(({ commit }) => commit))],
    tags: known.flatMap(({ name, commit }) =>
      name.startsWith("refs/tags/") ? [[commit, name.slice("refs/tags/".length)] as [string, string]] : [],
    ),
  };
}
