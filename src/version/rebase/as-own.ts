import { readObjects } from "../../git/objects.ts";
import type { Repository } from "../../git/repository.ts";
import { writeSyntheticCommit } from "../../git/synthetic-commit.ts";
import { writeFiles } from "../../git/write-tree.ts";
import type { RebasePlan } from "./plan.ts";

/**
 * The commit that a rebase would end in if this version kept its own text wherever it is asked: what versions below
 * it would then be offered. No ref points at it.
 * @param now seconds since 1970
 */
export async function commitAsOwn(repo: Repository, plan: RebasePlan, now: number): Promise<string> {
  const tree = await treeAsOwn(repo, plan);
  const parents = [plan.from, plan.to];
  return writeSyntheticCommit(repo, { tree, parents, message: "Made up to look ahead", time: now });
}

async function treeAsOwn(repo: Repository, { tree, decisions, stages }: RebasePlan): Promise<string> {
  const marked = decisions.filter((each) => each.marked !== null);
  const paths = [...new Set(marked.map(({ path }) => path))];
  if (paths.length === 0) return tree;
  const objects = await readObjects(
    repo,
    paths.map((path) => `${tree}:${path}`),
  );
  const texts = paths.map((path, index) =>
    marked
      .filter((each) => each.path === path)
      .reduce(
        (text, { marked: lines, ours }) => text.replace(lines ?? "", () => ours ?? ""),
        objects[index]?.bytes.toString("utf8") ?? "",
      ),
  );
  const modes = new Map(stages.map((each) => [each.path, (each.stages[2] ?? each.stages[3])?.mode]));
  const files = paths.map((path, index) => ({
    path,
    mode: modes.get(path) ?? "100644",
    bytes: Buffer.from(texts[index] ?? "", "utf8"),
  }));
  return (await writeFiles(repo, tree, files)).tree;
}
