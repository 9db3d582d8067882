import { extname, resolve } from "node:path";
import { setImmediate } from "node:timers/promises";
import { decodeText } from "../../curriculum/read.ts";
import { Failure } from "../../failure.ts";
import { readFile } from "../../files/read.ts";
import { writeAtomic, writePlain } from "../../files/write.ts";
import { type MergedFile, mergeFiles, type ThreeFiles } from "../../git/merge-files.ts";
import { printable } from "../../git/names.ts";
import type { Labels, MergeResult } from "../../merge/conflict.ts";
import { beginMerge } from "../../merge/document.ts";
import { applyFirst, suggestionsIn } from "../../merge/suggest.ts";
import type { Context } from "../context.ts";

interface Flags {
  readonly stdout?: boolean;
  readonly label?: readonly string[];
  readonly markerSize?: number;
  readonly suggested?: boolean;
  readonly json?: boolean;
  readonly batch?: string;
}

/** One merge that was asked for: its files as they were named, and where the result goes; null for standard output. */
interface Job extends Record<"ours" | "base" | "theirs", string> {
  readonly out: string | null;
}

/** As `git merge-file`: no exit code can say more. */
const MOST_CONFLICTS = 127;
const ERROR = 255;

/** `merge-file`: merges one file, or a list of them. Resolves to Git's exit codes: conflicts, or 255. */
export async function run(context: Context, args: readonly string[], flags: Flags): Promise<number> {
  const jobs = flags.batch === undefined ? [oneJob(args, flags)] : await jobsIn(context, flags.batch);
  const read = await Promise.all(jobs.map((job) => readJob(context, job)));
  const byGit = mergeFiles(read.flatMap((files) => files ?? []));
  const begun = await beginWhile(byGit, jobs, read, flags);
  const merged = (await byGit)[Symbol.iterator]();
  const codes: number[] = [];
  for (const [i, job] of jobs.entries()) {
    const files = read[i];
    const merge = files && (begun[i] ?? begin(job, files, flags));
    const ended = merge ? end(merge, merged.next().value as MergedFile, flags) : null;
    // What a merge was begun with is large, and of no use any more.
    begun[i] = null;
    codes.push(ended?.code ?? ERROR);
    if (ended && flags.json) context.io.stdout.write(ended.json);
    else if (ended && job.out === null) context.io.stdout.write(ended.bytes);
    if (job.out === null) continue;
    const out = resolve(context.cwd, job.out);
    const isBatch = flags.batch !== undefined;
    // What replaces a person's file is written so that it is never lost.
    if (ended) await (isBatch ? writePlain : writeAtomic)(out, ended.bytes);
    if (isBatch) await writePlain(`${out}.code`, `${codes.at(-1)}\n`);
  }
  return flags.batch === undefined ? (codes[0] ?? ERROR) : codes.includes(ERROR) ? ERROR : 0;
}

function oneJob(args: readonly string[], flags: Flags): Job {
  const [ours, base, theirs] = args;
  if (ours === undefined || base === undefined || theirs === undefined || args.length > 3) {
    throw new Failure("usage", "merge-file needs three files: this version, the base, the other version.", {
      next: ["leeway merge-file -p OURS BASE THEIRS", "leeway merge-file --batch LIST"],
    });
  }
  return { ours, base, theirs, out: flags.stdout || flags.json ? null : ours };
}

/** A list has a line a merge: a name for it, ours, base, theirs and where the result goes, parted by tabs. */
async function jobsIn({ cwd }: Context, list: string): Promise<Job[]> {
  const bytes = await readFile(resolve(cwd, list));
  if (bytes === null) throw new Failure("usage", "There is no such list.", { where: list });
  const lines = bytes
    .toString("utf8")
    .split("\n")
    .map((line) => line.replace(/\r$/, ""));
  return lines.flatMap((line, i) => {
    if (line === "") return [];
    const [, ours, base, theirs, out] = line.split("\t");
    if (ours && base && theirs && out) return [{ ours, base, theirs, out }];
    throw new Failure(
      "usage",
      "A line of the list needs five words parted by tabs: name, ours, base, theirs, out.",
      {
        where: `${list}:${i + 1}`,
      },
    );
  });
}

/** The three files; null, and a word on it, where one is not there or Git could not merge it either. */
async function readJob({ cwd, io }: Context, job: Job): Promise<ThreeFiles | null> {
  const [ours, base, theirs] = await Promise.all(
    [job.ours, job.base, job.theirs].map((name) => readFile(resolve(cwd, name))),
  );
  const missing = [job.ours, job.base, job.theirs].find((_, i) => ![ours, base, theirs][i]);
  if (!ours || !base || !theirs) {
    io.stderr.write(`leeway: There is no such file: ${printable(missing ?? "")}\n`);
    return null;
  }
  const binary = [ours, base, theirs].findIndex((bytes) => bytes.subarray(0, 8000).includes(0));
  if (binary < 0) return { ours, base, theirs };
  io.stderr.write(
    `leeway: This file is not text, and cannot be merged: ${printable([job.ours, job.base, job.theirs][binary] ?? "")}\n`,
  );
  return null;
}

/** A merge as far as it goes without Git's own: what it is of, and how it goes on. */
interface Begun {
  readonly path: string;
  readonly labels: Labels;
  readonly encoding: "utf8" | "latin1";
  readonly merge: ReturnType<typeof beginMerge>;
}

/** What a merge is begun with is kept until it ends: to keep more of them takes longer than to wait for Git. */
const MOST_BEGUN = 100;

/** Begins merges for as long as Git is at work in processes of its own. */
async function beginWhile(
  byGit: Promise<unknown>,
  jobs: readonly Job[],
  read: readonly (ThreeFiles | null)[],
  flags: Flags,
): Promise<(Begun | null)[]> {
  let isDone = false;
  const done = (): void => {
    isDone = true;
  };
  byGit.then(done, done);
  const begun: (Begun | null)[] = [];
  for (const [i, job] of jobs.slice(0, MOST_BEGUN).entries()) {
    await setImmediate();
    if (isDone) break;
    const files = read[i];
    begun.push(files ? begin(job, files, flags) : null);
  }
  return begun;
}

function begin(job: Job, files: ThreeFiles, { label = [], markerSize }: Flags): Begun {
  const labels = { ours: label[0] ?? job.ours, base: label[1] ?? job.base, theirs: label[2] ?? job.theirs };
  const bytes = [files.base, files.ours, files.theirs];
  const decoded = bytes.map(decodeText);
  const isText = decoded.every((one) => "text" in one);
  // What is not UTF-8 is merged by its bytes, as Git does it.
  const texts = isText ? decoded.map(({ text }) => text) : bytes.map((one) => one.toString("latin1"));
  const [base = "", ours = "", theirs = ""] = texts;
  const path = isText ? documentName(job) : "file";
  const merge = beginMerge({
    path,
    base,
    ours,
    theirs,
    labels,
    ...(markerSize === undefined ? {} : { markerSize }),
  });
  return { path, labels, encoding: isText ? "utf8" : "latin1", merge };
}

/** How a merge ends: its code, and the result in bytes and in data. */
function end(
  { path, labels, encoding, merge }: Begun,
  git: MergedFile,
  { suggested, json }: Flags,
): { code: number; bytes: Buffer; json: string } {
  const result = merge({ text: git.bytes.toString(encoding), clean: git.clean });
  const taken = suggested ? applyFirst(path, result.parts, labels) : result.text;
  const code = suggested ? 0 : Math.min(result.conflicts.length, MOST_CONFLICTS);
  return { code, bytes: Buffer.from(taken, encoding), json: json ? toJson(path, result, labels) : "" };
}

/** A name that tells the kind of file: Git's temporary files have no ending. */
function documentName({ ours, base, theirs }: Job): string {
  return [ours, theirs, base].find((name) => extname(name) !== "") ?? ours;
}

function toJson(path: string, { clean, parts, conflicts, rules }: MergeResult, labels: Labels): string {
  const suggested = suggestionsIn(path, parts, labels);
  const open = conflicts.map((conflict, i) => ({ ...conflict, suggestions: suggested[i] ?? [] }));
  return `${JSON.stringify({ schema: "leeway/merge/1", clean, conflicts: open, rules }, null, 2)}\n`;
}
