import type { Identity, OwnFileFault } from "../../check/material.ts";
import { Failure } from "../../failure.ts";
import { readTextInside } from "../../files/read.ts";
import { getConfig } from "../../git/config.ts";
import type { Repository } from "../../git/repository.ts";
import { parseVersions, possibleSelves } from "../chain.ts";
import type { Look } from "../look.ts";
import { type OpenVersion, openVersion, versionFilesAt, versionFilesHere } from "../open.ts";
import { parseVersionFile, versionPath } from "../version-file.ts";
import { upstreamEdit } from "./judged.ts";
import type { Since } from "./since.ts";

/** A version of which nothing is doubtful. */
export const NO_DOUBT: Identity = {
  faults: [],
  selves: [],
  foreign: [],
  unpublished: [],
  lostHolds: [],
  judge: [],
};

/** The version that lives here; where it cannot be told, what keeps it from being told. */
export async function openUndoubted(
  look: Look,
  repo: Repository,
  upstream: string | undefined,
): Promise<OpenVersion | { readonly doubt: Identity }> {
  // A named upstream is compared with whatever the folders of versions say.
  const doubt = upstream === undefined ? null : await doubtfulSelf(repo);
  if (doubt !== null) return { doubt };
  try {
    return await openVersion(look, { from: "worktree", upstream, alone: true });
  } catch (error) {
    const found = upstream === undefined ? await doubtfulSelf(repo) : null;
    if (found === null) throw error;
    return { doubt: found };
  }
}

/** What keeps a version from being told at all: several selves, or a version file that cannot be read. */
async function doubtfulSelf(repo: Repository): Promise<Identity | null> {
  const [{ files }, configured] = await Promise.all([
    versionFilesHere(repo),
    getConfig(repo, "leeway.version"),
  ]);
  try {
    const selves = possibleSelves(parseVersions(files));
    if (selves.length < 2 || configured !== null) return null;
    return {
      ...NO_DOUBT,
      selves: selves.map(({ id }) => ({ id, path: versionPath(id), known: false })),
    };
  } catch (error) {
    return { ...NO_DOUBT, faults: [asFault(error)] };
  }
}

/** Where the doubt comes from: a folder that was not there before, or an edit of this version's upstream. */
export async function settled(repo: Repository, identity: Identity, since: Since | null): Promise<Identity> {
  const known = await versionFilesAt(repo, since?.commit ?? "HEAD").catch(() => new Map<string, string>());
  const selves = identity.selves.map((self) => ({ ...self, known: known.has(self.id) }));
  if (since === null || selves.length === 0 || !selves.every((self) => self.known))
    return { ...identity, selves };
  const before = parseVersions(known);
  const [self, another] = possibleSelves(before);
  const text = self && (await readTextInside(repo.root, versionPath(self.id)));
  if (self === undefined || another !== undefined || text == null) return { ...identity, selves };
  const now = parseVersionFile(versionPath(self.id), text);
  return { ...identity, selves: [], judge: upstreamEdit(now, self, text) };
}

/** A failure to read one of this version's own files, as what it is: something to be corrected there. */
export function asFault(error: unknown): OwnFileFault {
  const [, path, line] = /^(versions\/[^:]+?)(?::(\d+))?$/.exec((error as Failure).where ?? "") ?? [];
  if (!(error instanceof Failure) || error.kind !== "usage" || path === undefined) throw error;
  return {
    path,
    line: line === undefined ? 1 : Number(line),
    message: error.message,
    remedy: error.next[0] ?? `Correct ${path}.`,
  };
}
