import { listFolder } from "../files/read.ts";
import type { Repository } from "./repository.ts";

/** From this many packs on, looking an object up in each of them takes longer than joining them. */
const MANY_PACKS = 16;

/**
 * Puts a bare repository that was fetched into many times in order: few packs, all refs in one file, and the history
 * ready to be walked. Nothing that a ref leads to is lost, and nothing else is cleared away.
 */
export async function tidyRepository(repo: Repository): Promise<void> {
  const packs = ((await listFolder(`${repo.commonDir}/objects/pack`)) ?? []).filter(({ name }) =>
    name.endsWith(".pack"),
  );
  if (packs.length >= MANY_PACKS) await repo.run(["repack", "--geometric=2", "-d", "-q"]);
  await repo.run(["pack-refs", "--all"]);
  await repo.run(["commit-graph", "write", "--reachable", "--no-progress"]);
}
