import { linkSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { dirname } from "node:path";
import { Failure } from "../failure.ts";
import { quietly } from "./quietly.ts";
import { diskFailure, errorCode, fileFacts, readText } from "./read.ts";
import { unique } from "./unique.ts";

/** Who holds a lock, as written in its file. */
export interface LockHolder {
  pid: number;
  host: string;
  verb: string;
  since: string;
}

/**
 * Does work while holding a lock file that no other Leeway can hold at the same time. If another one
 * holds it, says which verb, which process and since when. What a killed process on this computer left
 * behind is taken over.
 */
export async function withLock<T>(
  path: string,
  holder: { verb: string },
  work: () => Promise<T>,
): Promise<T> {
  const mine: LockHolder = {
    pid: process.pid,
    host: hostname(),
    verb: holder.verb,
    since: new Date().toISOString(),
  };
  await acquire(path, mine);
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}

/** Who holds a lock now; null if nobody does. */
export async function lockHolder(path: string): Promise<LockHolder | null> {
  const text = await readText(path);
  if (text === null) return null;
  try {
    const value: unknown = JSON.parse(text);
    if (isHolder(value)) return value;
  } catch {
    // Not ours, or written by a later Leeway: somebody holds it all the same.
  }
  return { pid: 0, host: "", verb: "an unknown verb", since: "an unknown time" };
}

/** Whether a Leeway that is at work now holds a lock. */
export async function isLocked(path: string): Promise<boolean> {
  const holder = await lockHolder(path);
  return holder !== null && isAlive(holder);
}

async function acquire(path: string, mine: LockHolder): Promise<void> {
  for (let attempt = 0; attempt < 20; attempt++) {
    if (await create(path, mine)) return;
    const other = await lockHolder(path);
    if (other === null) continue;
    if (isAlive(other)) throw busy(path, other);
    await clearStale(path, other);
  }
  throw new Failure("environment", "The lock of this repository could not be had.", {
    where: path,
    next: ["Try again in a moment."],
  });
}

/** A link either appears with its whole content or not at all, unlike a file opened and then written. */
async function create(path: string, mine: LockHolder): Promise<boolean> {
  const draft = `${path}.${process.pid}.${unique()}`;
  const text = `${JSON.stringify(mine)}\n`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(draft, text, { flag: "wx" });
    try {
      linkSync(draft, path);
      return true;
    } catch (error) {
      if (errorCode(error) === "EEXIST") return false;
      // Some network disks know no hard links; opening for creation is the next best thing.
      writeFileSync(path, text, { flag: "wx" });
      return true;
    }
  } catch (error) {
    if (errorCode(error) === "EEXIST") return false;
    throw diskFailure("write", path, error);
  } finally {
    quietly(() => rmSync(draft, { force: true }));
  }
}

/**
 * Two processes may find the same stale lock. A second lock lets one of them remove it, after looking
 * again: otherwise the slower one would remove the lock that the faster one has just taken.
 */
async function clearStale(path: string, seen: LockHolder): Promise<void> {
  const broom = `${path}.stale`;
  try {
    mkdirSync(broom);
  } catch (error) {
    if (errorCode(error) !== "EEXIST") throw diskFailure("write", broom, error);
    const facts = await fileFacts(broom);
    // Whoever swept was itself killed; one of the waiting wins the rename and clears up.
    if (facts && Date.now() - facts.changed > 10_000) {
      const aside = `${broom}.${unique()}`;
      quietly(() => renameSync(broom, aside));
      rmSync(aside, { recursive: true, force: true });
    }
    await new Promise((done) => setTimeout(done, 25));
    return;
  }
  try {
    const now = await lockHolder(path);
    if (now && now.pid === seen.pid && now.since === seen.since) rmSync(path, { force: true });
  } finally {
    rmSync(broom, { recursive: true, force: true });
  }
}

function isAlive(holder: LockHolder): boolean {
  // Of another computer's processes nothing can be known, so its lock counts.
  if (holder.host !== hostname() || holder.pid <= 0) return true;
  return isRunning(holder.pid);
}

/** Whether a process of this computer is at work. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === "EPERM";
  }
}

function busy(path: string, other: LockHolder): Failure {
  const place = other.host && other.host !== hostname() ? ` on ${other.host}` : "";
  return new Failure(
    "environment",
    `Another Leeway is at work here: ${other.verb}, process ${other.pid}${place}, since ${other.since}.`,
    {
      where: path,
      next: ["Wait until it has finished, then try again.", `If it no longer runs, delete ${path}.`],
    },
  );
}

function isHolder(value: unknown): value is LockHolder {
  const holder = value as LockHolder | null;
  return (
    typeof holder === "object" &&
    holder !== null &&
    Number.isInteger(holder.pid) &&
    [holder.host, holder.verb, holder.since].every((text) => typeof text === "string")
  );
}
