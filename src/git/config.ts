import { readText } from "../files/read.ts";
import type { Repository } from "./repository.ts";

/** The last value of a setting; null if it is not set. From this repository alone unless `anywhere`. */
export async function getConfig(
  repo: Repository,
  key: string,
  options: { anywhere?: boolean } = {},
): Promise<string | null> {
  if (!options.anywhere && !(await mayBeSet(repo, key.slice(0, key.indexOf("."))))) return null;
  const scope = options.anywhere ? [] : ["--local"];
  const { code, stdout } = await repo.run(["config", ...scope, "-z", "--get", key], { ok: [0, 1] });
  return code === 0 ? stdout.toString("utf8").replace(/\0$/, "") : null;
}

/**
 * Whether this repository may have settings of a section, such as `remote` and in it `origin`: a look at the file
 * spares the process for what is hardly ever set. What it includes may set anything.
 */
export async function mayBeSet(repo: Repository, ...section: readonly string[]): Promise<boolean> {
  const text = (await readText(`${repo.commonDir}/config`))?.toLowerCase();
  const heading = new RegExp(`\\[\\s*${section.join('[\\s."]+').toLowerCase()}(?![\\w-])`);
  return text === undefined || /include|worktreeconfig/.test(text) || heading.test(text);
}

/** Gives a setting of this repository one value, in place of all it had. */
export async function setConfig(repo: Repository, key: string, value: string): Promise<void> {
  await repo.run(["config", "--local", "--replace-all", key, value]);
}

/** Names the program that merges files whose attributes say so: in this repository, for its user alone. */
export async function setMergeDriver(repo: Repository, name: string, command: string): Promise<void> {
  await setConfig(repo, `merge.${name}.driver`, command);
}

/** Removes all settings of a section, such as `merge.leeway`; nothing happens if there are none. */
export async function removeSection(repo: Repository, section: string): Promise<void> {
  await repo.run(["config", "--local", "--remove-section", section], { ok: [0, 128] });
}

/** Removes a setting of this repository; nothing happens if it is not set. */
export async function unsetConfig(repo: Repository, key: string): Promise<void> {
  await repo.run(["config", "--local", "--unset-all", key], { ok: [0, 5] });
}

/** The name that the user's commits carry; null if Git has been told none. */
export async function userName(repo: Repository): Promise<string | null> {
  const args = ["-c", "user.useConfigOnly=true", "var", "GIT_AUTHOR_IDENT"];
  const { code, stdout } = await repo.run(args, { ok: [0, 1, 128] });
  return code === 0 ? stdout.toString("utf8").replace(/ <[^<>]*> \d+ [+-]\d+\s*$/, "") : null;
}
