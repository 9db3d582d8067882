import { resolve as absolute } from "node:path";
import { Failure } from "../../failure.ts";
import { storeFolder, withBorrowed } from "../../git/borrowed.ts";
import { userName } from "../../git/config.ts";
import type { Repository } from "../../git/repository.ts";
import { nameless } from "../../git/write-objects.ts";
import { type Next, UPSTREAM } from "../base/published.ts";
import { isRemote, relativeUrl, resolveUrl } from "../base/relative-url.ts";
import { readChain } from "../chain.ts";
import { versionFilesAt } from "../open.ts";
import { refuseTakenBelow } from "../start/fork.ts";
import { type VersionFile, versionPath } from "../version-file.ts";
import { type Copy, openCopy, refuseOuterFolder } from "./copy.ts";
import { findOrigin, nearnessTo, type Origin, type Sought } from "./nearest.ts";
import type { Nearness } from "./nearness.ts";
import { fetchUpstream, type JoinedUpstream, namedCommit } from "./upstream.ts";
import { writeJoin } from "./write-join.ts";

export interface JoinRequest {
  /** Absolute. */
  readonly folder: string;
  /** An address, an absolute path, or the name of a remote. */
  readonly upstream: string;
  readonly id: string;
  readonly name: string;
  readonly layer: string;
  readonly group: string | undefined;
  readonly branch: string | undefined;
  /** The base that a person names, instead of the nearest. */
  readonly base: string | undefined;
  readonly dryRun: boolean;
  /** Reads a list of versions below, to find a new id free. */
  readonly listBelow: Parameters<typeof refuseTakenBelow>[3]["listBelow"];
  readonly now: Date;
  readonly progress: (line: string) => void;
}

export interface Joined {
  readonly copy: Copy["kind"];
  readonly folder: string;
  readonly url: string;
  readonly upstream: JoinedUpstream;
  readonly base: Next;
  readonly nearness: Nearness;
  /** How the base was found; null where a person named it. */
  readonly origin: Origin | null;
  /** Where `origin` leads to upstream itself, this version has no home of its own. */
  readonly homeless: boolean;
  /** Null for a dry run. */
  readonly commit: string | null;
}

/** A copy with less of its documents known to upstream than this is not taken for a copy of it. */
const LEAST_RECOGNISED = 0.1;

/**
 * Brings an existing copy under Leeway (design §4): finds the upstream commit that it is nearest to and records it
 * as its base. Everything is fetched and looked at beside the copy; only then the copy is written to, in one commit.
 * @throws Failure "environment" where the copy has nothing in common with upstream
 */
export async function joinVersion(request: JoinRequest): Promise<Joined> {
  const copy = await openCopy(request.folder);
  const known = copy.kind === "folder" ? new Map<string, string>() : copy.remotes;
  const remote = known.get(request.upstream);
  const url = remote === undefined ? request.upstream : resolveUrl(remote, copy.folder);
  refuseOtherUpstream(copy, url);
  return withBorrowed(copy.kind === "folder" ? null : copy.repo, async (trial) => {
    request.progress(`Fetching from ${url} …`);
    const upstream = await fetchUpstream(trial, { ...request, url });
    await refuseTakenBelow(trial, upstream.tip, [...upstream.versions], request);
    if (copy.kind === "version") await refuseVersion(copy.repo, copy.head, upstream);
    request.progress("Looking for the state that this copy was made from …");
    const head = copy.kind === "version" ? copy.head : null;
    const tree = head ?? (await storeFolder(trial, copy.folder));
    const { names, published } = upstream;
    const { base, nearness, origin } = await findBase(upstream, request.base, {
      repo: trial,
      tree,
      head,
      names,
      published,
    });
    await refuseOuterFolder(copy, nearness.same);
    const home = known.get("origin");
    const found = {
      copy: copy.kind,
      folder: copy.folder,
      url,
      upstream,
      base,
      nearness,
      origin,
      homeless: home !== undefined && sameAddress(home, url, copy.folder),
    };
    if (request.dryRun) return { ...found, commit: null };
    if (copy.kind !== "folder" && (await userName(copy.repo)) === null) throw nameless();
    const file = await versionFile(request, { upstream, base, url, home: found.homeless ? undefined : home });
    const commit = await writeJoin({ copy, trial, file, upstream, url, now: request.now });
    return { ...found, commit };
  });
}

async function findBase(
  upstream: JoinedUpstream,
  named: string | undefined,
  sought: Sought,
): Promise<Pick<Joined, "base" | "nearness" | "origin">> {
  if (named !== undefined) {
    const base = await namedCommit(sought.repo, upstream, named);
    return { base, nearness: await nearnessTo(sought, base.commit), origin: null };
  }
  const origin = await findOrigin(sought);
  if (origin === null || isHopeless(origin)) throw nothingInCommon(origin, upstream);
  const { nearest } = origin;
  const edition = upstream.published.editions.find(({ commit }) => commit === nearest.commit) ?? null;
  return { base: { commit: nearest.commit, edition }, nearness: nearest, origin };
}

function isHopeless({ by, nearest: { recognised, documents } }: Origin): boolean {
  return by === "content" && (recognised === 0 || recognised < LEAST_RECOGNISED * documents);
}

function nothingInCommon(origin: Origin | null, { name, branch }: JoinedUpstream): Failure {
  const { recognised, documents } = origin?.nearest ?? { recognised: 0, documents: 0 };
  const found =
    documents === 0
      ? "there is no document in this copy"
      : `of ${documents} ${documents === 1 ? "document" : "documents"} here, ${recognised === 0 ? "none" : `only ${recognised}`} is like one that upstream ever had`;
  return new Failure("environment", `No starting point: ${found}. Nothing was changed.`, {
    where: `${name}, ${branch} and all other branches and tags`,
    next: [
      "Is this the right upstream, and the right folder?",
      "leeway join UPSTREAM … --base REV   if you know which of its states this copy was made from",
    ],
  });
}

async function versionFile(
  { id, name, layer, folder }: JoinRequest,
  at: { upstream: JoinedUpstream; base: Next; url: string; home: string | undefined },
): Promise<VersionFile> {
  const { upstream, base, url, home } = at;
  return {
    id,
    name,
    layer,
    upstream: {
      id: upstream.id,
      url: await relativeUrl(url, home ?? folder),
      branch: upstream.branch,
      ...(upstream.group ? { group: upstream.group } : {}),
    },
    base: { commit: base.commit, ...(base.edition ? { edition: base.edition.name } : {}) },
    holds: [],
  };
}

/** A copy follows one upstream; another one is not replaced without a word. */
function refuseOtherUpstream(copy: Copy, url: string): void {
  if (copy.kind === "folder") return;
  if (sameAddress(copy.folder, url, copy.folder)) {
    throw new Failure("usage", "This folder cannot be its own upstream.", { where: url });
  }
  const known = copy.remotes.get(UPSTREAM);
  if (known === undefined || sameAddress(known, url, copy.folder)) return;
  throw new Failure("usage", "This copy has another upstream already.", {
    where: known,
    next: [
      "leeway join upstream …   joins that one",
      "git remote rename upstream former-upstream   then leeway join again",
    ],
  });
}

/** A copy of upstream holds upstream's versions at most; with one of its own it has joined already. */
async function refuseVersion(repo: Repository, head: string, upstream: JoinedUpstream): Promise<void> {
  const files = await versionFilesAt(repo, head);
  if (files.size === 0) return;
  const { self } = readChain(files, null);
  if (upstream.versions.has(self.id)) return;
  throw new Failure("usage", `This copy is under Leeway already: it is ${self.name}.`, {
    where: versionPath(self.id),
    next: ["leeway status   shows where it stands"],
  });
}

function sameAddress(a: string, b: string, home: string): boolean {
  const plain = (url: string): string =>
    (isRemote(url) ? url : absolute(home, url)).replace(/\/+$/, "").replace(/(\/\.git|\.git)$/, "");
  return plain(a) === plain(b);
}
