import type { Status } from "../../drift/figures.ts";
import type { DocumentRow, Grouped, RegionRow } from "../../trust/grouped.ts";
import type { Hotspot, Invitation } from "../../trust/survey.ts";
import type { GroupedReport } from "../kinds/trust.ts";
import { count, listed, number, quoted, STATUS_WORDS } from "../wording.ts";
import type { Page } from "./page.ts";
import type { Rich } from "./rich.ts";
import { headingOf, writeCounts } from "./survey.ts";

const MOST_LISTED = 20;

/** A trust by its passages, documents, subjects, regions or purposes. */
export function groupedText({ survey, grouped, next }: GroupedReport, page: Page): void {
  page.text(headingOf(survey));
  page.blank();
  writeGrouped(grouped, page);
  page.blank();
  writeCounts(survey, page);
  page.next(next);
}

function writeGrouped(grouped: Grouped, page: Page): void {
  switch (grouped.by) {
    case "passage":
      writeHotspots(grouped.hotspots, page);
      writeInvitations(grouped.invitations, page);
      if (grouped.untouched.of > 0) {
        const { passages, of } = grouped.untouched;
        page.text(`Changed by nobody: ${number(passages)} of ${count(of, "passage")}.`);
      }
      break;
    case "document":
      writeRows(
        ["", "versions", "passages", "words", "reason missing", "locked changed"],
        titled(grouped.rows).map(([title, row]) => [title, ...sums(row)]),
        page,
      );
      break;
    case "subject":
      writeRows(
        [
          "",
          "versions",
          "passages",
          "words",
          "reason missing",
          "locked changed",
          "not yet taken",
          "to decide",
        ],
        grouped.rows.map((row) => [row.subject ?? "elsewhere", ...sums(row), row.behind, row.conflicts]),
        page,
      );
      break;
    case "region":
      for (const row of grouped.rows) writeRegion(row, page);
      break;
    case "purpose":
      writeRows(
        ["", "adaptations", "versions", "passages"],
        grouped.rows.map((row) => [row.purpose, row.adaptations, row.versions, row.passages]),
        page,
        "No reason is recorded for any change yet.",
      );
      break;
  }
}

/** By their titles; where several have the same one, with their paths. */
function titled(rows: readonly DocumentRow[]): [string, DocumentRow][] {
  const times = new Map<string, number>();
  for (const { document } of rows) times.set(document, (times.get(document) ?? 0) + 1);
  return rows.map((row) => {
    const { document, path } = row;
    return [(times.get(document) ?? 0) > 1 ? `${document} (${path})` : document, row];
  });
}

function sums(row: {
  versions: number;
  passages: number;
  words: number;
  undeclared: number;
  breaches: number;
}): number[] {
  return [row.versions, row.passages, row.words, row.undeclared, row.breaches];
}

function writeRows(
  head: readonly string[],
  rows: readonly (readonly (string | number)[])[],
  page: Page,
  empty = "Nothing was changed anywhere.",
): void {
  if (rows.length === 0) {
    page.text(empty);
    return;
  }
  const cells = rows.map((row) => row.map((cell): Rich => (typeof cell === "number" ? number(cell) : cell)));
  const lines = head.map((text) => (text.includes(" ") ? halves(text) : ["", text]));
  const headings = [0, 1].map((line) =>
    lines.map((each): Rich => ({ text: each[line] ?? "", ink: "faint" })),
  );
  page.table([...(lines.some(([upper]) => upper !== "") ? headings : headings.slice(1)), ...cells], {
    right: head.map((_, index) => index).slice(1),
  });
}

/** `not yet taken` as two lines: `not yet`, `taken`. */
function halves(text: string): [string, string] {
  const cut = text.lastIndexOf(" ");
  return [text.slice(0, cut), text.slice(cut + 1)];
}

function writeHotspots(hotspots: readonly Hotspot[], page: Page): void {
  if (hotspots.length === 0) page.text("No passage was changed by more than one version.");
  for (const { at, document, name, versions, groups } of hotspots.slice(0, MOST_LISTED)) {
    page.text([{ text: `${document}: ${name}`, ink: "strong" }, "  ", { text: quoted(at), ink: "address" }]);
    const large = groups.filter((each) => each.versions.length > 1);
    const alone = groups.length - large.length;
    const parts = [
      ...large.map((each) => `much the same in ${listed(each.versions)}`),
      ...(alone > 0
        ? [
            large.length > 0
              ? `${number(alone)} in ${alone === 1 ? "its" : "their"} own way`
              : "each in its own way",
          ]
        : []),
    ];
    page.text(`changed by ${count(versions, "version")}: ${parts.join("; ")}`, 2, 4);
  }
  if (hotspots.length > MOST_LISTED)
    page.text(`and ${number(hotspots.length - MOST_LISTED)} more; --json lists all`);
}

function writeInvitations(invitations: readonly Invitation[], page: Page): void {
  if (invitations.length === 0) return;
  page.blank();
  page.text({ text: "Where the authors ask to be adapted", ink: "strong" });
  page.table(
    invitations.map(({ at, takenUpBy }): Rich[] => [
      { text: quoted(at), ink: "address" },
      takenUpBy.length === 0 ? "nobody yet" : listed(takenUpBy),
    ]),
    { indent: 2 },
  );
  page.blank();
}

function writeRegion({ name, versions, measured, statuses, ...row }: RegionRow, page: Page): void {
  page.text([
    { text: name, ink: "strong" },
    `  ${count(versions, "version")}, ${number(measured)} with figures`,
  ]);
  // Nothing is not nought: what was not measured has no figure.
  if (measured > 0) writePooled(row, page);
  const told = Object.entries(statuses).map(
    ([status, many]) => `${STATUS_WORDS[status as Status]} ${number(many)}`,
  );
  if (told.length > 0) page.text(told.join(", "), 2, 4);
}

function writePooled(row: Omit<RegionRow, "name" | "versions" | "measured" | "statuses">, page: Page): void {
  page.text(
    `${count(row.passages, "passage")} changed here, ${number(row.words)} of ${count(row.of, "word")}; ` +
      `${number(row.undeclared)} without a reason, ${number(row.breaches)} locked; ` +
      `${number(row.behind)} not yet taken, ${number(row.conflicts)} to decide`,
    2,
    4,
  );
}
