import { quoteAddress } from "../../curriculum/address.ts";
import { printYaml } from "../../curriculum/update.ts";
import { Failure } from "../../failure.ts";
import { kindOf } from "../../files/read.ts";
import { remove } from "../../files/temporary.ts";
import { setConfig, unsetConfig } from "../../git/config.ts";
import { readObjects } from "../../git/objects.ts";
import { refs, resolve, updateRefs } from "../../git/refs.ts";
import { addRemote, cloneRepository, push } from "../../git/remotes.ts";
import type { Repository } from "../../git/repository.ts";
import { checkoutTree } from "../../git/stop.ts";
import { listTree } from "../../git/trees.ts";
import { commitTree } from "../../git/write-objects.ts";
import { writeFiles } from "../../git/write-tree.ts";
import { refuseLeadingOut } from "../base/leading-out.ts";
import { ownBranch } from "../base/own-branch.ts";
import { type Next, nextOf, publishedBy, UPSTREAM, upstreamRefs } from "../base/published.ts";
import { relativeUrl } from "../base/relative-url.ts";
import { readChain } from "../chain.ts";
import { asWhole, type OwnFile } from "../change/own-files.ts";
import { versionFilesAt } from "../open.ts";
import { performOperation } from "../undo/perform.ts";
import { endUnfinished, refuseUnfinishedFolder, unfinishedSetting } from "../unfinished.ts";
import { type VersionFile, versionFolder, versionPath } from "../version-file.ts";

export interface ForkRequest {
  readonly upstream: string;
  /** Absolute. */
  readonly folder: string;
  readonly id: string;
  readonly name: string;
  readonly layer: string;
  readonly group: string | undefined;
  readonly branch: string | undefined;
  readonly origin: string | undefined;
  /** Reads a list of versions below, to find a new id free. */
  readonly listBelow: (
    path: string,
    text: string | null,
  ) => readonly { id: string; name: string; url: string }[];
  /** What else its first commit has, given the state that it starts from. */
  readonly furnish: (repo: Repository, rev: string) => Promise<readonly OwnFile[]>;
  /** The first line of its own file, where the curriculum has the schema that the line names. */
  readonly heading: { readonly schema: string; readonly line: string };
  readonly now: Date;
  readonly progress: (line: string) => void;
}

export interface Forked {
  readonly repo: Repository;
  readonly upstream: VersionFile;
  readonly base: Next;
  readonly commit: string;
}

/**
 * Makes a version of its own: a real clone with all history, the remote called `upstream`, a folder under
 * `versions/`, and a home of its own where one is given. It starts at the edition that upstream invites it to.
 */
export async function forkVersion(request: ForkRequest): Promise<Forked> {
  await refuseUnfinishedFolder(request.folder);
  const existed = (await kindOf(request.folder)) !== null;
  const clear = () => remove(existed ? `${request.folder}/.git` : request.folder);
  let repo = await clone(request, request.branch);
  try {
    const head = await resolve(repo, "HEAD");
    const own = head === null && request.branch === undefined ? ownBranch(await branchesOf(repo)) : null;
    if (own !== null) {
      await clear();
      repo = await clone(request, own);
    }
    return await setUp(repo, request);
  } catch (error) {
    await clear();
    throw error;
  }
}

function clone({ upstream, folder, progress }: ForkRequest, branch: string | undefined): Promise<Repository> {
  return cloneRepository(upstream, folder, {
    originName: UPSTREAM,
    setting: unfinishedSetting("fork"),
    ...(branch ? { branch } : {}),
    progress,
  });
}

async function branchesOf(repo: Repository): Promise<string[]> {
  const found = await refs(repo, [`refs/remotes/${UPSTREAM}/`]);
  return found.map(({ name }) => name.replace(`refs/remotes/${UPSTREAM}/`, ""));
}

async function setUp(repo: Repository, request: ForkRequest): Promise<Forked> {
  const head = await resolve(repo, "HEAD");
  if (head === null) throw await nothingToFork(repo, request.upstream);
  const branch = (await repo.text(["symbolic-ref", "--short", "HEAD"])).trim();
  refuseLeadingOut("this curriculum", (await listTree(repo, head)).keys());
  const upstream = await upstreamVersion(repo, head, request);
  const source = {
    id: upstream.id,
    url: await relativeUrl(request.upstream, request.origin ?? request.folder),
    branch,
    ...(request.group ? { group: request.group } : {}),
  };
  const published = publishedBy(source, await upstreamRefs(repo));
  const group = request.group ?? (published.groups.has("all") ? "all" : undefined);
  if (request.group !== undefined && !published.groups.has(request.group)) {
    throw new Failure("usage", `Upstream has no group called ${request.group}.`, {
      next: [...published.groups.keys()].map((name) => `--group ${quoteAddress(name)}`),
    });
  }
  const base = nextOf(published, { ...source, ...(group ? { group } : {}) }) ?? {
    commit: head,
    edition: null,
  };
  const file: VersionFile = {
    id: request.id,
    name: request.name,
    layer: request.layer,
    upstream: { ...source, ...(group ? { group } : {}) },
    base: { commit: base.commit, ...(base.edition ? { edition: base.edition.name } : {}) },
    holds: [],
  };
  const commit = await firstCommit(repo, { file, base, head, branch, upstream, request });
  // Plain `git pull` and `git push` must not mix this version with its upstream.
  await unsetConfig(repo, `branch.${branch}.remote`);
  await unsetConfig(repo, `branch.${branch}.merge`);
  if (request.origin !== undefined) {
    await addRemote(repo, "origin", request.origin);
    await setConfig(repo, `branch.${branch}.merge`, `refs/heads/${branch}`);
    await setConfig(repo, `branch.${branch}.remote`, "origin");
  }
  // It is whole from here on; what a kill leaves undone, `leeway push` does.
  await endUnfinished(repo);
  if (request.origin !== undefined) {
    const pushed = await push(repo, "origin", [`refs/heads/${branch}:refs/heads/${branch}`]);
    if (!pushed.ok) {
      throw new Failure(
        "environment",
        "The new home has other work in it already, and nothing there was overwritten.",
        {
          where: request.origin,
          next: ["Make an empty repository for this version, and fork again."],
        },
      );
    }
  }
  return { repo, upstream, base, commit };
}

/** Upstream's own branch has no commit: it may have others. */
async function nothingToFork(repo: Repository, upstream: string): Promise<Failure> {
  const own = (await branchesOf(repo)).filter((name) => !name.startsWith("group/") && name !== "HEAD");
  return new Failure("usage", "Upstream has no commit on its own branch, so there is nothing to fork.", {
    where: upstream,
    next: own.map((name) => `--branch ${quoteAddress(name)}   follows this branch of it`),
  });
}

/** Who upstream is, and that the new id is free there. */
async function upstreamVersion(
  repo: Repository,
  head: string,
  { id, upstream, listBelow }: ForkRequest,
): Promise<VersionFile> {
  const files = await versionFilesAt(repo, head);
  if (files.size === 0) {
    throw new Failure("usage", "This curriculum has no versions/ folder, so it does not use Leeway yet.", {
      where: upstream,
      next: [
        `git clone --origin upstream ${quoteAddress(upstream)} DIR   makes a plain copy: diff, drift, rebase and explain work in it`,
        "Or ask its owners to add versions/ID/version.yaml with id, name and layer: central.",
      ],
    });
  }
  if (files.has(id)) {
    throw new Failure("usage", `There is a version called ${id} already.`, {
      where: versionPath(id),
      next: ["Choose another --id."],
    });
  }
  const self = readChain(files, null).self;
  await refuseTakenBelow(repo, head, [...files.keys()], { id, listBelow });
  return self;
}

/** Ids are unique in the trust: a layer above may know a version of this id already. */
export async function refuseTakenBelow(
  repo: Repository,
  head: string,
  layers: readonly string[],
  { id, listBelow }: Pick<ForkRequest, "id" | "listBelow">,
): Promise<void> {
  const paths = layers.map((layer) => `${versionFolder(layer)}/downstream.yaml`);
  const lists = await readObjects(
    repo,
    paths.map((path) => `${head}:${path}`),
  );
  for (const [index, path] of paths.entries()) {
    const text = lists[index]?.bytes.toString("utf8") ?? null;
    const taken = listBelow(path, text).find((each) => each.id === id);
    if (!taken) continue;
    throw new Failure("usage", `The id ${id} is taken by ${taken.name}.`, {
      where: `${path}: ${taken.url}`,
      next: ["Choose another --id."],
    });
  }
}

async function firstCommit(
  repo: Repository,
  {
    file,
    base,
    head,
    branch,
    upstream,
    request,
  }: {
    file: VersionFile;
    base: Next;
    head: string;
    branch: string;
    upstream: VersionFile;
    request: ForkRequest;
  },
): Promise<string> {
  const path = versionPath(file.id);
  const { holds: _, ...data } = file;
  const { schema, line } = request.heading;
  const [known] = await readObjects(repo, [`${base.commit}:${schema}`]);
  const files: readonly OwnFile[] = [
    { path, text: (known ? line : "") + printYaml(data) },
    ...(await request.furnish(repo, base.commit)),
  ];
  const { tree, edits } = await writeFiles(repo, base.commit, files.map(asWhole));
  const title = `Fork ${file.name} from ${upstream.name}`;
  const commit = await commitTree(repo, { tree, parents: [base.commit], message: `${title}\n` });
  if (base.commit !== head) {
    const moved = await checkoutTree(repo, head, base.commit);
    if (!moved.ok)
      throw new Failure("environment", "The new folder was changed while it was made.", {
        where: moved.inTheWay.join(", "),
      });
    await updateRefs(
      repo,
      [{ ref: `refs/heads/${branch}`, new: base.commit, old: head }],
      "leeway: start at the edition",
    );
  }
  await performOperation(
    repo,
    { kind: "own", write: files, stage: edits },
    {
      verb: "fork",
      did: title,
      at: request.now.toISOString(),
      refs: [{ ref: `refs/heads/${branch}`, before: base.commit, after: commit }],
    },
  );
  return commit;
}
