import { compose } from "../../curriculum/compose.ts";
import type { Document } from "../../curriculum/document.ts";
import { decodeText, isDocumentPath, readDocument } from "../../curriculum/read.ts";
import { readObjects } from "../../git/objects.ts";
import type { TreeChange } from "../../git/raw-diff.ts";
import { remembered } from "../../git/remembered.ts";
import type { Repository } from "../../git/repository.ts";
import { diffTrees } from "../../git/trees.ts";
import type { TreeEdit, WholeFile } from "../../git/write-tree.ts";
import type { Held } from "./holds.ts";

/**
 * How an upstream commit would have to differ for its held paths and passages to be what they were at their holds'
 * bases: by path, whole files put back, and documents with passages put back.
 */
export function heldTexts(
  repo: Repository,
  commit: string,
  held: readonly Held[],
): Promise<Map<string, WholeFile | TreeEdit>> {
  const behind = held.filter(({ hold }) => hold.base !== commit);
  const named = behind.map(({ hold }) => `${hold.base}:${hold.at}`).join("\n");
  return remembered(repo, `held ${commit} ${named}`, async () => {
    // Of several holds that cover a path the first counts, be it one whose base is this commit.
    const edits = await heldPaths(repo, commit, held);
    return new Map<string, WholeFile | TreeEdit>([
      ...edits,
      ...(await heldPassages(repo, commit, behind, edits)),
    ]);
  });
}

async function heldPaths(
  repo: Repository,
  commit: string,
  held: readonly Held[],
): Promise<Map<string, TreeEdit>> {
  const edits = new Map<string, TreeEdit>();
  for (const hold of held.filter(({ passage }) => passage === null)) {
    for (const entry of await diffTrees(repo, hold.hold.base, commit, { renames: true })) {
      const before = entry.from ?? entry.path;
      if (!hold.covers(before) && !hold.covers(entry.path)) continue;
      if (firstHold(held, before, entry.path) !== hold) continue;
      if (entry.status === "R" || entry.status === "A") {
        edits.set(entry.path, { path: entry.path, mode: "000000", oid: null });
      }
      if (entry.oldOid !== null) edits.set(before, { path: before, mode: entry.oldMode, oid: entry.oldOid });
    }
  }
  return edits;
}

/** Of several holds that cover a path, the first counts, as it does for its base. */
function firstHold(held: readonly Held[], before: string, after: string): Held | undefined {
  return held.find((hold) => hold.covers(before)) ?? held.find((hold) => hold.covers(after));
}

/**
 * Held passages put back into their documents, which may themselves be held at a later base. A document that
 * upstream has removed stays as a whole for the sake of a passage that is held in it.
 */
async function heldPassages(
  repo: Repository,
  commit: string,
  held: readonly Held[],
  whole: ReadonlyMap<string, TreeEdit>,
): Promise<Map<string, WholeFile>> {
  const texts = new Map<string, { mode: string; text: string }>();
  const since = new Map<string, Since>();
  for (const { hold, passage } of held) {
    if (passage === null) continue;
    const changed = since.get(hold.base) ?? (await changedSince(repo, hold.base, commit));
    since.set(hold.base, changed);
    const found = await heldDocument(repo, changed, passage.document);
    if (found === null) continue;
    const { before, entry } = found;
    const path = whole.get(before.path)?.oid ? before.path : (entry?.path ?? before.path);
    const oid = whole.get(path)?.oid ?? entry?.newOid;
    const [blob] = oid ? await readObjects(repo, [oid]) : [];
    const after = texts.get(path)?.text ?? textOf(blob?.bytes);
    const text =
      after === null ? before.text : compose(readDocument(path, after), before, new Set([passage.key]));
    texts.set(path, { mode: entry?.newMode ?? found.mode, text });
  }
  return new Map(
    [...texts].map(([path, { mode, text }]) => [path, { path, mode, bytes: Buffer.from(text, "utf8") }]),
  );
}

/** The documents that changed between a hold's base and a commit, with their texts at the base. */
interface Since {
  readonly entries: readonly TreeChange[];
  readonly olds: readonly (string | null)[];
}

async function changedSince(repo: Repository, from: string, to: string): Promise<Since> {
  const all = await diffTrees(repo, from, to, { renames: true });
  const entries = all.filter(({ path }) => isDocumentPath(path));
  return { entries, olds: await readTexts(repo, entries, "oldOid") };
}

/**
 * Among what changed since a hold's base, the document that it lies in, as it was, and how it came to stand where
 * it is now: found by its id where Git sees no rename; null where upstream has removed it.
 */
async function heldDocument(
  repo: Repository,
  { entries, olds }: Since,
  wanted: string,
): Promise<{ before: Document; mode: string; entry: TreeChange | null } | null> {
  const index = olds.findIndex((text, at) => {
    const path = entries[at]?.from ?? entries[at]?.path ?? "";
    return (
      text !== null && (path === wanted || (text.includes(wanted) && readDocument(path, text).id === wanted))
    );
  });
  const entry = entries[index];
  const text = olds[index];
  if (entry === undefined || text == null) return null;
  const before = readDocument(entry.from ?? entry.path, text);
  if (entry.newOid !== null) return { before, mode: entry.newMode, entry };
  const added = entries.filter(({ oldOid }) => oldOid === null);
  const news = await readTexts(repo, added, "newOid");
  const moved = news.findIndex((each, at) => {
    return each?.includes(before.id) && readDocument(added[at]?.path ?? "", each).id === before.id;
  });
  return { before, mode: entry.oldMode, entry: added[moved] ?? null };
}

async function readTexts(
  repo: Repository,
  entries: readonly TreeChange[],
  side: "oldOid" | "newOid",
): Promise<(string | null)[]> {
  const objects = await readObjects(
    repo,
    entries.map((entry) => entry[side] ?? repo.zero),
  );
  return objects.map((object) => textOf(object?.bytes));
}

function textOf(bytes: Buffer | undefined): string | null {
  const decoded = bytes && decodeText(bytes);
  return decoded && "text" in decoded ? decoded.text : null;
}
