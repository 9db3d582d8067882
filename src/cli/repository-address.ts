import { resolve } from "node:path";
import { kindOf } from "../files/read.ts";
import { isRemote } from "../version/base/relative-url.ts";

/**
 * The address of a repository from what was typed: what is there, seen from the first of some folders, is meant as a
 * folder; other addresses, and names of remotes, stay as they are.
 */
export async function repositoryAddress(given: string, ...from: readonly string[]): Promise<string> {
  if (isRemote(given)) return given;
  for (const folder of from) {
    const path = resolve(folder, given);
    if ((await kindOf(path)) !== null) return path;
  }
  return given;
}
