import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isDocumentPath } from "../../../src/curriculum/read.ts";

/** Every document below a folder; none where there is no such folder. */
export function filesIn(folder: string): { path: string; text: string }[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: "utf8", withFileTypes: true })
    .filter((entry) => entry.isFile() && isDocumentPath(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path, text: readFileSync(path, "utf8") }));
}
