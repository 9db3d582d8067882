import { Failure } from "../../failure.ts";
import { readFile } from "../../files/read.ts";
import { remove } from "../../files/temporary.ts";
import { writeAtomic } from "../../files/write.ts";
import { commitTree, readObjects } from "../../git/objects.ts";
import { isAncestor, refs as listRefs } from "../../git/refs.ts";
import type { Repository } from "../../git/repository.ts";
import { checkoutTree, syncIndex } from "../../git/stop.ts";
import { diffTrees } from "../../git/trees.ts";
import { writeTree } from "../../git/write-tree.ts";
import { asTreeEdits, updateVersionText, versionTextAt } from "../change/own-files.ts";
import { parseVersionFile, type VersionFile, versionPath } from "../version-file.ts";
import { unsavedInTheWay } from "./in-the-way.ts";
import { beginJournal, endJournal } from "./journal.ts";
import { commitOperation, type LoggedOperation, lastOperation } from "./operations.ts";

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
  options: { readonly now: Date; readonly dryRun: boolean },
): Promise<Undone> {
  const operation = await lastOperation(repo);
  if (operation === null) {
    throw new Failure("usage", "There is nothing to take back: Leeway has not written anything here yet.", {
      next: ["git log   shows what Git itself has recorded"],
    });
  }
  for (const { ref, after } of operation.refs) {
    if ((await oidOf(repo, ref)) !== after) throw movedSince(ref, operation);
  }
  const branch = operation.refs.find(
    ({ ref }) => ref.startsWith("refs/heads/") && !ref.startsWith("refs/heads/group/"),
  );
  const before = branch?.before ?? null;
  const after = branch?.after ?? null;
  const pushed = before !== null && after !== null && (await hasLeft(repo, { before, after }));
  const did = nameOf(operation);
  if (options.dryRun) return { did, operation, restored: pushed ? before : null, head: before };
  let target = before;
  if (before !== null && after !== null) {
    if (pushed) target = await restoringCommit(repo, self, { before, after, did });
    await moveBack(repo, operation, after, target ?? before);
  }
  await commitOperation(repo, {
    verb: "undo",
    did,
    at: options.now.toISOString(),
    refs: operation.refs.map(({ ref, before: old, after: current }) => ({
      ref,
      before: current,
      after: ref === branch?.ref ? target : old,
    })),
    worktree: operation.worktree,
    undoes: operation.id,
  });
  await endJournal(repo);
  return { did, operation, restored: pushed ? target : null, head: target };
}

/** `Took back: X`; for an undo of that, `Brought back: X`, and so to and fro. */
function nameOf({ verb, did }: LoggedOperation): string {
  const what = did.replace(/^(Took|Brought) back: /, "");
  return `${verb === "undo" && did.startsWith("Took") ? "Brought" : "Took"} back: ${what}`;
}

async function oidOf(repo: Repository, ref: string): Promise<string | null> {
  const [found] = (await listRefs(repo, [ref])).filter(({ name }) => name === ref);
  return found?.oid ?? null;
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

async function moveBack(
  repo: Repository,
  operation: LoggedOperation,
  after: string,
  target: string,
): Promise<void> {
  await beginJournal(repo, { verb: "undo", step: "move", from: after, to: target });
  if (operation.worktree === "all") {
    const moved = await checkoutTree(repo, after, target);
    if (moved.ok) return;
    await endJournal(repo);
    throw unsavedInTheWay(moved.inTheWay);
  }
  await restoreOwn(repo, after, target);
}

/** Puts Leeway's own files back and leaves curriculum text in the work tree: it was written by hand. */
async function restoreOwn(repo: Repository, after: string, target: string): Promise<void> {
  const changes = await diffTrees(repo, after, target);
  const own = changes.filter(({ path }) => path.startsWith("versions/"));
  const texts = await readObjects(
    repo,
    own.flatMap(({ oldOid, newOid }) => [oldOid ?? repo.zero, newOid ?? repo.zero]),
  );
  for (const [index, { path }] of own.entries()) {
    const written = texts[2 * index]?.bytes ?? null;
    const wanted = texts[2 * index + 1]?.bytes ?? null;
    const now = await readFile(`${repo.root}/${path}`);
    const untouched = now === null ? written === null : written !== null && now.equals(written);
    if (!untouched) continue;
    if (wanted === null) await remove(`${repo.root}/${path}`);
    else await writeAtomic(`${repo.root}/${path}`, wanted);
  }
  await syncIndex(
    repo,
    changes.map(({ path, newMode, newOid }) => ({ path, mode: newMode, oid: newOid })),
  );
}
