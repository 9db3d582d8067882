import { type Ancestry, ancestryBeyond, isAncestor, mergeBases } from "../../git/ancestry.ts";
import { shortId } from "../../git/names.ts";
import { describeObjects } from "../../git/objects.ts";
import { GitFailure } from "../../git/process.ts";
import { isRemembered } from "../../git/remembered.ts";
import type { Repository } from "../../git/repository.ts";
import type { VersionFile } from "../version-file.ts";
import type { Published } from "./published.ts";

/** The base that a version builds on, or why there is none (design §3, law 6). */
export type StartingPoint =
  /** A version without upstream. */
  | { readonly kind: "source" }
  | {
      readonly kind: "known";
      readonly commit: string;
      readonly edition: string | null;
      /** False where Git's ancestry shows a later base than the version's file; the next writing verb records it. */
      readonly recorded: boolean;
    }
  | { readonly kind: "none"; readonly why: string; readonly next: readonly string[] };

/**
 * What this version and upstream have beyond the recorded base; null where that is not asked by itself: of the versions
 * of a trust, whose ancestry is read at once, and where there is no such base.
 */
export async function beyondBase(
  repo: Repository,
  { base }: VersionFile,
  { heads }: Published,
  head: string | null,
): Promise<Ancestry | null> {
  if (base === undefined || head === null || isRemembered(repo)) return null;
  // Where upstream stands by nothing but the base, nothing later can have been merged.
  if (heads.every((commit) => commit === base.commit)) return null;
  try {
    return await ancestryBeyond(repo, base.commit, [head, ...heads]);
  } catch (error) {
    if (error instanceof GitFailure) return null;
    throw error;
  }
}

/** Whether both sides come from the base, and nothing later is in both. */
function isLatestShared(beyond: Ancestry, base: string, head: string, heads: readonly string[]): boolean {
  const [here, there] = [beyond.ancestorsOf([head]), beyond.ancestorsOf(heads)];
  const isLater = (commit: string): boolean => there.has(commit) && beyond.knows([commit]);
  return here.has(base) && there.has(base) && ![...here].some(isLater);
}

/**
 * The recorded base if upstream published it, or the later one that Git's ancestry shows to be merged already
 * (a plain merge, a "Sync fork"), leaving out what `undo` took back after a push.
 * @param beyond what is known of the history beyond the recorded base
 */
export async function findStartingPoint(
  repo: Repository,
  self: VersionFile,
  published: Published,
  head: string | null,
  beyond: Ancestry | null,
): Promise<StartingPoint> {
  if (!self.upstream) return { kind: "source" };
  const fetch = "leeway fetch   get upstream's editions, then look again";
  if (published.heads.length === 0 || head === null) {
    return { kind: "none", why: "nothing has been fetched from upstream yet", next: [fetch] };
  }
  const recorded = self.base;
  if (!recorded) {
    return {
      kind: "none",
      why: `versions/${self.id}/version.yaml records no base`,
      next: [`Write base: {commit: HASH} there, with the upstream commit that this copy was made from.`],
    };
  }
  const known = (commit: string, isRecorded: boolean): StartingPoint => ({
    kind: "known",
    commit,
    edition:
      (isRecorded ? recorded.edition : undefined) ??
      published.editions.find((edition) => edition.commit === commit)?.name ??
      null,
    recorded: isRecorded,
  });
  // Where upstream stands by nothing but the base, nothing later can have been merged.
  if (published.heads.every((commit) => commit === recorded.commit)) return known(recorded.commit, true);
  if (beyond !== null && isLatestShared(beyond, recorded.commit, head, published.heads))
    return known(recorded.commit, true);
  const shared = await mergeBases(repo, head, published.heads);
  if (shared.includes(recorded.commit)) return known(recorded.commit, true);
  if (!(await isPublished(repo, recorded.commit, published))) {
    return {
      kind: "none",
      why: `the recorded base ${shortId(recorded.commit)} is not among what upstream published`,
      next: [fetch, `Or correct base.commit in versions/${self.id}/version.yaml.`],
    };
  }
  for (const later of shared) {
    const undone = recorded.undone !== undefined && (await isAncestor(repo, later, recorded.undone));
    if (!undone && (await isAncestor(repo, recorded.commit, later))) return known(later, false);
  }
  return known(recorded.commit, true);
}

/** Whether a commit is here and among what upstream published. */
export async function isPublished(
  repo: Repository,
  commit: string,
  published: Pick<Published, "heads">,
): Promise<boolean> {
  const [found] = await describeObjects(repo, [commit]);
  if (found?.type !== "commit") return false;
  const shared = await mergeBases(repo, commit, published.heads);
  return shared.includes(commit);
}
