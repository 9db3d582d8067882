import { readTextInside } from "../files/read.ts";
import { remove } from "../files/temporary.ts";
import { writeAtomic } from "../files/write.ts";
import { getConfig, removeSection, setConfig, setMergeDriver } from "../git/config.ts";
import { MERGE_DRIVER } from "../git/merge-tree.ts";
import type { Repository } from "../git/repository.ts";

export const ATTRIBUTES = ".gitattributes";

const LINES = [
  "# Documents are merged passage by passage: leeway merge-driver --install",
  ...["md", "mdx", "markdown", "Rmd", "qmd", "yaml", "yml"].map((ending) => `*.${ending} merge=leeway`),
];

/**
 * What Git runs for each document. Only Leeway's own two codes count; whatever else happens (no Node, no Leeway, an
 * older one, a crash), Git's own merge does it, with the markers it would have written itself.
 */
const COMMAND = [
  "leeway merge-driver -- %O %A %B %L %P %S %X %Y",
  "case $? in 0) exit 0;; 100) exit 1;; esac",
  "exec git merge-file --diff3 --marker-size=%L -L here -L 'before both' -L 'coming in' %A %O %B",
].join("; ");

const DRIVER = `merge.${MERGE_DRIVER}.driver`;
const SETTINGS: Readonly<Record<string, string>> = {
  [`merge.${MERGE_DRIVER}.name`]: "Leeway, passage by passage",
  // Bases that Git makes up from several keep its own plain markers.
  [`merge.${MERGE_DRIVER}.recursive`]: "text",
};

/** The attributes with the lines that name the documents for the driver; the same text where it has them all. */
export function withDriverLines(before: string | null): string {
  const missing = LINES.filter((line) => !(before ?? "").split(/\r?\n/).includes(line));
  if (missing.length === 0) return before ?? "";
  const start = before === null || before === "" || before.endsWith("\n") ? (before ?? "") : `${before}\n`;
  return `${start}${missing.join("\n")}\n`;
}

/** Makes Git's own merges use Leeway here: attributes for everybody, the program for this clone alone. */
export async function installDriver(repo: Repository, { dryRun }: { dryRun: boolean }): Promise<boolean> {
  const path = `${repo.root}/${ATTRIBUTES}`;
  const before = await readTextInside(repo.root, ATTRIBUTES);
  const after = withDriverLines(before);
  const isSet = (await getConfig(repo, DRIVER)) === COMMAND;
  if (after === before && isSet) return false;
  if (dryRun) return true;
  for (const [key, value] of Object.entries(SETTINGS)) await setConfig(repo, key, value);
  await setMergeDriver(repo, MERGE_DRIVER, COMMAND);
  if (after !== before) await writeAtomic(path, after);
  return true;
}

/** Takes exactly that back; what else stands in the attributes stays. */
export async function uninstallDriver(repo: Repository, { dryRun }: { dryRun: boolean }): Promise<boolean> {
  const path = `${repo.root}/${ATTRIBUTES}`;
  const before = await readTextInside(repo.root, ATTRIBUTES);
  const lines = (before ?? "").split("\n");
  const left = lines.filter((line) => !LINES.includes(line.replace(/\r$/, "")));
  const isSet = (await getConfig(repo, DRIVER)) !== null;
  if (left.length === lines.length && !isSet) return false;
  if (dryRun) return true;
  await removeSection(repo, `merge.${MERGE_DRIVER}`);
  if (left.join("").trim() === "") await remove(path);
  else if (left.length < lines.length) await writeAtomic(path, left.join("\n"));
  return true;
}
