import type { Document, Passage } from "../curriculum/document.ts";
import { readDocument } from "../curriculum/read.ts";
import { countWords } from "./words.ts";

/** What a merged text has that neither side had: the reason not to call it clean. */
export interface Fault {
  /**
   * - `unreadable`: front matter or YAML that does not parse, or states a key twice
   * - `twice`: a heading or a key that stands twice at one place
   * - `lost`: words that should be there and are not
   * - `extra`: words that are there more often than either side, or both together, can explain
   */
  readonly kind: "unreadable" | "twice" | "lost" | "extra";
  /** Key of the passage, or empty for the whole file. */
  readonly at: string;
  /** One plain sentence. */
  readonly message: string;
}

/** The four texts of a merge, the last of them said to be clean. */
export interface Audited {
  readonly path: string;
  readonly base: string;
  readonly ours: string;
  readonly theirs: string;
  readonly result: string;
}

/** Looks for faults in a merged text; condemns only what neither side had. */
export function audit({ path, base, ours, theirs, result }: Audited): Fault[] {
  if (result === ours || result === theirs) return wordFaults({ base, ours, theirs }, result);
  const read = (text: string): Document => readDocument(path, text);
  return auditDocuments(base, { ours: read(ours), theirs: read(theirs) }, read(result));
}

/** The same for documents that are at hand. */
export function auditDocuments(
  base: string,
  sides: { ours: Document; theirs: Document },
  result: Document,
): Fault[] {
  const texts = { base, ours: sides.ours.text, theirs: sides.theirs.text };
  return [...structureFaults(sides, result), ...wordFaults(texts, result.text)];
}

/** A word too many is a rough alarm; Git's own clean merges raise it now and then. */
export function refusesClean(fault: Fault): boolean {
  return fault.kind !== "extra";
}

/** Faults of form: what does not parse, and what stands twice, in the result and on neither side. */
export function structureFaults(sides: { ours: Document; theirs: Document }, result: Document): Fault[] {
  const { ours, theirs } = sides;
  const faults: Fault[] = [];
  const { frontMatter } = result;
  // Front matter that one side has as it is holds no fault that neither had.
  const isTaken = frontMatter !== "" && [ours.frontMatter, theirs.frontMatter].includes(frontMatter);
  if (isTaken) return repeatsIn(sides, result, (document) => document.body);
  const known = new Set([...ours.problems, ...theirs.problems].map(problemKind));
  for (const problem of result.problems) {
    if (known.has(problemKind(problem))) continue;
    faults.push({
      kind: "unreadable",
      at: problem.field ? `@${problem.field}` : "",
      message: problem.message,
    });
  }
  return [...faults, ...repeatsIn(sides, result, (document) => document.passages)];
}

function repeatsIn(
  { ours, theirs }: { ours: Document; theirs: Document },
  result: Document,
  passagesOf: (document: Document) => readonly Passage[],
): Fault[] {
  const faults: Fault[] = [];
  const [inOurs, inTheirs] = [namesCounted(passagesOf(ours)), namesCounted(passagesOf(theirs))];
  for (const [name, { count, passage }] of namesCounted(passagesOf(result))) {
    if (count < 2) continue;
    if (count <= Math.max(inOurs.get(name)?.count ?? 0, inTheirs.get(name)?.count ?? 0)) continue;
    const what = passage.kind === "section" ? "The heading" : "The entry";
    faults.push({
      kind: "twice",
      at: passage.key,
      message: `${what} "${passage.name}" would stand there ${count === 2 ? "twice" : `${count} times`}.`,
    });
  }
  return faults;
}

/** Two problems are one when they say the same but for numbers, which are places. */
function problemKind(problem: { field?: string; message: string }): string {
  return `${problem.field ?? ""}|${problem.message.replace(/\d+/g, "#")}`;
}

/** How often each heading stands beneath its parents, and each key in its list. */
function namesCounted(passages: readonly Passage[]): Map<string, { count: number; passage: Passage }> {
  const counted = new Map<string, { count: number; passage: Passage }>();
  for (const passage of passages) {
    if (passage.kind === "order") continue;
    const name =
      passage.kind === "section"
        ? ["#", ...passage.parents, passage.name].join("/")
        : passage.key.replace(/~\d+$/, "");
    const seen = counted.get(name);
    counted.set(name, { count: (seen?.count ?? 0) + 1, passage: seen?.passage ?? passage });
  }
  return counted;
}

/**
 * Words that a merge lost or doubled. Each should stand about ours + theirs - base times; outside the range
 * of that and of what the two sides have, something went wrong.
 */
export function wordFaults(
  { base, ours, theirs }: { base: string; ours: string; theirs: string },
  result: string,
): Fault[] {
  const lost: string[] = [];
  const extra: string[] = [];
  for (const [word, [b = 0, o = 0, t = 0, r = 0]] of countWords({ base, ours, theirs }, result)) {
    const expected = o + t - b;
    // Where no side took a word away, what either side added has to be there.
    const least = o >= b && t >= b ? Math.max(o, t) : Math.min(o, t, expected);
    if (r < least) lost.push(word);
    else if (r > Math.max(o, t, expected)) extra.push(word);
  }
  const faults: Fault[] = [];
  if (lost.length > 0) faults.push({ kind: "lost", at: "", message: `Words would be lost: ${few(lost)}.` });
  if (extra.length > 0) {
    faults.push({ kind: "extra", at: "", message: `Words would stand there too often: ${few(extra)}.` });
  }
  return faults;
}

function few(words: readonly string[]): string {
  const shown = words.slice(0, 5).map((word) => `"${word}"`);
  return words.length > 5 ? `${shown.join(", ")} and ${words.length - 5} more` : shown.join(", ");
}
