import { diffArrays } from "diff";

export interface WordRun {
  readonly kind: "same" | "removed" | "added";
  readonly text: string;
}

const MOST_TOKENS = 40_000;
const MOST_EDITS = 4_000;

/**
 * Two raw texts as runs for display, removed words before the added ones that replace them. The runs that are
 * `same` or `added` joined are `b`; a difference in white space alone is no difference.
 */
export function wordDiff(a: string, b: string): WordRun[] {
  const left = tokens(a);
  const right = tokens(b);
  const isShort = left.length + right.length <= MOST_TOKENS;
  const changes = isShort
    ? diffArrays(left, right, { comparator: sameWord, maxEditLength: MOST_EDITS })
    : undefined;
  if (changes === undefined)
    return runs([
      { kind: "removed", text: a },
      { kind: "added", text: b },
    ]);
  return runs(
    changes.map((change) => ({
      kind: change.added ? "added" : change.removed ? "removed" : "same",
      text: change.value.join(""),
    })),
  );
}

/** Words, each with the white space that follows it. */
function tokens(text: string): string[] {
  return text.match(/^\s+|\S+\s*/g) ?? [];
}

function sameWord(a: string, b: string): boolean {
  return a === b || a.trimEnd() === b.trimEnd();
}

function runs(all: readonly WordRun[]): WordRun[] {
  return all.filter((run) => run.text !== "");
}
