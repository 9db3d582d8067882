import { dirname, join } from "node:path";
import { exists } from "./read.ts";

/** The folder that Leeway itself is installed in, with its templates and fixtures. */
export async function packageRoot(): Promise<string> {
  let folder = import.meta.dirname;
  while (!(await exists(join(folder, "templates", "curriculum"))) && dirname(folder) !== folder)
    folder = dirname(folder);
  return folder;
}
