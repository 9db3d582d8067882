import { diffDocuments } from "../compare/diff.ts";
import { composition } from "../curriculum/compose.ts";
import type { Document } from "../curriculum/document.ts";
import { decodeText, readDocument } from "../curriculum/read.ts";
import { Failure } from "../failure.ts";
import { readLinkAware } from "../files/read.ts";
import { writeAtomic } from "../files/write.ts";
import { commitTree, readObjects, writeBlobs } from "../git/objects.ts";
import type { Repository } from "../git/repository.ts";
import { syncIndex } from "../git/stop.ts";
import { listTree } from "../git/trees.ts";
import { statusOf } from "../git/worktree.ts";
import { type TreeEdit, writeTree } from "../git/write-tree.ts";
import { commitOperation } from "./operations.ts";
import type { OwnFile } from "./own-files.ts";

/** What of one document goes into a commit, out of the work tree. */
export interface PassagePick {
  /** The document in the work tree; null where it was removed. */
  readonly local: Document | null;
  /** Where it was before, if it moved or was removed. */
  readonly from: string | null;
  /** Just these passages, or everything but these. */
  readonly passages: { readonly take: ReadonlySet<string> } | { readonly leave: ReadonlySet<string> };
}

/** A file as it goes into a commit, whole; null bytes remove it. */
export interface WholeFile {
  readonly path: string;
  readonly mode: string;
  readonly bytes: Buffer | null;
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
  const edits = await treeEdits(repo, at.head, commit);
  await refuseHalfStaged(
    repo,
    edits.map(({ path }) => path),
  );
  const tree = await writeTree(repo, at.head, edits);
  const made = await commitTree(repo, { tree, parents: [at.head], message: commit.message });
  for (const { path, text } of commit.own)
    await writeAtomic(`${repo.root}/${path}`, Buffer.from(text, "utf8"));
  await commitOperation(repo, {
    verb: commit.verb,
    did: commit.did,
    at: commit.now.toISOString(),
    refs: [{ ref: `refs/heads/${at.branch}`, before: at.head, after: made }],
    worktree: "own",
  });
  await syncIndex(repo, edits);
  return made;
}

async function treeEdits(repo: Repository, head: string, commit: PassageCommit): Promise<TreeEdit[]> {
  const paths = commit.picks.flatMap(({ local, from }) => [local?.path, from].filter((path) => path != null));
  const [tree, texts] = await Promise.all([listTree(repo, head, paths), readTexts(repo, head, paths)]);
  const contents: WholeFile[] = [];
  for (const { local, from, passages } of commit.picks) {
    if (from !== null && from !== local?.path && tree.has(from))
      contents.push({ path: from, mode: "000000", bytes: null });
    if (local === null) continue;
    const before = texts.get(local.path) ?? (from === null ? undefined : texts.get(from));
    const text =
      before === undefined ? local.text : composeOrRefuse(readDocument(local.path, before), local, passages);
    contents.push({
      path: local.path,
      mode: tree.get(local.path)?.mode ?? tree.get(from ?? "")?.mode ?? "100644",
      bytes: Buffer.from(text, "utf8"),
    });
  }
  contents.push(...commit.files);
  contents.push(
    ...commit.own.map(({ path, text }) => ({ path, mode: "100644", bytes: Buffer.from(text, "utf8") })),
  );
  const written = contents.filter(({ bytes }) => bytes !== null);
  const oids = await writeBlobs(
    repo,
    written.map(({ bytes }) => bytes ?? Buffer.alloc(0)),
  );
  return [
    ...contents.filter(({ bytes }) => bytes === null).map(({ path, mode }) => ({ path, mode, oid: null })),
    ...written.map(({ path, mode }, index) => ({ path, mode, oid: oids[index] ?? null })),
  ];
}

/**
 * Where nothing but form is left besides the picked passages (a comment, a wrapped line), the file goes as it is.
 * @throws Failure "usage" where the passages cannot be told from the rest of the document
 */
function composeOrRefuse(before: Document, local: Document, passages: PassagePick["passages"]): string {
  const { text, exact } =
    "take" in passages
      ? composition(before, local, passages.take)
      : composition(local, before, passages.leave);
  if (exact) {
    const rest = diffDocuments(readDocument(local.path, text), local);
    return "take" in passages && rest.passages.length === 0 ? local.text : text;
  }
  throw new Failure("usage", "This passage cannot be committed apart from what else changed around it.", {
    where: local.path,
    next: [`leeway adapt ${local.id}   explains all changes of the document together`],
  });
}

/** The picks that would change something: a document of which every change stays behind is none. */
export async function withEffect(
  repo: Repository,
  head: string,
  picks: readonly PassagePick[],
): Promise<PassagePick[]> {
  const paths = picks.flatMap(({ local, from }) => [local?.path, from].filter((path) => path != null));
  const texts = await readTexts(repo, head, paths);
  return picks.filter(({ local, from, passages }) => {
    const before = texts.get(local?.path ?? "") ?? texts.get(from ?? "");
    if (local === null || before === undefined || from !== local.path) return true;
    return composeOrRefuse(readDocument(local.path, before), local, passages) !== before;
  });
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

/** A file that is staged in one form and lies on disk in another holds work that a new index entry would lose. */
async function refuseHalfStaged(repo: Repository, paths: readonly string[]): Promise<void> {
  const status = await statusOf(repo);
  const half = paths.filter((path) => status.staged.includes(path) && status.unstaged.includes(path));
  if (half.length === 0) return;
  throw new Failure("usage", "Part of this file was staged with git add and has been edited since.", {
    where: half.join(", "),
    next: [`git add -- "${half[0]}"   to go on with the text as it lies there now`],
  });
}
