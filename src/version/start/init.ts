import { Failure } from "../../failure.ts";
import { packageRoot } from "../../files/package-root.ts";
import { exists, listFolder, readFile, readText } from "../../files/read.ts";
import { remove } from "../../files/temporary.ts";
import { copyFolder, walkFolder } from "../../files/walk.ts";
import { writeAtomic } from "../../files/write.ts";
import { initRepository } from "../../git/remotes.ts";
import type { Repository } from "../../git/repository.ts";
import { commitTree } from "../../git/write-objects.ts";
import { writeFiles } from "../../git/write-tree.ts";
import type { OwnFile } from "../change/own-files.ts";
import { performOperation } from "../undo/perform.ts";
import { beginUnfinished, endUnfinished, refuseUnfinishedFolder } from "../unfinished.ts";

/** The folder in the templates that stands for the version's own. */
const PLACEHOLDER = "_id_";

/**
 * Starts a central curriculum in a new or empty folder: the template's documents, the version's own folder and a
 * first commit.
 * @param files what goes in besides
 */
export async function initCurriculum(
  folder: string,
  who: { readonly id: string; readonly name: string },
  files: readonly OwnFile[],
  now: Date,
): Promise<Repository> {
  await requireEmpty(folder);
  const existed = await exists(folder);
  const repo = await initRepository(folder, "main");
  try {
    await beginUnfinished(repo, "init");
    await copyFolder(`${await packageRoot()}/templates/curriculum`, folder, (path) =>
      path.replace(PLACEHOLDER, who.id),
    );
    for (const { path } of await walkFolder(folder)) {
      const text = await readText(`${folder}/${path}`);
      if (text?.includes("{{"))
        await writeAtomic(`${folder}/${path}`, Buffer.from(fill(path, text, who), "utf8"));
    }
    for (const { path, text } of files) await writeAtomic(`${folder}/${path}`, text);
    await commitEverything(repo, `Start ${who.name}`, now);
    await endUnfinished(repo);
    return repo;
  } catch (error) {
    // The folder was empty: what is in it now was made here.
    for (const { name } of (await listFolder(folder)) ?? []) await remove(`${folder}/${name}`);
    if (!existed) await remove(folder);
    throw error;
  }
}

/** @throws Failure "usage" where a folder holds anything */
export async function requireEmpty(folder: string): Promise<void> {
  const entries = (await listFolder(folder)) ?? [];
  if (entries.length === 0) return;
  await refuseUnfinishedFolder(folder);
  const [only] = entries;
  const isGit = entries.length === 1 && only?.name === ".git";
  if (isGit && (await isFresh(`${folder}/.git`))) return;
  throw new Failure(
    "usage",
    isGit
      ? "This folder is under Git already; leeway makes a repository of its own, so nothing was touched."
      : "This folder is not empty, and nothing in it was touched.",
    { where: folder, next: ["leeway init FOLDER --id ID --name NAME   makes a new folder"] },
  );
}

/** Whether Git's folder is as `git init` makes it, for a branch main: an init that was cut short at once leaves no more. */
async function isFresh(gitDir: string): Promise<boolean> {
  if ((await readText(`${gitDir}/HEAD`)) !== "ref: refs/heads/main\n") return false;
  const [heads, tags] = await Promise.all(
    ["heads", "tags"].map((name) => listFolder(`${gitDir}/refs/${name}`)),
  );
  const used = await Promise.all(["index", "packed-refs"].map((name) => exists(`${gitDir}/${name}`)));
  return heads?.length === 0 && tags?.length === 0 && !used.includes(true);
}

function fill(path: string, text: string, { id, name }: { id: string; name: string }): string {
  const quoted = path.endsWith(".yaml") ? name.replace(/["\\]/g, "\\$&") : name;
  return text.replaceAll("{{id}}", () => id).replaceAll("{{name}}", () => quoted);
}

/** Commits every file of a folder that has no commit yet. */
export async function commitEverything(repo: Repository, message: string, now: Date): Promise<string> {
  const paths = (await walkFolder(repo.root)).map(({ path }) => path);
  const files = await Promise.all(paths.map((path) => readFile(`${repo.root}/${path}`)));
  const { tree, edits } = await writeFiles(
    repo,
    null,
    paths.map((path, index) => ({ path, mode: "100644", bytes: files[index] ?? null })),
  );
  const commit = await commitTree(repo, { tree, parents: [], message: `${message}\n` });
  await performOperation(
    repo,
    { kind: "own", write: [], stage: edits },
    {
      verb: "init",
      did: message,
      at: now.toISOString(),
      refs: [{ ref: "refs/heads/main", before: null, after: commit }],
    },
  );
  return commit;
}
