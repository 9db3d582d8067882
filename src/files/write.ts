import {
  closeSync,
  fchmodSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { isRunning } from "./lock.ts";
import { quietly } from "./quietly.ts";
import { diskFailure, errorCode, listFolder } from "./read.ts";
import { unique } from "./unique.ts";

/** Makes a folder and those above it. */
export async function makeFolder(path: string): Promise<void> {
  try {
    mkdirSync(path, { recursive: true });
  } catch (error) {
    throw diskFailure("write", path, error);
  }
}

/**
 * Writes a file so that whoever looks, even after a crash, sees the old bytes or the new ones, never a
 * part. Makes the folders above it and keeps the mode of a file that is replaced; a link is replaced, not
 * followed.
 * @param options.drafts a folder for what is half written, where it is not to lie beside the file; on another disk it
 *   cannot serve
 */
export async function writeAtomic(
  path: string,
  bytes: Buffer | string,
  options: { mode?: number; drafts?: string } = {},
): Promise<void> {
  const folder = dirname(path);
  const drafts = options.drafts ?? folder;
  const temporary = join(drafts, `${draftOf(path)}${process.pid}-${unique()}.tmp`);
  try {
    mkdirSync(folder, { recursive: true });
    if (drafts !== folder) mkdirSync(drafts, { recursive: true });
    const before = lstatSync(path, { throwIfNoEntry: false });
    const kept = before?.isFile() ? before.mode & 0o777 : undefined;
    const mode = options.mode ?? kept;
    const file = openSync(temporary, "wx", mode ?? 0o666);
    try {
      writeFileSync(file, bytes);
      if (mode !== undefined) fchmodSync(file, mode);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    await renameRetrying(temporary, path);
    syncFolder(folder);
  } catch (error) {
    quietly(() => rmSync(temporary, { force: true }));
    if (errorCode(error) === "EXDEV" && drafts !== folder)
      return writeAtomic(path, bytes, options.mode === undefined ? {} : { mode: options.mode });
    throw diskFailure("write", path, error);
  }
}

/** How the names of drafts of a file begin. */
function draftOf(path: string): string {
  return `.${basename(path).slice(0, 100)}.`;
}

/** Removes what processes that are no more have left half written beside a file. */
export async function clearDraftsOf(path: string): Promise<void> {
  for (const { name } of (await listFolder(dirname(path)).catch(() => null)) ?? []) {
    const [, pid] = /^(\d+)-[0-9a-f]{12}\.tmp$/.exec(name.slice(draftOf(path).length)) ?? [];
    if (pid === undefined || !name.startsWith(draftOf(path)) || isRunning(Number(pid))) continue;
    quietly(() => rmSync(join(dirname(path), name), { force: true }));
  }
}

/**
 * Writes what can be made again at any time, such as results for another program: without waiting for the disk, and
 * at once, which for small files is ten times as quick as a thread of the pool.
 */
export async function writePlain(path: string, bytes: Buffer | string): Promise<void> {
  try {
    writeFileSync(path, bytes);
  } catch (error) {
    throw diskFailure("write", path, error);
  }
}

/**
 * Writes a file that is named by what it holds, read-only, without waiting for the disk. One that is there already stays,
 * and counts as new, so that nobody clears it away as old.
 * @param draft how the name of what is half written begins, for whoever clears that away
 */
export function writeOnce(path: string, bytes: Buffer, draft: string): void {
  const temporary = join(dirname(path), `${draft}${unique()}`);
  try {
    if (isRenewed(path)) return;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(temporary, bytes, { flag: "wx", mode: 0o444 });
    renameSync(temporary, path);
  } catch (error) {
    quietly(() => rmSync(temporary, { force: true }));
    // Somebody else has written it meanwhile: Windows puts nothing in the place of what is read-only.
    if (isRenewed(path)) return;
    throw diskFailure("write", path, error);
  }
}

/** Gives a file the time of now; false where there is none. */
function isRenewed(path: string): boolean {
  try {
    utimesSync(path, Date.now() / 1000, Date.now() / 1000);
    return true;
  } catch {
    return false;
  }
}

/** Windows refuses a rename for a moment while a virus scanner or an editor has the file open. */
async function renameRetrying(from: string, to: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return renameSync(from, to);
    } catch (error) {
      const busy = process.platform === "win32" && attempt < 5;
      if (!busy) throw error;
      await new Promise((done) => setTimeout(done, 20 * attempt));
    }
  }
}

/** Makes the rename itself survive a power cut, where the system can do that. */
function syncFolder(folder: string): void {
  if (process.platform === "win32") return;
  quietly(() => {
    const handle = openSync(folder, "r");
    try {
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
  });
}

/** Moves a file or folder, making the folders above its new place. */
export async function moveEntry(from: string, to: string): Promise<void> {
  await makeFolder(dirname(to));
  try {
    renameSync(from, to);
  } catch (error) {
    throw diskFailure("write", to, error);
  }
}
