import type { JudgeEdit } from "../../check/material.ts";
import { lineWith } from "../../curriculum/lines.ts";
import { Failure } from "../../failure.ts";
import { diffTrees } from "../../git/trees.ts";
import { statusOf } from "../../git/worktree.ts";
import { nextOf, type Published } from "../base/published.ts";
import { beyondBase, findStartingPoint } from "../base/starting-point.ts";
import { moveOfBase } from "../judge/base-facts.ts";
import type { BaseMove } from "../judge/edits.ts";
import { type OpenVersion, versionFilesAt } from "../open.ts";
import { parseVersionFile, type VersionFile, versionPath } from "../version-file.ts";
import type { Since } from "./since.ts";
import { obtainBase, publishedHere } from "./upstream.ts";

/** A version as it is judged: its upstream and base as the protected branch has them, where it has them. */
export interface Judged {
  readonly version: OpenVersion;
  readonly edits: readonly JudgeEdit[];
  readonly unpublished: readonly { readonly commit: string; readonly of: string }[];
}

/**
 * Settles what a version is judged against. The change under judgement does not choose its judge (design §11): an
 * upstream that it edits is not asked, and a base counts only if upstream published it and it lies ahead.
 * @throws Failure "environment" where upstream or the base cannot be had
 */
export async function judgedVersion(
  version: OpenVersion,
  since: Since | null,
  text: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Judged> {
  const { repo, self, head } = version;
  if (self === null) return { version, edits: [], unpublished: [] };
  const before = since === null ? null : await versionAt(version, self.id, since.commit);
  const upstream = before === null ? self.upstream : before.upstream;
  const isProved = since === null && version.start.kind === "known" && self.holds.length === 0;
  if (isProved) return { version, edits: [], unpublished: [] };
  if (upstream === undefined) return { version, edits: upstreamEdit(self, before, text), unpublished: [] };
  const isSame = self.upstream !== undefined && JSON.stringify(self.upstream) === JSON.stringify(upstream);
  const known =
    since === null && isSame && version.published !== null
      ? version.published
      : await publishedHere(repo, upstream, since === null);
  const bases = [self.base?.commit, before?.base?.commit].flatMap((commit) => commit ?? []);
  const holds = self.holds.map(({ base }) => base);
  const { published, unpublished } = await obtainBase(
    repo,
    upstream,
    { known, tags: since === null },
    [...bases, ...holds],
    env,
  );
  const { base, edit } = await judgedBase(version, before, since, published, unpublished);
  const judged = { ...self, upstream, ...(base === undefined ? {} : { base }) };
  const untouched = isSame && base === self.base && published === version.published;
  const start = untouched
    ? version.start
    : await findStartingPoint(repo, judged, published, head, await beyondBase(repo, judged, published, head));
  const moved = edit === null ? [] : [baseEdit(self, text, edit)];
  return {
    version: untouched
      ? version
      : { ...version, self: judged, published, start, next: nextOf(published, upstream) },
    edits: [...upstreamEdit(self, before, text), ...moved],
    unpublished: [
      ...(self.base && unpublished.has(self.base.commit) ? [{ commit: self.base.commit, of: "base" }] : []),
      ...holds.filter((each) => unpublished.has(each)).map((commit) => ({ commit, of: "base of a hold" })),
    ],
  };
}

/** This version on the protected branch; null where it is not there yet, or cannot be read there. */
async function versionAt({ repo }: OpenVersion, id: string, commit: string): Promise<VersionFile | null> {
  const text = (await versionFilesAt(repo, commit)).get(id);
  if (text === undefined) return null;
  try {
    return parseVersionFile(versionPath(id), text);
  } catch (error) {
    if (error instanceof Failure) return null;
    throw error;
  }
}

/** The base that counts: this change's where it is upstream's and was moved as an update moves it, else the protected branch's. */
async function judgedBase(
  { repo, self, head }: OpenVersion,
  before: VersionFile | null,
  since: Since | null,
  published: Published,
  unpublished: ReadonlySet<string>,
): Promise<{ base: VersionFile["base"]; edit: Exclude<BaseMove, "honest"> | null }> {
  const [own, old] = [self?.base, before?.base];
  const counts = (base: VersionFile["base"]) => ({ base, edit: null });
  if (old === undefined || own === undefined || own.commit === old.commit) return counts(own ?? old);
  if (unpublished.has(own.commit)) return counts(old);
  if (unpublished.has(old.commit) || head === null || since === null) return counts(own);
  const move = await moveOfBase(repo, published, old, own, {
    head,
    touched: async () => {
      const [committed, { changes, untracked }] = await Promise.all([
        diffTrees(repo, since.from, head),
        statusOf(repo),
      ]);
      return new Set([...[...committed, ...changes].map(({ path }) => path), ...untracked]);
    },
  });
  return move === "honest" ? counts(own) : { base: old, edit: move };
}

/** An edit of this version's upstream, where it goes into a state that knows another. */
export function upstreamEdit(self: VersionFile, before: VersionFile | null, text: string): JudgeEdit[] {
  if (before === null || JSON.stringify(before.upstream) === JSON.stringify(self.upstream)) return [];
  const was = before.upstream ? `${before.upstream.id} (${before.upstream.url})` : "no upstream";
  return [
    {
      what: "upstream",
      path: versionPath(self.id),
      line: lineWith(text, /^upstream:/m),
      message: `This change gives the version another upstream than ${was}, and is judged against that one still.`,
    },
  ];
}

const MOVED = {
  back: "This change takes the base back to an older or another state of upstream, by which changes would pass as upstream's text.",
  untaken:
    "This change moves the base on to a newer state of upstream and takes nothing of it, by which the update would seem to be taken.",
} as const;

function baseEdit(self: VersionFile, text: string, move: Exclude<BaseMove, "honest">): JudgeEdit {
  return { what: "base", path: versionPath(self.id), line: lineWith(text, /^base:/m), message: MOVED[move] };
}
