import type { Document } from "../curriculum/document.ts";
import { fieldsAtGlance } from "../curriculum/fields-at-glance.ts";
import { onceFor } from "../curriculum/lazily.ts";
import { readDocument } from "../curriculum/read.ts";
import { becameCode } from "./became-code.ts";
import { cut } from "./cut.ts";
import { doubledHeadings, strayedHeadings } from "./outline.ts";
import { brokenReferences, doubledLabels } from "./references.ts";
import type { Cut } from "./unit.ts";
import { type Joined, valuesAreMerged } from "./values-audit.ts";
import { countWords, type WordCount } from "./words.ts";

/** What a merged text has that neither side had: the reason not to call it clean. */
export interface Fault {
  /**
   * - `unreadable`: front matter or YAML that does not parse, or states a key twice
   * - `twice`: a heading, a key or a label that stands twice
   * - `strayed`: a section beneath a heading under which neither side has it, or a passage outside its box
   * - `reference`: a label that is referred to and defined no more
   * - `lost`: words that should be there and are not
   * - `values`: fields whose values are not what the sides make of them
   * - `extra`: words that are there more often than either side, or both together, can explain
   */
  readonly kind: "unreadable" | "twice" | "strayed" | "reference" | "lost" | "extra" | "values";
  /** Key of the passage, or empty for the whole file. */
  readonly at: string;
  /** One plain sentence. */
  readonly message: string;
}

/** The four texts of a merge, the last of them said to be clean. */
export interface Audited {
  readonly path: string;
  readonly base: Cut;
  readonly ours: Cut;
  readonly theirs: Cut;
  readonly result: Cut;
}

/**
 * Looks for faults in a merged text; condemns only what neither side had.
 * @param by what text of fields that both sides changed was merged by
 */
export function audit(texts: Audited, by: Joined = "lines"): Fault[] {
  const { ours, theirs, result } = texts;
  const faults = [...valueFaults(texts, by), ...wordFaults(texts)];
  if (result.text === ours.text || result.text === theirs.text) return faults;
  return [...structureFaults(texts), ...faults];
}

function valueFaults(texts: Audited, by: Joined): Fault[] {
  if (valuesAreMerged(texts.path, texts, texts.result, by)) return [];
  const message = "A field or an item would stand there as neither version has it.";
  return [{ kind: "values", at: "", message }];
}

/** A document cut into units, once for all that are merged with it. */
const cutOf = onceFor(
  (document: Document, ...like: readonly Cut[]): Cut => cut(document.path, document.text, ...like),
);

/** The same for documents that are at hand; null where both sides added theirs. */
export function auditDocuments(
  base: Document | null,
  sides: { ours: Document; theirs: Document },
  result: Document,
): Fault[] {
  const { path } = result;
  const before = base === null ? cut(path, "") : cutOf(base);
  const ours = cutOf(sides.ours, before);
  const theirs = cutOf(sides.theirs, before, ours);
  return audit({ path, base: before, ours, theirs, result: cut(path, result.text, ours, theirs) });
}

/** A word too many is a rough alarm; Git's own clean merges raise it now and then. */
export function refusesClean(fault: Fault): boolean {
  return fault.kind !== "extra";
}

/** Faults of form: what does not parse, what stands twice or beneath the wrong heading, what is not defined. */
function structureFaults({ path, base, ours, theirs, result }: Audited): Fault[] {
  const sides = [ours.units, theirs.units];
  const fault =
    (kind: Fault["kind"], message: (name: string) => string) =>
    (name: string): Fault => ({
      kind,
      at: "",
      message: message(name),
    });
  return [
    ...fieldFaults(path, [ours.text, theirs.text], result.text),
    ...doubledHeadings(sides, result.units).map(
      fault("twice", (name) => `The heading "${name}" would stand there twice.`),
    ),
    ...strayedHeadings(base.units, sides, result.units).map(
      fault(
        "strayed",
        (name) => `The section "${name}" would stand beneath a heading it does not belong to.`,
      ),
    ),
    ...becameCode(sides, result.units).map(
      fault("strayed", (text) => `"${text}" would stand outside the box or item it belongs to, and be code.`),
    ),
    ...doubledLabels(ours, theirs, result).map(fault("twice", (name) => `${name} would name two things.`)),
    ...brokenReferences(ours, theirs, result).map(
      fault("reference", (name) => `${name} would be referred to, and defined nowhere.`),
    ),
  ];
}

/** Faults of fields, read anew: one that does not parse, or a key that stands twice, on neither side. */
export function fieldFaults(path: string, sides: readonly string[], text: string): Fault[] {
  const [result, ...documents] = [text, ...sides].map((one) => readDocument(path, one));
  if (!result) return [];
  // Fields that one side has as they are hold no fault that neither had.
  if (fieldsOf(result) === "" || documents.some((side) => fieldsOf(side) === fieldsOf(result))) return [];
  const { problems } = result;
  const known = new Set(
    problems.length === 0 ? [] : documents.flatMap((side) => side.problems.map(problemKind)),
  );
  const faults = problems
    .filter((problem) => !known.has(problemKind(problem)))
    .map(({ field, message }): Fault => ({ kind: "unreadable", at: field ? `@${field}` : "", message }));
  return faults.length > 0 ? faults : doubledEntries(documents, result);
}

/**
 * Whether both sides changed the fields, each in its own way, while one side's cannot be read: no reading says then
 * that they were put together right.
 */
export function mixesUnreadable(
  path: string,
  { base, ours, theirs }: Pick<Audited, "base" | "ours" | "theirs">,
): boolean {
  const [before, left, right] = [base, ours, theirs].map(({ text }) => readDocument(path, text));
  if (!before || !left || !right) return false;
  const [was, mine, other] = [before, left, right].map(fieldsOf);
  if (mine === was || other === was || mine === other) return false;
  return [left, right].some(({ problems }) => problems.length > 0);
}

/** The fields of a document as they stand in it. */
function fieldsOf({ format, text, frontMatter }: Document): string {
  return format === "yaml" ? text : frontMatter;
}

/** Keyed items that stand twice in the result and on neither side. */
function doubledEntries(sides: readonly Document[], result: Document): Fault[] {
  const repeats = (document: Document): Map<string, number> => {
    const counts = new Map<string, number>();
    for (const key of fieldKeys(document)) {
      const name = key.replace(/~\d+$/, "");
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    return counts;
  };
  const known = sides.map(repeats);
  return [...repeats(result)].flatMap(([key, count]): Fault[] => {
    if (count < 2 || known.some((side) => (side.get(key) ?? 0) >= count)) return [];
    return [
      { kind: "twice", at: key, message: `The entry "${key.replace(/^@/, "")}" would stand there twice.` },
    ];
  });
}

/** The keys of the passages that fields are; what a look does not tell is read. */
function fieldKeys(document: Document): string[] {
  const fields = document.yaml && fieldsAtGlance(document.yaml);
  if (fields) return fields.flatMap(({ passages }) => passages.map(({ key }) => key));
  const read = document.fields.filter(({ kind }) => kind !== "order");
  return read.map(({ key }) => key);
}

/** Two problems are one when they say the same but for numbers, which are places. */
function problemKind(problem: { field?: string; message: string }): string {
  return `${problem.field ?? ""}|${problem.message.replace(/\d+/g, "#")}`;
}

/**
 * Words that a merge lost or doubled. Each should stand about ours + theirs - base times; outside the range
 * of that and of what the two sides have, something went wrong.
 */
function wordFaults({ base, ours, theirs, result }: Audited): Fault[] {
  const units = ({ units }: Cut): string[] => units.map(({ text }) => text);
  const byUnits = outOfRange(countWords(units(base), units(ours), units(theirs), units(result)));
  if (byUnits.length === 0) return [];
  // Changes that both sides made alike within units of their own are seen by lines only.
  const lines = ({ text }: Cut): string[] => text.split("\n").map((line) => line.trimEnd());
  return outOfRange(countWords(lines(base), lines(ours), lines(theirs), lines(result)));
}

function outOfRange(counts: readonly WordCount[]): Fault[] {
  const lost: string[] = [];
  const extra: string[] = [];
  for (const { word, base: b, ours: o, theirs: t, result: r } of counts) {
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
