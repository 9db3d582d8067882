import { execFile, execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { parse } from "yaml";
import type { Ran } from "./trust.ts";

export const WORKFLOW = ".github/workflows/leeway.yml";
export const PIPELINE = ".gitlab/leeway.yml";

/** The release that a host would download: this repository as npm packs it, and its SHA-256. */
export function packed(folder: string): { bytes: Buffer; sha256: string } {
  const args = ["pack", "--silent", "--ignore-scripts", "--pack-destination", folder];
  const name = execFileSync("npm", args, { encoding: "utf8" }).trim();
  const bytes = readFileSync(join(folder, name));
  return { bytes, sha256: createHash("sha256").update(bytes).digest("hex") };
}

interface Step {
  readonly name?: string;
  readonly run?: string;
  readonly env?: Record<string, string>;
}

/** The steps of a workflow's job that are shell, as they stand. */
export function shellSteps(text: string, job: string): Step[] {
  const { jobs } = parse(text) as { jobs: Record<string, { steps: Step[] }> };
  return (jobs[job]?.steps ?? []).filter(({ run }) => run !== undefined);
}

/** A pipeline's job as a runner puts it together: what comes before, and its script. */
export function script(text: string, job: string): string {
  const jobs = parse(text) as Record<string, { before_script?: string[]; script?: string[] }>;
  return [...(jobs[".leeway"]?.before_script ?? []), ...(jobs[job]?.script ?? [])].join("\n");
}

/** A machine that a host runs a job on: nobody has told Git or Leeway anything there. */
export class Runner {
  readonly #root: string;
  readonly #env: Record<string, string>;

  constructor(root: string, env: Record<string, string>) {
    this.#root = mkdtempSync(join(root, "runner-"));
    for (const name of ["home", "temp", "bin"]) mkdirSync(join(this.#root, name));
    writeFileSync(join(this.#root, "path"), "");
    const { PATH = "" } = process.env;
    this.#env = {
      PATH,
      CI: "true",
      HOME: join(this.#root, "home"),
      TMPDIR: join(this.#root, "temp"),
      RUNNER_TEMP: join(this.#root, "temp"),
      GITHUB_PATH: join(this.#root, "path"),
      ...env,
    };
  }

  /** Takes the repository there, as a checkout with all history does. */
  checkout(home: string): this {
    execFileSync("git", ["clone", "--quiet", home, this.work], { env: this.#env });
    return this;
  }

  get work(): string {
    return join(this.#root, "work");
  }

  read(path: string): string {
    return readFileSync(join(this.work, path), "utf8");
  }

  get hasLeeway(): boolean {
    return existsSync(join(this.#root, "temp/leeway/bin/leeway"));
  }

  /** Runs a script as GitHub's `shell: bash` and GitLab's runner do. */
  run(text: string): Promise<Ran> {
    const added = readFileSync(join(this.#root, "path"), "utf8").split("\n").filter(Boolean);
    const env = { ...this.#env, PATH: [...added.toReversed(), this.#env.PATH].join(delimiter) };
    const file = join(this.#root, "step.sh");
    writeFileSync(file, text);
    return new Promise((done) => {
      execFile(
        "bash",
        ["--noprofile", "--norc", "-eo", "pipefail", file],
        { cwd: this.work, env },
        (error, out, err) =>
          done({ code: error === null ? 0 : typeof error.code === "number" ? error.code : 255, out, err }),
      );
    });
  }

  /** Runs steps one after the other up to the first that fails. */
  async steps(steps: readonly Step[]): Promise<Ran> {
    let all: Ran = { code: 0, out: "", err: "" };
    for (const { run = "" } of steps) {
      const ran = await this.run(run);
      all = { code: ran.code, out: all.out + ran.out, err: all.err + ran.err };
      if (ran.code !== 0) break;
    }
    return all;
  }
}
