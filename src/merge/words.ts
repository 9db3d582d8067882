import { splitLines } from "./hunks.ts";

/** How often each text has a word, in the order of the texts; only words in lines that not all of them share. */
export type WordCounts = ReadonlyMap<string, readonly number[]>;

/**
 * Counts words side by side. Lines that stand in every text are left out, as often as they stand in each:
 * they change no difference between the counts, and they are most of a file.
 */
export function countWords(...texts: readonly string[]): WordCounts {
  const lines = texts.map(splitLines);
  const shared = new Map<string, number>();
  for (const line of lines[0] ?? []) shared.set(line, (shared.get(line) ?? 0) + 1);
  for (const own of lines.slice(1)) {
    const seen = new Map<string, number>();
    for (const line of own) if (shared.has(line)) seen.set(line, (seen.get(line) ?? 0) + 1);
    for (const [line, count] of shared) {
      const least = Math.min(count, seen.get(line) ?? 0);
      if (least > 0) shared.set(line, least);
      else shared.delete(line);
    }
  }
  const counts = new Map<string, number[]>();
  lines.forEach((own, i) => {
    const left = new Map(shared);
    for (const line of own) {
      const skip = left.get(line) ?? 0;
      if (skip > 0) left.set(line, skip - 1);
      else addWords(counts, line, i, texts.length);
    }
  });
  return counts;
}

function addWords(counts: Map<string, number[]>, line: string, index: number, width: number): void {
  for (const word of line.match(/[\p{L}\p{N}]+/gu) ?? []) {
    let row = counts.get(word);
    if (!row) {
      row = new Array<number>(width).fill(0);
      counts.set(word, row);
    }
    row[index] = (row[index] ?? 0) + 1;
  }
}
