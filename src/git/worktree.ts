import { checkRev } from "./names.ts";
import { oidOrNull, readRawDiff, type TreeChange } from "./raw-diff.ts";
import type { Repository } from "./repository.ts";
import { literally } from "./trees.ts";

/**
 * What differs from a commit or tree to the tracked files of the work tree. The new oid is null unless
 * Git has it at hand: read the file. A file in conflict is told once, as it stands in the work tree.
 */
export async function diffWorktree(
  repo: Repository,
  rev: string,
  options: { paths?: readonly string[]; renames?: boolean } = {},
): Promise<TreeChange[]> {
  const { stdout } = await repo.run([
    literally,
    "diff",
    "--raw",
    "-z",
    "--no-abbrev",
    options.renames ? "--find-renames" : "--no-renames",
    "--no-ext-diff",
    "--ignore-submodules=dirty",
    "--no-relative",
    checkRev(rev),
    "--",
    ...(options.paths ?? []),
  ]);
  const byPath = new Map<string, TreeChange>();
  const unmerged = new Set<string>();
  for (const change of readRawDiff(stdout)) {
    if ((change.status as string) === "U") unmerged.add(change.path);
    else byPath.set(change.path, change);
  }
  for (const path of unmerged) {
    const known = byPath.get(path);
    if (known) known.newOid = null;
  }
  return [...byPath.values()];
}

/** What differs from a commit or tree to the index; files in conflict are left out. */
export async function diffIndex(
  repo: Repository,
  rev: string,
  options: { env?: Record<string, string> } = {},
): Promise<TreeChange[]> {
  const args = ["diff-index", "--cached", "--raw", "-z", "--no-abbrev", "--no-renames", "--no-ext-diff"];
  const { stdout } = await repo.run([...args, checkRev(rev), "--"], options);
  return readRawDiff(stdout).filter((change) => (change.status as string) !== "U");
}

/** Files that Git neither tracks nor is told to ignore, by path. */
export async function untracked(repo: Repository, paths: readonly string[] = []): Promise<string[]> {
  const args = [literally, "ls-files", "-o", "--exclude-standard", "-z", "--", ...paths];
  return (await repo.run(args)).stdout.toString("utf8").split("\0").filter(Boolean);
}

/** One stage of a file in conflict: 1 base, 2 ours, 3 theirs. */
export interface Stage {
  mode: string;
  oid: string;
}

/** A file in conflict; a stage is absent where that side has no such file. */
export interface Unmerged {
  path: string;
  stages: { 1?: Stage; 2?: Stage; 3?: Stage };
}

/** How index and work tree stand, from one process. */
export interface Status {
  /** Null when HEAD is detached. */
  branch: string | null;
  /** Null before the first commit. */
  head: string | null;
  detached: boolean;
  unmerged: Unmerged[];
  /** Paths whose index differs from HEAD. */
  staged: string[];
  /** Paths whose file differs from the index. */
  unstaged: string[];
  untracked: string[];
}

/** Branch, commit, conflicts, staged, changed and untracked files of the work tree. */
export async function statusOf(repo: Repository): Promise<Status> {
  const { stdout } = await repo.run([
    "status",
    "--porcelain=v2",
    "-z",
    "--branch",
    "--no-ahead-behind",
    "--untracked-files=all",
    "--no-renames",
    "--ignore-submodules=dirty",
  ]);
  const status: Status = {
    branch: null,
    head: null,
    detached: false,
    unmerged: [],
    staged: [],
    unstaged: [],
    untracked: [],
  };
  const words = stdout.toString("utf8").split("\0");
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? "";
    // A rename is followed by the path it came from; none is asked for, but better passed by than misread.
    if (word.startsWith("2 ")) i++;
    readStatusLine(word, status);
  }
  return status;
}

function readStatusLine(word: string, status: Status): void {
  const fields = word.split(" ");
  switch (fields[0]) {
    case "#":
      if (fields[1] === "branch.oid") status.head = fields[2] === "(initial)" ? null : (fields[2] ?? null);
      if (fields[1] === "branch.head") {
        status.detached = fields[2] === "(detached)";
        status.branch = status.detached ? null : (fields[2] ?? null);
      }
      return;
    case "1":
    case "2": {
      const path = fields.slice(fields[0] === "1" ? 8 : 9).join(" ");
      const [index, work] = fields[1] ?? "";
      if (index !== ".") status.staged.push(path);
      if (work !== ".") status.unstaged.push(path);
      return;
    }
    case "u": {
      const stages: Unmerged["stages"] = {};
      for (const number of [1, 2, 3] as const) {
        const oid = oidOrNull(fields[6 + number]);
        if (oid) stages[number] = { mode: fields[2 + number] ?? "", oid };
      }
      status.unmerged.push({ path: fields.slice(10).join(" "), stages });
      return;
    }
    case "?":
      status.untracked.push(word.slice(2));
  }
}
