import { matchPassages } from "../compare/match.ts";
import type { Document, Passage } from "../curriculum/document.ts";

/**
 * Sections of a merged document that stand beneath a heading under which neither side has them. A heading
 * that a side renamed counts as the same.
 */
export function strayedSections(
  documents: { base: Document; ours: Document; theirs: Document },
  result: Document,
): Passage[] {
  const { base, ours, theirs } = documents;
  const oldName = new Map<string, string>();
  for (const side of [ours, theirs]) {
    for (const { base: before, local } of matchPassages(base, side)) {
      if (before?.kind !== "section" || !local || slugOf(before) === slugOf(local)) continue;
      oldName.set(slugOf(local), slugOf(before));
    }
  }
  const place = (passage: Passage): string => {
    const parent = passage.parents.at(-1) ?? "";
    const slug = slugOf(passage);
    return `${oldName.get(parent) ?? parent}/${oldName.get(slug) ?? slug}`;
  };
  const known = new Set([...sections(ours), ...sections(theirs)].map(place));
  return sections(result).filter((passage) => !known.has(place(passage)));
}

function sections(document: Document): Passage[] {
  return document.passages.filter((passage) => passage.kind === "section");
}

function slugOf(passage: Passage): string {
  return passage.key.slice(passage.key.lastIndexOf("/") + 1).replace(/^#|~\d+$/g, "");
}
