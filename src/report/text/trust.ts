import type { Drift } from "../../version/drift/drift.ts";
import type { TrustReport } from "../kinds/trust.ts";
import { number, STATUS_WORDS } from "../wording.ts";
import type { Page } from "./page.ts";
import { type Span, widthOf } from "./rich.ts";

/** The columns of the table: two lines of heading, the same in one, and the passages that are counted. */
const COLUMNS: readonly (readonly [
  upper: string,
  lower: string,
  count: (figures: NonNullable<Drift["figures"]>) => number,
])[] = [
  ["changed", "here", ({ diverged }) => diverged.passages],
  ["reason", "missing", ({ undeclared }) => undeclared.passages],
  ["locked", "changed", ({ breaches }) => breaches.count],
  ["not yet", "taken", ({ behind }) => behind.passages],
  ["to", "decide", ({ contested }) => contested.conflicts],
];
const COLUMN = 9;

/** Several versions side by side, each below its upstream; with the steps that led there, if any. */
export function trustText(report: TrustReport, page: Page): void {
  const { heading, versions, turn, next } = report;
  if (heading !== null) page.text(heading);
  writeSteps(report, page);
  if (versions.length > 0) {
    page.blank();
    const rows = versions.map(({ depth, drift }) => ({ depth, name: drift.name, drift, instead: null }));
    writeVersions(rows, page);
    page.text(["Passages, each version against its upstream.", doneIn(report)]);
  }
  if (turn !== null) {
    page.blank();
    page.text(turn);
  }
  page.next(next);
}

/** Each step with its command: beside it where every command has room there, else below. */
function writeSteps({ steps }: TrustReport, page: Page): void {
  const rows = steps.map(([did, command], index): [string, Span] => [
    `${index + 1} ${did}`,
    { text: command, ink: "faint" },
  ]);
  const left = Math.max(0, ...rows.map(([did]) => widthOf(did)));
  const right = Math.max(0, ...rows.map(([, command]) => widthOf(command)));
  if (left + 2 + right <= page.width) page.table(rows);
  else {
    for (const [did, command] of rows) {
      page.text(did, 0, 2);
      page.text(command, 2, 4);
    }
  }
}

/** A version in the table. */
export interface VersionRow {
  readonly depth: number;
  readonly name: string;
  readonly drift: Drift | null;
  /** What stands there where nothing was measured. */
  readonly instead: string | null;
}

/** Versions with their figures side by side, or below their names where the page is narrow. */
export function writeVersions(rows: readonly VersionRow[], page: Page): void {
  const longest = Math.max(0, ...rows.map(({ depth, name }) => depth * 2 + widthOf(name)));
  if (longest + COLUMN * COLUMNS.length <= page.width) writeTable(rows, page, longest);
  else for (const row of rows) writeBelow(page, row);
}

function writeTable(rows: readonly VersionRow[], page: Page, longest: number): void {
  for (const line of [0, 1] as const) {
    const cells = COLUMNS.map((column) => column[line].padStart(COLUMN)).join("");
    page.text({ text: " ".repeat(longest) + cells, ink: "faint", solid: true });
  }
  for (const row of rows) {
    const name = " ".repeat(row.depth * 2) + row.name;
    const pad = " ".repeat(longest - widthOf(name));
    page.text([{ text: name + pad, solid: true }, ...cellsOf(row)]);
  }
}

function cellsOf({ drift, instead }: VersionRow): (string | Span)[] {
  const figures = drift?.figures ?? null;
  if (figures === null) return [{ text: `  ${instead ?? wordsFor(drift)}`, solid: true }];
  return COLUMNS.map(([, , count]) => ({ text: number(count(figures)).padStart(COLUMN), solid: true }));
}

/** On a narrow page the figures stand in words below the name, those that are nought left out. */
function writeBelow(page: Page, { depth, name, drift, instead }: VersionRow): void {
  const figures = drift?.figures ?? null;
  page.text(name, depth * 2);
  const told = COLUMNS.flatMap(([upper, lower, count]) => {
    const many = figures === null ? 0 : count(figures);
    return many > 0 ? [`${number(many)} ${upper} ${lower}`] : [];
  });
  const nothing = figures === null ? (instead ?? wordsFor(drift)) : "nothing differs";
  page.text(told.join(", ") || nothing, depth * 2 + 2);
}

function wordsFor(drift: Drift | null): string {
  return drift === null ? "" : STATUS_WORDS[drift.status];
}

function doneIn({ seconds }: TrustReport): string {
  return seconds === null ? "" : ` Done in ${number(seconds)} s.`;
}
