import { resolve as absolute, dirname, join } from "node:path";
import { Failure } from "../failure.ts";
import { listFolder } from "../files/read.ts";
import { remove } from "../files/temporary.ts";
import { makeFolder } from "../files/write.ts";
import { checkRefName, checkRefspec, checkUrl } from "./names.ts";
import { type Access, runNetworkGit, runSignedInGit } from "./network.ts";
import { GitFailure, runGit } from "./process.ts";
import { openRepository, type Repository } from "./repository.ts";
import { unreachable } from "./unreachable.ts";

/** The remotes of a repository and their addresses, as they are written in its configuration. */
export async function remotes(repo: Repository): Promise<Map<string, string>> {
  const args = ["config", "-z", "--get-regexp", "^remote\\..*\\.url$"];
  const { stdout } = await repo.run(args, { ok: [0, 1] });
  const found = new Map<string, string>();
  for (const line of stdout.toString("utf8").split("\0")) {
    const cut = line.indexOf("\n");
    const name = line.slice("remote.".length, cut - ".url".length);
    if (cut > 0 && !found.has(name)) found.set(name, line.slice(cut + 1));
  }
  return found;
}

/** Adds a remote without fetching from it. */
export async function addRemote(repo: Repository, name: string, url: string): Promise<void> {
  checkRefName(name, "name of a remote");
  if ((await remotes(repo)).has(name)) {
    throw new Failure("usage", "There is a remote of this name already.", { where: name });
  }
  await repo.run(["remote", "add", name, checkUrl(url)]);
}

/** What to fetch, and how. */
export interface FetchOptions {
  /** Instead of what the remote is configured for. */
  refspecs?: readonly string[];
  /** All tags of the remote (true) or none (false); unless told, those of what is fetched. */
  tags?: boolean;
  /** Remove what the remote no longer has. */
  prune?: boolean;
  progress?: (line: string) => void;
  /** How to sign in, for this call alone. */
  access?: Access | undefined;
}

/** Runs Git where it talks to another repository, signed in if there is a token. */
function overNetwork(
  repo: Repository,
  args: readonly string[],
  options: Pick<FetchOptions, "access" | "progress"> & { readonly patience?: number | undefined },
) {
  const { access, progress, patience } = options;
  const run = {
    ...(progress ? { progress } : {}),
    ...(patience === undefined ? {} : { ...UNASKED, patience }),
  };
  return access ? runSignedInGit(repo.root || repo.gitDir, args, access, run) : repo.runNetwork(args, run);
}

/**
 * Fetches from a remote (by name or address). A refspec may begin with `+`: it overwrites copies only.
 * @returns the tags that the remote has on another commit than this repository, which keeps its own; all else is fetched
 */
export async function fetchRemote(
  repo: Repository,
  remote: string,
  options: FetchOptions = {},
): Promise<string[]> {
  const args = ["fetch", "--no-recurse-submodules", options.prune ? "--prune" : "--no-prune"];
  if (options.tags !== undefined) args.push(options.tags ? "--tags" : "--no-tags");
  args.push(options.progress ? "--progress" : "--quiet", await checkRemote(repo, remote));
  for (const refspec of options.refspecs ?? []) args.push(checkRefspec(refspec, { force: true }));
  try {
    await overNetwork(repo, args, options);
    return [];
  } catch (error) {
    const moved = error instanceof GitFailure ? movedTags(error.stderr) : [];
    if (moved.length > 0) return moved;
    throw unreachable(error, await urlOf(repo, remote));
  }
}

/** The tags that Git would not move, where nothing else went wrong. */
function movedTags(stderr: string): string[] {
  const lines = stderr.split(/[\r\n]+/);
  if (lines.some((line) => /^(fatal|error):/.test(line))) return [];
  const refused = lines.filter((line) => line.startsWith(" ! "));
  const moved = refused.flatMap(
    (line) => /^ ! \[rejected\] +\S+ +-> +(\S+) +\(would clobber existing tag\)/.exec(line)?.[1] ?? [],
  );
  return moved.length === refused.length ? moved : [];
}

/**
 * Fetches from an address into refs of the caller's own, removing what the other side no longer has; nothing else is
 * written, and nobody is asked for a password.
 * @param patience milliseconds without a word after which it is given up
 */
export async function fetchRefs(
  repo: Repository,
  url: string,
  refspecs: readonly string[],
  patience?: number,
): Promise<void> {
  const args = ["fetch", "--no-recurse-submodules", "--no-tags", "--prune", "--no-write-fetch-head"];
  args.push("--no-auto-maintenance", "--progress", "--", checkUrl(url));
  for (const refspec of refspecs) args.push(checkRefspec(refspec, { force: true }));
  try {
    await repo.runNetwork(args, { ...UNASKED, ...(patience === undefined ? {} : { patience }) });
  } catch (error) {
    throw unreachable(error, url);
  }
}

/** Whoever talks to many repositories at once cannot be asked by each of them. */
const UNASKED = { env: { GIT_TERMINAL_PROMPT: "0" } } as const;

/** Fetches one commit by its id and keeps it under a ref; false if the remote does not have it or give it. */
export async function fetchObject(
  repo: Repository,
  remote: string,
  oid: string,
  ref: string,
  options: Pick<FetchOptions, "access"> & { readonly patience?: number | undefined } = {},
): Promise<boolean> {
  if (!/^([0-9a-f]{40}|[0-9a-f]{64})$/.test(oid)) throw new Error(`not an object id: ${oid}`);
  const refspec = `${oid}:${checkRefName(ref, "ref")}`;
  const args = ["fetch", "--quiet", "--no-recurse-submodules", "--no-tags", "--no-write-fetch-head"];
  try {
    await overNetwork(repo, [...args, await checkRemote(repo, remote), refspec], options);
    return true;
  } catch (error) {
    if (
      error instanceof GitFailure &&
      /not our ref|unadvertised object|bad object|did not send/.test(error.stderr)
    ) {
      return false;
    }
    throw unreachable(error, await urlOf(repo, remote));
  }
}

/** What became of a push. */
export type Pushed = { ok: true } | { ok: false; rejected: { ref: string; reason: string }[] };

/** Pushes refs, all or none if asked; never forces. What the other side turns away comes back as data. */
export async function push(
  repo: Repository,
  remote: string,
  refspecs: readonly string[],
  options: { atomic?: boolean; progress?: (line: string) => void } = {},
): Promise<Pushed> {
  const args = ["push", "--porcelain", "--no-recurse-submodules", "--no-follow-tags"];
  if (options.atomic) args.push("--atomic");
  if (options.progress) args.push("--progress");
  args.push(await checkRemote(repo, remote), ...refspecs.map((spec) => checkRefspec(spec, { force: false })));
  const run = options.progress ? { progress: options.progress } : {};
  const { code, stdout, stderr } = await repo.runNetwork(args, { ...run, ok: [0, 1, 128] });
  const rejected: { ref: string; reason: string }[] = [];
  for (const line of stdout.toString("utf8").split("\n")) {
    const [flag, sides, summary] = line.split("\t");
    if (flag !== "!" || !sides) continue;
    const reason = /\((.*)\)\s*$/.exec(summary ?? "")?.[1] ?? summary ?? "";
    rejected.push({ ref: sides.slice(sides.indexOf(":") + 1), reason });
  }
  if (rejected.length > 0) return { ok: false, rejected };
  if (code === 0) return { ok: true };
  throw unreachable(new GitFailure(args, { code, stderr }), await urlOf(repo, remote));
}

/** Makes a full copy of a repository, history included, and opens it. Takes no submodules. */
export async function cloneRepository(
  url: string,
  folder: string,
  options: {
    branch?: string;
    originName?: string;
    bare?: boolean;
    /** A setting that the new repository has from its first moment: `section.name=value`. */
    setting?: string;
    progress?: (line: string) => void;
  } = {},
): Promise<Repository> {
  const target = absolute(folder);
  const before = await listFolder(target);
  if (before !== null && before.length > 0) {
    throw new Failure("usage", "This folder exists and is not empty.", {
      where: target,
      next: ["Name a new folder."],
    });
  }
  const args = ["clone", "--no-recurse-submodules", options.progress ? "--progress" : "--quiet"];
  if (options.bare) args.push("--bare");
  if (options.setting !== undefined) args.push(`--config=${options.setting}`);
  args.push("--origin", checkRefName(options.originName ?? "origin", "name of a remote"));
  if (options.branch !== undefined) args.push("--branch", checkRefName(options.branch, "branch"));
  args.push("--", checkUrl(url), target);
  try {
    await makeFolder(dirname(target));
    await runNetworkGit(process.cwd(), args, options.progress ? { progress: options.progress } : {});
  } catch (error) {
    // Git leaves what it could not check out.
    if (before === null) await remove(target);
    for (const { name } of before === null ? [] : ((await listFolder(target)) ?? []))
      await remove(join(target, name));
    throw unreachable(error, url);
  }
  return openRepository(target, { bare: options.bare ?? false });
}

/** Makes an empty bare repository, and its folder, for objects of the same format as another's. */
export async function initBare(folder: string, format: Repository["objectFormat"]): Promise<Repository> {
  await makeFolder(folder);
  await runGit(folder, ["init", "--quiet", "--bare", `--object-format=${format}`]);
  return openRepository(folder, { bare: true });
}

/** Makes an empty repository, and its folder, with a first branch of this name. */
export async function initRepository(folder: string, branch: string): Promise<Repository> {
  await makeFolder(folder);
  await runGit(folder, ["init", "--quiet", "--initial-branch", checkRefName(branch, "branch")]);
  return openRepository(folder);
}

/** A ref of a repository elsewhere. */
export interface RemoteRef {
  name: string;
  oid: string;
  /** What an annotated tag leads to; else the same as `oid`. */
  peeled: string;
}

/** The refs of a repository elsewhere, and the branch that its HEAD names, without fetching anything. */
export async function lsRemote(
  url: string,
  options: { patterns?: readonly string[]; folder?: string; patience?: number } = {},
): Promise<{ refs: RemoteRef[]; defaultBranch: string | null }> {
  const args = ["ls-remote", "--symref", "--quiet", "--", checkUrl(url), ...(options.patterns ?? [])];
  const refs = new Map<string, RemoteRef>();
  let defaultBranch: string | null = null;
  try {
    const { patience } = options;
    const run = patience === undefined ? {} : { ...UNASKED, patience };
    const { stdout } = await runNetworkGit(options.folder ?? process.cwd(), args, run);
    for (const line of stdout.toString("utf8").split("\n")) {
      const [left, name] = line.split("\t");
      if (!left || !name) continue;
      if (left.startsWith("ref: ")) {
        if (name === "HEAD") defaultBranch = left.slice("ref: refs/heads/".length);
      } else if (name.endsWith("^{}")) {
        const tag = refs.get(name.slice(0, -3));
        if (tag) tag.peeled = left;
      } else refs.set(name, { name, oid: left, peeled: left });
    }
  } catch (error) {
    throw unreachable(error, url);
  }
  return { refs: [...refs.values()], defaultBranch };
}

/** Accepts a remote by name, or an address; either is refused if Git could read it as something else. */
async function checkRemote(repo: Repository, remote: string): Promise<string> {
  return checkUrl(await urlOf(repo, checkUrl(remote))) && remote;
}

async function urlOf(repo: Repository, remote: string): Promise<string> {
  return (await remotes(repo)).get(remote) ?? remote;
}
