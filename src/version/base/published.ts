import { type Ref, refs } from "../../git/refs.ts";
import type { Repository } from "../../git/repository.ts";
import type { Upstream } from "../version-file.ts";

/** The remote that every version takes its editions from. */
export const UPSTREAM = "upstream";

/** The remote that a version calls its home. */
const HOME = "origin";

/** A named release of a version. */
export interface Edition {
  readonly name: string;
  readonly commit: string;
  /** ISO 8601, when it was released. */
  readonly date: string;
  /** The notes for people. */
  readonly notes: string;
}

/** What upstream has published, as far as it has been fetched. */
export interface Published {
  /** Newest first. */
  readonly editions: readonly Edition[];
  readonly groups: ReadonlyMap<string, string>;
  readonly branch: string | null;
  /** Whether upstream itself was ever fetched here; a clone of a version's home brings editions alone. */
  readonly fetched: boolean;
  /** Every commit that upstream stands by. */
  readonly heads: readonly string[];
}

/** The upstream commit that a version is invited to take (design §2). */
export interface Next {
  readonly commit: string;
  readonly edition: Edition | null;
}

export function editionTag(version: string, name: string): string {
  return `refs/tags/edition/${version}/${name}`;
}

/** The editions of one version among the tags of a repository, newest first. */
export function editionsOf(version: string, all: readonly Ref[]): Edition[] {
  const prefix = editionTag(version, "");
  return all
    .filter((ref) => ref.name.startsWith(prefix))
    .map((ref) => ({
      name: ref.name.slice(prefix.length),
      commit: ref.peeled ?? ref.oid,
      date: ref.date,
      notes: [ref.subject, ref.body ?? ""].join("\n\n").trim(),
    }))
    .sort((a, b) => (a.date === b.date ? byName(b.name, a.name) : a.date < b.date ? 1 : -1));
}

/** Two editions of one second are in the order of their names, numbers counted as numbers. */
function byName(a: string, b: string): number {
  return a.localeCompare(b, "en", { numeric: true });
}

/** The refs that may tell of upstream, whichever version it is, and of what this version's home has. */
export const TELLING_OF_UPSTREAM = [
  `refs/remotes/${UPSTREAM}/`,
  `refs/remotes/${HOME}/`,
  "refs/tags/edition/",
  "refs/leeway/base/",
] as const;

/** Those refs; one Git process, no network. */
export function upstreamRefs(repo: Repository): Promise<Ref[]> {
  return refs(repo, TELLING_OF_UPSTREAM);
}

/** What this version's home had of a branch when it was last heard of; null without a home, or before it was pushed. */
export function atHome(branch: string | null, found: readonly Ref[]): string | null {
  return found.find(({ name }) => name === `refs/remotes/${HOME}/${branch}`)?.peeled ?? null;
}

/** What was last fetched from upstream. */
export function publishedBy(upstream: Upstream, found: readonly Ref[]): Published {
  const editions = editionTag(upstream.id, "");
  const all = found.filter(
    ({ name }) =>
      !name.startsWith(`refs/remotes/${HOME}/`) &&
      (!name.startsWith("refs/tags/") || name.startsWith(editions)),
  );
  const remote = `refs/remotes/${UPSTREAM}/`;
  const commits = new Map(all.map((ref) => [ref.name, ref.peeled ?? ref.oid]));
  const groups = new Map(
    [...commits]
      .filter(([name]) => name.startsWith(`${remote}group/`))
      .map(([name, commit]) => [name.slice(`${remote}group/`.length), commit]),
  );
  return {
    editions: editionsOf(upstream.id, all),
    groups,
    branch: commits.get(remote + upstream.branch) ?? null,
    fetched: found.some(({ name }) => name.startsWith(remote)),
    heads: [...new Set(commits.values())],
  };
}

/** Its group's edition, else upstream's newest, else the followed branch; null where nothing was fetched. */
export function nextOf(published: Published, upstream: Upstream): Next | null {
  const at = (commit: string): Next => ({
    commit,
    edition: published.editions.find((edition) => edition.commit === commit) ?? null,
  });
  const grouped = upstream.group === undefined ? undefined : published.groups.get(upstream.group);
  if (grouped) return at(grouped);
  const newest = published.editions[0];
  if (newest) return { commit: newest.commit, edition: newest };
  return published.branch === null ? null : at(published.branch);
}
