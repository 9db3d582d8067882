import { fileFacts, readText } from "../../files/read.ts";
import { walkFolder } from "../../files/walk.ts";
import { writeAtomic } from "../../files/write.ts";
import { getConfig } from "../../git/config.ts";
import type { Repository } from "../../git/repository.ts";
import { UPSTREAM } from "./published.ts";

const DAY = 24 * 60 * 60 * 1000;

/** Editions come a few times a year: for a fortnight what was fetched needs no remark. */
const FRESH = 14 * DAY;

function notePath({ commonDir }: Repository): string {
  return `${commonDir}/leeway/fetched`;
}

/** Notes that upstream was fetched: where nothing was new, Git keeps no trace that lasts. */
export async function noteFetch(repo: Repository, now: Date): Promise<void> {
  await writeAtomic(notePath(repo), `${now.toISOString()}\n`);
}

/**
 * The day on which upstream was last fetched, where that is so long ago that "nothing newer" is to be said with it.
 * @returns YYYY-MM-DD; null where it is not long ago, or cannot be told
 */
export async function oldFetch(repo: Repository, now: Date): Promise<string | null> {
  const isFresh = (time: number): boolean => now.getTime() - time < FRESH;
  const noted = Math.max(await timeOfNote(repo), await timeInReflogs(repo));
  if (isFresh(noted)) return null;
  const last = Math.max(noted, await timeOfFetchHead(repo));
  if (last === 0 || isFresh(last)) return null;
  return new Date(last).toISOString().slice(0, 10);
}

async function timeOfNote(repo: Repository): Promise<number> {
  return Date.parse((await readText(notePath(repo))) ?? "") || 0;
}

/** When a branch of upstream last moved here, or was cloned. */
async function timeInReflogs({ commonDir }: Repository): Promise<number> {
  const folder = `${commonDir}/logs/refs/remotes/${UPSTREAM}`;
  const logs = await Promise.all((await walkFolder(folder)).map(({ path }) => readText(`${folder}/${path}`)));
  const times = logs.map((log) => Number(/> (\d+) [+-]\d{4}\t[^\n]*\n?$/.exec(log ?? "")?.[1] ?? 0));
  return 1000 * Math.max(0, ...times);
}

/** What somebody fetched with Git itself, if it was upstream: Git keeps the last one alone, whatever it was. */
async function timeOfFetchHead(repo: Repository): Promise<number> {
  const path = `${repo.gitDir}/FETCH_HEAD`;
  const [text, facts] = await Promise.all([readText(path), fileFacts(path)]);
  if (!text || facts === null) return 0;
  const url = asFetched((await getConfig(repo, `remote.${UPSTREAM}.url`)) ?? "");
  const isUpstream = url !== "" && text.split("\n").some((line) => line.endsWith(` of ${url}`));
  return isUpstream ? facts.changed : 0;
}

/** An address as Git writes it down after a fetch. */
function asFetched(url: string): string {
  return url
    .replace(/\/+$/, "")
    .replace(/\.git$/, "")
    .replace(/^([a-z]+:\/\/)[^/@]*@/, "$1");
}
