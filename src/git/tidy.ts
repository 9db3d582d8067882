import { listFolder } from "../files/read.ts";
import type { Repository } from "./repository.ts";

/** From this many packs on, looking an object up in each of them takes longer than joining them. */
const MANY_PACKS = 16;

/**
 * Puts a bare repository that was fetched into many times in order: few packs, all refs in one file, and the history
 * ready to be walked. Nothing that a ref leads to is lost, and nothing else is cleared away.
 */
export async function tidyRepository(repo: Repository): Promise<void> {
  await joinPacks(repo);
  await repo.run(["pack-refs", "--all"]);
  await repo.run(["commit-graph", "write", "--reachable", "--no-progress"]);
}

const joining = new WeakMap<Repository, Promise<void>>();

/**
 * Joins packs where there are many; whoever asks while that is going on waits for it, since two would look for each
 * other's packs. Others may fetch into the repository meanwhile: a pack that is just being written is left alone, and
 * what is in a pack goes into the new one whether a ref leads to it yet or not
 * (https://git-scm.com/docs/git-repack#Documentation/git-repack.txt---geometricltfactorgt).
 */
export function joinPacks(repo: Repository): Promise<void> {
  const going = joining.get(repo) ?? joinNow(repo).finally(() => joining.delete(repo));
  joining.set(repo, going);
  return going;
}

async function joinNow(repo: Repository): Promise<void> {
  const files = (await listFolder(`${repo.commonDir}/objects/pack`)) ?? [];
  const packs = files.filter(({ name }) => name.endsWith(".pack"));
  if (packs.length >= MANY_PACKS) await repo.run(["repack", "--geometric=2", "-d", "-q"]);
}
