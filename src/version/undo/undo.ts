import { quoteAddress } from "../../curriculum/address.ts";
import { Failure } from "../../failure.ts";
import { readTextInside } from "../../files/read.ts";
import { commitTree, readObjects } from "../../git/objects.ts";
import { isAncestor, refs as listRefs, readRefs } from "../../git/refs.ts";
import type { Repository } from "../../git/repository.ts";
import { diffTrees } from "../../git/trees.ts";
import { writeTree } from "../../git/write-tree.ts";
import { asTreeEdits, updateVersionText, versionTextAt } from "../change/own-files.ts";
import { parseVersionFile, type VersionFile, versionPath } from "../version-file.ts";
import { type LoggedOperation, lastOperation } from "./operations.ts";
import { performOperation, type Work } from "./perform.ts";

export interface Undone {
  /** What was done, in words. */
  readonly did: string;
  readonly operation: LoggedOperation;
  /** The commit that restores what had left the machine; null where the branch simply went back. */
  readonly restored: string | null;
  readonly head: string | null;
}

/**
 * Takes back the last operation, or the undo itself. What has been pushed is undone by a commit that restores it,
 * base included (law 8); what has not, by moving the branch back. Unsaved work is kept, or the undo refuses.
 */
export async function undoLast(
  repo: Repository,
  self: VersionFile | null,
  options: { readonly branch: string | null; readonly now: Date; readonly dryRun: boolean },
): Promise<Undone> {
  const operation = await lastOperation(repo);
  if (operation === null) {
    throw new Failure("usage", "There is nothing to take back: Leeway has not written anything here yet.", {
      next: ["git log   shows what Git itself has recorded"],
    });
  }
  const now = await readRefs(
    repo,
    operation.refs.map(({ ref }) => ref),
  );
  for (const { ref, after } of operation.refs) {
    if ((now.get(ref) ?? null) !== after) throw movedSince(ref, operation);
  }
  const branch = operation.refs.find(
    ({ ref }) => ref.startsWith("refs/heads/") && !ref.startsWith("refs/heads/group/"),
  );
  if (branch !== undefined && branch.ref !== `refs/heads/${options.branch}`)
    throw elsewhere(branch.ref, operation);
  const before = branch?.before ?? null;
  const after = branch?.after ?? null;
  const pushed = before !== null && after !== null && (await hasLeft(repo, { before, after }));
  const did = nameOf(operation);
  if (options.dryRun) return { did, operation, restored: pushed ? before : null, head: before };
  const target = pushed ? await restoringCommit(repo, self, { before, after, did }) : before;
  const work: Work =
    after === null || target === null
      ? { kind: "own", write: [], stage: [] }
      : await fileWork(repo, operation, { after, target, pushed });
  await performOperation(repo, work, {
    verb: "undo",
    did,
    at: options.now.toISOString(),
    refs: operation.refs.map(({ ref, before: old, after: current }) => ({
      ref,
      before: current,
      after: ref === branch?.ref ? target : old,
    })),
    undoes: operation.id,
  });
  return { did, operation, restored: pushed ? target : null, head: target };
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
      tree = await writeTree(repo, before, await asTreeEdits(repo, [{ path, text }]));
    }
  }
  const whole = await repo.text(["rev-parse", tree]);
  return commitTree(repo, { tree: whole, parents: [after], message: `${did}\n` });
}

/** The files that go back with the branch: all of them, or Leeway's own, as far as nobody has edited them since. */
async function fileWork(
  repo: Repository,
  { worktree }: LoggedOperation,
  { after, target, pushed }: { after: string; target: string; pushed: boolean },
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
  const write = worktree.flatMap(({ path, before, after: written }, index) => {
    if (now[index] !== written) return [];
    return [{ path, text: pushed ? (restored[index]?.bytes.toString("utf8") ?? null) : before }];
  });
  const stage = changes.map(({ path, newMode, newOid }) => ({ path, mode: newMode, oid: newOid }));
  return { kind: "own", write, stage };
}
