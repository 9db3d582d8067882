import { lstatSync } from "node:fs";
import { join, resolve } from "node:path";
import { Failure } from "../failure.ts";
import { UNSAFE_SIGNS } from "../unsafe-signs.ts";

/** Code points that HFS+ ignores in names, so that `.g\u200cit` is `.git` there. */
const ignoredByHfs = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/gu;

/** Names that Windows keeps for devices, with or without an extension. */
const device = /^(con|prn|aux|nul|com[1-9]|lpt[1-9])(\.|$)/i;

/**
 * What is wrong with a path inside a repository, in words; null if nothing is. Pure: it looks at the
 * name alone.
 */
export function pathFault(path: string): string | null {
  if (path === "") return "is empty";
  if (path.includes("\0")) return "holds a NUL character";
  if (path.startsWith("/") || /^[a-z]:/i.test(path)) return "is not relative to the repository";
  // On Windows a backslash separates folders, so it must not hide a step upwards anywhere.
  for (const name of path.split(/[/\\]/)) {
    if (name === "") return "has an empty folder name";
    if (name === "." || name === "..") return "steps out of its folder";
    if (looksLikeGitFolder(name)) return "leads into Git's own folder";
  }
  return null;
}

/** Whether Windows would take some part of the path for a device rather than a file. */
export function namesDevice(path: string): boolean {
  return path.split("/").some((name) => device.test(name));
}

/** The names that one file system or another takes for `.git`. */
function looksLikeGitFolder(name: string): boolean {
  // NTFS drops trailing dots and spaces, reads `.git:x` as a stream of `.git`, and knows it as `git~1`.
  const plain = name
    .replace(ignoredByHfs, "")
    .replace(/:.*$/su, "")
    .replace(/[. ]+$/u, "")
    .toLowerCase();
  return plain === ".git" || plain === "git~1";
}

/**
 * The absolute path of a file inside a root. Throws if the name climbs out, leads into `.git`, or passes
 * through a link; what stands at the end of the path may be a link itself.
 */
export async function insideRoot(root: string, relative: string): Promise<string> {
  const fault = pathFault(relative);
  if (fault) throw new Failure("usage", `This path ${fault}.`, { where: printable(relative) });
  const names = relative.split("/");
  let path = resolve(root);
  for (const name of names.slice(0, -1)) {
    path = join(path, name);
    const found = lstatSync(path, { throwIfNoEntry: false });
    if (found === undefined) break;
    if (found.isSymbolicLink()) {
      throw new Failure("usage", "This path leads through a link.", {
        where: printable(relative),
        next: [`Replace the link ${printable(name)} with a folder.`],
      });
    }
  }
  return join(resolve(root), ...names);
}

/** A path as it can be shown: control characters escaped. */
function printable(path: string): string {
  return path.replace(UNSAFE_SIGNS, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
