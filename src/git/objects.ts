import { Failure } from "../failure.ts";
import { noteRead, readBefore } from "./kept-objects.ts";
import { checkRev, printable } from "./names.ts";
import { type GitObject, type ObjectFacts, ObjectReader, type Question } from "./object-reader.ts";
import type { NewObject } from "./pack.ts";
import { GitFailure } from "./process.ts";
import type { Repository } from "./repository.ts";
import { together } from "./together.ts";

export type { GitObject, ObjectFacts };

/**
 * Reads any number of objects in one process, which calls of the same moment share. A spec is an object id, a
 * revision, or `REV:path` with any path, line breaks included. What does not exist is null.
 */
export async function readObjects(repo: Repository, specs: readonly string[]): Promise<(GitObject | null)[]> {
  checkSpecs(specs);
  return [...(await readTogether(repo, specs))];
}

const readTogether = together<string, GitObject | null>(async (repo, specs, take) => {
  // Versions that are looked at side by side ask for much the same of their upstream.
  const once = [...new Set(specs)];
  const objects = await answers<GitObject>(repo, "contents", once);
  const found = new Map(once.map((spec, index) => [spec, objects[index] ?? null]));
  for (const spec of specs) take(found.get(spec) ?? null);
});

/**
 * Reads any number of blobs and hands on each as soon as Git has unpacked it, so that Git goes on while something is made
 * of it.
 * @param take called once for every id, in order, with bytes that are good for this call alone; null for what is missing
 *   or no blob. What it throws is thrown at the end, and it is not called again.
 */
export async function eachBlob(
  repo: Repository,
  oids: readonly string[],
  take: (bytes: Buffer | null, index: number) => void,
): Promise<void> {
  checkSpecs(oids);
  let index = 0;
  let fault: { error: unknown } | undefined;
  await readerOf(repo).contents(oids, (object) => {
    if (fault !== undefined) return;
    try {
      take(object?.type === "blob" ? object.bytes : null, index++);
    } catch (error) {
      fault = { error };
    }
  });
  if (fault !== undefined) throw fault.error;
}

/**
 * Kind and size of any number of objects in one process, which calls of the same moment share, without reading them;
 * null for the missing.
 */
export async function describeObjects(
  repo: Repository,
  specs: readonly string[],
): Promise<(ObjectFacts | null)[]> {
  checkSpecs(specs);
  return [...(await describeTogether(repo, specs))];
}

const describeTogether = together<string, ObjectFacts | null>(async (repo, specs, take) => {
  for (const facts of await answers<ObjectFacts>(repo, "info", specs)) take(facts);
});

/** From what an earlier command read, else from Git. */
async function answers<A extends ObjectFacts>(
  repo: Repository,
  question: Question,
  specs: readonly string[],
): Promise<readonly (A | null)[]> {
  const before = await readBefore(repo, question, specs);
  if (before !== null) return before as readonly (A | null)[];
  const found: (A | null)[] = [];
  const take = (answer: ObjectFacts | null): void => {
    found.push(answer as A | null);
  };
  await (question === "info" ? readerOf(repo).facts(specs, take) : readerOf(repo).contents(specs, take));
  await noteRead(repo, question, specs, found);
  return found;
}

const readers = new WeakMap<Repository, ObjectReader>();

/** The process that was asked before, as long as it goes on answering; else a new one. */
function readerOf(repo: Repository): ObjectReader {
  const known = readers.get(repo);
  if (known?.isOpen) return known;
  const reader = new ObjectReader(repo.root || repo.gitDir);
  readers.set(repo, reader);
  return reader;
}

function checkSpecs(specs: readonly string[]): void {
  for (const spec of specs) {
    if (spec === "" || spec.includes("\0")) {
      throw new Failure("usage", "This does not name anything in the repository.", {
        where: printable(spec) || "(empty)",
      });
    }
  }
}

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
