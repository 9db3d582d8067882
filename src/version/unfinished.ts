import { Failure } from "../failure.ts";
import { readText } from "../files/read.ts";
import { getConfig, setConfig, unsetConfig } from "../git/config.ts";
import type { Repository } from "../git/repository.ts";

/** The setting that a folder carries while `fork` or `init` is making it. */
const UNFINISHED = "leeway.unfinished";

/** The setting as Git takes it when it makes a repository, so that not a moment is without it. */
export function unfinishedSetting(verb: string): string {
  return `${UNFINISHED}=${verb}`;
}

export async function beginUnfinished(repo: Repository, verb: string): Promise<void> {
  await setConfig(repo, UNFINISHED, verb);
}

export async function endUnfinished(repo: Repository): Promise<void> {
  await unsetConfig(repo, UNFINISHED);
}

/** @throws Failure "usage" where a repository was being made when the process was killed: it is no version yet */
export async function refuseUnfinished(repo: Repository): Promise<void> {
  const verb = await getConfig(repo, UNFINISHED);
  if (verb !== null) throw cutShort(verb, repo.root);
}

/** The same for a folder that a new version is to be made in. */
export async function refuseUnfinishedFolder(folder: string): Promise<void> {
  const config = (await readText(`${folder}/.git/config`)) ?? "";
  const verb = /^\[leeway\]\n(?:\t.*\n)*?\tunfinished = (\w+)$/m.exec(config)?.[1];
  if (verb !== undefined) throw cutShort(verb, folder);
}

function cutShort(verb: string, folder: string): Failure {
  return new Failure(
    "usage",
    `An earlier leeway ${verb} into this folder was cut short, and what it left is no version yet.`,
    {
      where: folder,
      next: [
        `rm -r "${folder}"   removes it, if you put nothing of your own there; then leeway ${verb} again`,
      ],
    },
  );
}
