import { formatAddress, quoteAddress, quotePath } from "../../curriculum/address.ts";
import type { Document } from "../../curriculum/document.ts";
import { decodeText, readDocument } from "../../curriculum/read.ts";
import { Failure } from "../../failure.ts";
import { readLinkAware } from "../../files/read.ts";
import { asStored } from "../../git/line-ends.ts";
import { readObjects } from "../../git/objects.ts";
import type { TreeChange } from "../../git/raw-diff.ts";
import type { Repository } from "../../git/repository.ts";
import { listTree } from "../../git/trees.ts";
import { statusOf } from "../../git/worktree.ts";
import { commitTree } from "../../git/write-objects.ts";
import { type WholeFile, writeFiles } from "../../git/write-tree.ts";
import { performOperation } from "../undo/perform.ts";
import { asWhole, type OwnFile } from "./own-files.ts";
import { type Picked, pickPassages } from "./pick-passages.ts";

/** What of one document goes into a commit, out of the work tree. */
export interface PassagePick {
  /** The document in the work tree; null where it was removed. */
  readonly local: Document | null;
  /** The document that it is counted from; null where this version wrote it. */
  readonly base: Document | null;
  /** Just these passages, or everything but these. */
  readonly passages: Picked;
}

export interface PassageCommit {
  readonly verb: string;
  readonly did: string;
  readonly message: string;
  readonly picks: readonly PassagePick[];
  readonly files: readonly WholeFile[];
  /** Leeway's own files with their new text; they are written to the work tree as well. */
  readonly own: readonly OwnFile[];
  readonly now: Date;
}

/**
 * Commits some passages and leaves everything else in the work tree as it is: the tree is HEAD's, each document
 * composed of HEAD's text and the picked passages. Index entries of the committed paths follow; what else was
 * staged stays staged.
 * @returns the new commit
 */
export async function commitPassages(
  repo: Repository,
  at: { readonly branch: string; readonly head: string },
  commit: PassageCommit,
): Promise<string> {
  const files = await filesOf(repo, at.head, commit);
  await refuseHalfStaged(
    repo,
    at.head,
    files.map(({ path }) => path),
  );
  const { tree, edits } = await writeFiles(repo, at.head, files);
  const made = await commitTree(repo, { tree, parents: [at.head], message: commit.message });
  await performOperation(
    repo,
    { kind: "own", write: commit.own, stage: edits },
    {
      verb: commit.verb,
      did: commit.did,
      at: commit.now.toISOString(),
      refs: [{ ref: `refs/heads/${at.branch}`, before: at.head, after: made }],
    },
  );
  return made;
}

async function filesOf(repo: Repository, head: string, commit: PassageCommit): Promise<WholeFile[]> {
  const paths = commit.picks.flatMap(pathsOf);
  const [tree, texts] = await Promise.all([listTree(repo, head, paths), readTexts(repo, head, paths)]);
  const contents: WholeFile[] = [];
  for (const pick of commit.picks) {
    const { local } = pick;
    const from = pick.base?.path ?? null;
    if (from !== null && from !== local?.path && tree.has(from))
      contents.push({ path: from, mode: "000000", bytes: null });
    if (local === null) continue;
    const before = textBefore(texts, pick);
    const text = before === undefined ? local.text : pickOrRefuse(before, local, pick);
    contents.push({
      path: local.path,
      mode: tree.get(local.path)?.mode ?? tree.get(from ?? "")?.mode ?? "100644",
      bytes: Buffer.from(text, "utf8"),
    });
  }
  return asStored(repo, [...contents, ...commit.files, ...commit.own.map(asWhole)]);
}

/** @throws Failure "usage" where the passages cannot be told from the rest of the document */
function pickOrRefuse(before: string, local: Document, { base, passages }: PassagePick): string {
  const text = pickPassages(readDocument(local.path, before), local, base, passages);
  if (text !== null) return text;
  throw new Failure("usage", "This passage cannot be committed apart from what else changed around it.", {
    where: local.path,
    next: [
      `leeway adapt ${quoteAddress(formatAddress(local.id, null))}   explains all changes of the document together`,
    ],
  });
}

/** The picks that would change something: a document of which every change stays behind is none. */
export async function withEffect(
  repo: Repository,
  head: string,
  picks: readonly PassagePick[],
): Promise<PassagePick[]> {
  const texts = await readTexts(repo, head, picks.flatMap(pathsOf));
  return picks.filter((pick) => {
    const before = textBefore(texts, pick);
    if (pick.local === null || before === undefined || !texts.has(pick.local.path)) return true;
    return pickOrRefuse(before, pick.local, pick) !== before;
  });
}

function pathsOf({ local, base }: PassagePick): string[] {
  return [local?.path, base?.path].filter((path) => path !== undefined);
}

/** The document in the last commit, under its path now or before. */
function textBefore(texts: ReadonlyMap<string, string>, { local, base }: PassagePick): string | undefined {
  return texts.get(local?.path ?? "") ?? texts.get(base?.path ?? "");
}

/** Files of the work tree as they lie there, links as links, for a commit. */
export async function wholeFiles(repo: Repository, paths: readonly string[]): Promise<WholeFile[]> {
  return Promise.all(
    paths.map(async (path) => {
      const file = await readLinkAware(repo.root, path);
      if (file === null) return { path, mode: "000000", bytes: null };
      const mode = file.kind === "link" ? "120000" : file.executable ? "100755" : "100644";
      return { path, mode, bytes: file.bytes };
    }),
  );
}

async function readTexts(
  repo: Repository,
  head: string,
  paths: readonly string[],
): Promise<Map<string, string>> {
  const objects = await readObjects(
    repo,
    paths.map((path) => `${head}:${path}`),
  );
  const texts = new Map<string, string>();
  paths.forEach((path, index) => {
    const bytes = objects[index]?.bytes;
    const decoded = bytes && decodeText(bytes);
    if (decoded && "text" in decoded) texts.set(path, decoded.text);
  });
  return texts;
}

/** Of staged files those whose text is in no commit; a file that was only moved by `git mv` has lost nothing. */
async function alone(
  repo: Repository,
  head: string,
  staged: readonly TreeChange[],
): Promise<readonly TreeChange[]> {
  if (staged.length === 0) return [];
  const committed = new Set([...(await listTree(repo, head)).values()].map(({ oid }) => oid));
  return staged.filter(({ newOid }) => newOid !== null && !committed.has(newOid));
}

/** A file that is staged in one form and lies on disk in another holds work that a new index entry would lose. */
async function refuseHalfStaged(repo: Repository, head: string, paths: readonly string[]): Promise<void> {
  const status = await statusOf(repo);
  const both = status.staged.filter(({ path }) => paths.includes(path) && status.unstaged.includes(path));
  const half = await alone(repo, head, both);
  if (half.length === 0) return;
  throw new Failure("usage", "Part of this file was staged with git add and has been edited since.", {
    where: half.map(({ path }) => path).join(", "),
    next: [`git add -- ${quotePath(half[0]?.path ?? "")}   to go on with the text as it lies there now`],
  });
}
