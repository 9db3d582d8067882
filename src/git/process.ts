import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { availableParallelism } from "node:os";
import { isatty } from "node:tty";
import { Failure } from "../failure.ts";
import { DISK_FULL, exists, NOT_WRITABLE } from "../files/read.ts";
import { printable } from "./names.ts";
import { turnsOf } from "./turns.ts";

/** How one Git process is run. */
export interface RunOptions {
  /** What the process reads from standard input. */
  input?: string | Buffer;
  /** Variables for this process alone. */
  env?: Record<string, string>;
  /** Exit codes that are no failure; only 0 unless told. */
  ok?: readonly number[];
  /** Takes the output piece by piece as it comes; then none is left at the end. What it throws ends the process. */
  take?: (chunk: Buffer) => void;
}

/** What a Git process left. */
export interface RunResult {
  code: number;
  stdout: Buffer;
  stderr: string;
}

/** A Git command that failed, with what it said, for callers who can tell more than Git does. */
export class GitFailure extends Failure {
  readonly code: number;
  readonly stderr: string;

  constructor(args: readonly string[], result: { code: number; stderr: string }) {
    const said = lastWord(result.stderr) || `exit code ${result.code}`;
    const lock = /'([^']+\.lock)': File exists/.exec(result.stderr)?.[1];
    super("environment", `Git could not do its part: ${said}.`, {
      where: `git ${verbOf(args)}`,
      next: lock
        ? [
            "Wait until the other Git has finished, then try again.",
            `If none is at work, delete ${printable(lock)}.`,
          ]
        : diskSteps(result.stderr),
    });
    this.code = result.code;
    this.stderr = result.stderr;
  }
}

export function isDiskFull(stderr: string): boolean {
  return /no space left|out of disk ?space|disk quota exceeded/i.test(stderr);
}

/** What to do where it is the disk that Git was turned away by. */
function diskSteps(stderr: string): string[] {
  if (isDiskFull(stderr)) return [DISK_FULL];
  return /read-only file system|permission denied|insufficient permission|failed to write object|unable to (?:create|write)/i.test(
    stderr,
  )
    ? [NOT_WRITABLE]
    : [];
}

/** Git's own last line that tells the fault, without its full stop: its last `fatal:` or `error:`, else the last line. */
export function lastWord(stderr: string): string {
  const lines = stderr.split(/[\r\n]+/).filter((line) => line.trim() !== "" && !line.startsWith("hint:"));
  const telling = lines.filter((line) => /^(fatal|error|remote|ssh|!)\b/.test(line));
  const chosen = telling.findLast((line) => line.startsWith("fatal:")) ?? telling.at(-1) ?? lines.at(-1);
  return printable((chosen ?? "").trim().replace(/\.$/, ""));
}

const verbOf = (args: readonly string[]) => {
  const start = args.findIndex((arg, i) => !arg.startsWith("-") && args[i - 1] !== "-c");
  return args
    .slice(Math.max(start, 0), start + 4)
    .map((arg) => printable(arg))
    .join(" ");
};

/**
 * What of Git's own variables reaches Git. The rest, above all `GIT_DIR` and `GIT_INDEX_FILE` as a hook
 * sets them, would make it work on another repository than the one that was opened.
 */
const inherited = [
  /^git_(author|committer)_(name|email|date)$/,
  /^git_(ceiling_directories|discovery_across_filesystem|config_nosystem|no_lazy_fetch)$/,
  /^git_(ssl_.*|http_.*)$/,
];

/** Programs that Git would start for somebody at a keyboard; simple-git would refuse to pass them on. */
const guarded = new Set(["editor", "pager", "prefix", "ssh_askpass", "visual"]);

/** What a Git of Leeway's finds in its environment: of Git's own variables what is harmless, and those of `keep`. */
export function environment(
  extra: Record<string, string>,
  keep: readonly string[] = [],
): Record<string, string> {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) {
    const lower = name.toLowerCase();
    if (value === undefined || guarded.has(lower)) continue;
    const git = lower.startsWith("git_");
    if (git && !keep.includes(lower) && !inherited.some((pattern) => pattern.test(lower))) continue;
    if (lower === "language" || lower.startsWith("lc_")) continue;
    env[name] = value;
  }
  // Messages are read by Leeway, so they have to be the same everywhere.
  env.LC_ALL = "C";
  // Without anybody to ask, asking hangs for ever.
  if (!(isatty(0) && isatty(2))) env.GIT_TERMINAL_PROMPT = "0";
  return Object.assign(env, extra);
}

/** Sixty versions at once must not mean sixty processes. */
const onMachine = turnsOf(Math.max(4, 2 * availableParallelism()));

/**
 * Runs Git on a folder's repository, where it talks to no other. Throws a `GitFailure` unless it ends with an allowed code.
 *
 * Node's own processes, since simple-git takes 6 ms for the first and 2 for each of the others, a tenth of what `diff` or
 * `rebase` takes; what it guards against, options that come from outside, is for `network.ts`.
 */
export async function runGit(
  folder: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<RunResult> {
  const release = await onMachine();
  try {
    return judged(args, options, await ended(openGit(folder, args, options.env), options));
  } catch (error) {
    throw await known(error, folder);
  } finally {
    release();
  }
}

/** Starts a Git that reads and answers until its input ends. */
export function openGit(
  folder: string,
  args: readonly string[],
  env: Record<string, string> = {},
): ChildProcessWithoutNullStreams {
  return spawn("git", args, { cwd: folder, env: environment(env), windowsHide: true });
}

function ended(git: ChildProcessWithoutNullStreams, { input = "", take }: RunOptions): Promise<RunResult> {
  const { stdin, stdout, stderr } = git;
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  let fault: { error: unknown } | undefined;
  stdout.on("data", (chunk: Buffer) => {
    if (take === undefined) out.push(chunk);
    else if (fault === undefined) fault = thrownBy(() => take(chunk));
    if (fault !== undefined) git.kill();
  });
  stderr.on("data", (chunk: Buffer) => err.push(chunk));
  // A Git that has read enough closes its end; what it made of that is in its exit code.
  stdin.on("error", () => undefined);
  stdin.end(input);
  return new Promise((resolve, reject) => {
    git.on("error", reject);
    // Closing, not exiting, means that all output has arrived.
    git.on("close", (code) => (fault ? reject(fault.error) : resolve(resultOf(code ?? -1, out, err))));
  });
}

function thrownBy(work: () => void): { error: unknown } | undefined {
  try {
    work();
  } catch (error) {
    return { error };
  }
}

/** What a process left, from the pieces in which it came. */
export function resultOf(code: number, stdout: readonly Buffer[], stderr: readonly Buffer[]): RunResult {
  return { code, stdout: join(stdout), stderr: join(stderr).toString("utf8") };
}

const join = (chunks: readonly Buffer[]) =>
  chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);

/** The result, if its code is allowed. */
export function judged(args: readonly string[], { ok = [0] }: RunOptions, result: RunResult): RunResult {
  if (!ok.includes(result.code)) throw new GitFailure(args, result);
  return result;
}

/** What kept a process from starting, in words; any other error as it is. */
async function known(error: unknown, folder: string): Promise<unknown> {
  const { code, syscall, message } = error as NodeJS.ErrnoException;
  if (!syscall?.startsWith("spawn")) return error;
  if (code !== "ENOENT") {
    return new Failure("environment", `Git could not be started: ${message}.`, {
      next: ["git --version   has to work here; ask who looks after this computer if it does not"],
    });
  }
  return (await exists(folder))
    ? gitMissing()
    : new Failure("usage", "There is no such folder.", { where: folder });
}

/** The failure when there is no Git on this computer. */
export function gitMissing(): Failure {
  return new Failure("environment", "Git is not installed, or not where programs are looked for.", {
    next: [`Install Git ${oldestGit} or newer, from https://git-scm.com/downloads.`],
  });
}

/** The oldest Git that can do what Leeway asks of it. */
export const oldestGit = "2.39";

/** The failure when the Git on this computer is older than that. */
export async function gitTooOld(folder: string): Promise<Failure> {
  const version = (await runGit(folder, ["version"])).stdout
    .toString("utf8")
    .replace(/^git version /, "")
    .trim();
  return new Failure("environment", `Git ${version} is too old: Leeway needs ${oldestGit} or newer.`, {
    next: ["Install a newer Git, from https://git-scm.com/downloads."],
  });
}
