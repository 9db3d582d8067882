import { posix, relative, resolve } from "node:path";
import { kindOf } from "../../files/read.ts";

/**
 * A repository's address as `version.yaml` keeps it: a folder on this machine relative to the version's home, as
 * for submodules, since absolute paths mean nothing elsewhere; any other address as it is.
 * @param home the version's own folder, or its origin
 */
export async function relativeUrl(url: string, home: string): Promise<string> {
  if (isRemote(url) || (await kindOf(resolve(url))) === null) return url;
  const from = isRemote(home) ? "." : home;
  const path = relative(resolve(from), resolve(url)).split("\\").join("/");
  return path.startsWith(".") ? path : `./${path}`;
}

/** Whether an address leads away from this machine, rather than to a folder. */
export function isRemote(url: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(url) || /^[^/\\]+@?[^/\\]*:(?!\\)/.test(url);
}

/** The address that a relative one in `version.yaml` leads to, from where this version lives. */
export function resolveUrl(url: string, home: string): string {
  if (!/^\.{1,2}(\/|$)/.test(url)) return url;
  if (!isRemote(home)) return resolve(home, url);
  const [, start = "", path = ""] = /^([a-z][a-z0-9+.-]*:\/\/[^/]*\/|[^:]+:)(.*)$/i.exec(home) ?? [];
  return start + posix.normalize(posix.join(path, url)).replace(/^(\.\.\/)+/, "");
}
