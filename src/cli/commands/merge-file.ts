import { extname, resolve } from "node:path";
import { setImmediate } from "node:timers/promises";
import { decodeText } from "../../curriculum/read.ts";
import { Failure } from "../../failure.ts";
import { readFile } from "../../files/read.ts";
import { writeAtomic, writePlain } from "../../files/write.ts";
import { eachMergedFile, type MergedFile, type ThreeFiles } from "../../git/merge-files.ts";
import { printable } from "../../git/names.ts";
import type { Labels, MergeResult } from "../../merge/conflict.ts";
import { mergeDocument } from "../../merge/document.ts";
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
  const read = await Promise.all(jobs.map(async (job) => ({ job, files: await readJob(context, job) })));
  const lost = read.filter(({ files }) => files === null);
  for (const { job } of lost) await writeResult(context, job, null, flags);
  const readable = read.flatMap(({ job, files }) => (files === null ? [] : [{ job, files }]));
  let code = lost.length > 0 ? ERROR : 0;
  await eachMergedFile(
    readable.map(({ files }) => files),
    async (git, i) => {
      const { job, files } = readable[i] as Readable;
      const result = mergeAsked(job, files, git, flags);
      await writeResult(context, job, result, flags);
      if (flags.batch === undefined) code = result.code;
      // Git's turn: what it has made of other files comes in.
      await setImmediate();
    },
  );
  return code;
}

interface Readable {
  readonly job: Job;
  readonly files: ThreeFiles;
}

/** What became of one merge: its code, and the result in bytes and in data. */
interface Result {
  readonly code: number;
  readonly bytes: Buffer;
  readonly json: string;
}

/** Writes what became of a merge to where it is wanted; null: it could not be made. */
async function writeResult(
  { cwd, io }: Context,
  job: Job,
  result: Result | null,
  { json, batch }: Flags,
): Promise<void> {
  if (result && json) io.stdout.write(result.json);
  else if (result && job.out === null) io.stdout.write(result.bytes);
  if (job.out === null) return;
  const out = resolve(cwd, job.out);
  const isBatch = batch !== undefined;
  // What replaces a person's file is written so that it is never lost.
  if (result) await (isBatch ? writePlain : writeAtomic)(out, result.bytes);
  if (isBatch) await writePlain(`${out}.code`, `${result?.code ?? ERROR}\n`);
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

function mergeAsked(
  job: Job,
  files: ThreeFiles,
  git: MergedFile,
  { label = [], markerSize, suggested, json }: Flags,
): Result {
  const labels = { ours: label[0] ?? job.ours, base: label[1] ?? job.base, theirs: label[2] ?? job.theirs };
  const bytes = [files.base, files.ours, files.theirs];
  const decoded = bytes.map(decodeText);
  const isText = decoded.every((one) => "text" in one);
  // What is not UTF-8 is merged by its bytes, as Git does it.
  const encoding = isText ? "utf8" : "latin1";
  const texts = isText ? decoded.map(({ text }) => text) : bytes.map((one) => one.toString("latin1"));
  const [base = "", ours = "", theirs = ""] = texts;
  const path = isText ? documentName(job) : "file";
  const result = mergeDocument({
    path,
    base,
    ours,
    theirs,
    git: { text: git.bytes.toString(encoding), clean: git.clean },
    labels,
    ...(markerSize === undefined ? {} : { markerSize }),
  });
  const taken = suggested ? applyFirst(path, result.parts, labels) : result.text;
  return {
    code: suggested ? 0 : Math.min(result.conflicts.length, MOST_CONFLICTS),
    bytes: Buffer.from(taken, encoding),
    json: json ? toJson(path, result, labels) : "",
  };
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
