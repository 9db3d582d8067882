import { isDocumentPath, readDocument } from "../../curriculum/read.ts";
import { asGitLeft, type InProgress, inProgress, rebasedOnto } from "../../git/in-progress.ts";
import { mergeFiles } from "../../git/merge-files.ts";
import { shortId } from "../../git/names.ts";
import { readObjects } from "../../git/objects.ts";
import { refsAt, resolve } from "../../git/refs.ts";
import type { Repository } from "../../git/repository.ts";
import { statusOf, type Unmerged } from "../../git/worktree.ts";
import { writeBlobs } from "../../git/write-objects.ts";
import type { Labels } from "../../merge/conflict.ts";
import { UPSTREAM } from "../base/published.ts";
import type { OpenVersion } from "../open.ts";
import type { OpenPath } from "../rebase/open-paths.ts";
import type { Decision } from "../rebase/plan.ts";
import { type Settled, settle } from "../rebase/settle.ts";
import { inReadingOrder } from "./find.ts";
import { clearGitConflict, type GitConflict, readGitConflict } from "./notes.ts";

/** A conflict that a command of Git's own left, and the files in it that somebody is settling by hand. */
export interface FoundConflict {
  readonly conflict: GitConflict;
  readonly byHand: readonly string[];
}

/**
 * The conflict that `git merge`, `pull`, `rebase`, `cherry-pick` or another command left, known from the stages in
 * Git's index and never from marker lines. Files that lie there as Git left them are merged anew, passage by passage;
 * what has been decided in the others is in the notes.
 * @returns null where no file is in conflict, nor has been settled in what Git is still in the middle of
 */
export async function findGitConflict(version: OpenVersion): Promise<FoundConflict | null> {
  const { repo, head } = version;
  const { unmerged } = await statusOf(repo);
  if (head === null) return null;
  const [doing, notes] = await Promise.all([inProgress(repo), readGitConflict(repo)]);
  if (unmerged.length === 0) {
    const isSettled = notes !== null && doing.operation !== "other" && isOf(notes, doing, head);
    return isSettled ? { conflict: notes, byHand: [] } : null;
  }
  const left = await asGitLeft(
    repo,
    unmerged.map(({ path }) => path),
  );
  // Begun anew, as after `git merge --abort`: what was decided then is not in the files.
  const isAnew = notes?.history.some(({ path }) => left.has(path));
  const known = notes !== null && isOf(notes, doing, head) && !isAnew ? notes : null;
  const paths = new Set(known?.decisions.map(({ path }) => path));
  const isNew = ({ path }: { readonly path: string }): boolean => !paths.has(path);
  const fresh = unmerged.filter(
    ({ path, stages }) => left.has(path) || (!paths.has(path) && isAbsent(stages)),
  );
  const labels = known?.labels ?? (await labelsOf(version, doing));
  const found = await decideAnew(repo, fresh, { doing, labels, left, self: version.self?.id ?? null });
  const conflict: GitConflict = {
    schema: "leeway/conflict/1",
    ...doing,
    head,
    labels,
    // What is known keeps its number; its draft is written again, since nothing refers to it in Git.
    drafts: [...(known?.drafts ?? []).filter(({ path }) => !left.has(path)), ...found.drafts],
    joined: [...(known?.joined ?? []), ...found.joined.filter(isNew)],
    decisions: [...(known?.decisions ?? []), ...inReadingOrder(found.decisions.filter(isNew))],
    stages: [...(known?.stages ?? []), ...fresh.filter(isNew)],
    settled: known?.settled ?? [],
    history: known?.history ?? [],
  };
  const asked = new Set(conflict.decisions.map(({ path }) => path));
  return { conflict, byHand: unmerged.map(({ path }) => path).filter((path) => !asked.has(path)) };
}

/** Forgets what was decided in a conflict that is over. */
export async function forgetOver(repo: Repository): Promise<void> {
  const notes = await readGitConflict(repo);
  if (notes === null) return;
  const [doing, head] = await Promise.all([inProgress(repo), resolve(repo, "HEAD")]);
  if (!isOf(notes, doing, head)) await clearGitConflict(repo);
}

/** Whether notes are of what Git is in the middle of now. */
function isOf(notes: GitConflict, { operation, other }: InProgress, head: string | null): boolean {
  return notes.operation === operation && notes.other === other && notes.head === head;
}

/** A file that only one side has lies there as that side has it, or not at all. */
function isAbsent({ 2: ours, 3: theirs }: Unmerged["stages"]): boolean {
  return !ours || !theirs;
}

async function decideAnew(
  repo: Repository,
  unmerged: readonly Unmerged[],
  to: {
    readonly doing: InProgress;
    readonly labels: Labels;
    readonly left: ReadonlyMap<string, string>;
    readonly self: string | null;
  },
): Promise<Pick<GitConflict, "decisions" | "drafts" | "joined">> {
  const swapped = to.doing.operation === "rebase";
  const open = await readSides(repo, swapped ? unmerged.map(turned) : unmerged);
  const ends = open.map((each) => ({ path: each.path, each, end: settle(each, to) }));
  const texts = ends.filter(({ end }) => end.kind === "open" && end.decisions[0]?.marked !== null);
  const drafts = await writeBlobs(
    repo,
    texts.map(({ end }) => end.bytes ?? Buffer.alloc(0)),
  );
  return {
    decisions: ends.flatMap(({ each, end }) => (end.kind === "open" ? end.decisions : [offered(each, end)])),
    drafts: texts.map(({ path }, index) => ({
      path,
      git: to.left.get(path) ?? "",
      leeway: drafts[index] ?? "",
    })),
    joined: texts.flatMap(({ path, end }) => end.rules.passages.map((rule) => ({ path, ...rule }))),
  };
}

/** Sides as Git has them while it replays commits: this version's own are `theirs`. */
function turned({ path, stages }: Unmerged): Unmerged {
  const { 1: base, 2: ours, 3: theirs } = stages;
  return {
    path,
    stages: { ...(base && { 1: base }), ...(theirs && { 2: theirs }), ...(ours && { 3: ours }) },
  };
}

async function readSides(repo: Repository, unmerged: readonly Unmerged[]): Promise<OpenPath[]> {
  const objects = await readObjects(
    repo,
    unmerged.flatMap(({ stages }) => ([1, 2, 3] as const).map((number) => stages[number]?.oid ?? repo.zero)),
  );
  const sides = unmerged.map(({ path, stages }, index) => {
    const bytes = (number: 1 | 2 | 3): Buffer | null =>
      stages[number] ? (objects[3 * index + number - 1]?.bytes ?? Buffer.alloc(0)) : null;
    return { path, gitPath: path, stages, base: bytes(1), ours: bytes(2), theirs: bytes(3), beside: false };
  });
  const byLines = sides.filter(({ path, ours, theirs }) => ours && theirs && !isDocumentPath(path));
  const marked = await mergeFiles(
    byLines.map(({ base, ours, theirs }) => ({
      base: base ?? Buffer.alloc(0),
      ours: ours ?? Buffer.alloc(0),
      theirs: theirs ?? Buffer.alloc(0),
    })),
  );
  return sides.map((each) => ({ ...each, marked: marked[byLines.indexOf(each)]?.bytes ?? null }));
}

/** A file that Leeway can join where Git could not: a person says whether it shall. */
function offered(
  { path, base, ours, theirs }: OpenPath,
  end: Extract<Settled, { kind: "settled" }>,
): Decision {
  const text = (bytes: Buffer | null): string | null => bytes?.toString("utf8") ?? null;
  const kept = text(ours ?? theirs) ?? "";
  const isDocument = isDocumentPath(path);
  const document = isDocument ? readDocument(path, kept) : null;
  const rules = [...new Set(end.rules.passages.map(({ rule }) => rule))].join("; ");
  return {
    path,
    at: document?.id ?? path,
    title: document?.title ?? path,
    heading: null,
    kind: ours === null ? "removed-edited" : theirs === null ? "edited-removed" : "edited-edited",
    reason: "Git could not join the two; passage by passage they do not contradict each other.",
    base: text(base),
    ours: text(ours),
    theirs: text(theirs),
    marked: null,
    joined: {
      text: text(end.bytes),
      rule: `Both changes, joined passage by passage${rules === "" ? "" : `: ${rules}`}.`,
    },
  };
}

async function labelsOf(version: OpenVersion, { operation, other }: InProgress): Promise<Labels> {
  const { self, head } = version;
  const joined = operation === "rebase" ? ((await rebasedOnto(version.repo)) ?? head) : other;
  return {
    ours: self?.name ?? "this version",
    base: "before",
    theirs: joined === null ? "the other side" : await nameOf(version, joined),
  };
}

/** What people call a commit: an edition, a branch, or the beginning of its hash. */
async function nameOf({ repo, self, above, published }: OpenVersion, commit: string): Promise<string> {
  const edition = published?.editions.find((each) => each.commit === commit);
  const upstream = above.find(({ id }) => id === self?.upstream?.id)?.name ?? "upstream";
  if (edition) return `${upstream} ${edition.name}`;
  const names = await refsAt(repo, commit, ["refs/remotes/", "refs/heads/"]);
  const remote = names.find((name) => name.startsWith(`refs/remotes/${UPSTREAM}/`));
  if (remote !== undefined || published?.heads.includes(commit)) return upstream;
  const [first] = names;
  return first?.replace(/^refs\/(?:remotes|heads)\//, "") ?? `the commit ${shortId(commit)}`;
}
