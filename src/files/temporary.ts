import { promises as fs } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { diskFailure } from "./read.ts";
import { unique } from "./unique.ts";

/** Makes an empty folder of its own name inside a folder (default: the system's place for such). */
export async function makeTemporary(inside: string = tmpdir(), prefix = "leeway-"): Promise<string> {
  const path = join(inside, prefix + unique());
  try {
    await fs.mkdir(inside, { recursive: true });
    await fs.mkdir(path, { mode: 0o700 });
  } catch (error) {
    throw diskFailure("write", path, error);
  }
  return path;
}

/** Removes a file or a folder with all that is in it; nothing happens if there is none. */
export async function remove(path: string): Promise<void> {
  try {
    await fs.rm(path, { recursive: true, force: true, maxRetries: 3 });
  } catch (error) {
    throw diskFailure("remove", path, error);
  }
}

/** Does work with a temporary folder that is gone afterwards, whatever happened. */
export async function withTemporary<T>(inside: string | undefined, work: (folder: string) => Promise<T>) {
  const folder = await makeTemporary(inside);
  try {
    return await work(folder);
  } finally {
    await remove(folder);
  }
}
