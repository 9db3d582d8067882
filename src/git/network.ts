import type { Readable } from "node:stream";
import { printable, protocols } from "./names.ts";
import {
  environment,
  GitFailure,
  gitMissing,
  judged,
  type RunOptions,
  type RunResult,
  resultOf,
} from "./process.ts";
import { turnsOf } from "./turns.ts";

/** How a Git process that talks to another repository is run. */
export interface NetworkOptions extends RunOptions {
  /** Called with every line that Git writes about its progress. */
  progress?: (line: string) => void;
  /** Milliseconds without a word from Git after which it is given up. */
  patience?: number;
}

/**
 * Runs Git where it talks to another repository: the user's own way of connecting (`GIT_SSH_COMMAND`) is
 * in force, and protocols that start programs are not.
 */
export function runNetworkGit(folder: string, args: readonly string[], options: NetworkOptions = {}) {
  return start(folder, args, options, networkEnvironment(options), { allowUnsafeSshCommand: true });
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
  options: NetworkOptions = {},
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
  return start(folder, args, options, env, { allowUnsafeSshCommand: true, allowUnsafeConfigEnvCount: true });
}

function networkEnvironment(options: NetworkOptions): Record<string, string> {
  const env = environment(options.env ?? {}, ["git_ssh_command", "git_ssh", "git_ssh_variant"]);
  const allowed = (process.env.GIT_ALLOW_PROTOCOL ?? protocols).split(":");
  env.GIT_ALLOW_PROTOCOL = allowed.filter((name) => name !== "ext").join(":");
  return env;
}

/** Who waits for the network needs no processor, and must not keep others from it. */
const onNetwork = turnsOf(16);

async function start(
  folder: string,
  args: readonly string[],
  options: NetworkOptions,
  env: Record<string, string>,
  unsafe: { allowUnsafeSshCommand: true; allowUnsafeConfigEnvCount?: true },
): Promise<RunResult> {
  let code = -1;
  let stdout: Buffer[] = [];
  let stderr: Buffer[] = [];
  const release = await onNetwork();
  const given = new AbortController();
  try {
    const { simpleGit } = await import("simple-git");
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
  const result = resultOf(code, stdout, stderr);
  if (code < 0 && result.stderr.includes("ENOENT")) throw gitMissing();
  return judged(args, options, result);
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
