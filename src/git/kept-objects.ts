import { dirname, join } from "node:path";
import { readFile } from "../files/read.ts";
import { makeFolder, writePlain } from "../files/write.ts";
import { readsAsWritten } from "./as-written.ts";
import type { GitObject, ObjectFacts, Question } from "./object-reader.ts";
import { isRemembered } from "./remembered.ts";
import type { Repository } from "./repository.ts";

type Answer = GitObject | ObjectFacts;

/** Objects and bytes beyond which nothing is kept: the process that reads them is then a small part of the work. */
const MOST = 300;
const MOST_BYTES = 500_000;

/** An object, a commit's or a file of one, named by an id: it is the same tomorrow. */
const LASTING = /^(?:[0-9a-f]{40}|[0-9a-f]{64})(?::|\^\{(?:commit|tree)\}$|$)/;

/** What is known of a repository's objects, by question and spec. */
interface Known {
  /** As the last command left it. */
  readonly kept: ReadonlyMap<string, Answer>;
  /** What this command asked for; null where it asked for too much. */
  asked: Map<string, Answer> | null;
  /** Of the contents in `asked`. */
  bytes: number;
}

const repositories = new WeakMap<Repository, Promise<Known>>();

/**
 * What an earlier command read, where it read all of this: people run `status`, `diff` and `check` again and again, and
 * most of what they need of Git is the same each time. Null where Git has to be asked.
 */
export async function readBefore(
  repo: Repository,
  question: Question,
  specs: readonly string[],
): Promise<readonly (Answer | null)[] | null> {
  if (isRemembered(repo)) return null;
  const known = await knownOf(repo);
  const told = specs.map((spec) => tell(known.kept, question, spec));
  if (!told.every((each) => each !== null)) return null;
  for (const { by } of told) note(known, ...by);
  return told.map(({ answer }) => answer);
}

/** An answer, and by what it is known: by itself, or by a folder that has no such name. */
interface Told {
  readonly answer: Answer | null;
  readonly by: readonly [key: string, answer: Answer];
}

function tell(kept: Known["kept"], question: Question, spec: string): Told | null {
  const key = `${question} ${spec}`;
  const answer = kept.get(key);
  if (answer !== undefined) return { answer, by: [key, answer] };
  const place = placeOf(spec);
  if (place === null) return null;
  const folder = tell(kept, "contents", place.folder);
  if (folder === null || folder.answer === null) return folder;
  // A name that ends like this one says nothing: then Git is asked.
  const { answer: tree } = folder;
  return tree.type === "tree" && !bytesOf(tree).includes(` ${place.name}\0`)
    ? { answer: null, by: folder.by }
    : null;
}

/** A file or folder of a commit or tree; the folder at the top has no name. */
const PLACE = /^([0-9a-f]{40}|[0-9a-f]{64}):(?:(.*)\/)?([^/]+)$/s;
const MOVES = /^\.{0,2}$/;

/** The folder in which it stands; null where it is none that Git goes through name by name. */
function placeOf(spec: string): { readonly folder: string; readonly name: string } | null {
  const [, id, path, name] = PLACE.exec(spec) ?? [];
  if (id === undefined || name === undefined) return null;
  if ([...(path?.split("/") ?? []), name].some((part) => MOVES.test(part))) return null;
  return { folder: path === undefined ? `${id}^{tree}` : `${id}:${path}`, name };
}

/**
 * The folders that tell of what Git has not whether it was never there. What is missing may be there tomorrow: Git says
 * the same of a file that is lost.
 */
export async function foldersThatTell(repo: Repository, missing: readonly string[]): Promise<string[]> {
  if (isRemembered(repo) || missing.length > MOST) return [];
  const { asked } = await knownOf(repo);
  const folders = missing.flatMap((spec) => placeOf(spec)?.folder ?? []);
  return asked === null ? [] : [...new Set(folders)].filter((folder) => !asked.has(`contents ${folder}`));
}

/** Takes notes of what Git answers, for `keepRead`. */
export async function notesOf(
  repo: Repository,
  question: Question,
): Promise<(spec: string, answer: Answer | null) => void> {
  if (isRemembered(repo)) return () => undefined;
  const known = await knownOf(repo);
  return (spec, answer) => {
    if (answer !== null && LASTING.test(spec)) note(known, `${question} ${spec}`, answer);
  };
}

function note(known: Known, key: string, answer: Answer): void {
  if (known.asked === null || known.asked.has(key)) return;
  known.asked.set(key, answer);
  known.bytes += bytesOf(answer).length;
  if (known.asked.size > MOST || known.bytes > MOST_BYTES) known.asked = null;
}

function fits(answers: ReadonlyMap<string, Answer>): boolean {
  const bytes = [...answers.values()].reduce((sum, answer) => sum + bytesOf(answer).length, 0);
  return answers.size <= MOST && bytes <= MOST_BYTES;
}

/** Keeps what was read for the next command. The file may be deleted at any time. */
export async function keepRead(repo: Repository): Promise<void> {
  const { kept, asked } = (await repositories.get(repo)) ?? NOTHING;
  const isNew = (key: string): boolean => !kept.has(key);
  if (asked === null || ![...asked.keys()].some(isNew) || !(await readsAsWritten(repo))) return;
  const both = new Map([...kept, ...asked]);
  try {
    await makeFolder(dirname(pathOf(repo)));
    await writePlain(pathOf(repo), encode(fits(both) ? both : asked));
  } catch {
    // On a disk that cannot be written to.
  }
}

const NOTHING: Known = { kept: new Map(), asked: null, bytes: 0 };

function knownOf(repo: Repository): Promise<Known> {
  const known = repositories.get(repo) ?? readKnown(repo);
  repositories.set(repo, known);
  return known;
}

async function readKnown(repo: Repository): Promise<Known> {
  const file = (await readsAsWritten(repo)) ? await readFile(pathOf(repo)).catch(() => null) : null;
  return { kept: decode(file ?? Buffer.alloc(0)), asked: new Map(), bytes: 0 };
}

const pathOf = (repo: Repository): string => join(repo.commonDir, "leeway", "cache", "objects-1");

/** A checksum, a line of what there is, and the contents one after another. */
function encode(answers: ReadonlyMap<string, Answer>): Buffer {
  const list = [...answers].map(([key, { oid, type, size }]) => [key, oid, type, size]);
  const rest = Buffer.concat([
    Buffer.from(`${JSON.stringify(list)}\n`),
    ...[...answers.values()].map(bytesOf),
  ]);
  return Buffer.concat([Buffer.from(`${checksum(rest)}\n`), rest]);
}

/** Nothing where the file is not as it was written, such as by two commands at once. */
function decode(file: Buffer): ReadonlyMap<string, Answer> {
  const start = file.indexOf("\n") + 1;
  const rest = file.subarray(start);
  if (start === 0 || file.toString("latin1", 0, start - 1) !== checksum(rest)) return new Map();
  let at = rest.indexOf("\n") + 1;
  const list = JSON.parse(rest.toString("utf8", 0, at)) as [string, string, ObjectFacts["type"], number][];
  return new Map(
    list.map(([key, oid, type, size]): [string, Answer] => {
      if (key.startsWith("info ")) return [key, { oid, type, size }];
      const bytes = rest.subarray(at, at + size);
      at += size;
      return [key, { oid, type, size, bytes }];
    }),
  );
}

function bytesOf(answer: Answer): Buffer {
  return "bytes" in answer ? answer.bytes : Buffer.alloc(0);
}

function checksum(bytes: Buffer): string {
  const { hash } = process.getBuiltinModule("node:crypto");
  return hash("sha256", bytes, "hex");
}
