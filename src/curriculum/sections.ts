import type { Passage, Slice } from "./document.ts";
import type { Piece } from "./markdown.ts";
import { normaliseMarkdown } from "./normal.ts";
import { makeOrder, makePassage } from "./passage.ts";
import type { Section } from "./section.ts";

/** The key of the text before the first heading. */
const PREAMBLE = "#";

/**
 * Turns the pieces of a scan into slices and passages. `offset` gives the place in the file of a line of the
 * scanned text, `firstLine` the file's line (from 0) at which that text begins.
 */
export function sectionPassages(
  text: string,
  scan: { readonly pieces: readonly Piece[]; readonly sections: readonly Section[] },
  offset: (line: number) => number,
  firstLine: number,
): { slices: Slice[]; passages: Passage[] } {
  const slices: Slice[] = [];
  const owned = new Map<string, { section: Section | null; line: number; texts: string[] }>();
  scan.pieces.forEach((piece, at) => {
    const next = scan.pieces[at + 1];
    const start = offset(piece.line);
    const end = next === undefined ? text.length : offset(next.line);
    const key = piece.section?.key ?? PREAMBLE;
    const owner = owned.get(key) ?? {
      section: piece.section,
      line: piece.section?.line ?? piece.line,
      texts: [],
    };
    const count = owner.texts.push(text.slice(start, end));
    slices.push({ start, end, name: count === 1 ? key : `${key}+${count - 1}`, passages: [key] });
    owned.set(key, owner);
  });

  const passages = [...owned].map(([key, { section, line, texts }]) =>
    makePassage(
      {
        key,
        kind: "section",
        name: section?.name ?? "",
        parents: section === null ? [] : parentsOf(section),
        text: texts.join(""),
        line: firstLine + line + 1,
        format: "markdown",
      },
      // A blank line between the slices: they stand apart in the file.
      () => normaliseMarkdown(texts.join("\n\n")),
    ),
  );
  if (scan.sections.length > 1) {
    const keys = scan.sections.map((section) => section.key);
    const line = firstLine + (scan.sections[0]?.line ?? 0) + 1;
    passages.push(makeOrder("#!order", "sections", keys, line, "markdown"));
  }
  return { slices, passages };
}

/** Nearest ancestors only: no document is nested this deep on purpose. */
const DEEPEST = 20;

function parentsOf(section: Section): string[] {
  const parents: string[] = [];
  for (let at = section.parent; at !== null && parents.length < DEEPEST; at = at.parent)
    parents.unshift(at.slug);
  return parents;
}
