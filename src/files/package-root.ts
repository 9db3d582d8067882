import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { exists } from "./read.ts";

/** The folder that Leeway itself is installed in, with its templates and fixtures. */
export async function packageRoot(): Promise<string> {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!(await exists(join(folder, "templates", "curriculum"))) && dirname(folder) !== folder)
    folder = dirname(folder);
  return folder;
}
