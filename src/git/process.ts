import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { availableParallelism } from "node:os";
import type { Readable } from "node:stream";
import { isatty } from "node:tty";
import { simpleGit } from "simple-git";
import { Failure } from "../failure.ts";
import { DISK_FULL, NOT_WRITABLE } from "../files/read.ts";
import { printable, protocols } from "./names.ts";

/** How one Git process is run. */
export interface RunOptions {
  /** What the process reads from standard input. */
  input?: string | Buffer;
  /** Variables for this process alone. */
  env?: Record<string, string>;
  /** Exit codes that are no failure; only 0 unless told. */
  ok?: readonly number[];
  /** Called with every line that Git writes about its progress. */
  progress?: (line: string) => void;
  /** Milliseconds without a word from Git after which it is given up. */
  patience?: number;
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

/** What simple-git refuses to pass on unless asked; dropped here, so that it has nothing to refuse. */
const guarded = new Set(["editor", "pager", "prefix", "ssh_askpass", "visual"]);

function environment(extra: Record<string, string>, keep: readonly string[]): Record<string, string> {
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

/** Runs Git on a folder's repository. Throws a `GitFailure` unless it ends with an allowed code. */
export function runGit(
  folder: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<RunResult> {
  return start(folder, args, options, environment(options.env ?? {}, []), {});
}

/** Starts a Git that reads and answers until its input ends: simple-git knows only what it says at its end. */
export function openGit(folder: string, args: readonly string[]): ChildProcessWithoutNullStreams {
  return spawn("git", args, { cwd: folder, env: environment({}, []), windowsHide: true });
}

/**
 * Runs Git where it talks to another repository: the user's own way of connecting (`GIT_SSH_COMMAND`) is
 * in force, and protocols that start programs are not.
 */
export function runNetworkGit(folder: string, args: readonly string[], options: RunOptions = {}) {
  return start(
    folder,
    args,
    options,
    networkEnvironment(options),
    { allowUnsafeSshCommand: true },
    onNetwork,
  );
}

/** A token for one host; it goes to that host alone, and nowhere on a command line. */
export interface Access {
  /** The beginning of the addresses that it is for, such as `https://github.com/`. */
  readonly host: string;
  readonly user: string;
  readonly token: string;
}

/** Like `runNetworkGit`, signed in at one host with a token, in place of what is configured for it. */
export function runSignedInGit(
  folder: string,
  args: readonly string[],
  { host, user, token }: Access,
  options: RunOptions = {},
) {
  const key = `http.${host}.extraheader`;
  const env = {
    ...networkEnvironment(options),
    GIT_CONFIG_COUNT: "2",
    // An empty value takes away what was set before.
    GIT_CONFIG_KEY_0: key,
    GIT_CONFIG_VALUE_0: "",
    GIT_CONFIG_KEY_1: key,
    GIT_CONFIG_VALUE_1: `Authorization: Basic ${Buffer.from(`${user}:${token}`).toString("base64")}`,
  };
  return start(
    folder,
    args,
    options,
    env,
    { allowUnsafeSshCommand: true, allowUnsafeConfigEnvCount: true },
    onNetwork,
  );
}

function networkEnvironment(options: RunOptions): Record<string, string> {
  const env = environment(options.env ?? {}, ["git_ssh_command", "git_ssh", "git_ssh_variant"]);
  const allowed = (process.env.GIT_ALLOW_PROTOCOL ?? protocols).split(":");
  env.GIT_ALLOW_PROTOCOL = allowed.filter((name) => name !== "ext").join(":");
  return env;
}

/** Like `runGit`, to configure a merge driver: a program that Git runs, which nobody but its user may name. */
export function runDriverConfig(folder: string, args: readonly string[]): Promise<RunResult> {
  return start(folder, ["config", "--local", ...args], {}, environment({}, []), {
    allowUnsafeMergeDriver: true,
  });
}

async function start(
  folder: string,
  args: readonly string[],
  options: RunOptions,
  env: Record<string, string>,
  unsafe: { allowUnsafeSshCommand?: true; allowUnsafeMergeDriver?: true; allowUnsafeConfigEnvCount?: true },
  turns: Turns = onMachine,
): Promise<RunResult> {
  let code = -1;
  let stdout: Buffer[] = [];
  let stderr: Buffer[] = [];
  const release = await turns();
  const given = new AbortController();
  try {
    await simpleGit({
      baseDir: folder,
      abort: given.signal,
      // Closing, not exiting, means that all output has arrived.
      completion: { onClose: true, onExit: false },
      allowEnvironment: Object.keys(env).filter((name) => name.toLowerCase().startsWith("git_")),
      unsafe,
      // Always something, if empty: without it standard input would stay open and Git could wait for it.
      input: () => Buffer.from(options.input ?? ""),
      errors: (_error, result) => {
        code = result.exitCode;
        // Taken out, so that simple-git does not join and decode megabytes a second time.
        stdout = result.stdOut.splice(0);
        stderr = result.stdErr.splice(0);
        return undefined;
      },
    })
      .env(env)
      .outputHandler((_command, out, err) => {
        // simple-git waits 50 ms more for a process that has said nothing; an empty word spares that.
        out.on("end", () => out.emit("data", Buffer.alloc(0)));
        if (options.progress) err.on("data", byLine(options.progress));
        if (options.patience !== undefined) giveUpAfter(options.patience, [out, err] as Readable[], given);
      })
      .raw([...args]);
  } catch (error) {
    if (code === -1 && !given.signal.aborted) throw error;
  } finally {
    release();
  }
  if (given.signal.aborted) throw new GitFailure(args, { code, stderr: "fatal: Connection timed out" });
  const result = { code, stdout: join(stdout), stderr: join(stderr).toString("utf8") };
  if (code < 0 && result.stderr.includes("ENOENT")) throw gitMissing();
  if (!(options.ok ?? [0]).includes(code)) throw new GitFailure(args, result);
  return result;
}

const join = (chunks: Buffer[]) => (chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks));

/** The failure when there is no Git on this computer. */
export function gitMissing(): Failure {
  return new Failure("environment", "Git is not installed, or not where programs are looked for.", {
    next: ["Install Git 2.39 or newer, from https://git-scm.com/downloads."],
  });
}

function byLine(tell: (line: string) => void): (chunk: Buffer) => void {
  let rest = "";
  return (chunk) => {
    const lines = (rest + chunk.toString("utf8")).split(/[\r\n]+/);
    rest = lines.pop() ?? "";
    for (const line of lines) if (line.trim() !== "") tell(printable(line.trim()));
  };
}

/** Ends a process that says nothing for too long; what it started may hold its output open, so that is let go too. */
function giveUpAfter(patience: number, streams: readonly Readable[], given: AbortController): void {
  const timer = setTimeout(() => {
    given.abort();
    for (const stream of streams) stream.destroy();
  }, patience);
  for (const stream of streams)
    stream.on("data", () => timer.refresh()).on("close", () => clearTimeout(timer));
}

/** Waits until one more process may run, and tells how to say that it has ended. */
type Turns = () => Promise<() => void>;

/** Sixty versions at once must not mean sixty processes. */
const onMachine = turnsOf(Math.max(4, 2 * availableParallelism()));
/** Who waits for the network needs no processor, and must not keep others from it. */
const onNetwork = turnsOf(16);

function turnsOf(limit: number): Turns {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async () => {
    if (running >= limit) await new Promise<void>((go) => waiting.push(go));
    else running++;
    return () => {
      const next = waiting.shift();
      if (next) next();
      else running--;
    };
  };
}
