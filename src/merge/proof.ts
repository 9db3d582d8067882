import { readDocument } from "../curriculum/read.ts";
import { audit, type Fault, structureFaults, wordFaults } from "./audit.ts";
import { asSide, type Part } from "./conflict.ts";
import { isSettled } from "./parts.ts";
import { strayedSections } from "./places.ts";

interface Texts {
  readonly base: string;
  readonly ours: string;
  readonly theirs: string;
}

/**
 * Whether a merge can be answered for: nothing lost, nothing doubled, nothing that stands twice or beneath
 * another heading. With conflicts open, a fault counts when it is there whichever side is chosen.
 */
export function isProven(path: string, texts: Texts, parts: readonly Part[]): boolean {
  if (isSettled(parts)) {
    const result = parts.join("");
    return audit({ path, ...texts, result }).length === 0 && strays(path, texts, result).size === 0;
  }
  const settled = parts.filter((part) => typeof part === "string");
  const open = parts.flatMap((part) =>
    typeof part === "string" ? [] : [part.ours ?? "", part.theirs ?? ""],
  );
  const { base, ours, theirs } = texts;
  if (wordFaults(base, ours, theirs, [...settled, ...open]).some((fault) => fault.kind === "lost"))
    return false;
  if (wordFaults(base, ours, theirs, settled).some((fault) => fault.kind === "extra")) return false;
  const [left, right] = [asSide(parts, "ours"), asSide(parts, "theirs")];
  const name = (fault: Fault): string => `${fault.kind} ${fault.at} ${fault.message}`;
  const faults = new Set(structureFaults(path, { ours, theirs, result: left }).map(name));
  if (structureFaults(path, { ours, theirs, result: right }).some((fault) => faults.has(name(fault))))
    return false;
  const strayed = strays(path, texts, left);
  return strayed.size === 0 || ![...strays(path, texts, right)].some((place) => strayed.has(place));
}

function strays(path: string, texts: Texts, result: string): Set<string> {
  const documents = {
    base: readDocument(path, texts.base),
    ours: readDocument(path, texts.ours),
    theirs: readDocument(path, texts.theirs),
  };
  const strayed = strayedSections(documents, readDocument(path, result));
  return new Set(strayed.map((passage) => [...passage.parents, passage.name].join("/")));
}
