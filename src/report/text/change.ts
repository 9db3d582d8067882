import type { ShownPassage } from "../kinds/changes.ts";
import { type ChangeLine, changeLines } from "../passage/changes.ts";
import type { Page } from "./page.ts";
import type { Span } from "./rich.ts";

/** Writes what changed in a passage; removed and added words are marked by signs, and by colour where there is any. */
export function writeChange(page: Page, passage: ShownPassage, indent: number, whole = false): void {
  for (const line of changeLines(passage.at, passage.base, passage.local, whole))
    writeLine(page, line, indent);
}

/** The reason on record, once below what it explains. */
export function writeWhy(page: Page, why: string, indent: number): void {
  page.text([{ text: "Why: ", solid: true }, why], indent, indent + 5);
}

export function writeLine(page: Page, { runs, verbatim }: ChangeLine, indent: number): void {
  page.text(runs.flatMap(marked), indent, verbatim ? indent + 4 : indent, verbatim);
}

/** A run with the signs that mark it as removed or added. */
export function marked({ kind, text }: ChangeLine["runs"][number]): Span[] {
  if (kind === "same") return [{ text }];
  const [open, close] = kind === "removed" ? ["[-", "-]"] : ["{+", "+}"];
  return [{ text: `${open}${text}${close}`, ink: kind }];
}
