import type { Conflict, Labels, Part, Place } from "./conflict.ts";
import { splitLines } from "./hunks.ts";

const SHORTEST = 7;

/** A marker line of Git's own length. */
const MARKER = /^([<|=>])\1{6}(?=[ \r\n]|$)/;
/** The marker lines of a text, with their ends; only LF ends a line. */
const MARKER_LINES = /(?<![^\n])([<|=>])\1{6}(?:[ \r][^\n]*)?(?:\n|$)/g;

/** What a text without marker lines seldom holds. */
const SIGNS = ["<", "|", "=", ">"].map((sign) => sign.repeat(SHORTEST));

/** A conflict as it was found in a text: where it stands and what stands in it. */
export interface Marked extends Place {
  readonly at: string;
  readonly base: string;
  readonly ours: string;
  readonly theirs: string;
}

/** The shortest marker, Git's seven at least, that no line of the texts begins with. */
export function markerLength(texts: readonly (string | null)[], shortest = SHORTEST): number {
  const taken = new Set<number>();
  for (const text of texts) {
    if (!SIGNS.some((signs) => text?.includes(signs))) continue;
    for (const [run] of text?.matchAll(/^([<|=>])\1{6,}/gm) ?? []) taken.add(run.length);
  }
  let length = shortest;
  while (taken.has(length)) length++;
  return length;
}

/**
 * Writes a merge out with diff3-style marker lines, and tells where each conflict stands. `name` is what
 * people call the document; it stands with the passage's key behind our label.
 */
export function renderParts(
  parts: readonly Part[],
  options: { labels: Labels; name: string; length?: number },
): { text: string; conflicts: (Conflict & Place)[] } {
  const everything = parts.flatMap((p) => (typeof p === "string" ? [p] : [p.base, p.ours, p.theirs]));
  const length = options.length ?? markerLength(everything);
  const end = lineEnd(everything);
  const labels = plain(options.labels);
  const pieces: string[] = [];
  let line = 1;
  const conflicts: (Conflict & Place)[] = [];
  const write = (piece: string): void => {
    if (piece === "") return;
    pieces.push(piece);
    line += newlines(piece);
  };
  const finishLine = (): void => {
    if (pieces.at(-1)?.endsWith("\n") === false) write(end);
  };
  for (const part of parts) {
    if (typeof part === "string") {
      write(part);
      continue;
    }
    finishLine();
    const first = line;
    const marker = (char: string, label: string): void => {
      finishLine();
      write(`${char.repeat(length)}${label === "" ? "" : ` ${label}`}${end}`);
    };
    marker("<", `${labels.ours} (${oneLine(options.name + part.at)})`);
    write(part.ours ?? "");
    marker("|", oneLine(options.labels.baseIn?.(part.at) ?? labels.base));
    write(part.base ?? "");
    marker("=", "");
    write(part.theirs ?? "");
    marker(">", labels.theirs);
    conflicts.push({ ...part, line: first, lines: line - first });
  }
  return { text: pieces.join(""), conflicts };
}

/**
 * Finds the conflicts that `renderParts` wrote, by their exact labels and marker length, in a text where
 * people may have settled some by hand. Marker lines of any other kind are lesson text.
 */
export function parseMarkers(
  text: string,
  options: { labels: Labels; name: string; length: number },
): Marked[] {
  const labels = plain(options.labels);
  const run = (char: string): string => char.repeat(options.length);
  const opening = `${run("<")} ${labels.ours} (${oneLine(options.name)}`;
  const found: Marked[] = [];
  let open: { at: string; line: number; sides: string[][] } | undefined;
  splitLines(text).forEach((whole, index) => {
    const line = whole.replace(/\r?\n$/, "");
    if (line.startsWith(opening) && line.endsWith(")")) {
      open = { at: line.slice(opening.length, -1), line: index + 1, sides: [[]] };
    } else if (!open) return;
    else if (open.sides.length === 1 && line === `${run("|")} ${labels.base}`) open.sides.push([]);
    else if (open.sides.length === 2 && line === run("=")) open.sides.push([]);
    else if (open.sides.length === 3 && line === `${run(">")} ${labels.theirs}`) {
      const [ours = "", base = "", theirs = ""] = open.sides.map((lines) => lines.join(""));
      found.push({ at: open.at, line: open.line, lines: index + 2 - open.line, ours, base, theirs });
      open = undefined;
    } else open.sides.at(-1)?.push(whole);
  });
  return found;
}

/**
 * Reads a conflicted text of Git's, in diff3 style with markers of seven, into settled runs and conflicts.
 * Lines that the inputs hold too are lesson text; `undefined` when it cannot be told for certain which are.
 */
export function readGitConflicts(
  text: string,
  inputs: readonly string[],
): (string | Pick<Conflict, "base" | "ours" | "theirs">)[] | undefined {
  const suspects = inputs.filter((input) => SIGNS.some((signs) => input.includes(signs)));
  const literal = new Set(suspects.flatMap((input) => splitLines(input).filter((line) => MARKER.test(line))));
  const parts: (string | Pick<Conflict, "base" | "ours" | "theirs">)[] = [];
  let from = 0;
  let sides: string[] = [];
  for (const { 0: whole, 1: char, index } of text.matchAll(MARKER_LINES)) {
    const parting = char === "=" && sides.length >= 2;
    if (literal.has(whole) && !parting) continue;
    if (char !== "<|=>"[sides.length]) return undefined;
    sides.push(text.slice(from, index));
    from = index + whole.length;
    if (char !== ">") continue;
    const [before = "", ours = "", base = "", theirs = ""] = sides;
    if (before !== "") parts.push(before);
    parts.push({ base, ours, theirs });
    sides = [];
  }
  if (sides.length > 0) return undefined;
  if (from < text.length) parts.push(text.slice(from));
  return parts;
}

/** The line end that most lines of these texts have. */
export function lineEnd(texts: readonly (string | null)[]): "\n" | "\r\n" {
  if (!texts.some((text) => text?.includes("\r"))) return "\n";
  let all = 0;
  let windows = 0;
  for (const text of texts) {
    all += newlines(text ?? "");
    windows += text?.match(/\r\n/g)?.length ?? 0;
  }
  return windows * 2 > all ? "\r\n" : "\n";
}

function newlines(text: string): number {
  let n = 0;
  for (let i = text.indexOf("\n"); i >= 0; i = text.indexOf("\n", i + 1)) n++;
  return n;
}

/** A label is one line, and no control character in it reaches a terminal. */
function oneLine(label: string): string {
  return label.replace(/[\p{Cc}\s]+/gu, " ").trim();
}

function plain(labels: Labels): Labels {
  return { ours: oneLine(labels.ours), base: oneLine(labels.base), theirs: oneLine(labels.theirs) };
}
