import { diffArrays } from "diff";
import { sharedWords } from "../../compare/common-words.ts";
import { parseAddress } from "../../curriculum/address.ts";
import { type Block, blocksOf } from "./blocks.ts";
import { LEFT_OUT, oneRun, readableRuns, type TextRun } from "./runs.ts";

/** A paragraph or a line of a passage with what changed in it. */
export interface ChangeLine {
  readonly runs: readonly TextRun[];
  /** Code or a table row: white space counts. */
  readonly verbatim: boolean;
}

/** Two paragraphs that share less than this are not the same paragraph. */
const LEAST_ALIKE = 0.3;
const MOST_EDITS = 2_000;

/**
 * The changed neighbourhood of a passage, from its two texts; paragraphs that did not change are left out.
 * @param whole show every word that was added or removed, however many
 */
export function changeLines(
  at: string,
  base: string | null,
  local: string | null,
  whole = false,
): ChangeLine[] {
  const key = parseAddress(at).passage ?? "";
  const before = blocksOf(key, base);
  const after = blocksOf(key, local);
  const hunks = diffArrays(before, after, {
    comparator: (a, b) => a.key === b.key,
    maxEditLength: MOST_EDITS,
  }) ?? [
    { value: before, removed: true, added: false },
    { value: after, added: true, removed: false },
  ];
  const lines: ChangeLine[] = [];
  let removed: Block[] = [];
  let added: Block[] = [];
  let leftOut = false;
  const close = (): void => {
    if (removed.length + added.length === 0) return;
    if (leftOut && lines.length > 0)
      lines.push({ runs: [{ kind: "same", text: LEFT_OUT }], verbatim: false });
    lines.push(...hunkLines(removed, added, whole));
    [removed, added, leftOut] = [[], [], false];
  };
  for (const hunk of hunks) {
    if (hunk.removed) removed.push(...hunk.value);
    else if (hunk.added) added.push(...hunk.value);
    else {
      close();
      leftOut = true;
    }
  }
  close();
  return base === null || local === null ? withoutHeading(key, lines) : lines;
}

/** The text of one side of a decision, shortened to the neighbourhood of where it differs from the other. */
export function excerpt(at: string, text: string, other: string | null): ChangeLine[] {
  const key = parseAddress(at).passage ?? "";
  if (other !== null) {
    const lines = changeLines(at, other, text)
      .map((line) => ({ ...line, runs: tidied(line.runs.filter(({ kind }) => kind !== "removed")) }))
      .filter(({ runs }) => runs.some((run) => run.text.trim() !== ""));
    if (lines.length > 0) return lines;
  }
  const lines: ChangeLine[] = blocksOf(key, text).map(({ kind, text: own }) => ({
    runs: kind === "line" ? [{ kind: "same", text: own }] : oneRun("same", own, false),
    verbatim: kind === "line",
  }));
  return other === null ? withoutHeading(key, lines) : lines;
}

/** Removed and added blocks in reading order, each new paragraph beside the old one that it came from. */
function hunkLines(removed: readonly Block[], added: readonly Block[], whole: boolean): ChangeLine[] {
  const lines: ChangeLine[] = [];
  let from = 0;
  for (const block of added) {
    const twin = twinOf(block, removed, from, removed.length === 1 && added.length === 1);
    if (twin < 0) {
      lines.push(...alone("added", block, whole));
      continue;
    }
    for (const each of removed.slice(from, twin)) lines.push(...alone("removed", each, whole));
    lines.push({ runs: readableRuns((removed[twin] as Block).text, block.text, whole), verbatim: false });
    from = twin + 1;
  }
  const rest = removed.slice(from).flatMap((each) => alone("removed", each, whole));
  // What nothing came of reads best before what is new.
  return from === 0 ? [...rest, ...lines] : [...lines, ...rest];
}

function twinOf(block: Block, removed: readonly Block[], from: number, only: boolean): number {
  if (block.kind === "line") return -1;
  return removed.findIndex(
    (each, index) =>
      index >= from && each.kind === "prose" && (only || alike(each.text, block.text) >= LEAST_ALIKE),
  );
}

function alike(a: string, b: string): number {
  const [left, right] = [a.split(" "), b.split(" ")];
  return sharedWords(left, right) / Math.max(left.length, right.length);
}

function alone(kind: "added" | "removed", { text, kind: form }: Block, whole: boolean): ChangeLine[] {
  if (form === "line" && text.trim() === "") return [];
  return [
    { runs: form === "line" ? [{ kind, text }] : oneRun(kind, text, whole), verbatim: form === "line" },
  ];
}

/** The heading of a passage that is new or gone stands above it as its name. */
function withoutHeading(key: string, lines: readonly ChangeLine[]): ChangeLine[] {
  const isHeading = key.startsWith("#") && /^#{1,6}\s/.test(lines[0]?.runs[0]?.text ?? "");
  return isHeading && lines.length > 1 ? lines.slice(1) : [...lines];
}

/** Two runs of white space that meet where a removed run was. */
function tidied(runs: readonly TextRun[]): TextRun[] {
  return runs.filter(
    (run, index) => !(run.text.trim() === "" && (index === 0 || /\s$/.test(runs[index - 1]?.text ?? ""))),
  );
}
