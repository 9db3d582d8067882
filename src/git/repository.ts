import { resolve as absolute, basename } from "node:path";
import { Failure } from "../failure.ts";
import { kindOf } from "../files/read.ts";
import { type NetworkOptions, runNetworkGit } from "./network.ts";
import { plainBare, plainCheckout } from "./plain-checkout.ts";
import { GitFailure, gitTooOld, type RunOptions, type RunResult, runGit } from "./process.ts";

/** Where a repository is, as Git tells. */
interface Places {
  root: string;
  gitDir: string;
  commonDir: string;
  objectFormat: "sha1" | "sha256";
}

/** Runs Git somewhere in a repository. */
export type Git = Pick<Repository, "run">;

/** One Git repository on this computer: the handle that every function of this floor takes. */
export class Repository {
  /** Top of the work tree; empty if the repository is bare. */
  readonly root: string;
  /** Git's folder of this work tree: HEAD, index, MERGE_HEAD. */
  readonly gitDir: string;
  /** Git's folder that all work trees share: refs, objects, configuration. */
  readonly commonDir: string;
  readonly objectFormat: "sha1" | "sha256";

  constructor(places: Places) {
    this.root = places.root;
    this.gitDir = places.gitDir;
    this.commonDir = places.commonDir;
    this.objectFormat = places.objectFormat;
  }

  /**
   * Where refs stand that are of this work tree alone: of a linked one (`git worktree add`) in a folder of its own.
   * Not under `refs/worktree/`, since Git's garbage collection does not look there from another work tree.
   */
  get ownRefs(): string {
    return this.gitDir === this.commonDir ? "refs/leeway" : `refs/leeway/worktrees/${basename(this.gitDir)}`;
  }

  /** The object id that stands for nothing. */
  get zero(): string {
    return "0".repeat(this.objectFormat === "sha1" ? 40 : 64);
  }

  /** The tree without files, which Git knows even where nobody has written it. */
  get emptyTree(): string {
    return this.objectFormat === "sha1"
      ? "4b825dc642cb6eb9a060e54bf8d69288fbee4904"
      : "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321";
  }

  /** Runs Git at the top of the work tree; throws a `GitFailure` for a code that is not in `ok`. */
  run(args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
    return runGit(this.root || this.gitDir, args, options);
  }

  /** Like `run`, where Git talks to another repository. */
  runNetwork(args: readonly string[], options: NetworkOptions = {}): Promise<RunResult> {
    return runNetworkGit(this.root || this.gitDir, args, options);
  }

  /** What Git printed, as text without the line break at its end. */
  async text(args: readonly string[], options: RunOptions = {}): Promise<string> {
    return (await this.run(args, options)).stdout.toString("utf8").replace(/\r?\n$/, "");
  }
}

/** A repository, the branch that is checked out and its commit. */
export interface Checkout {
  readonly repo: Repository;
  /** Null if HEAD is detached. */
  readonly branch: string | null;
  /** Null before the first commit. */
  readonly head: string | null;
  /** What the refs that were asked for point at, by name; null where Git was not asked for them. */
  readonly refs: ReadonlyMap<string, string> | null;
}

/**
 * A folder of a curriculum can be a bare repository whose settings name programs; Git would take it for the one that
 * was meant. https://git-scm.com/docs/git-config#Documentation/git-config.txt-safebareRepository
 */
export const ONLY_WORK_TREES = ["-c", "safe.bareRepository=explicit"] as const;

/** Opens the repository that a folder belongs to. A bare one, or Git's own folder, only if asked for. */
export async function openRepository(folder: string, options: { bare?: boolean } = {}): Promise<Repository> {
  return (await openCheckout(folder, options)).repo;
}

/**
 * Opens a repository and tells what is checked out: from Git's own files at the top of a plain checkout, else in one
 * process, but on a branch without commits in two. A bare one has nothing checked out.
 * @param options.refs prefixes of refs to list as well (`refs/remotes/upstream/`)
 */
export async function openCheckout(
  folder: string,
  options: { bare?: boolean; refs?: readonly string[] } = {},
): Promise<Checkout> {
  const where = absolute(folder);
  if ((await kindOf(where)) === null) {
    throw new Failure("usage", "There is no such folder.", { where });
  }
  const bare = options.bare && !options.refs ? await plainBare(where) : null;
  if (bare !== null) {
    const repo = new Repository({ root: "", gitDir: bare, commonDir: bare, objectFormat: "sha1" });
    return { repo, branch: null, head: null, refs: null };
  }
  const plain = options.bare ? null : await plainCheckout(where, options.refs ?? []);
  if (plain !== null) {
    const { root, gitDir, branch, head, refs } = plain;
    const repo = new Repository({ root, gitDir, commonDir: gitDir, objectFormat: "sha1" });
    return { repo, branch, head, refs: options.refs ? refs : null };
  }
  const globs = (options.refs ?? []).map((prefix) => `--glob=${prefix}`);
  const result = await runGit(
    where,
    [
      ...(options.bare ? [] : ONLY_WORK_TREES),
      "rev-parse",
      // Known since 2.39; an older Git prints it back, which tells its age without a second process. It holds for the
      // next list alone, which is of nothing.
      "--exclude-hidden=uploadpack",
      "--glob=refs/none/",
      "--path-format=absolute",
      "--show-object-format",
      "--is-bare-repository",
      "--absolute-git-dir",
      "--git-common-dir",
      "--show-toplevel",
      "HEAD",
      ...globs,
      "--symbolic",
      ...globs,
      "--symbolic-full-name",
      "HEAD",
    ],
    { ok: [0, 128] },
  );
  const lines = result.stdout.toString("utf8").trimEnd().split("\n");
  if (lines[0]?.startsWith("--")) throw await gitTooOld(where);
  if (lines.length < 4) throw notARepository(where, result);
  const [format, , gitDir, commonDir, root = "", head, ...rest] = lines;
  if (root === "" && !options.bare) {
    throw isBare(where);
  }
  const isUnborn = result.code !== 0 && root !== "";
  const count = rest.length >> 1;
  const refs = new Map(rest.slice(count, 2 * count).map((name, at) => [name, rest[at] ?? ""]));
  const isWhole = root === "" ? lines.length === 4 : isUnborn ? lines.length === 6 : isListing(head, rest);
  if (!format || !gitDir || !commonDir || !isWhole) {
    throw new Failure("environment", "Leeway cannot work in a folder with a line break in its name.", {
      where,
    });
  }
  const repo = new Repository({
    root,
    gitDir,
    commonDir,
    objectFormat: format === "sha256" ? "sha256" : "sha1",
  });
  if (root === "") return { repo, branch: null, head: null, refs: null };
  if (!isUnborn)
    return { repo, branch: branchName(rest.at(-1)), head: head ?? null, refs: options.refs ? refs : null };
  const unborn = await repo.text(["symbolic-ref", "-q", "HEAD"], { ok: [0, 1] });
  return { repo, branch: branchName(unborn), head: null, refs: null };
}

/** Whether these are the lines of a commit, of what refs point at, of the names of these and of a branch. */
function isListing(head: string | undefined, rest: readonly string[]): boolean {
  const count = rest.length >> 1;
  const isId = (line: string | undefined): boolean => /^[0-9a-f]{40,64}$/.test(line ?? "");
  return (
    rest.length % 2 === 1 &&
    [head, ...rest.slice(0, count)].every(isId) &&
    rest.slice(count, 2 * count).every((name) => name.startsWith("refs/"))
  );
}

function branchName(ref: string | undefined): string | null {
  return ref?.startsWith("refs/heads/") ? ref.slice("refs/heads/".length) : null;
}

function isBare(where: string): Failure {
  return new Failure("usage", "There are no files to work on here: this repository is bare.", {
    where,
    next: ["git clone ADDRESS FOLDER   makes a copy with files"],
  });
}

function notARepository(where: string, result: RunResult): Failure {
  if (result.stderr.includes("cannot use bare repository")) return isBare(where);
  if (result.stderr.includes("dubious ownership")) {
    return new Failure("environment", "Git does not trust this folder, since somebody else owns it.", {
      where,
      next: [`git config --global --add safe.directory '${where}'   if you trust it`],
      cause: new GitFailure(["rev-parse"], result),
    });
  }
  if (result.stderr.includes("not a git repository")) {
    return new Failure("usage", "This is not inside a curriculum repository.", {
      where,
      next: [
        "cd FOLDER   goes to the folder of your curriculum",
        "leeway fork UPSTREAM FOLDER   starts a version of one",
        "leeway demo   shows how it works, with nothing at stake",
      ],
    });
  }
  return new GitFailure(["rev-parse"], result);
}
