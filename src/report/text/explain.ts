import type { ExplainReport } from "../kinds/history.ts";
import { excerpt } from "../passage/changes.ts";
import { longDate, quoted, unended } from "../wording.ts";
import { writeWhy } from "./change.ts";
import type { Page } from "./page.ts";
import type { Rich } from "./rich.ts";

type Layer = ExplainReport["layers"][number];

const FREEDOM: Readonly<Record<string, string>> = {
  none: "locked, may not change",
  add: "may grow, with a reason; what is there stays",
  reason: "may change, with a reason",
  free: "free to change",
};

/** Paragraphs or lines of a layer's text that are shown before the rest is left to the file. */
const MOST_LINES = 12;

/** Which layer wrote a passage, when and why, and what upstream has now. */
export function explainText(report: ExplainReport, page: Page): void {
  const { at, title, name, path, line, leeway, layers, now, local, next } = report;
  page.text(
    [{ text: `${title}: ${name}`, ink: "strong" }, "  ", { text: quoted(at), ink: "address", solid: true }],
    0,
    2,
    true,
  );
  page.text(`in ${path}${line === null ? "" : `, line ${line}`}`, 2, 4);
  let before: string | null = null;
  for (const layer of layers) {
    page.blank();
    writeLayer(page, at, layer, before);
    before = layer.text ?? before;
  }
  page.blank();
  if (now !== null) writeNow(page, at, now, local);
  if (leeway !== null)
    page.text(`Leeway: ${FREEDOM[leeway.level] ?? leeway.level}${whoSays(leeway, layers)}`, 0, 2);
  for (const { keep, ideas } of report.invites) {
    page.text("The author invites you to adapt this.");
    if (keep !== null) page.text(["Keep: ", keep], 2, 4);
    if (ideas.length > 0) page.text(["Ideas: ", ideas.join("; ")], 2, 4);
  }
  page.blank();
  page.next(next);
}

function writeLayer(page: Page, at: string, layer: Layer, before: string | null): void {
  const { name, did, edition, commit, reason, text } = layer;
  const when = [
    edition === null ? "" : `edition ${edition}`,
    commit === null ? "" : longDate(commit.on),
  ].filter((part) => part !== "");
  const what: Rich = [
    { text: name, ink: "strong" },
    ` ${did === "kept" ? "kept it as it was" : `${did} it`}${when.length > 0 ? `, ${when.join(", ")}` : ""}`,
  ];
  page.text(what, 0, 2);
  if (text !== null && did !== "kept") {
    const lines = excerpt(at, text, before);
    for (const { runs, verbatim } of lines.slice(0, MOST_LINES))
      page.text(runs, 2, verbatim ? 6 : 2, verbatim);
    if (lines.length > MOST_LINES) page.text("… and more of it in the file", 2);
  }
  if (reason !== null) writeWhy(page, reason.why, 2);
  else if (commit !== null && did !== "kept") page.text(["Note: ", commit.subject], 2, 4);
}

function writeNow(
  page: Page,
  at: string,
  { edition, change, text }: NonNullable<ExplainReport["now"]>,
  local: string | null,
): void {
  const state = edition ?? "its newest state";
  if (change === "same" && text === null) page.text(`Upstream in ${state}: there is no such passage.`, 0, 2);
  else if (change === "same") page.text(`Upstream in ${state}: nothing changed here since your base.`, 0, 2);
  else if (change === "removed") page.text(`Upstream in ${state}: removed.`, 0, 2);
  else {
    page.text(`Upstream in ${state}: changed to`, 0, 2);
    if (text !== null)
      for (const { runs, verbatim } of excerpt(at, text, local))
        page.text(runs, 2, verbatim ? 6 : 2, verbatim);
  }
}

function whoSays({ because, by }: NonNullable<ExplainReport["leeway"]>, layers: readonly Layer[]): string {
  const name = by === "document" ? "the document itself" : (layers.find(({ id }) => id === by)?.name ?? by);
  const who = by === "" ? "" : ` (says ${name})`;
  return because === null ? who : `${who}, because: ${unended(because)}`;
}
