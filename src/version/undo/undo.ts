import { quoteAddress } from "../../curriculum/address.ts";
import { Failure } from "../../failure.ts";
import { readTextInside } from "../../files/read.ts";
import { isAncestor } from "../../git/ancestry.ts";
import { readObjects } from "../../git/objects.ts";
import { refs as listRefs, readRefs } from "../../git/refs.ts";
import type { Repository } from "../../git/repository.ts";
import { diffTrees } from "../../git/trees.ts";
import { commitTree } from "../../git/write-objects.ts";
import { writeFiles } from "../../git/write-tree.ts";
import { asWhole, updateVersionText, versionTextAt } from "../change/own-files.ts";
import { parseVersionFile, type VersionFile, versionPath } from "../version-file.ts";
import { everyOperation, type LoggedOperation, lastOperation, type OperationStep } from "./operations.ts";
import { performOperation, type Work } from "./perform.ts";

export interface Undone {
  /** What was done, in words. */
  readonly did: string;
  /** What was taken back, the newest first. */
  readonly operations: readonly LoggedOperation[];
  /** The commit that restores what had left the machine; null where the branch simply went back. */
  readonly restored: string | null;
  readonly head: string | null;
}

/**
 * Takes back the last operation, or the undo itself; with `to` all that came after one. What has been pushed is undone
 * by a commit that restores it, base included (law 8); what has not, by moving the branch back. Unsaved work is kept,
 * or the undo refuses.
 */
export async function undo(
  repo: Repository,
  self: VersionFile | null,
  options: {
    readonly branch: string | null;
    readonly now: Date;
    readonly dryRun: boolean;
    readonly to?: string | undefined;
  },
): Promise<Undone> {
  const operations = await takenBack(repo, options.to);
  const [operation] = operations;
  const oldest = operations.at(-1);
  if (operation === undefined || oldest === undefined) throw nothingDone();
  const refs = netRefs(operations);
  const now = await readRefs(
    repo,
    refs.map(({ ref }) => ref),
  );
  for (const { ref, after } of refs) {
    if ((now.get(ref) ?? null) !== after) throw movedSince(ref, operation);
  }
  const branches = refs.filter(
    ({ ref }) => ref.startsWith("refs/heads/") && !ref.startsWith("refs/heads/group/"),
  );
  const away = branches.find(({ ref }) => ref !== `refs/heads/${options.branch}`);
  if (away !== undefined) throw elsewhere(away.ref, operation);
  const [branch] = branches;
  const before = branch?.before ?? null;
  const after = branch?.after ?? null;
  const pushed = before !== null && after !== null && (await hasLeft(repo, { before, after }));
  const did =
    options.to === undefined ? nameOf(operation) : `Went back to before: ${oldest.did.replace(/\.$/, "")}`;
  if (options.dryRun) return { did, operations, restored: pushed ? before : null, head: before };
  const target = pushed ? await restoringCommit(repo, self, { before, after, did }) : before;
  const steps = stepsBack(operations, target);
  const work = steps.map(
    (step): (() => Promise<Work>) =>
      () =>
        fileWork(repo, step, pushed),
  );
  const only = work.length === 1 ? await work[0]?.() : undefined;
  const nothing: Work = { kind: "own", write: [], stage: [] };
  await performOperation(repo, only ?? (work.length === 0 ? nothing : work), {
    verb: "undo",
    did,
    at: options.now.toISOString(),
    refs: refs.map(({ ref, before: old, after: current }) => ({
      ref,
      before: current,
      after: ref === branch?.ref ? target : old,
    })),
    undoes: oldest.id,
    ...(steps.length > 1
      ? {
          steps: steps.map(({ from, to, worktree }) => ({
            before: from,
            after: to,
            worktree: turned(worktree),
          })),
        }
      : {}),
  });
  return { did, operations, restored: pushed ? target : null, head: target };
}

/** The operations that go, the newest first: the last one, or all after the one that is named by number or id. */
async function takenBack(repo: Repository, to: string | undefined): Promise<LoggedOperation[]> {
  if (to === undefined) {
    const last = await lastOperation(repo);
    return last === null ? [] : [last];
  }
  const operations = await everyOperation(repo);
  const index = operations.findIndex(
    ({ id, number }) => String(number) === to || (to.length >= 6 && id.startsWith(to)),
  );
  if (index > 0) return operations.slice(0, index);
  throw new Failure(
    "usage",
    index === 0
      ? "This is the last operation: everything stands as it left it."
      : "No operation of this number is kept.",
    { where: to, next: ["leeway log --operations   lists them with their numbers"] },
  );
}

function nothingDone(): Failure {
  return new Failure("usage", "There is nothing to take back: Leeway has not written anything here yet.", {
    next: ["git log   shows what Git itself has recorded"],
  });
}

/** Where each ref went over all of them; between two operations nobody else may have moved one. */
function netRefs(
  operations: readonly LoggedOperation[],
): { ref: string; before: string | null; after: string | null }[] {
  const net = new Map<string, { ref: string; before: string | null; after: string | null }>();
  for (const operation of operations) {
    for (const { ref, before, after } of operation.refs) {
      const known = net.get(ref);
      if (known !== undefined && known.before !== after) throw movedSince(ref, operation);
      net.set(ref, { ref, before, after: known === undefined ? after : known.after });
    }
  }
  return [...net.values()];
}

/** One step of the branch back, and what of the work tree goes with it. */
interface StepBack {
  readonly from: string;
  readonly to: string;
  readonly worktree: OperationStep["worktree"];
}

/** Each step of the branch back, the newest first; the last ends at the target. */
function stepsBack(operations: readonly LoggedOperation[], target: string | null): StepBack[] {
  const steps = operations.flatMap(({ refs, worktree, steps: own }): StepBack[] => {
    const branch = refs.find(
      ({ ref }) => ref.startsWith("refs/heads/") && !ref.startsWith("refs/heads/group/"),
    );
    const done = own ?? (branch ? [{ before: branch.before, after: branch.after, worktree }] : []);
    return [...done]
      .reverse()
      .flatMap(({ before, after, worktree: files }) =>
        before === null || after === null ? [] : [{ from: after, to: before, worktree: files }],
      );
  });
  return steps.map((step, index) =>
    index === steps.length - 1 && target !== null ? { ...step, to: target } : step,
  );
}

/** The same files seen from the other end. */
function turned(worktree: OperationStep["worktree"]): OperationStep["worktree"] {
  if (worktree === "all") return "all";
  return worktree.map(({ path, before, after }) => ({ path, before: after, after: before }));
}

/** `Took back: X`; for an undo of that, `Brought back: X`, and so to and fro. */
function nameOf({ verb, did }: LoggedOperation): string {
  const what = did.replace(/^(Took|Brought) back: /, "");
  return `${verb === "undo" && did.startsWith("Took") ? "Brought" : "Took"} back: ${what}`;
}

/** Its files are those of another branch; going back here would mix the two. */
function elsewhere(ref: string, { did }: LoggedOperation): Failure {
  const branch = ref.replace(/^refs\/heads\//, "");
  return new Failure("usage", `The last command that wrote was on the branch ${branch}, not on this one.`, {
    where: did,
    next: [`git switch ${quoteAddress(branch)}   goes there, then leeway undo`],
  });
}

function movedSince(ref: string, operation: LoggedOperation): Failure {
  return new Failure(
    "usage",
    "There have been commits since, made without Leeway, that an undo would lose.",
    {
      where: `${ref.replace(/^refs\/heads\//, "")}, after: ${operation.did}`,
      next: ["git log --oneline   shows them", "git revert HASH   takes one commit back and keeps the rest"],
    },
  );
}

/**
 * Whether going back would take away what has left this machine: a branch of `origin` holds it, as far as is known
 * here. Going forward again takes nothing away.
 */
async function hasLeft(
  repo: Repository,
  { before, after }: { before: string; after: string },
): Promise<boolean> {
  if (await isAncestor(repo, after, before)) return false;
  for (const { peeled } of await listRefs(repo, ["refs/remotes/origin/"])) {
    if (await isAncestor(repo, after, peeled)) return true;
  }
  return false;
}

/** A commit on top that brings the former state back; the base that it gives up is noted as undone. */
async function restoringCommit(
  repo: Repository,
  self: VersionFile | null,
  { before, after, did }: { before: string; after: string; did: string },
): Promise<string> {
  let tree = `${before}^{tree}`;
  if (self !== null) {
    const path = versionPath(self.id);
    const [old, given] = await Promise.all([
      versionTextAt(repo, before, self.id),
      versionTextAt(repo, after, self.id),
    ]);
    const was = old === "" ? undefined : parseVersionFile(path, old).base;
    const taken = given === "" ? undefined : parseVersionFile(path, given).base;
    if (was && taken && was.commit !== taken.commit && (await isAncestor(repo, was.commit, taken.commit))) {
      const text = updateVersionText(path, old, { base: { ...was, undone: taken.commit } });
      tree = (await writeFiles(repo, before, [asWhole({ path, text })])).tree;
    }
  }
  const whole = await repo.text(["rev-parse", tree]);
  return commitTree(repo, { tree: whole, parents: [after], message: `${did}\n` });
}

/** The files that go back with the branch: all of them, or Leeway's own, as far as nobody has edited them since. */
async function fileWork(
  repo: Repository,
  { from: after, to: target, worktree }: StepBack,
  pushed: boolean,
): Promise<Work> {
  if (worktree === "all") return { kind: "move", from: after, to: target };
  const [changes, restored, now] = await Promise.all([
    diffTrees(repo, after, target),
    readObjects(
      repo,
      worktree.map(({ path }) => `${target}:${path}`),
    ),
    Promise.all(worktree.map(({ path }) => readTextInside(repo.root, path))),
  ]);
  const write = worktree.flatMap(({ path, before, after: written, executable }, index) => {
    if (now[index] !== written) return [];
    const text = pushed ? (restored[index]?.bytes.toString("utf8") ?? null) : before;
    return [{ path, text, executable }];
  });
  const stage = changes.map(({ path, newMode, newOid }) => ({ path, mode: newMode, oid: newOid }));
  return { kind: "own", write, stage };
}
