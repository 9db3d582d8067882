import { isDocumentPath } from "../../curriculum/read.ts";
import { kindOf } from "../../files/read.ts";
import { joinChanges, type TreeChange, withoutSubmodules } from "../../git/raw-diff.ts";
import type { Repository } from "../../git/repository.ts";
import { diffTrees, listTree } from "../../git/trees.ts";
import { type Status, statusOf } from "../../git/worktree.ts";
import { type BaseTree, baseCommitOf, documentsWithHeld } from "../base/base-tree.ts";

/** Where the later text is read: the files as they lie there, or a commit. */
export type Later =
  /** Who asks Git for the status anyway hands it on; and texts that are read in place of what lies there. */
  | {
      readonly kind: "worktree";
      /** The commit that is checked out, where that is known. */
      readonly head?: string | null;
      readonly status?: Promise<Status>;
      readonly instead?: ReadonlyMap<string, Buffer>;
    }
  | { readonly kind: "commit"; readonly commit: string };

/** The files that differ from a base tree: the curriculum's, and those of the folders of versions. */
export interface Listed {
  readonly curriculum: readonly TreeChange[];
  readonly versions: readonly TreeChange[];
}

/** The files that differ, by path: those that Git tracks, and those that it does not track yet. */
export async function listChanges(repo: Repository, base: BaseTree, later: Later): Promise<Listed> {
  const apart = (all: TreeChange[]): Listed => ({
    curriculum: all.filter(({ path }) => isOutside(path)),
    versions: all.filter(({ path }) => !isOutside(path)),
  });
  if (later.kind === "commit") return apart((await listTracked(repo, base, later.commit)).sort(byPath));
  const status = later.status ?? statusOf(repo);
  const lists = [
    listTracked(repo, base, later.head ?? "HEAD", status),
    status.then(({ untracked, repositories }) =>
      listFresh(
        repo,
        untracked.filter((path) => !repositories.includes(path)),
      ),
    ),
  ];
  return apart((await Promise.all(lists)).flat().sort(byPath));
}

function byPath(a: TreeChange, b: TreeChange): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}

function isOutside(path: string): boolean {
  return !path.startsWith("versions/");
}

/** What differs in the files that Git tracks. */
async function listTracked(
  repo: Repository,
  base: BaseTree,
  commit: string,
  unsaved?: Promise<Status>,
): Promise<TreeChange[]> {
  const since = async (from: string): Promise<TreeChange[]> => {
    const saved = diffTrees(repo, from, commit, { renames: true });
    const all = unsaved ? joinChanges(await saved, (await unsaved).changes) : await saved;
    return withoutSubmodules(all);
  };
  const pathHolds = base.holds.filter((hold) => hold.passage === null);
  const commits = new Set([base.commit, ...pathHolds.map((hold) => hold.hold.base)]);
  const lists = await Promise.all([...commits].map(async (from) => ({ from, entries: await since(from) })));
  const differing = lists.flatMap(({ from, entries }) =>
    entries.filter((entry) => baseCommitOf(base, entry.from ?? entry.path) === from),
  );
  return withHeldPassages(repo, base, commit, differing);
}

/**
 * The same with the documents that differ from the base tree by held passages: their text at the base is in no commit,
 * so that Git tells of them by chance alone.
 */
async function withHeldPassages(
  repo: Repository,
  base: BaseTree,
  commit: string,
  differing: readonly TreeChange[],
): Promise<TreeChange[]> {
  const held = await documentsWithHeld(repo, base);
  if (held.size === 0) return [...differing];
  const listed = new Set(differing.map(({ from, path }) => from ?? path));
  const others = [...held.keys()].filter((path) => !listed.has(path));
  const files = others.length === 0 ? new Map() : await listTree(repo, commit, others);
  return [
    // Upstream has removed what the hold keeps.
    ...differing.map((entry): TreeChange => {
      const before = held.get(entry.path);
      return entry.status === "A" && before ? { ...entry, status: "M", oldMode: before.mode } : entry;
    }),
    ...others.map((path): TreeChange => {
      const { mode = "000000", oid = null } = files.get(path) ?? {};
      const status = oid === null ? "D" : "M";
      return {
        status,
        path,
        oldMode: held.get(path)?.mode ?? mode,
        newMode: mode,
        oldOid: null,
        newOid: oid,
      };
    }),
  ];
}

/** The files that Git does not track yet, each as an addition. */
async function listFresh(repo: Repository, paths: readonly string[]): Promise<TreeChange[]> {
  const added = { status: "A", oldMode: "000000", oldOid: null, newOid: null } as const;
  return Promise.all(
    paths.map(async (path) => {
      const link = isDocumentPath(path) && (await kindOf(`${repo.root}/${path}`)) === "link";
      return { ...added, path, newMode: link ? LINK : "100644" };
    }),
  );
}

const LINK = "120000";

/** A link is no document, whatever it leads to: its text is not this curriculum's. */
export function isLink({ oldMode, newMode }: TreeChange): boolean {
  return oldMode === LINK || newMode === LINK;
}
