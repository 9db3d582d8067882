import { execFile } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { PassThrough, Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { afterAll } from "vitest";
import type { Io } from "../../src/cli/io.ts";

/** What a finished process left. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** The program as a person runs it. */
export const BIN = resolve("bin/leeway.js");
const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A new folder that goes when the test file has ended, with a home of its own so that no setting of this machine counts. */
export function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), "leeway-e2e-"));
  folders.push(folder);
  mkdirSync(join(folder, "home"));
  writeFileSync(
    join(folder, "home", ".gitconfig"),
    "[user]\n\tname = Test Teacher\n\temail = teacher@example.invalid\n[init]\n\tdefaultBranch = main\n\ttemplateDir =\n[commit]\n\tgpgSign = false\n",
  );
  return folder;
}

/**
 * A person's environment, without what a machine says of hosts and terminals; and without its certificates, which every
 * Node that starts reads for a tenth of a second, and Leeway opens no connection of its own to the net here.
 */
function environment(root: string, extra: Record<string, string>): Record<string, string> {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (
      value !== undefined &&
      !/^(GIT_|GITHUB_|GITLAB_|CI_|NO_COLOR|FORCE_COLOR|COLUMNS|NODE_EXTRA_CA_CERTS)/.test(name)
    )
      env[name] = value;
  }
  return { ...env, HOME: join(root, "home"), XDG_CONFIG_HOME: join(root, "home"), ...extra };
}

function start(
  program: string,
  args: readonly string[],
  cwd: string,
  env: Record<string, string>,
): Promise<Ran> {
  return new Promise((done) => {
    execFile(program, args, { cwd, env, maxBuffer: 1 << 26 }, (error, out, err) => {
      const code = error === null ? 0 : typeof error.code === "number" ? error.code : 255;
      done({ code, out, err });
    });
  });
}

let isRunning = false;
let program: ReturnType<Launcher["load"]> | undefined;

interface Launcher {
  /** @returns the whole program, for a verb that has none of its own */
  load(verb: string): { run(argv: readonly string[], io: Io): Promise<number> };
}

/**
 * Runs the built program in this process, as its `run(argv, io)` is made for: most of a small verb's time is Node's own
 * start. One at a time; with settings of its own, with other Nodes and in suites that cut it short it is a process.
 */
async function runHere(args: readonly string[], cwd: string, env: Record<string, string>): Promise<Ran> {
  isRunning = true;
  for (const name of Object.keys(process.env))
    if (!(name in env) && !KEPT.test(name)) delete process.env[name];
  Object.assign(process.env, { HOME: env.HOME, XDG_CONFIG_HOME: env.XDG_CONFIG_HOME });
  const [out, err] = [new PassThrough(), new PassThrough()];
  const said = Promise.all([text(out), text(err)]);
  try {
    program ??= (createRequire(import.meta.url)(resolve("bin/program.js")) as Launcher).load("help");
    const code = await program.run(args, { cwd, env, stdin: Readable.from([]), stdout: out, stderr: err });
    out.end();
    err.end();
    const [told, complained] = await said;
    return { code, out: told, err: complained };
  } finally {
    isRunning = false;
  }
}

/** What the test runner itself goes by. */
const KEPT = /^(VITEST|NODE_|LEEWAY_)/;

/**
 * Copies what a folder of repositories holds into a new one. What is built the same way for several test files is
 * built once in a run: by whichever comes first.
 */
export async function builtOnce<W extends Workshop>(
  name: string,
  made: W,
  build: (made: W) => Promise<void>,
): Promise<W> {
  const kept = join(process.env.LEEWAY_SHARED ?? tmpdir(), name);
  if (process.env.LEEWAY_SHARED && existsSync(kept)) {
    copyRepositories(kept, made.root);
    return made;
  }
  await build(made);
  if (!process.env.LEEWAY_SHARED) return made;
  const draft = mkdtempSync(join(process.env.LEEWAY_SHARED, "draft-"));
  copyRepositories(made.root, draft);
  try {
    renameSync(draft, kept);
  } catch {
    // Another worker was faster.
  }
  return made;
}

/** Copies everything but the home. */
export function copyRepositories(from: string, to: string): void {
  for (const name of readdirSync(from)) {
    if (name !== "home")
      cpSync(join(from, name), join(to, name), { recursive: true, verbatimSymlinks: true });
  }
}

/** A folder of repositories, and the commands that a person would type in them. */
export class Workshop {
  readonly root = scratch();

  at(...path: string[]): string {
    return join(this.root, ...path);
  }

  /** Runs the built program: here, or as a process of its own where that matters. */
  leeway(folder: string, args: readonly string[], env: Record<string, string> = {}): Promise<Ran> {
    const own = environment(this.root, env);
    if (process.env.LEEWAY_PROCESSES || isRunning || Object.keys(env).length > 0)
      return start(process.execPath, [BIN, ...args], this.at(folder), own);
    return runHere(args, this.at(folder), own);
  }

  git(folder: string, args: readonly string[], env: Record<string, string> = {}): Promise<Ran> {
    return this.tool("git", args, folder, env);
  }

  /** Runs any program in a folder, with a home of its own. */
  tool(
    name: string,
    args: readonly string[],
    folder: string,
    env: Record<string, string> = {},
  ): Promise<Ran> {
    return start(name, args, this.at(folder), environment(this.root, env));
  }

  /** Like `leeway`, and fails the test loudly where it does not end with the code. */
  async ok(folder: string, args: readonly string[], code = 0): Promise<string> {
    const ran = await this.leeway(folder, args);
    if (ran.code !== code) {
      throw new Error(
        `leeway ${args.join(" ")} in ${folder} ended with ${ran.code}, not ${code}\n${ran.out}${ran.err}`,
      );
    }
    return ran.out + ran.err;
  }

  /** Like `git`, and fails the test loudly. */
  async run(folder: string, args: readonly string[]): Promise<string> {
    const ran = await this.git(folder, args);
    if (ran.code !== 0)
      throw new Error(`git ${args.join(" ")} in ${folder} ended with ${ran.code}\n${ran.out}${ran.err}`);
    return ran.out.trimEnd();
  }

  read(...path: string[]): string {
    return readFileSync(this.at(...path), "utf8");
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(this.at(path)), { recursive: true });
    writeFileSync(this.at(path), text);
  }

  /** Changes a text that stands in a file exactly once. */
  replace(path: string, find: string, replacement: string): void {
    const parts = this.read(path).split(find);
    if (parts.length !== 2) throw new Error(`${find} stands ${parts.length - 1} times in ${path}`);
    this.write(path, parts.join(replacement));
  }
}
