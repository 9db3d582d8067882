import { Failure } from "../failure.ts";
import { foldersThatTell, notesOf, readBefore } from "./kept-objects.ts";
import { printable } from "./names.ts";
import { type GitObject, type ObjectFacts, ObjectReader, type Question } from "./object-reader.ts";
import type { Repository } from "./repository.ts";
import { together } from "./together.ts";

export type { GitObject, ObjectFacts };

/**
 * Reads any number of objects in one process, which calls of the same moment share. A spec is an object id, a
 * revision, or `REV:path` with any path, line breaks included. What does not exist is null.
 */
export async function readObjects(repo: Repository, specs: readonly string[]): Promise<(GitObject | null)[]> {
  const objects: (GitObject | null)[] = [];
  await readEach(repo, specs, (object, index) => {
    objects[index] = object;
  });
  return objects;
}

/**
 * The same, and hands on each object as soon as Git has unpacked it, so that Git goes on while something is made of it
 * and none of them is kept for the others' sake. Calls of the same moment end together.
 * @param take called for every spec: in order, except for those that another call has asked for before. What it throws
 *   is thrown at the end, and it is not called again.
 */
export async function readEach(
  repo: Repository,
  specs: readonly string[],
  take: (object: GitObject | null, index: number) => void,
): Promise<void> {
  checkSpecs(specs);
  const taking = untilItThrows(take);
  await readTogether(
    repo,
    specs.map((spec, index) => ({ spec, take: (object) => taking.take(object, index) })),
  );
  taking.end();
}

/** Somebody who wants an object. */
interface Wanted {
  readonly spec: string;
  readonly take: (object: GitObject | null) => void;
}

const readTogether = together<Wanted, undefined>(async (repo, wanted, done) => {
  // Versions that are looked at side by side ask for much the same of their upstream.
  const bySpec = new Map(wanted.map(({ spec }) => [spec, [] as Wanted["take"][]]));
  for (const { spec, take } of wanted) bySpec.get(spec)?.push(take);
  const takes = [...bySpec.values()];
  await answers<GitObject>(repo, "contents", [...bySpec.keys()], (object, index) => {
    for (const take of takes[index] ?? []) take(object);
  });
  for (const _ of wanted) done(undefined);
});

/**
 * Reads any number of blobs and hands on each as soon as Git has unpacked it. Nothing of it is shared with other calls,
 * or kept for the next command.
 * @param take called once for every id, in order, with bytes that are good for this call alone; null for what is missing
 *   or no blob. What it throws is thrown at the end, and it is not called again.
 */
export async function eachBlob(
  repo: Repository,
  oids: readonly string[],
  take: (bytes: Buffer | null, index: number) => void,
): Promise<void> {
  checkSpecs(oids);
  const taking = untilItThrows(take);
  let index = 0;
  await readerOf(repo).contents(oids, (object) =>
    taking.take(object?.type === "blob" ? object.bytes : null, index++),
  );
  taking.end();
}

/** Others wait for what Git answers next, so that what one of them throws is kept until the end. */
function untilItThrows<T>(take: (each: T, index: number) => void): {
  readonly take: (each: T, index: number) => void;
  readonly end: () => void;
} {
  let fault: { readonly error: unknown } | undefined;
  return {
    take: (each, index) => {
      if (fault !== undefined) return;
      try {
        take(each, index);
      } catch (error) {
        fault = { error };
      }
    },
    end: () => {
      if (fault !== undefined) throw fault.error;
    },
  };
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

const describeTogether = together<string, ObjectFacts | null>((repo, specs, take) =>
  answers<ObjectFacts>(repo, "info", specs, take),
);

/** From what an earlier command read, else from Git. */
async function answers<A extends ObjectFacts>(
  repo: Repository,
  question: Question,
  specs: readonly string[],
  take: (answer: A | null, index: number) => void,
): Promise<void> {
  const before = await readBefore(repo, question, specs);
  if (before !== null) {
    for (const [index, answer] of before.entries()) take(answer as A, index);
    return;
  }
  const missing = await ask(
    repo,
    question,
    specs,
    take as (answer: ObjectFacts | null, index: number) => void,
  );
  for (let folders = missing; folders.length > 0; ) {
    folders = await foldersThatTell(repo, folders);
    folders = await ask(repo, "contents", folders);
  }
}

/** Asks Git, and takes notes of what it says; returns what it has not. */
async function ask(
  repo: Repository,
  question: Question,
  specs: readonly string[],
  take: (answer: ObjectFacts | null, index: number) => void = () => undefined,
): Promise<string[]> {
  const note = await notesOf(repo, question);
  const missing: string[] = [];
  let index = 0;
  const each = (answer: ObjectFacts | null): void => {
    const spec = specs[index] ?? "";
    note(spec, answer);
    if (answer === null) missing.push(spec);
    take(answer, index++);
  };
  await (question === "info" ? readerOf(repo).facts(specs, each) : readerOf(repo).contents(specs, each));
  return missing;
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
