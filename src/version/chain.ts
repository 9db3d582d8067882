import { Failure } from "../failure.ts";
import { parseVersionFile, type VersionFile, versionPath } from "./version-file.ts";

/** This version and the layers above it, nearest first, as the folders under `versions/` tell them. */
export interface Chain {
  readonly self: VersionFile;
  readonly above: readonly VersionFile[];
}

/**
 * Finds which version this is: the one that no other names as its upstream (design §3).
 * @param files text of each `versions/<id>/version.yaml`, by folder name
 * @param configured `git config leeway.version`, which settles a doubt
 * @throws Failure "usage" where none or several could be self, or a folder and its id disagree.
 */
export function readChain(files: ReadonlyMap<string, string>, configured: string | null): Chain {
  const versions = parseVersions(files);
  const self = findSelf(versions, configured);
  return { self, above: layersAbove(self, versions) };
}

/**
 * Every version of a tree, by folder.
 * @throws Failure "usage" where a file cannot be read, or its folder and its id disagree
 */
export function parseVersions(files: ReadonlyMap<string, string>): Map<string, VersionFile> {
  const versions = new Map<string, VersionFile>();
  for (const [folder, text] of files) {
    const path = versionPath(folder);
    const version = parseVersionFile(path, text);
    if (version.id !== folder) {
      throw new Failure(
        "usage",
        `The id in this file is ${version.id}, but its folder is called ${folder}.`,
        {
          where: path,
          next: ["An id never changes. Give folder and file the same id again."],
        },
      );
    }
    versions.set(folder, version);
  }
  return versions;
}

/** The versions that could be the one that lives here: no other names them as its upstream. */
export function possibleSelves(versions: ReadonlyMap<string, VersionFile>): VersionFile[] {
  const named = new Set([...versions.values()].map((version) => version.upstream?.id));
  return [...versions.values()].filter((version) => !named.has(version.id));
}

function findSelf(versions: ReadonlyMap<string, VersionFile>, configured: string | null): VersionFile {
  if (configured !== null) {
    const named = versions.get(configured);
    if (named) return named;
    throw new Failure(
      "usage",
      `The setting leeway.version says ${configured}, but there is no such version here.`,
      {
        next: [`git config leeway.version ID   with one of: ${[...versions.keys()].join(", ")}`],
      },
    );
  }
  const candidates = possibleSelves(versions);
  const [only, another] = candidates;
  if (only && !another) return only;
  const ids = (candidates.length > 0 ? candidates : [...versions.values()]).map(({ id }) => id);
  throw new Failure("usage", `It is not clear which version this is: ${ids.join(" or ")} could be.`, {
    where: "versions/",
    next: [`git config leeway.version ${ids[0]}   if this is ${ids[0]}`],
  });
}

function layersAbove(self: VersionFile, versions: ReadonlyMap<string, VersionFile>): VersionFile[] {
  const above: VersionFile[] = [];
  let at = self;
  while (at.upstream) {
    const next = versions.get(at.upstream.id);
    if (!next) break;
    if (next === self || above.includes(next)) {
      throw new Failure(
        "usage",
        `The versions name each other as upstream in a circle: ${at.id} and ${next.id}.`,
        {
          where: versionPath(at.id),
          next: ["Correct the upstream of one of them."],
        },
      );
    }
    above.push(next);
    at = next;
  }
  return above;
}
