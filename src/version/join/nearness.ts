import { isCurriculumPath } from "../../curriculum/conventions.ts";
import type { CommitChanges } from "../../git/history.ts";
import type { TreeChange } from "../../git/raw-diff.ts";
import type { Repository } from "../../git/repository.ts";
import { diffManyTrees } from "../../git/trees.ts";
import { WORTH } from "./evidence.ts";
import type { Texts } from "./texts.ts";

/** How the files of a copy stand to those of one upstream commit. */
export interface Nearness {
  readonly commit: string;
  /** ISO 8601, when the commit was made. */
  readonly date: string;
  readonly files: number;
  /** Files exactly as in that commit, at the same path and at another one. */
  readonly same: number;
  readonly moved: number;
  /** Files that share at least half of their words with one of that commit, and their mean share. */
  readonly near: number;
  readonly share: number;
  /** Files of the same name with little in common. */
  readonly rewritten: number;
  readonly onlyHere: number;
  readonly onlyThere: number;
  /** Documents among the files here, and those of them that are the same, moved or near. */
  readonly documents: number;
  readonly recognised: number;
}

/** From this share of common words on, a file counts as nearly the same. */
const NEAR = 0.5;
/** Compares a copy with commits file by file, Git's renames followed; one process for all trees. */
export async function compareAll(
  { repo, tree }: { readonly repo: Repository; readonly tree: string },
  copy: ReadonlyMap<string, string>,
  commits: readonly Pick<CommitChanges, "id" | "time">[],
  texts: Texts,
): Promise<Nearness[]> {
  const diffs = await diffManyTrees(
    repo,
    commits.map(({ id }) => ({ from: id, to: tree })),
    { renames: true },
  );
  const all = diffs.map((changes) => changes.filter(({ path }) => !path.startsWith("versions/")));
  const pairs = all.flat().filter(isPair);
  const shares = await texts.likenesses(
    pairs.map(({ oldOid, newOid }) => [oldOid ?? "", newOid ?? ""] as const),
  );
  const shareOf = new Map(pairs.map((change, index) => [change, shares[index] ?? 0]));
  return commits.map(({ id, time }, index) => ({
    commit: id,
    date: new Date(time * 1000).toISOString(),
    ...countFiles([...copy.keys()], all[index] ?? [], shareOf),
  }));
}

const isPair = ({ oldOid, newOid }: TreeChange): boolean => oldOid !== null && newOid !== null;

function countFiles(
  paths: readonly string[],
  changes: readonly TreeChange[],
  shareOf: ReadonlyMap<TreeChange, number>,
): Omit<Nearness, "commit" | "date"> {
  const pairs = changes.filter(isPair);
  const moved = pairs.filter(({ oldOid, newOid }) => oldOid === newOid);
  const edited = pairs.filter(({ oldOid, newOid }) => oldOid !== newOid);
  const near = edited.filter((change) => (shareOf.get(change) ?? 0) >= NEAR);
  const onlyHere = changes.filter(({ oldOid }) => oldOid === null);
  const unlike = [...edited.filter((change) => !near.includes(change)), ...onlyHere];
  const isDocument = (path: string): boolean => isCurriculumPath(path);
  const documents = paths.filter(isDocument).length;
  const total = near.reduce((sum, change) => sum + (shareOf.get(change) ?? 0), 0);
  return {
    files: paths.length,
    same: paths.length - pairs.length - onlyHere.length,
    moved: moved.length,
    near: near.length,
    share: near.length === 0 ? 1 : total / near.length,
    rewritten: edited.length - near.length,
    onlyHere: onlyHere.length,
    onlyThere: changes.filter(({ newOid }) => newOid === null).length,
    documents,
    recognised: documents - unlike.filter(({ path }) => isDocument(path)).length,
  };
}

/** What all files of a commit say for it together. */
export function worthOfAll({ same, moved, near, share, onlyThere }: Nearness): number {
  return WORTH.same * same + WORTH.moved * moved + WORTH.alike * near * share + WORTH.absent * onlyThere;
}
