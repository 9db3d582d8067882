import type { ShownPassage, StatusReport } from "../kinds/changes.ts";
import { count, quoted, titleAt, wordsLabel } from "../wording.ts";
import type { Page } from "./page.ts";
import type { Rich } from "./rich.ts";

/** A row that names a passage: its document and heading, its address, how much changed. */
export function passageRow(
  passage: ShownPassage,
  titles: Readonly<Record<string, string>>,
  more?: string,
): Rich[] {
  const title = titleAt(passage.at, titles);
  return [
    title === null || title === passage.name ? passage.name : `${title}, ${passage.name}`,
    { text: quoted(passage.at), ink: "address" },
    more ?? wordsLabel(passage),
  ];
}

const MOST_ROWS = 10;

/** The first rows, how many more there are, and the command that lists them all. */
export function writeRows(page: Page, rows: readonly (readonly Rich[])[], command: string): void {
  const shown = rows.length <= MOST_ROWS + 1 ? rows : rows.slice(0, MOST_ROWS);
  page.table(shown, { indent: 2 });
  const left = rows.length - shown.length;
  if (left > 0)
    page.text(
      [
        "and ",
        count(left, "more", "more"),
        "; ",
        { text: command, ink: "command", solid: true },
        " lists them all",
      ],
      2,
    );
}

/** Files that cannot be read as the documents that they are, and what is wrong with them. */
export function writeUnreadable(unreadable: StatusReport["unreadable"], page: Page): void {
  if (unreadable.length === 0) return;
  page.blank();
  page.text({ text: `${count(unreadable.length, "file")} cannot be read`, ink: "alarm" });
  for (const { path, problem } of unreadable) page.text(`${path}: ${problem}`, 2, 4);
}
