import { type WordRun, wordDiff } from "../../compare/word-diff.ts";

/** Stands for words that are left out. */
export const LEFT_OUT = "…";

/** Words of unchanged text that are shown on each side of a change. */
const CONTEXT = 12;
/** A run of new or removed words is shown whole up to this many, else its beginning and its end. */
const WHOLE_RUN = 60;
const RUN_START = 32;
const RUN_END = 14;
/** Changed words around one that stayed, for it to be read as part of the change. */
const LEAST_AROUND = 8;

/** A run as it is read, with white space where the texts had any. */
export interface TextRun {
  readonly kind: WordRun["kind"];
  readonly text: string;
}

/**
 * Two paragraphs as runs to be read: a few changed words apart are one change, and long unchanged stretches are
 * left out. Removed and added runs have no white space at their ends; it stands in runs of their own.
 * @param whole show every word that was added or removed, however many
 */
export function readableRuns(before: string, after: string, whole: boolean): TextRun[] {
  return spaced(shortened(joined(before, after), whole));
}

/** The words of one text as a run, shortened in its middle unless `whole`. */
export function oneRun(kind: "same" | "added" | "removed", text: string, whole: boolean): TextRun[] {
  return [{ kind, text: whole ? text : cutMiddle(text.split(/\s+/)).join(" ") }];
}

/** Joins changes that are only a word or two apart; where little is common, one text replaces the other. */
function joined(before: string, after: string): WordRun[] {
  const runs = wordDiff(before, after);
  const size = (...kinds: WordRun["kind"][]): number =>
    runs.reduce((sum, { kind, words }) => sum + (kinds.includes(kind) ? words.length : 0), 0);
  if (size("same") < Math.max(size("same", "removed"), size("same", "added")) / 4) {
    return [
      { kind: "removed" as const, words: before.match(/\S+/g) ?? [] },
      { kind: "added" as const, words: after.match(/\S+/g) ?? [] },
    ].filter(({ words }) => words.length > 0);
  }
  const out: Stretch[] = [];
  for (const stretch of stretchesOf(runs)) {
    const [last, island] = [out.at(-2), out.at(-1)];
    if (last && island && stretch.same.length === 0 && isIsland(last, island, stretch)) {
      out.splice(-2, 2, {
        same: [],
        removed: [...last.removed, ...island.same, ...stretch.removed],
        added: [...last.added, ...island.same, ...stretch.added],
      });
    } else out.push(stretch);
  }
  return out
    .flatMap(({ same, removed, added }): WordRun[] => [
      { kind: "same", words: same },
      { kind: "removed", words: removed },
      { kind: "added", words: added },
    ])
    .filter(({ words }) => words.length > 0);
}

/** Words that stayed, or words that gave way to others. */
interface Stretch {
  readonly same: readonly string[];
  readonly removed: readonly string[];
  readonly added: readonly string[];
}

/** Stretches of what stayed and of what changed, in turns. */
function stretchesOf(runs: readonly WordRun[]): Stretch[] {
  const out: { same: string[]; removed: string[]; added: string[] }[] = [];
  for (const { kind, words } of runs) {
    const last = out.at(-1);
    const goes = last !== undefined && (kind === "same") === last.same.length > 0;
    const into = goes ? last : { same: [], removed: [], added: [] };
    if (!goes) out.push(into);
    into[kind].push(...words);
  }
  return out;
}

/** A word or two that happen to be the same in the middle of much that is not. */
function isIsland(before: Stretch, { same }: Stretch, after: Stretch): boolean {
  const removed = before.removed.length + after.removed.length;
  const added = before.added.length + after.added.length;
  return same.length <= 2 && removed > 0 && added > 0 && removed + added >= LEAST_AROUND * same.length;
}

function shortened(runs: readonly WordRun[], whole: boolean): WordRun[] {
  return runs.map((run, index): WordRun => {
    const { kind, words } = run;
    if (kind !== "same") return whole ? run : { kind, words: cutMiddle(words) };
    const start = index === 0 ? [] : words.slice(0, CONTEXT);
    const end = index === runs.length - 1 ? [] : words.slice(-CONTEXT);
    if (words.length <= start.length + end.length + 2) return run;
    return { kind, words: [...start, LEFT_OUT, ...end] };
  });
}

function cutMiddle(words: readonly string[]): readonly string[] {
  if (words.length <= WHOLE_RUN) return words;
  return [...words.slice(0, RUN_START), LEFT_OUT, ...words.slice(-RUN_END)];
}

/** Puts the white space back, and takes a full stop that both texts end with out of the change. */
function spaced(runs: readonly WordRun[]): TextRun[] {
  const out: TextRun[] = [];
  let glued = "";
  runs.forEach(({ kind, words }, index) => {
    const text = words.join(" ");
    const before = runs[index - 1];
    if (kind !== "same") {
      const ending = sharedEnding(runs, index);
      if (before) out.push({ kind: "same", text: `${glued} ` });
      out.push({ kind, text: text.slice(0, text.length - ending.length) });
      glued = kind === "added" ? ending : "";
      return;
    }
    out.push({ kind, text: before ? `${glued} ${text}` : text });
    glued = "";
  });
  if (glued !== "") out.push({ kind: "same", text: glued });
  return out;
}

/** The punctuation with which a removed run and the added one beside it both end. */
function sharedEnding(runs: readonly WordRun[], index: number): string {
  const run = runs[index];
  const other = run?.kind === "removed" ? runs[index + 1] : runs[index - 1];
  if (!run || !other || other.kind === "same" || other.kind === run.kind) return "";
  const last = run.words.at(-1) ?? "";
  const twin = other.words.at(-1) ?? "";
  let size = 0;
  while (size < Math.min(last.length, twin.length) - 1) {
    const sign = last.at(-1 - size) ?? "";
    if (sign !== twin.at(-1 - size) || !/[.,;:!?]/.test(sign)) break;
    size++;
  }
  return size === 0 ? "" : last.slice(-size);
}
