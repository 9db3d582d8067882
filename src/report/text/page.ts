import type { NextStep } from "../next-step.ts";
import { type Rich, type Span, widthOf, wrap } from "./rich.ts";
import type { Style } from "./style.ts";

/** What a page is written for. */
export interface Options {
  readonly width: number;
  readonly style: Style;
}

interface TableOptions {
  readonly indent?: number;
  /** Columns by index that are set flush right. */
  readonly right?: readonly number[];
  readonly gap?: number;
}

/** A step that can be typed is kept on one line; a step in words may be wrapped. */
const COMMAND = /^(?:leeway|git|cd|npx)\s/;
/** Least room in which a last column is wrapped; with less, the cells of a row go below each other. */
const LEAST_COLUMN = 22;

/** A page of text that is filled from top to bottom, every line within its width. */
export class Page {
  readonly width: number;
  readonly #style: Style;
  readonly #lines: string[] = [];

  constructor({ width, style }: Options) {
    this.width = width;
    this.#style = style;
  }

  /** One paragraph; `hang` is where its second and later lines begin. */
  text(rich: Rich, indent = 0, hang = indent, keep = false): void {
    this.#lines.push(...wrap(rich, { indent, hang, width: this.width, keep }, this.#style));
  }

  /** An empty line, once, and never at the top. */
  blank(): void {
    if (this.#lines.length > 0 && this.#lines.at(-1) !== "") this.#lines.push("");
  }

  /** Rows with their cells in columns; a row that does not fit stands below each other. */
  table(rows: readonly (readonly Rich[])[], options: TableOptions = {}): void {
    for (const row of this.rows(rows, options)) row();
  }

  /** The same rows, each to be written when its turn comes, so that text can stand between them. */
  rows(
    rows: readonly (readonly Rich[])[],
    { indent = 0, right = [], gap = 2 }: TableOptions = {},
  ): (() => void)[] {
    const sizes = rows.map((row) => row.map(widthOf));
    const fits = this.#fitting(sizes, indent, gap);
    return rows.map((row, index) => () => {
      const widths = fits.rows.has(index) ? fits.widths : null;
      if (widths) this.#row(row, sizes[index] ?? [], widths, { indent, right, gap });
      else this.#stack(row, indent);
    });
  }

  /** What to do next, last on the page: commands below each other with what they are for. */
  next(steps: readonly NextStep[]): void {
    if (steps.length === 0) return;
    const label = "Next: ";
    const indent = label.length;
    const longest = Math.max(
      0,
      ...steps.filter(([, words]) => words !== "").map(([command]) => widthOf(command)),
    );
    const purpose = Math.max(...steps.map(([, words]) => Math.min(widthOf(words), LEAST_COLUMN)));
    const beside = indent + longest + 4 + purpose <= this.width;
    steps.forEach(([command, words], index) => {
      const lead = index === 0 ? label : " ".repeat(indent);
      const what: Span = { text: command, ink: "command", solid: COMMAND.test(command) };
      if (words === "") this.text([{ text: lead, solid: true }, what], 0, indent);
      else if (beside) {
        const pad = " ".repeat(longest - widthOf(command) + 4);
        this.text(
          [{ text: lead, solid: true }, what, { text: pad, solid: true }, words],
          0,
          indent + longest + 4,
        );
      } else {
        this.text([{ text: lead, solid: true }, what], 0, indent);
        this.text(words, indent + 2);
      }
    });
  }

  /** The page as a string that ends with a line end. */
  toString(): string {
    return `${this.#lines
      .map((line) => line.trimEnd())
      .join("\n")
      .trimEnd()}\n`;
  }

  /** Widths of the columns over as many rows as fit; the longest rows are left out first. */
  #fitting(sizes: readonly number[][], indent: number, gap: number): { widths: number[]; rows: Set<number> } {
    const rows = new Set(sizes.keys());
    for (;;) {
      const widths: number[] = [];
      for (const index of rows) {
        sizes[index]?.forEach((size, column, row) => {
          const isLast = column === row.length - 1;
          widths[column] = Math.max(widths[column] ?? 0, isLast ? Math.min(size, LEAST_COLUMN) : size);
        });
      }
      const total = indent + sum(widths) + gap * Math.max(0, widths.length - 1);
      if (total <= this.width || rows.size === 0) return { widths, rows };
      const longest = [...rows].reduce((a, b) => (bulk(sizes[b]) > bulk(sizes[a]) ? b : a));
      rows.delete(longest);
    }
  }

  #row(
    row: readonly Rich[],
    sizes: readonly number[],
    widths: readonly number[],
    { indent, right, gap }: Required<TableOptions>,
  ): void {
    const cells: (string | Span)[] = [];
    let at = indent;
    row.forEach((cell, column) => {
      const pad = " ".repeat(Math.max(0, (widths[column] ?? 0) - (sizes[column] ?? 0)));
      const isLast = column === row.length - 1;
      if (right.includes(column)) cells.push({ text: pad, solid: true });
      cells.push(...(isLast ? parts(cell) : parts(cell).map(solid)));
      if (isLast) return;
      cells.push({ text: (right.includes(column) ? "" : pad) + " ".repeat(gap), solid: true });
      at += (widths[column] ?? 0) + gap;
    });
    this.text(cells, indent, at);
  }

  /** A row below itself: the first cell, then the others, as many on a line as fit. */
  #stack(row: readonly Rich[], indent: number): void {
    const [first = "", ...rest] = row.filter((cell) => widthOf(cell) > 0);
    this.text(first, indent, indent + 2);
    let line: (string | Span)[] = [];
    const close = (): void => {
      if (line.length > 0) this.text(line, indent + 2, indent + 4, true);
    };
    for (const cell of rest) {
      const longer = [...line, ...(line.length === 0 ? [] : ["  "]), ...parts(cell)];
      if (line.length > 0 && indent + 2 + widthOf(longer) > this.width) {
        close();
        line = [...parts(cell)];
      } else line = longer;
    }
    close();
  }
}

function parts(rich: Rich): readonly (string | Span)[] {
  return Array.isArray(rich) ? rich : [rich as string | Span];
}

function solid(part: string | Span): Span {
  return typeof part === "string" ? { text: part, solid: true } : { ...part, solid: true };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function bulk(sizes: readonly number[] = []): number {
  return sum(sizes.slice(0, -1)) + Math.min(sizes.at(-1) ?? 0, LEAST_COLUMN);
}
