import {
  type Dirent,
  lstatSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  statSync,
} from "node:fs";
import { Failure } from "../failure.ts";
import { insideRoot } from "./guard.ts";

/** What stands at a path, without following a link. */
export type EntryKind = "file" | "folder" | "link" | "other";

/** One entry of a folder. */
export interface FolderEntry {
  name: string;
  kind: EntryKind;
}

/** The system's word for why a file could not be had, such as `ENOENT`. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && "code" in error ? String(error.code) : undefined;
}

const isAbsent = (error: unknown) => ["ENOENT", "ENOTDIR"].includes(errorCode(error) ?? "");

/** Turns an error of the file system into one that people can read. */
export function diskFailure(verb: "read" | "write" | "remove", path: string, error: unknown): Failure {
  const next = WHY[errorCode(error) ?? ""]?.[1] ?? null;
  return new Failure("environment", `Could not ${verb} a file: ${diskWords(error)}.`, {
    where: path,
    next: next === null ? [] : [next],
    cause: error,
  });
}

/** An error of the file system in words, as they read after a colon. */
export function diskWords(error: unknown): string {
  const code = errorCode(error);
  return WHY[code ?? ""]?.[0] ?? code ?? String(error);
}

/** What the disk may say, and what to do then. */
export const DISK_FULL = "Make room on this disk, then try again; what was there before is whole.";
export const NOT_WRITABLE = "Ask whoever keeps this folder to let you write there, or work in a copy of it.";

const WHY: Readonly<Record<string, readonly [why: string, next: string | null]>> = {
  EISDIR: ["it is a folder", null],
  EACCES: ["no permission", NOT_WRITABLE],
  EPERM: ["no permission", NOT_WRITABLE],
  EROFS: ["read-only disk", NOT_WRITABLE],
  ENOSPC: ["the disk is full", DISK_FULL],
  EDQUOT: ["the disk is full", DISK_FULL],
};

/**
 * The bytes of a file; null if there is none. Read at once: a thread of the pool takes ten times as long for the
 * small files of a curriculum as the read itself.
 */
export async function readFile(path: string): Promise<Buffer | null> {
  try {
    return readFileSync(path);
  } catch (error) {
    if (isAbsent(error)) return null;
    throw diskFailure("read", path, error);
  }
}

/** The text of a UTF-8 file; null if there is none. */
export async function readText(path: string): Promise<string | null> {
  return (await readFile(path))?.toString("utf8") ?? null;
}

/** What stands at a path (a link is a link, wherever it leads); null if nothing does. */
export async function kindOf(path: string): Promise<EntryKind | null> {
  try {
    return kind(lstatSync(path));
  } catch (error) {
    if (isAbsent(error)) return null;
    throw diskFailure("read", path, error);
  }
}

/** Whether anything stands at a path, be it a link that leads nowhere. */
export async function exists(path: string): Promise<boolean> {
  return (await kindOf(path)) !== null;
}

/** The path with every link in it followed, as the system names it. */
export async function realPath(path: string): Promise<string> {
  try {
    return realpathSync.native(path);
  } catch (error) {
    throw diskFailure("read", path, error);
  }
}

/** Whether what stands at a path belongs to who runs this; never where a system has no such owners, as Windows. */
export async function isOwn(path: string): Promise<boolean> {
  try {
    return lstatSync(path).uid === process.geteuid?.();
  } catch (error) {
    if (isAbsent(error)) return false;
    throw diskFailure("read", path, error);
  }
}

/** Size in bytes and time of the last change in milliseconds; null if there is no such file. */
export async function fileFacts(path: string): Promise<{ size: number; changed: number } | null> {
  try {
    const found = statSync(path);
    return { size: found.size, changed: found.mtimeMs };
  } catch (error) {
    if (isAbsent(error)) return null;
    throw diskFailure("read", path, error);
  }
}

/** The entries of a folder by name; null if there is none. */
export async function listFolder(path: string): Promise<FolderEntry[] | null> {
  try {
    const entries = readdirSync(path, { withFileTypes: true });
    return entries
      .map((entry) => ({ name: entry.name, kind: kind(entry) }))
      .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  } catch (error) {
    if (isAbsent(error)) return null;
    throw diskFailure("read", path, error);
  }
}

/**
 * Reads what stands at a path inside a root the way Git stores it: a file's bytes, a link's target as
 * bytes. Never follows a link, so that a curriculum cannot show a file from outside itself.
 */
export async function readLinkAware(
  root: string,
  relative: string,
): Promise<{ kind: "file" | "link"; executable: boolean; bytes: Buffer } | null> {
  const path = await insideRoot(root, relative);
  const found = await kindOf(path);
  if (found === "link") {
    return { kind: "link", executable: false, bytes: readlinkSync(path, { encoding: "buffer" }) };
  }
  if (found !== "file") return null;
  const bytes = await readFile(path);
  const { mode } = lstatSync(path);
  return bytes && { kind: "file", executable: (mode & 0o100) !== 0, bytes };
}

/**
 * The text of a file inside a root; null if there is none.
 * @throws Failure "usage" where the file is a link or lies behind one
 */
export async function readTextInside(root: string, relative: string): Promise<string | null> {
  const found = await readLinkAware(root, relative);
  if (found?.kind === "link") throw isLink(relative);
  return found?.bytes.toString("utf8") ?? null;
}

/** The entries of a folder inside a root, as `listFolder`; never those of a folder that a link leads to. */
export async function listInside(root: string, relative: string): Promise<FolderEntry[] | null> {
  const path = await insideRoot(root, relative);
  if ((await kindOf(path)) === "link") throw isLink(relative);
  return listFolder(path);
}

function isLink(relative: string): Failure {
  return new Failure(
    "usage",
    "This is a link, and Leeway follows none: it could lead out of the curriculum.",
    {
      where: relative,
      next: ["Put the file or folder itself in its place."],
    },
  );
}

function kind(entry: Pick<Dirent, "isFile" | "isDirectory" | "isSymbolicLink">): EntryKind {
  if (entry.isSymbolicLink()) return "link";
  if (entry.isDirectory()) return "folder";
  return entry.isFile() ? "file" : "other";
}
