import { createHash } from "node:crypto";
import type { Passage } from "../curriculum/document.ts";

/** The hash that records bind by: of a passage, or of text that is in normal form already. */
export function passageHash(passage: Passage | string): string {
  const normal = typeof passage === "string" ? passage : passage.normal;
  return `n1:${createHash("sha256").update(normal).digest("hex").slice(0, 16)}`;
}
