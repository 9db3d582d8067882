import { quoteAddress } from "../curriculum/address.ts";
import { Failure } from "../failure.ts";
import { listInside, readTextInside } from "../files/read.ts";
import { isAncestor, mergeBases } from "../git/ancestry.ts";
import { isShallow } from "../git/as-written.ts";
import { getConfig } from "../git/config.ts";
import { readObjects } from "../git/objects.ts";
import { type Ref, resolve } from "../git/refs.ts";
import type { Repository } from "../git/repository.ts";
import { listTree } from "../git/trees.ts";
import { type Next, nextOf, type Published, publishedBy, UPSTREAM } from "./base/published.ts";
import { beyondBase, findStartingPoint, type StartingPoint } from "./base/starting-point.ts";
import { type Chain, readChain } from "./chain.ts";
import { type Look, lookAt } from "./look.ts";
import { refuseLostVersions } from "./lost-version.ts";
import { stoppedRebase } from "./rebase/stopped.ts";
import { refuseUnfinished } from "./unfinished.ts";
import type { VersionFile } from "./version-file.ts";
import { versionPath } from "./version-file.ts";

/** A version as a verb finds it: who it is, where it stands, and what waits upstream. */
export interface OpenVersion {
  readonly repo: Repository;
  /** Null on a branch without commits. */
  readonly head: string | null;
  /** Null on a detached head. */
  readonly branch: string | null;
  /** Null in plain mode: a clone without a `versions/` folder (design §4). */
  readonly self: VersionFile | null;
  readonly above: readonly VersionFile[];
  readonly start: StartingPoint;
  readonly published: Published | null;
  /** The upstream commit to take; the base itself where that lies behind it. */
  readonly next: Next | null;
  /** What upstream offers now where it is older than the base: a withdrawn edition, a change of group. */
  readonly older: Next | null;
}

export interface OpenOptions {
  /** Where the version's own files are read: `status`, `diff` and `check` read the work tree, `drift` commits. */
  readonly from: "worktree" | "head";
  /** Plain mode: the upstream to compare with, as any revision. */
  readonly upstream?: string | undefined;
  /** Plain mode: open a repository without an upstream too, for verbs that can do without. */
  readonly alone?: boolean;
}

/**
 * Opens the version that a folder belongs to, or that was looked at. Reads only; needs no network.
 * @throws Failure where the folder is no repository, or its version files cannot be read.
 */
export async function openVersion(at: string | Look, options: OpenOptions): Promise<OpenVersion> {
  const look = typeof at === "string" ? lookAt(at) : at;
  const { repo, branch, head } = await look.checkout;
  const [chain, found] = await Promise.all([
    options.upstream === undefined ? ownChain(repo, head, options.from) : null,
    look.refs(),
    refuseUnfinished(repo),
  ]);
  if (chain === null) return openPlain(repo, { branch, head }, found, options);
  const { self } = chain;
  return placeVersion(
    { repo, head, branch, ...chain },
    self.upstream ? publishedBy(self.upstream, found) : null,
  );
}

/**
 * Where a version stands towards what its upstream published, wherever both were read from: its own clone, or the
 * hub of a trust, which judges it by what upstream says there (design §11).
 */
export async function placeVersion(
  version: Pick<OpenVersion, "repo" | "head" | "branch" | "above"> & { readonly self: VersionFile },
  published: Published | null,
): Promise<OpenVersion> {
  const { repo, self, head } = version;
  if (!self.upstream || published === null)
    return { ...version, start: { kind: "source" }, published: null, next: null, older: null };
  const offered = nextOf(published, self.upstream);
  const beyond = await beyondBase(repo, self, published, head);
  const start = await findStartingPoint(repo, self, published, head, beyond);
  const placed = { ...version, start, published };
  if (start.kind !== "known" || offered === null) return { ...placed, next: offered, older: null };
  const isOlder =
    offered.commit !== start.commit &&
    (beyond !== null && start.commit === self.base?.commit
      ? !beyond.knows([offered.commit])
      : await isAncestor(repo, offered.commit, start.commit));
  if (!isOlder) return { ...placed, next: offered, older: null };
  const edition = published.editions.find(({ commit }) => commit === start.commit) ?? null;
  return { ...placed, next: { commit: start.commit, edition }, older: offered };
}

/** This version and those above it; null in a folder without versions. */
async function ownChain(
  repo: Repository,
  head: string | null,
  from: OpenOptions["from"],
): Promise<Chain | null> {
  const [configured, files] = await Promise.all([
    getConfig(repo, "leeway.version"),
    versionFiles(repo, head, from),
  ]);
  return files.size === 0 ? null : readChain(files, configured);
}

/** The text of each `versions/<id>/version.yaml`, by folder name. */
async function versionFiles(
  repo: Repository,
  head: string | null,
  from: OpenOptions["from"],
): Promise<Map<string, string>> {
  if (from === "head") return head === null ? new Map() : versionFilesAt(repo, head);
  const { files, folders } = await versionFilesHere(repo);
  if (files.size < folders) await refuseLostVersions(repo, head);
  return files;
}

/** The same in the work tree, and how many folders there are. */
export async function versionFilesHere(
  repo: Repository,
): Promise<{ files: Map<string, string>; folders: number }> {
  const files = new Map<string, string>();
  const folders = ((await listInside(repo.root, "versions")) ?? []).filter(({ kind }) => kind === "folder");
  for (const { name } of folders) {
    const text = await readTextInside(repo.root, versionPath(name));
    if (text !== null) files.set(name, text);
  }
  return { files, folders: folders.length };
}

/** The same in a commit. */
export async function versionFilesAt(repo: Repository, rev: string): Promise<Map<string, string>> {
  const tree = await listTree(repo, rev, ["versions/"]);
  const paths = [...tree.keys()].filter((path) => /^versions\/[^/]+\/version\.yaml$/.test(path));
  const objects = await readObjects(
    repo,
    paths.map((path) => tree.get(path)?.oid ?? ""),
  );
  return new Map(
    paths.map((path, index) => [path.split("/")[1] ?? "", objects[index]?.bytes.toString("utf8") ?? ""]),
  );
}

async function openPlain(
  repo: Repository,
  at: { branch: string | null; head: string | null },
  found: readonly Ref[],
  options: OpenOptions,
): Promise<OpenVersion> {
  const plain = { repo, ...at, self: null, above: [], older: null };
  const branches = found.filter(({ name }) => name.startsWith(`refs/remotes/${UPSTREAM}/`));
  const rev = await plainUpstream(repo, options.upstream, at.head, branches);
  if (rev === null) {
    if (!options.alone) throw noUpstream(repo, branches);
    const start = { kind: "none", why: "this folder has no upstream", next: ADD_UPSTREAM } as const;
    return { ...plain, start, published: null, next: null };
  }
  const shared = at.head === null ? [] : await mergeBases(repo, at.head, [rev]);
  const base = shared[0];
  const start: StartingPoint = base
    ? { kind: "known", commit: base, edition: null, recorded: true }
    : {
        kind: "none",
        why: "this copy shares no history with its upstream",
        next: (await isShallow(repo))
          ? ["git fetch --unshallow   get the whole history, then look again"]
          : [
              "git remote -v   is this the right upstream? Another one can be named with --upstream",
              "leeway join upstream --id ID --name NAME   finds the state that it was made from, by its content",
              "git merge -s ours --allow-unrelated-histories COMMIT   where COMMIT is the upstream state that this copy was made from; no file changes",
            ],
      };
  return {
    ...plain,
    start,
    published: { editions: [], groups: new Map(), branch: rev, fetched: true, heads: [rev] },
    next: { commit: rev, edition: null },
  };
}

const ADD_UPSTREAM = [
  "git remote add upstream URL && git fetch upstream   if it is a copy of somebody's curriculum",
];

/**
 * The upstream commit: the one that was named; else, while an update waits for decisions, the one being taken; else
 * what the remote `upstream` follows. Null where there is none.
 */
async function plainUpstream(
  repo: Repository,
  named: string | undefined,
  head: string | null,
  branches: readonly Ref[],
): Promise<string | null> {
  if (named !== undefined) {
    const commit = await resolve(repo, named);
    if (commit !== null) return commit;
    throw new Failure("usage", `There is no commit, branch or tag called ${named} here.`, {
      next: ["git branch -a   lists the branches that --upstream can name"],
    });
  }
  const stopped = await stoppedRebase(repo, head);
  if (stopped.kind === "open" || stopped.kind === "committed") return stopped.stop.to;
  const usual = ["HEAD", "main", "master", "gh-pages"].map((branch) => `refs/remotes/${UPSTREAM}/${branch}`);
  const found = usual
    .map((name) => branches.find((branch) => branch.name === name))
    .find((branch) => branch !== undefined);
  return (found ?? (branches.length === 1 ? branches[0] : undefined))?.peeled ?? null;
}

function noUpstream(repo: Repository, branches: readonly Ref[]): Failure {
  if (branches.length > 0) {
    return new Failure("usage", "Upstream has several branches; say which one this copy follows.", {
      where: repo.root,
      next: branches
        .slice(0, 6)
        .map(({ name }) => `--upstream ${quoteAddress(name.replace("refs/remotes/", ""))}`),
    });
  }
  return new Failure("usage", "This folder is under Git, but it is no Leeway version and has no upstream.", {
    where: repo.root,
    next: [
      ...ADD_UPSTREAM,
      "leeway init --id ID --name NAME   in a new folder, to start a central curriculum",
      "leeway fork UPSTREAM DIR …   to take your own version of one",
    ],
  });
}
