import type { Time } from "./measure.ts";

/** What one line of the table says. */
export interface Row {
  readonly work: string;
  readonly against: string;
  readonly mine: Time;
  readonly theirs: Time;
  /** Null: printed for information. */
  readonly reach: number | null;
}

/** The head of the Markdown table. */
export function heading(): string {
  return "| work | against | ms | against, ms | ratio | reach | met | ratio of processor time |\n|---|---|--:|--:|--:|--:|---|--:|\n";
}

/** One line of it; printed when it is known, since the whole takes minutes. */
export function row({ work, against, mine, theirs, reach }: Row): string {
  const ratio = mine.wall / theirs.wall;
  const cpu = mine.cpu === null || theirs.cpu === null ? "" : `${(mine.cpu / theirs.cpu).toFixed(2)}`;
  const met = reach === null ? "" : ratio <= reach ? "yes" : "no";
  const cells = [
    work,
    against,
    mine.wall.toFixed(0),
    theirs.wall.toFixed(0),
    ratio.toFixed(2),
    reach ?? "",
    met,
    cpu,
  ];
  return `| ${cells.join(" | ")} |\n`;
}
