import type { Document } from "../curriculum/document.ts";
import { readDocument } from "../curriculum/read.ts";
import { type Fault, structureFaults, wordFaults } from "./audit.ts";
import { asSide, type Part } from "./conflict.ts";
import { isSettled } from "./parts.ts";
import { strayedSections } from "./places.ts";

/** The three documents of a merge. */
export interface Three {
  readonly base: Document;
  readonly ours: Document;
  readonly theirs: Document;
}

/**
 * Whether a merge can be answered for: nothing lost, nothing doubled, nothing that stands twice or beneath
 * another heading. With conflicts open, a fault counts when it is there whichever side is chosen.
 */
export function isProven(three: Three, parts: readonly Part[]): boolean {
  const { base, ours, theirs } = three;
  const texts = { base: base.text, ours: ours.text, theirs: theirs.text };
  const settled = parts.map((part) => (typeof part === "string" ? part : "")).join("");
  const words = wordFaults(texts, settled);
  if (isSettled(parts)) return words.length === 0 && faultsOf(three, settled).size === 0;
  if (words.some((fault) => fault.kind === "extra")) return false;
  const everything = parts.map((part) =>
    typeof part === "string" ? part : `${part.ours ?? ""}\n${part.theirs ?? ""}\n`,
  );
  if (wordFaults(texts, everything.join("")).some((fault) => fault.kind === "lost")) return false;
  const left = faultsOf(three, asSide(parts, "ours"));
  return left.size === 0 || ![...faultsOf(three, asSide(parts, "theirs"))].some((fault) => left.has(fault));
}

function faultsOf(three: Three, text: string): Set<string> {
  const result = readDocument(three.base.path, text);
  const name = (fault: Fault): string => `${fault.kind} ${fault.at} ${fault.message}`;
  const strayed = strayedSections(three, result);
  return new Set([
    ...structureFaults(three, result).map(name),
    ...strayed.map((passage) => [...passage.parents, passage.name].join("/")),
  ]);
}
