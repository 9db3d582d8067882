import { lineHunks } from "./hunks.ts";

/** The lines of a paragraph without their ends, and the ends. */
interface Lines {
  readonly said: readonly string[];
  readonly ends: readonly string[];
}

/**
 * A paragraph with the line breaks that one side put in or took out, and the words that the other changed in single
 * lines: a poem, an address. `null` where a side did both, or changed lines side by side, so that a break could
 * stand behind other words than it was meant for.
 */
export function mergeLineEnds(base: string, ours: string, theirs: string): string | null {
  const [b, o, t] = [base, ours, theirs].map(partEnds) as [Lines, Lines, Lines];
  if (isSame(b.said, o.said)) return keepsLines(b, t) ? join(t.said, o.ends) : null;
  return isSame(b.said, t.said) && keepsLines(b, o) ? join(o.said, t.ends) : null;
}

/** A line may end in a break that is meant, as spaces or a backslash, or in white space that means nothing. */
function partEnds(text: string): Lines {
  const lines = text.split("\n");
  const said = lines.map((line) => {
    const end = line.trimEnd();
    return end.endsWith("\\") ? end.slice(0, -1) : end;
  });
  return { said, ends: lines.map((line, i) => line.slice(said[i]?.length)) };
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((line, i) => line === b[i]);
}

/** Whether a side left the line ends alone and changed no more than one line between two that stand. */
function keepsLines(base: Lines, side: Lines): boolean {
  if (!isSame(base.ends, side.ends)) return false;
  const hunks = lineHunks([...base.said], [...side.said]);
  return hunks.every(
    ({ baseStart, baseEnd, sideStart, sideEnd }) => baseEnd - baseStart === 1 && sideEnd - sideStart === 1,
  );
}

function join(said: readonly string[], ends: readonly string[]): string {
  return said.map((line, i) => line + ends[i]).join("\n");
}
