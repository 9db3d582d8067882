import { Failure } from "../failure.ts";
import { checkRev } from "./names.ts";
import type { NewObject } from "./pack.ts";
import { GitFailure } from "./process.ts";
import type { Repository } from "./repository.ts";

/** From this many objects on a pack is better than a file each. */
const PACK_FROM = 100;

/** Stores any number of objects in one process at most; returns their ids, in order. */
export async function writeObjects(repo: Repository, objects: readonly NewObject[]): Promise<string[]> {
  const { encodePack, objectId } = await import("./pack.ts");
  const oids = objects.map((object) => objectId(repo.objectFormat, object));
  const once = new Map(objects.map((object, i) => [oids[i] ?? "", object]));
  if (once.size === 0) return oids;
  const { isShared, writeLooseObjects } = await import("./loose-objects.ts");
  const isFew = once.size < PACK_FROM;
  if (isFew && !(await isShared(repo))) {
    await writeLooseObjects(repo, once);
    return oids;
  }
  const args = isFew ? ["unpack-objects", "-q"] : ["index-pack", "--stdin"];
  await repo.run(args, { input: encodePack(repo.objectFormat, [...once.values()]) });
  return oids;
}

/** Stores contents byte for byte (no filters, no line ends changed); returns their ids, in order. */
export function writeBlobs(repo: Repository, contents: readonly Buffer[]): Promise<string[]> {
  return writeObjects(
    repo,
    contents.map((bytes) => ({ type: "blob", bytes })),
  );
}

/** A commit to be made. */
export interface NewCommit {
  tree: string;
  parents: readonly string[];
  message: string;
  /** When, as Git reads it (ISO 8601); now unless told. */
  date?: string;
}

/** Makes a commit in the user's name; moves no branch and runs no hook. */
export async function commitTree(repo: Repository, commit: NewCommit): Promise<string> {
  const args = ["-c", "user.useConfigOnly=true", "commit-tree", checkRev(commit.tree)];
  for (const parent of commit.parents) args.push("-p", checkRev(parent));
  args.push("-F", "-");
  const message = commit.message.endsWith("\n") ? commit.message : `${commit.message}\n`;
  const env: Record<string, string> = commit.date
    ? { GIT_AUTHOR_DATE: commit.date, GIT_COMMITTER_DATE: commit.date }
    : {};
  try {
    return await repo.text(args, { input: message, env });
  } catch (error) {
    throw isNameless(error) ? nameless() : error;
  }
}

/** Whether Git refused because it does not know who the user is. */
export function isNameless(error: unknown): boolean {
  return (
    error instanceof GitFailure &&
    /Please tell me who you are|auto-detect|empty ident name|no (name|email) was given/.test(error.stderr)
  );
}

/** The failure when Git does not know who the user is. */
export function nameless(): Failure {
  return new Failure("usage", "Git does not know your name yet, and a change needs one.", {
    next: [
      'git config --global user.name "Your Name"',
      'git config --global user.email "you@school.example"',
    ],
  });
}
