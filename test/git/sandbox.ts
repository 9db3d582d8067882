import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll } from "vitest";
import { openRepository, type Repository } from "../../src/git/repository.ts";

// The developer's own settings must neither help nor hurt.
const home = mkdtempSync(join(tmpdir(), "leeway-home-"));
process.env.HOME = home;
process.env.XDG_CONFIG_HOME = join(home, "config");
process.env.GIT_CONFIG_NOSYSTEM = "1";
writeFileSync(join(home, ".gitconfig"), "[init]\n\tdefaultBranch = main\n[gc]\n\tauto = 0\n");

const made: string[] = [home];
afterAll(() => {
  for (const path of made.splice(0)) rmSync(path, { recursive: true, force: true });
});

/** An empty folder that is gone after the tests of the file. */
export function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "leeway-test-"));
  made.push(path);
  return path;
}

/** Runs the real Git, apart from the code under test. */
export function git(at: string, ...args: string[]): string {
  return execFileSync("git", args, {
    cwd: at,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  }).trimEnd();
}

/** Writes files below a folder. */
export function write(at: string, files: Record<string, string | Buffer>): void {
  for (const [path, bytes] of Object.entries(files)) {
    mkdirSync(dirname(join(at, path)), { recursive: true });
    writeFileSync(join(at, path), bytes);
  }
}

/** Writes files and commits everything; returns the commit. */
export function commit(at: string, files: Record<string, string | Buffer>, message = "change"): string {
  write(at, files);
  git(at, "add", "-A");
  git(at, "commit", "-q", "--allow-empty", "-m", message);
  return git(at, "rev-parse", "HEAD");
}

/** A new repository with a first commit of these files. */
export async function repository(
  files: Record<string, string | Buffer> = { "a.md": "one\n" },
): Promise<{ at: string; first: string; repo: Repository }> {
  const at = folder();
  git(at, "init", "-q", "-b", "main");
  git(at, "config", "user.name", "Test Teacher");
  git(at, "config", "user.email", "test@school.example");
  git(at, "config", "core.autocrlf", "false");
  const first = commit(at, files, "first");
  return { at, first, repo: await openRepository(at) };
}

/** Paths that have broken programs before. */
export const oddPaths = [
  "with space/a b.md",
  "été/ñandú.md",
  "🚢.md",
  "line\nbreak.md",
  "-dash.md",
  ":colon*[x].md",
  'quo"te\t.md',
];
