import { accessSync, constants, mkdirSync, rmSync, statfsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { diskFailure, fileFacts, listFolder } from "./read.ts";
import { unique } from "./unique.ts";

const MEMORY = "/dev/shm";
/** https://man7.org/linux/man-pages/man2/statfs.2.html */
const TMPFS_MAGIC = 0x01021994;

/**
 * Where something is written, read once and thrown away: in memory, where Linux has a place with room for it and nobody
 * named another (`TMPDIR`); else the system's place for such. Git keeps its objects in 256 folders, and to make a folder
 * with its first file took 2 ms on ext4, on a virtual machine: 1.3 s for the results of 875 merges, of 1.7 s.
 * @param bytes how much room it takes at most
 */
export function placeFor(bytes: number): string {
  try {
    const { type, bavail, bsize } = statfsSync(MEMORY);
    const hasRoom = type === TMPFS_MAGIC && bavail * bsize > bytes;
    if (!hasRoom || process.env.TMPDIR !== undefined) return tmpdir();
    accessSync(MEMORY, constants.W_OK);
    return MEMORY;
  } catch {
    return tmpdir();
  }
}

/** Removes a file or a folder with all that is in it; nothing happens if there is none. */
export async function remove(path: string): Promise<void> {
  try {
    rmSync(path, { recursive: true, force: true, maxRetries: 3 });
  } catch (error) {
    throw diskFailure("remove", path, error);
  }
}

/**
 * Does work with an empty folder of its own name (default: in the system's place for such) that is gone afterwards,
 * whatever happened: whoever is told to stop in between removes it too.
 */
export async function withTemporary<T>(inside: string | undefined, work: (folder: string) => Promise<T>) {
  if (inside !== undefined) await removeLeft(inside);
  const folder = makeTemporary(inside ?? tmpdir());
  try {
    return await work(folder);
  } finally {
    await remove(folder);
    letGo(folder);
  }
}

const PREFIX = "leeway-";

function makeTemporary(inside: string): string {
  const path = join(inside, PREFIX + unique());
  hold(path);
  try {
    mkdirSync(inside, { recursive: true });
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    letGo(path);
    throw diskFailure("write", path, error);
  }
  return path;
}

const DAY = 24 * 60 * 60 * 1000;

/** What a killed program left in a place that nobody else clears, which may be memory. None is at work for a day. */
async function removeLeft(inside: string): Promise<void> {
  for (const { name, kind } of (await listFolder(inside)) ?? []) {
    if (kind !== "folder" || !name.startsWith(PREFIX)) continue;
    const path = join(inside, name);
    const facts = await fileFacts(path).catch(() => null);
    // In a place for all, another's may be there, which cannot be removed and need not be.
    if (facts !== null && Date.now() - facts.changed > DAY) await remove(path).catch(() => undefined);
  }
}

/** The folders that are there now. */
const held = new Set<string>();
const STOPS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

function hold(folder: string): void {
  if (held.size === 0) for (const signal of STOPS) process.on(signal, stop);
  held.add(folder);
}

function letGo(folder: string): void {
  held.delete(folder);
  if (held.size === 0) for (const signal of STOPS) process.off(signal, stop);
}

/** Removes what is there, and ends as if nobody had listened. */
function stop(signal: NodeJS.Signals): void {
  for (const folder of held) {
    removeNow(folder);
    letGo(folder);
  }
  process.kill(process.pid, signal);
}

/** Milliseconds: a Git that is at work in a folder writes on, until it has done what it was told. */
const PATIENCE = 5_000;
const PAUSE = 20;

function removeNow(folder: string): void {
  for (let waited = 0; waited < PATIENCE; waited += PAUSE) {
    try {
      rmSync(folder, { recursive: true, force: true });
      return;
    } catch {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE);
    }
  }
}
