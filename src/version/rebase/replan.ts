import { isAncestor, mergeBases } from "../../git/ancestry.ts";
import { readObjects } from "../../git/objects.ts";
import { revList } from "../../git/refs.ts";
import type { Repository } from "../../git/repository.ts";
import { readHolds } from "../base/holds.ts";
import { versionTextAt } from "../change/own-files.ts";
import type { OpenVersion } from "../open.ts";
import { type Hold, parseVersionFile, type VersionFile, versionPath } from "../version-file.ts";
import { makePlan } from "./make-plan.ts";
import type { RebasePlan } from "./plan.ts";

/** A rebase that began: from where, what it took, and this version's own file as it left it. */
export interface Begun {
  readonly before: string;
  readonly to: string;
  readonly edition: string | null;
  /** Text of `version.yaml` after it; empty in plain mode. */
  readonly own: string;
  /** The commit that came of it; null while it waits for decisions. */
  readonly commit: string | null;
}

/** More merges than this are not looked through for the last update. */
const MOST_LOOKED = 200;

/** The update that was taken last, found by its merge commit; null where there was none. */
export async function lastTaken({ repo, head, self, published }: OpenVersion): Promise<Begun | null> {
  if (head === null || published === null) return null;
  const merges = await revList(repo, [
    "--first-parent",
    "--merges",
    "--parents",
    `--max-count=${MOST_LOOKED}`,
    head,
  ]);
  for (const line of merges) {
    const [commit = "", before = "", to = "", more] = line.split(" ");
    if (more !== undefined || !(await isPublished(repo, to, published.heads))) continue;
    const own = self === null ? "" : await versionTextAt(repo, commit, self.id);
    const edition = published.editions.find((each) => each.commit === to)?.name ?? null;
    return { before, to, edition, own, commit };
  }
  return null;
}

async function isPublished(repo: Repository, commit: string, heads: readonly string[]): Promise<boolean> {
  for (const head of heads) if (await isAncestor(repo, commit, head)) return true;
  return false;
}

/** Works out once more what a rebase decided, from the commits that it began with; nothing of it was stored. */
export async function replan(
  version: OpenVersion,
  begun: Begun,
): Promise<{ plan: RebasePlan; base: string }> {
  const { repo, self } = version;
  const { before, to, edition, own } = begun;
  const was = self === null ? null : await fileAt(repo, before, self);
  const base = await baseThen(repo, was, begun);
  const held = self === null || own === "" ? [] : parseVersionFile(versionPath(self.id), own).holds;
  const earlier = was?.holds ?? [];
  const plan = await makePlan({
    version: { ...version, head: before, self: was },
    head: before,
    base: { commit: base, edition: was?.base?.edition ?? null, recorded: true },
    next: {
      commit: to,
      edition: edition === null ? null : { name: edition, commit: to, date: "", notes: "" },
    },
    today: "",
    only: [],
    why: "",
    holds: {
      before: readHolds(earlier),
      after: readHolds(held),
      ended: earlier.filter(({ at }) => !held.some((hold: Hold) => hold.at === at)),
    },
    preview: true,
  });
  return { plan, base };
}

async function fileAt(repo: Repository, commit: string, self: VersionFile): Promise<VersionFile | null> {
  const path = versionPath(self.id);
  const [file] = await readObjects(repo, [`${commit}:${path}`]);
  return file === null || file === undefined ? null : parseVersionFile(path, file.bytes.toString("utf8"));
}

/** The base that was recorded then, or the later one that ancestry showed. */
async function baseThen(repo: Repository, was: VersionFile | null, { before, to }: Begun): Promise<string> {
  const shared = await mergeBases(repo, before, [to]);
  const recorded = was?.base?.commit;
  if (recorded === undefined) return shared[0] ?? to;
  for (const later of shared) {
    if (later !== recorded && (await isAncestor(repo, recorded, later))) return later;
  }
  return recorded;
}
