import { formatAddress } from "../../curriculum/address.ts";
import type { DiffReport, Reasoned, ShownDocument, ShownPassage } from "../kinds/changes.ts";
import { count, quoted, reasonLabel, wordsCell } from "../wording.ts";
import { writeChange, writeWhy } from "./change.ts";
import type { Page } from "./page.ts";
import type { Rich } from "./rich.ts";
import type { Ink } from "./style.ts";

/** What this version changed, by document and passage, each with its reason. */
export function diffText(report: DiffReport, page: Page): void {
  const { documents, files, heading, view, next } = report;
  const passages = documents.flatMap((document) => document.passages);
  page.text([{ text: heading, ink: "strong" }, `: ${howMuch(report, passages)}`]);
  const entries = documents.map((document) => entriesOf(document, documents.length === 1));
  const rows = page.rows(
    entries.flat().map(({ row }) => row),
    { indent: 2, right: [2] },
  );
  let at = 0;
  documents.forEach((document, index) => {
    if (view === "words" || index === 0) page.blank();
    page.text(titleOf(document));
    const told = new Set<string>();
    for (const { passage, whole } of entries[index] ?? []) {
      rows[at++]?.();
      if (view === "stat") continue;
      if (whole !== null) writeChange(page, passage, 4, whole);
      writeReason(page, passage, told);
    }
  });
  if (files.length > 0) {
    page.blank();
    page.text("Other files");
    page.table(
      files.map(({ path, change, problem }): Rich[] => [
        path,
        problem === null ? change : `${change}; ${problem}`,
      ]),
      { indent: 2 },
    );
  }
  page.blank();
  page.next(next);
}

function howMuch({ documents, files }: DiffReport, passages: readonly ShownPassage[]): string {
  if (documents.length + files.length === 0) return "nothing";
  if (passages.length === 0) return documents.length === 0 ? count(files.length, "other file") : "no words";
  const words = passages.reduce((sum, passage) => sum + passage.words.edits, 0);
  return `${count(passages.length, "passage")}, ${count(words, "word")}`;
}

function titleOf({ title, change, from, path, passages }: ShownDocument): Rich {
  const told: string[] = [];
  if (change === "added") told.push("new document");
  if (change === "removed") told.push("removed");
  if (from !== null) told.push(`moved from ${from}`);
  if (passages.length === 0 && change === "edited") told.push("only its layout changed");
  const name = { text: title || path, ink: "strong" } as const;
  return told.length === 0 ? name : [name, `  (${told.join("; ")})`];
}

interface Entry {
  readonly row: Rich[];
  readonly passage: ShownPassage;
  /** Whether its text is shown whole; null for no text. */
  readonly whole: boolean | null;
}

/** The rows of a document; one that is new or gone as a whole, for one reason, is a single row among others. */
function entriesOf({ id, change, passages }: ShownDocument, only: boolean): Entry[] {
  const [first] = passages;
  const isWhole = (change === "added" || change === "removed") && !only;
  if (first && isWhole && passages.every(({ reason }) => sameReason(reason, first.reason))) {
    const words = passages.reduce((sum, passage) => sum + passage.words.edits, 0);
    const row = rowOf(
      count(passages.length, "passage"),
      formatAddress(id, null),
      wordsCell({ change, words: { edits: words } }),
      first.reason,
    );
    return [{ row, passage: first, whole: null }];
  }
  return passages.map((passage) => ({
    row: rowOf(passage.name, passage.at, wordsCell(passage), passage.reason),
    passage,
    whole: isWhole ? null : only && passages.length === 1,
  }));
}

function rowOf(name: string, at: string, words: string, reason: Reasoned): Rich[] {
  const inks: Partial<Record<Reasoned["state"], Ink>> = {
    locked: "alarm",
    missing: "attention",
    renew: "attention",
  };
  return [
    name,
    { text: quoted(at), ink: "address" },
    words,
    { text: reasonLabel(reason), ink: inks[reason.state] },
  ];
}

function sameReason(a: Reasoned, b: Reasoned): boolean {
  return a.state === b.state && ("id" in a ? a.id : null) === ("id" in b ? b.id : null);
}

/** Why a passage was changed; a reason that covers several passages of a document is told once. */
function writeReason(page: Page, { reason }: ShownPassage, told: Set<string>): void {
  if (reason.state === "locked" && reason.because !== null) {
    page.text([{ text: "Locked, because: ", solid: true }, reason.because], 4, 6);
  }
  if (!("why" in reason) || told.has(reason.id)) return;
  told.add(reason.id);
  writeWhy(page, reason.why, 4);
  if (reason.state === "explained" && reason.review !== null) {
    page.text(`The text beneath changed with ${reason.review.since}: does the reason still hold?`, 4);
  }
  if (reason.state === "renew") page.text("The text has changed since this reason was given.", 4);
}
