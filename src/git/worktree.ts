import { checkRev } from "./names.ts";
import { GitFailure, isDiskFull } from "./process.ts";
import { NO_FILE, oidOrNull, readRawDiff, type TreeChange } from "./raw-diff.ts";
import type { Git, Repository } from "./repository.ts";

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

/** The mode of a file that both sides have: the side's that changed it, this version's where both did. */
export function mergedMode({ 1: base, 2: ours, 3: theirs }: Unmerged["stages"]): string {
  if (!ours || !theirs) return (ours ?? theirs)?.mode ?? "100644";
  return ours.mode === base?.mode ? theirs.mode : ours.mode;
}

/** Whether no side has a link or a repository of its own there. */
export function isRegular({ 1: base, 2: ours, 3: theirs }: Unmerged["stages"]): boolean {
  return [base, ours, theirs].every((stage) => stage === undefined || stage.mode.startsWith("100"));
}

/** How index and work tree stand, from one process. */
export interface Status {
  /** Null when HEAD is detached. */
  branch: string | null;
  /** Null before the first commit. */
  head: string | null;
  detached: boolean;
  unmerged: Unmerged[];
  /**
   * What differs from HEAD to the tracked files as they lie there; the new oid is null unless Git has it at hand. A
   * file in conflict is told once, as it lies there.
   */
  changes: TreeChange[];
  /** What differs from HEAD to the index, a rename as a removal and an addition; files in conflict are left out. */
  staged: TreeChange[];
  /** Paths whose file differs from the index. */
  unstaged: string[];
  untracked: string[];
  /** Of all these the paths of submodules, and of folders that are a repository of their own. */
  repositories: string[];
}

/** Branch, commit, conflicts, staged, changed and untracked files of the work tree. */
export async function statusOf(repo: Git): Promise<Status> {
  const args = [
    "status",
    "--porcelain=v2",
    "-z",
    "--branch",
    "--no-ahead-behind",
    "--untracked-files=all",
    "--find-renames",
    "--ignore-submodules=dirty",
  ];
  // Git notes what it has looked at in its index, and gives up where the disk has no room for that.
  const { stdout } = await repo.run(args).catch((error: unknown) => {
    if (!(error instanceof GitFailure) || !isDiskFull(error.stderr)) throw error;
    return repo.run(["--no-optional-locks", ...args]);
  });
  const status: Status = {
    branch: null,
    head: null,
    detached: false,
    unmerged: [],
    changes: [],
    staged: [],
    unstaged: [],
    untracked: [],
    repositories: [],
  };
  const words = stdout.toString("utf8").split("\0");
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? "";
    // A rename is followed by the path it came from.
    readStatusLine(word, word.startsWith("2 ") ? words[++i] : undefined, status);
  }
  return status;
}

/** The lines of `git status --porcelain=v2`: https://git-scm.com/docs/git-status#_porcelain_format_version_2 */
function readStatusLine(word: string, from: string | undefined, status: Status): void {
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
      const path = fields.slice(from === undefined ? 8 : 9).join(" ");
      const [index, work] = fields[1] ?? "";
      if (work !== ".") status.unstaged.push(path);
      if (fields[2]?.startsWith("S")) status.repositories.push(path, from ?? path);
      const [, , , oldMode = "", , newMode = "", oldOid, newOid] = fields;
      if (index !== ".") status.staged.push(...stagedAs(path, from, fields));
      const atHand = work === "." ? oidOrNull(newOid) : null;
      status.changes.push(
        ...changed(path, from, { oldMode, newMode, oldOid: oidOrNull(oldOid), newOid: atHand }),
      );
      return;
    }
    case "u": {
      const stages: Unmerged["stages"] = {};
      for (const number of [1, 2, 3] as const) {
        const oid = oidOrNull(fields[6 + number]);
        if (oid) stages[number] = { mode: fields[2 + number] ?? "", oid };
      }
      const path = fields.slice(10).join(" ");
      status.unmerged.push({ path, stages });
      const { mode: oldMode, oid: oldOid } = stages[2] ?? { mode: NO_FILE, oid: null };
      status.changes.push(
        ...changed(path, undefined, { oldMode, newMode: fields[6] ?? NO_FILE, oldOid, newOid: null }),
      );
      return;
    }
    case "?":
      status.untracked.push(word.slice(2));
      // A folder is told as one only where Git does not look into it.
      if (word.endsWith("/")) status.repositories.push(word.slice(2));
  }
}

/** What a line tells of HEAD and the index. */
function stagedAs(path: string, from: string | undefined, fields: readonly string[]): TreeChange[] {
  const [, , , oldMode = "", newMode = "", , oldOid, newOid] = fields;
  const [old, is] = [
    { oldMode, oldOid: oidOrNull(oldOid) },
    { newMode, newOid: oidOrNull(newOid) },
  ];
  if (from === undefined) return changed(path, from, { ...old, ...is });
  const left = changed(from, undefined, { ...old, newMode: NO_FILE, newOid: null });
  return [...left, ...changed(path, undefined, { oldMode: NO_FILE, oldOid: null, ...is })];
}

/** One change, or none where there is a file on neither side. */
function changed(
  path: string,
  from: string | undefined,
  sides: Pick<TreeChange, "oldMode" | "newMode" | "oldOid" | "newOid">,
): TreeChange[] {
  const [before, after] = [sides.oldMode !== NO_FILE, sides.newMode !== NO_FILE];
  if (before && after) {
    const isOther = sides.oldMode.slice(0, 2) !== sides.newMode.slice(0, 2);
    if (from !== undefined) return [{ status: "R", path, from, ...sides }];
    return [{ status: isOther ? "T" : "M", path, ...sides }];
  }
  if (after) return [{ status: "A", path, ...sides }];
  return before ? [{ status: "D", path: from ?? path, ...sides }] : [];
}
