import { diffArrays } from "diff";

/** Words that stayed, went or came. */
export interface WordRun {
  readonly kind: "same" | "removed" | "added";
  readonly words: readonly string[];
}

const MOST_WORDS = 40_000;
const MOST_EDITS = 4_000;

/**
 * The words of two raw texts as runs for display, removed words before the added ones that replace them. A
 * difference in white space alone is no difference.
 */
export function wordDiff(a: string, b: string): WordRun[] {
  const left = a.match(/\S+/g) ?? [];
  const right = b.match(/\S+/g) ?? [];
  const isShort = left.length + right.length <= MOST_WORDS;
  const changes = isShort ? diffArrays(left, right, { maxEditLength: MOST_EDITS }) : undefined;
  if (changes === undefined)
    return runs([
      { kind: "removed", words: left },
      { kind: "added", words: right },
    ]);
  return runs(
    changes.map((change) => ({
      kind: change.added ? "added" : change.removed ? "removed" : "same",
      words: change.value,
    })),
  );
}

function runs(all: readonly WordRun[]): WordRun[] {
  return all.filter((run) => run.words.length > 0);
}
