import type { Document, Passage } from "../curriculum/document.ts";

/** The hash that records bind by: of a passage, or of text that is in normal form already. */
export function passageHash(passage: Passage | string): string {
  // Loaded when a hash is first asked for: most looks at a version need none.
  const { hash } = process.getBuiltinModule("node:crypto");
  const normal = typeof passage === "string" ? passage : passage.normal;
  return `n1:${hash("sha256", normal, "hex").slice(0, 16)}`;
}

/** The hash of a whole document, for a record of one that was added or removed: all its passages in order. */
export function documentHash(document: Document): string {
  const parts = document.passages
    .filter(({ kind }) => kind !== "order")
    .map(({ key, normal }) => `${key}\n${normal}`);
  return passageHash(parts.join("\n\n"));
}
