import { isTemplateTag, opensCode } from "../curriculum/code-tags.ts";

/**
 * What a unit of a file is.
 * - `prose`: a paragraph; `item`: the own text of a list item; `heading`: ATX or setext
 * - `code`: a fenced block with its fence and attribute line, or an indented block
 * - `row`: of a table; `definition`: of a link or footnote; `entry`: a YAML field or list item
 * - `line`: a line that stands for itself, such as `:::` or `{: .callout}` or a comment in YAML
 */
export type UnitKind = "heading" | "prose" | "item" | "code" | "row" | "definition" | "line" | "entry";

/** The smallest piece of a file that is taken as a whole or merged by a rule of its own. */
export interface Unit {
  readonly kind: UnitKind;
  /** As it stands in the file, without the last line end. */
  readonly text: string;
  /** The last line end and the blank lines below: they make room for what follows. */
  readonly tail: string;
  /** What it says, apart from form; equal keys, equal content. */
  readonly key: string;
  /** Its name, where it has one that lasts when its text changes: a field's path, a definition's label. */
  readonly name: string;
  /** Offset in the file, in UTF-16 code units. */
  readonly start: number;
}

/** Offset behind a unit and its tail. */
export function endOf({ start, text, tail }: Unit): number {
  return start + text.length + tail.length;
}

/** The level of a heading, 1 to 6; of anything else 0. */
export function levelOf({ kind, key }: Unit): number {
  return kind === "heading" ? Number(key.charAt("heading ".length)) : 0;
}

/**
 * How far up a unit stands: a heading above what follows it, a field above what is indented below it, a callout's
 * heading above the rest of the callout. A unit belongs to the nearest one before it with a lower rank.
 */
export function rankOf(unit: Unit): number {
  if (unit.kind === "entry" || (unit.kind === "line" && unit.text.startsWith(" "))) {
    const indent = unit.text.length - unit.text.trimStart().length;
    return 2 * indent + (unit.text.startsWith("-", indent) ? 1 : 0);
  }
  return depthOf(unit.text) * 10 + (levelOf(unit) || 9);
}

/** Whether a unit is a line by which MyST refers to what stands below it: `(ponds)=`. */
export function isLabel(unit: Unit | undefined): boolean {
  return unit?.kind === "prose" && /^\([^()\s][^()]*\)=\s*$/.test(unit.text);
}

/** White space is form. */
export function collapse(text: string): string {
  return / {2}|[^\S ]/.test(text) ? text.replace(/\s+/g, " ").trim() : text.trim();
}

/** Stands in a key for two spaces before a line end: a line break that is meant. */
export const HARD_BREAK = "\\";

/** The text of a run of units as it stands in the file. */
export function textOf(units: readonly Unit[]): string {
  return units.map((unit) => unit.text + unit.tail).join("");
}

/** Quote marks and indentation before a unit's first line. */
export function leadOf(text: string): string {
  return LEAD.exec(text)?.[0] ?? "";
}

/** How deep a unit is quoted. */
export function depthOf(text: string): number {
  if (!text.startsWith(">") && !text.startsWith(" ")) return 0;
  return leadOf(text).split(">").length - 1;
}

/**
 * The same unit with another lead before each of its lines, and the blank lines below in the same quotes; `null` where a
 * line does not stand behind the first lead.
 */
export function withLead(unit: Unit, from: string, to: string): Unit | null {
  const lines: string[] = [];
  const [bare, blank] = [from.trimEnd(), to.trimEnd()];
  for (const line of unit.text.split("\n")) {
    if (line.trimEnd() === bare) lines.push(blank + (line.endsWith("\r") ? "\r" : ""));
    else if (line.startsWith(from)) lines.push(to + line.slice(from.length));
    else return null;
  }
  const tail = unit.tail.replace(/(?<=\n)(.*?)(\r?\n)/g, (line: string, quotes: string, end: string) =>
    quotes.trimEnd() === bare ? blank + end : line,
  );
  return { ...unit, text: lines.join("\n"), tail };
}

/** Names that several units share tell none of them apart. */
export function nameOnce(units: readonly Unit[]): Unit[] {
  const counts = new Map<string, number>();
  for (const { name } of units) counts.set(name, (counts.get(name) ?? 0) + 1);
  return units.map((unit) => ((counts.get(unit.name) ?? 0) > 1 ? { ...unit, name: "" } : unit));
}

/** Text that stands in lines with a lead of their own: quote marks, indentation, a list marker, heading signs. */
export interface Led {
  /** What stands before the first line's text. */
  readonly lead: string;
  /** What stands before every other line's text. */
  readonly hang: string;
  /** The text, its lines parted by line ends. */
  readonly inner: string;
  /** What follows the text of a heading: closing signs, attributes. */
  readonly trail: string;
}

/** Quote marks before a line, and the space behind the last of them. */
export const QUOTES = /^(?: {0,3}>[ \t]?)*/;
const LEAD = /^(?: {0,3}>(?:[ \t]{0,4}>)*)?[ \t]*/;
const MARKER = /^(?:[-*+]|\d{1,9}[.)])(?:[ \t]+|$)/;

/** Parts the text of a unit from its leads; `null` where its lines do not share one. */
export function partLeads({ kind, text }: Unit): Led | null {
  const lines = text.split("\n");
  const first = lines[0] ?? "";
  let lead = LEAD.exec(first)?.[0] ?? "";
  if (kind === "item") lead += MARKER.exec(first.slice(lead.length))?.[0] ?? "";
  // How many colons a div has is for its other line to fit.
  if (kind === "line") lead += /^:{3,}/.exec(first.slice(lead.length))?.[0] ?? "";
  if (kind === "heading") {
    const signs = /^#{1,6}[ \t]*/.exec(first.slice(lead.length));
    if (signs === null || lines.length > 1) return null;
    lead += signs[0];
    const { inner, trail } = partTrail(first.slice(lead.length));
    return { lead, hang: "", inner, trail };
  }
  const hangs = lines.slice(1).map((line) => LEAD.exec(line)?.[0] ?? "");
  if (hangs.some((hang) => hang !== hangs[0])) return null;
  const hang = hangs[0] ?? lead.replace(/[^\s>]/g, " ");
  const inner = [first.slice(lead.length), ...lines.slice(1).map((line) => line.slice(hang.length))];
  return { lead, hang, inner: inner.join("\n"), trail: "" };
}

/** Parts a heading's words from what follows them: closing signs and attributes. */
export function partTrail(heading: string): { inner: string; trail: string } {
  let end = heading.trimEnd().length;
  const open = heading.charAt(end - 1) === "}" ? heading.lastIndexOf("{", end - 1) : -1;
  if (open >= 0 && !heading.slice(open + 1, end - 1).includes("}"))
    end = heading.slice(0, open).trimEnd().length;
  let signs = end;
  while (heading.charAt(signs - 1) === "#") signs--;
  if (signs < end && (signs === 0 || /\s/.test(heading.charAt(signs - 1))))
    end = heading.slice(0, signs).trimEnd().length;
  return { inner: heading.slice(0, end), trail: heading.slice(end) };
}

/** The explicit id in what follows a heading's words, with its sign; empty where there is none. */
export function idIn(trail: string): string {
  const open = trail.indexOf("{");
  return open < 0 ? "" : (/#[^\s{}#]+/.exec(trail.slice(open + 1))?.[0] ?? "");
}

/** Puts leads back. */
export function joinLeads({ lead, hang, inner, trail }: Led): string {
  return lead + inner.replaceAll("\n", `\n${hang}`) + trail;
}

/** A fenced block in its parts; each part with the line end that follows it. */
export interface Fenced {
  readonly open: string;
  readonly code: string;
  /** Closing fence and attribute line. */
  readonly close: string;
  readonly language: string;
}

const FENCE = /^(?: {0,3}>(?:[ \t]{0,4}>)*)?[ \t]*(`{3,}|~{3,})(.*)$/;
const ATTRIBUTES = /^(?: {0,3}>(?:[ \t]{0,4}>)*)?[ \t]*\{:([^}]*)\}[ \t]*\r?$/;

/**
 * Parts a fenced block, or one between the tags of a template engine; `null` for an indented one and for a fence that
 * nothing closes.
 */
export function partFence(text: string): Fenced | null {
  const lines = text.split("\n");
  const opening = FENCE.exec(lines[0] ?? "");
  if (opening === null) return partTags(lines);
  let last = lines.length - 1;
  const attributes = ATTRIBUTES.exec(lines[last] ?? "")?.[1] ?? "";
  if (attributes !== "") last--;
  const closing = FENCE.exec(lines[last] ?? "");
  if (last < 1 || !closing?.[1]?.startsWith(opening[1] ?? "`") || closing[2]?.trim() !== "") return null;
  return partAt(lines, last, `${opening[2] ?? ""} ${attributes}`);
}

function partTags(lines: readonly string[]): Fenced | null {
  const [first, last] = [lines[0] ?? "", lines.at(-1) ?? ""].map((line) =>
    line.slice(leadOf(line).length).trimEnd(),
  );
  const tag = opensCode(first ?? "");
  if (tag?.kind !== "template" || !last || !tag.end.test(last) || !isTemplateTag(last)) return null;
  return partAt(lines, lines.length - 1, tag.info);
}

function partAt(lines: readonly string[], last: number, info: string): Fenced {
  return {
    open: `${lines[0]}\n`,
    code: lines
      .slice(1, last)
      .map((line) => `${line}\n`)
      .join(""),
    close: lines.slice(last).join("\n"),
    language: languageOf(info),
  };
}

/** The language of a block however it is written: `bash`, `{.bash}`, `{: .language-bash}`. */
export function languageOf(info: string): string {
  return collapse(info.replace(/[{}:.]|\blanguage-/g, " ")).toLowerCase();
}

/** A text with its units. */
export interface Cut {
  readonly text: string;
  readonly units: readonly Unit[];
}

/** Whether a unit stands right below another in one text. */
export function follows(a: Unit | undefined, b: Unit | undefined): boolean {
  return a !== undefined && b !== undefined && endOf(a) === b.start;
}

/**
 * Blank lines below: of the side that changed them; where both did, the longer. Where one put them into quotes, or took
 * them out, the other's are as many.
 */
export function mergeTails(base: string, ours: string, theirs: string): string {
  if (theirs === base) return ours;
  if (ours === base) return theirs;
  const [b, o, t] = [base, ours, theirs].map((tail) => tail.split("\n").length) as [number, number, number];
  if (o !== b && t === b) return asMany(theirs, o);
  if (t !== b && o === b) return asMany(ours, t);
  return ours.length >= theirs.length ? ours : theirs;
}

/** The blank lines of a tail, as many as make that number of pieces between line ends. */
function asMany(tail: string, pieces: number): string {
  const [end = "", blank = end] = tail.match(/[^\n]*\n/g) ?? [];
  return pieces < 2 ? "" : end + blank.repeat(pieces - 2);
}
