import type { Alike, Hotspot } from "../../trust/survey.ts";
import type { PassageReport } from "../kinds/trust.ts";
import { changeLines } from "../passage/changes.ts";
import { count, listed, quoted, unended } from "../wording.ts";
import { writeLine, writeWhy } from "./change.ts";
import type { Page } from "./page.ts";

/** What all versions made of the passages at one address: those that did much the same together, with their reasons. */
export function passageText({ passages, names, next }: PassageReport, page: Page): void {
  for (const passage of passages) {
    page.blank();
    writeHead(passage, page);
    for (const alike of passage.groups) writeAlike(passage, alike, names, page);
  }
  page.blank();
  page.next(next);
}

function writeHead({ document, name, at, versions }: Hotspot, page: Page): void {
  page.text([
    { text: `${document}: ${name}`, ink: "strong" },
    "  ",
    { text: quoted(at), ink: "address" },
    `  changed by ${count(versions, "version")}`,
  ]);
}

function writeAlike(
  { at, base }: Hotspot,
  { versions, text, words, reasons }: Alike,
  names: Readonly<Record<string, string>>,
  page: Page,
): void {
  const who = listed(versions.map((id) => names[id] ?? id));
  page.text(`${who}: ${count(words, "word")}${versions.length > 1 ? ", much alike" : ""}`, 2, 4);
  for (const line of changeLines(at, base, text)) writeLine(page, line, 4);
  for (const why of new Set(reasons.map((reason) => unended(reason.why)))) writeWhy(page, why, 4);
}
