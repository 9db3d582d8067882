import { checkComment } from "./comment.ts";
import type { DiffReport, ShownDocument, ShownPassage } from "./kinds/changes.ts";
import { code, escaped } from "./markdown-text.ts";
import { type ChangeLine, changeLines } from "./passage/changes.ts";
import { printable } from "./printable.ts";
import type { Report } from "./report.ts";
import { renderText } from "./text/render.ts";
import { PLAIN } from "./text/style.ts";
import { count, quoted, reasonLabel, wordsLabel } from "./wording.ts";

const WIDTH = 80;

/** A report as a page of Markdown; a diff is ready for a pull request, any other kind stands in a text block. */
export function renderMarkdown(report: Report): string {
  if (report.kind === "check") return checkComment(report);
  return report.kind === "diff"
    ? diffPage(report)
    : fenced(renderText(report, { width: WIDTH, style: PLAIN }), "text");
}

function diffPage({ heading, documents, files, next }: DiffReport): string {
  const passages = documents.flatMap((document) => document.passages);
  const words = passages.reduce((sum, passage) => sum + passage.words.edits, 0);
  const parts = [`# ${escaped(heading)}`, `${count(passages.length, "passage")}, ${count(words, "word")}`];
  if (passages.length > 0) {
    const rows = documents.flatMap((document) =>
      document.passages.map((passage) => tableRow(document, passage)),
    );
    parts.push(["| Passage | Words | Reason |", "|---|---:|---|", ...rows].join("\n"));
  }
  for (const document of documents) parts.push(...documentParts(document));
  if (files.length > 0) {
    const rows = files.map(
      ({ path, change, problem }) =>
        `- ${code(path)}: ${escaped(problem === null ? change : `${change}; ${problem}`)}`,
    );
    parts.push("## Other files", rows.join("\n"));
  }
  if (next.length > 0)
    parts.push(
      next.map(([command, purpose]) => `- Next: ${code(command)} ${escaped(purpose)}`.trimEnd()).join("\n"),
    );
  return `${parts.join("\n\n")}\n`;
}

function tableRow(document: ShownDocument, passage: ShownPassage): string {
  const { reason } = passage;
  const why =
    "why" in reason
      ? `: ${escaped(reason.why)}`
      : reason.state === "locked" && reason.because !== null
        ? `: ${escaped(reason.because)}`
        : "";
  const cells = [
    `${escaped(document.title)}: ${escaped(passage.name)}`,
    escaped(wordsLabel(passage)),
    `${escaped(reasonLabel(reason))}${why}`,
  ];
  return `| ${cells.join(" | ")} |`;
}

function documentParts(document: ShownDocument): string[] {
  const told =
    document.change === "edited"
      ? ""
      : ` (${document.change === "added" ? "new document" : document.change})`;
  const parts = [`## ${escaped(document.title)}${told}`];
  if (document.from !== null) parts.push(`Moved from ${code(document.from)}`);
  if (document.passages.length === 0 && document.change === "edited") parts.push("Only the layout changed.");
  for (const passage of document.passages)
    parts.push(`### ${escaped(passage.name)} ${code(quoted(passage.at))}`, ...changeParts(passage));
  return parts;
}

function changeParts(passage: ShownPassage): string[] {
  const parts: string[] = [];
  let lines: ChangeLine[] = [];
  const close = (): void => {
    const rows = lines.flatMap(({ runs }) =>
      runs.map(
        ({ kind, text }) => `${kind === "removed" ? "-" : kind === "added" ? "+" : " "} ${printable(text)}`,
      ),
    );
    if (rows.length > 0) parts.push(fenced(`${rows.join("\n")}\n`, "diff").trimEnd());
    lines = [];
  };
  for (const line of changeLines(passage.at, passage.base, passage.local)) {
    if (line.verbatim) {
      lines.push(line);
      continue;
    }
    close();
    parts.push(`> ${line.runs.map(marked).join("")}`);
  }
  close();
  const { reason } = passage;
  if ("why" in reason) parts.push(`**Why:** ${escaped(reason.why)}`);
  if (reason.state === "locked" && reason.because !== null)
    parts.push(`**Locked, because:** ${escaped(reason.because)}`);
  if (reason.state === "missing") parts.push("**No reason yet.**");
  return parts;
}

function marked({ kind, text }: ChangeLine["runs"][number]): string {
  const safe = escaped(text);
  if (kind === "same" || safe.trim() === "") return safe;
  return kind === "removed" ? `~~${safe}~~` : `**${safe}**`;
}

/** A block that no text inside can close. */
function fenced(text: string, language: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${text.endsWith("\n") ? text : `${text}\n`}${fence}\n`;
}

export { fenced };
