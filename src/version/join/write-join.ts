import { printYaml } from "../../curriculum/update.ts";
import { Failure } from "../../failure.ts";
import { listFolder, readFile } from "../../files/read.ts";
import { remove } from "../../files/temporary.ts";
import { writeAtomic } from "../../files/write.ts";
import { resolve, updateRefs } from "../../git/refs.ts";
import { addRemote, fetchRemote, initRepository, remotes } from "../../git/remotes.ts";
import type { Repository } from "../../git/repository.ts";
import { listTree } from "../../git/trees.ts";
import { commitTree } from "../../git/write-objects.ts";
import { type TreeEdit, type WholeFile, writeFiles } from "../../git/write-tree.ts";
import { UPSTREAM } from "../base/published.ts";
import { asWhole } from "../change/own-files.ts";
import { performOperation } from "../undo/perform.ts";
import { startWriting } from "../undo/writing.ts";
import { type VersionFile, versionFolder, versionPath } from "../version-file.ts";
import type { Copy } from "./copy.ts";
import type { JoinedUpstream } from "./upstream.ts";

interface Decided {
  readonly copy: Copy;
  /** The repository that holds everything upstream published. */
  readonly trial: Repository;
  readonly file: VersionFile;
  readonly upstream: JoinedUpstream;
  readonly url: string;
  readonly now: Date;
}

/**
 * Writes what was decided: the remote, the base kept from Git's clearing, and one commit with the version's file on
 * top of the copy. A copy without a commit is committed as it was found first, so that both can be told apart.
 * @returns the commit that joins
 * @throws Failure and leaves everything as it was
 */
export async function writeJoin(decided: Decided): Promise<string> {
  const { copy } = decided;
  if (copy.kind === "version") {
    return startWriting(copy.repo, "join", () => commitJoin(copy.repo, copy, decided));
  }
  if (copy.kind === "unborn") return commitFirst(copy.repo, copy.branch, decided);
  const repo = await initRepository(copy.folder, "main");
  try {
    return await commitFirst(repo, "main", decided);
  } catch (error) {
    await remove(repo.gitDir);
    throw error;
  }
}

/** Commits a copy that has no commit yet, every file as it was found, and joins it. */
async function commitFirst(repo: Repository, branch: string, decided: Decided): Promise<string> {
  const index = `${repo.gitDir}/index`;
  const before = await readFile(index);
  const ref = `refs/heads/${branch}`;
  return startWriting(repo, "join", async () => {
    let head: string | null = null;
    try {
      await repo.run(["add", "--all"]);
      const tree = await repo.text(["write-tree"]);
      head = await commitTree(repo, { tree, parents: [], message: "The copy as it was found\n" });
      await updateRefs(repo, [{ ref, new: head, old: null }], "leeway: the copy as it was found");
      return await commitJoin(repo, { branch, head }, decided);
    } catch (error) {
      if (head !== null && (await resolve(repo, ref)) === head) {
        await updateRefs(repo, [{ ref, new: null }], "leeway: not joined");
      }
      if (before === null) await remove(index);
      else await writeAtomic(index, before);
      throw error;
    }
  });
}

async function commitJoin(
  repo: Repository,
  at: { readonly branch: string; readonly head: string },
  { trial, file, upstream, url, now }: Decided,
): Promise<string> {
  if ((await resolve(repo, "HEAD")) !== at.head) {
    throw new Failure("environment", "Something else committed here meanwhile; nothing was changed.", {
      next: ["leeway join again"],
    });
  }
  if (((await listFolder(`${repo.root}/${versionFolder(file.id)}`)) ?? []).length > 0) {
    throw new Failure("usage", "There are files in the folder that this version would have.", {
      where: versionFolder(file.id),
      next: ["Choose another --id, or put that folder elsewhere."],
    });
  }
  const base = file.base?.commit ?? "";
  const kept = `refs/leeway/base/${base}`;
  const wasKept = await resolve(repo, kept);
  await fetchRemote(repo, trial.gitDir, {
    refspecs: [
      `+refs/remotes/${UPSTREAM}/*:refs/remotes/${UPSTREAM}/*`,
      "refs/tags/edition/*:refs/tags/edition/*",
      // Its objects only: the operation below sets the ref.
      `${await published(trial, base)}`,
    ],
    tags: false,
  });
  const { tree } = await writeFiles(repo, at.head, await joinedFiles(repo, at.head, file));
  const title = `Join ${upstream.name} as ${file.name}`;
  const commit = await commitTree(repo, {
    tree,
    parents: [at.head],
    message: `${title}\n`,
  });
  if (!(await remotes(repo)).has(UPSTREAM)) await addRemote(repo, UPSTREAM, url);
  await performOperation(
    repo,
    { kind: "move", from: at.head, to: commit },
    {
      verb: "join",
      did: title,
      at: now.toISOString(),
      refs: [
        { ref: `refs/heads/${at.branch}`, before: at.head, after: commit },
        // Upstream may rewrite its history; this version's base stays.
        { ref: kept, before: wasKept, after: base },
      ],
    },
  );
  return commit;
}

/** A ref of the trial that leads to a commit, so that it can be fetched from there. */
async function published(trial: Repository, commit: string): Promise<string> {
  const ref = "refs/leeway/joined";
  await updateRefs(trial, [{ ref, new: commit }], "leeway: join");
  return ref;
}

/** The version's own file, and the folders of the layers above, which a copy without history may lack. */
async function joinedFiles(
  repo: Repository,
  head: string,
  file: VersionFile,
): Promise<(WholeFile | TreeEdit)[]> {
  const [inherited, here] = await Promise.all([
    listTree(repo, file.base?.commit ?? "", ["versions/"]),
    listTree(repo, head, ["versions/"]),
  ]);
  const { holds: _, ...data } = file;
  const own = asWhole({ path: versionPath(file.id), text: printYaml(data) });
  const missing = [...inherited].filter(([path]) => !here.has(path));
  return [...missing.map(([path, { mode, oid }]) => ({ path, mode, oid })), own];
}
