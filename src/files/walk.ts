import { copyFileSync, mkdirSync, readlinkSync, symlinkSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { Failure } from "../failure.ts";
import { diskFailure, kindOf, listFolder } from "./read.ts";

/** A file below a folder: its path with `/`, from that folder on. */
export interface WalkedFile {
  path: string;
  kind: "file" | "link";
}

/** Every file and link below a folder, in order of path; does not follow links, passes by `.git`. */
export async function walkFolder(folder: string): Promise<WalkedFile[]> {
  const found: WalkedFile[] = [];
  const visit = async (relative: string): Promise<void> => {
    for (const entry of (await listFolder(join(folder, relative))) ?? []) {
      if (entry.name === ".git") continue;
      const path = posix.join(relative, entry.name);
      if (entry.kind === "folder") await visit(path);
      else if (entry.kind !== "other") found.push({ path, kind: entry.kind });
    }
  };
  await visit("");
  return found;
}

/**
 * Copies a folder, byte for byte and with modes, links as links. `rename` gives a file another path in
 * the copy, or null to leave it out. Refuses to write over a file; returns the paths written.
 */
export async function copyFolder(
  from: string,
  to: string,
  rename: (path: string) => string | null = (path) => path,
): Promise<string[]> {
  if ((await kindOf(from)) !== "folder") {
    throw new Failure("environment", "The folder to copy does not exist.", { where: from });
  }
  const written: string[] = [];
  for (const file of await walkFolder(from)) {
    const path = rename(file.path);
    if (path === null) continue;
    const source = join(from, file.path);
    const target = join(to, path);
    if ((await kindOf(target)) !== null) {
      throw new Failure("usage", "A file is in the way.", { where: target });
    }
    try {
      mkdirSync(dirname(target), { recursive: true });
      if (file.kind === "link") symlinkSync(readlinkSync(source), target);
      else copyFileSync(source, target);
    } catch (error) {
      throw diskFailure("write", target, error);
    }
    written.push(path);
  }
  return written;
}
