import type { DiffReport, ShownDocument, ShownPassage } from "../report.ts";
import { count, quoted, reasonLabel, wordsLabel } from "../wording.ts";
import { writeChange, writeWhy } from "./change.ts";
import type { Page } from "./page.ts";
import type { Rich } from "./rich.ts";

/** What this version changed, by document and passage, each with its reason. */
export function diffText(report: DiffReport, page: Page): void {
  const { documents, files, heading, view, next } = report;
  const passages = documents.flatMap((document) => document.passages);
  page.text([{ text: heading, ink: "strong" }, `: ${howMuch(report, passages)}`]);
  const rows = page.rows(passages.map(row), { indent: 2, right: [2] });
  let at = 0;
  for (const document of documents) {
    if (view === "words" || at === 0) page.blank();
    page.text(titleOf(document));
    const told = new Set<string>();
    for (const passage of document.passages) {
      rows[at++]?.();
      if (view === "words") writePassage(page, document, passage, told, documents.length === 1);
    }
  }
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

function row(passage: ShownPassage): Rich[] {
  const { reason } = passage;
  const ink =
    reason.state === "locked"
      ? "alarm"
      : reason.state === "missing" || reason.state === "renew"
        ? "attention"
        : undefined;
  return [
    passage.name,
    { text: quoted(passage.at), ink: "address" },
    wordsLabel(passage),
    { text: reasonLabel(reason), ink },
  ];
}

/** The text of a passage and why; a reason that covers several passages of a document is told once. */
function writePassage(
  page: Page,
  document: ShownDocument,
  passage: ShownPassage,
  told: Set<string>,
  only: boolean,
): void {
  const isWholeDocument = document.change === "added" || document.change === "removed";
  if (!isWholeDocument || only) writeChange(page, passage, 4, only && document.passages.length === 1);
  const { reason } = passage;
  if (reason.state === "locked") {
    if (reason.because !== null)
      page.text([{ text: "Locked, because: ", solid: true }, reason.because], 4, 6);
    return;
  }
  if (!("why" in reason) || told.has(reason.id)) return;
  told.add(reason.id);
  writeWhy(page, reason.why, 4);
  if (reason.state === "explained" && reason.review !== null) {
    page.text(`The text beneath changed with ${reason.review.since}: does the reason still hold?`, 4);
  }
  if (reason.state === "renew") page.text("The text has changed since this reason was given.", 4);
}
