import { compose } from "../../curriculum/compose.ts";
import { decodeText, isDocumentPath, readDocument } from "../../curriculum/read.ts";
import { readObjects, writeBlobs } from "../../git/objects.ts";
import type { Repository } from "../../git/repository.ts";
import { diffTrees } from "../../git/trees.ts";
import { type TreeEdit, writeTree } from "../../git/write-tree.ts";
import type { Held } from "../holds.ts";

/**
 * The tree of an upstream commit with the held paths and passages put back to what they were at their holds'
 * bases, so that Git's merge sees no upstream change there (design §6.1).
 * @returns the commit itself where nothing is held
 */
export async function withHeld(repo: Repository, commit: string, held: readonly Held[]): Promise<string> {
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
  for (const edit of await passageEdits(repo, commit, held, edits)) edits.set(edit.path, edit);
  return edits.size === 0 ? commit : writeTree(repo, commit, [...edits.values()]);
}

/** Of several holds that cover a path, the first counts, as it does for its base. */
function firstHold(held: readonly Held[], before: string, after: string): Held | undefined {
  return held.find((hold) => hold.covers(before)) ?? held.find((hold) => hold.covers(after));
}

/** Held passages put back into their documents, which may themselves be held at a later base. */
async function passageEdits(
  repo: Repository,
  commit: string,
  held: readonly Held[],
  whole: ReadonlyMap<string, TreeEdit>,
): Promise<TreeEdit[]> {
  const texts = new Map<string, { mode: string; text: string }>();
  for (const hold of held) {
    if (hold.passage === null) continue;
    const { document: wanted, key } = hold.passage;
    const entries = (await diffTrees(repo, hold.hold.base, commit, { renames: true })).filter(
      (entry) => entry.oldOid !== null && entry.newOid !== null && isDocumentPath(entry.path),
    );
    const standing = entries.map((entry) => {
      const before = entry.from ?? entry.path;
      const path = whole.get(before)?.oid ? before : entry.path;
      return { path, oid: whole.get(path)?.oid ?? entry.newOid ?? "" };
    });
    const objects = await readObjects(
      repo,
      entries.flatMap(({ oldOid }, index) => [oldOid ?? "", standing[index]?.oid ?? ""]),
    );
    entries.forEach((entry, index) => {
      const path = standing[index]?.path ?? entry.path;
      const before = textOf(objects[2 * index]?.bytes);
      const after = textOf(objects[2 * index + 1]?.bytes);
      if (before === null || after === null) return;
      if (path !== wanted && !after.includes(wanted)) return;
      const current = readDocument(path, texts.get(path)?.text ?? after);
      if (current.id !== wanted && path !== wanted) return;
      const text = compose(current, readDocument(entry.from ?? entry.path, before), new Set([key]));
      texts.set(path, { mode: entry.newMode, text });
    });
  }
  const edited = [...texts];
  const oids = await writeBlobs(
    repo,
    edited.map(([, { text }]) => Buffer.from(text, "utf8")),
  );
  return edited.map(([path, { mode }], index) => ({ path, mode, oid: oids[index] ?? null }));
}

function textOf(bytes: Buffer | undefined): string | null {
  const decoded = bytes && decodeText(bytes);
  return decoded && "text" in decoded ? decoded.text : null;
}
