import { hash } from "node:crypto";
import { METRIC } from "../drift/figures.ts";
import { readText } from "../files/read.ts";
import { makeFolder, writePlain } from "../files/write.ts";
import type { Repository } from "../git/repository.ts";
import { turnsOf } from "../git/turns.ts";
import { stillHolds } from "../version/base/holds.ts";
import type { Downstream } from "../version/downstream.ts";
import type { HubView } from "./hub.ts";
import type { Listed } from "./listed.ts";
import type { MeasuredVersion } from "./measured.ts";

/** What was measured of a version, kept until its commits or those of its upstream change. */
export interface Kept {
  readonly key: string;
  /** The day it was measured on: holds that have ended since change the figures. */
  readonly day: string;
  readonly list: readonly Downstream[];
  readonly measured: MeasuredVersion;
}

/** The shape of what is kept; another one is measured again. */
const SHAPE = 4;

/**
 * Everything that the figures of a version follow from, in one word: where it stands, what its upstream has
 * published (which holds the rules as well), what its list says of it, and the measure.
 */
export function keyOf({ refs, notes }: HubView, listed: Listed, head: string): string {
  const published = (refs.get(listed.upstream) ?? []).map(({ name, oid }) => `${name} ${oid}`);
  const { id, upstream, group } = listed;
  const parts = [SHAPE, METRIC, id, upstream, group, notes[upstream]?.branch, head, ...published];
  return hash("sha256", JSON.stringify(parts), "hex");
}

/** One file after another: the texts of a thousand at once would take more room than what stands in them. */
const oneByOne = turnsOf(1);

/** What is kept under that key; null where it is not, or where a hold has ended since. */
export async function readKept(
  hub: Repository,
  id: string,
  key: string,
  today: string,
): Promise<Kept | null> {
  const release = await oneByOne();
  try {
    const text = await readText(keptPath(hub, id));
    // Most of a file that is out of date need not be read.
    if (text === null || !text.startsWith(`{"key":"${key}"`)) return null;
    const kept = JSON.parse(text) as Kept;
    const { holds } = kept.measured;
    return holds.some((hold) => stillHolds(hold, kept.day) !== stillHolds(hold, today)) ? null : kept;
  } catch {
    return null;
  } finally {
    release();
  }
}

/** A cache that cannot be written is done without. */
export async function writeKept(hub: Repository, id: string, kept: Kept): Promise<void> {
  try {
    await writePlain(keptPath(hub, id), JSON.stringify(kept));
  } catch {
    // It is measured again next time.
  }
}

/** Makes the folder that is written to, where there can be one. */
export async function makeRoomForKept(hub: Repository): Promise<void> {
  await makeFolder(keptFolder(hub)).catch(() => undefined);
}

function keptFolder(hub: Repository): string {
  return `${hub.commonDir}/leeway/cache/versions`;
}

function keptPath(hub: Repository, id: string): string {
  return `${keptFolder(hub)}/${id}.json`;
}
