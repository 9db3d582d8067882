import type { Finding } from "../../check/finding.ts";
import type { Level } from "../../rules/rules.ts";
import type { CheckPagesReport, CheckReport, SharesReport } from "../kinds/check.ts";
import { count, longDate, number, percent, unended } from "../wording.ts";
import type { Page } from "./page.ts";
import type { Rich } from "./rich.ts";

/** Findings of one kind are listed up to here; the rest is counted. */
const MOST_OF_A_KIND = 20;

/** What was found, worst first, each with its place and what to do. */
export function checkText(report: CheckReport, page: Page): void {
  const { version, scope, findings, excepted, baseline, fixed, next } = report;
  page.text([{ text: version ?? "This copy", ink: "strong" }, `, checked: ${scope}`]);
  for (const line of fixed) page.text(line, 2, 4);
  if (fixed.length > 0)
    page.text(["To take it back: ", { text: "leeway undo", ink: "command", solid: true }]);
  page.blank();
  const told = new Map<string, number>();
  for (const finding of findings) {
    const many = (told.get(finding.check) ?? 0) + 1;
    told.set(finding.check, many);
    if (many <= MOST_OF_A_KIND) writeFinding(finding, page);
  }
  for (const [check, many] of told) {
    if (many > MOST_OF_A_KIND) page.text(`and ${number(many - MOST_OF_A_KIND)} more of ${check}`);
  }
  page.blank();
  page.text(summary(findings));
  for (const { finding, because, until, layer } of excepted)
    page.text(
      `Excepted until ${longDate(until)} by ${layer}: ${finding.check} at ${finding.at ?? finding.path}, because: ${unended(because)}.`,
      0,
      2,
    );
  if (baseline !== null) page.text(baselineWords(baseline));
  page.next(next);
}

function writeFinding({ check, severity, path, line, message, remedy }: Finding, page: Page): void {
  const place = line === null ? path : `${path}:${line}`;
  const ink = severity === "error" ? "alarm" : "attention";
  page.text(
    [{ text: severity, ink }, "  ", { text: place, ink: "address", solid: true }, `  ${check}`],
    0,
    2,
  );
  page.text(message, 2);
  page.text(remedy, 2, 4);
}

/** `Nothing was found.`, or the counts. */
function summary(findings: readonly Finding[]): string {
  const errors = findings.filter(({ severity }) => severity === "error").length;
  const warnings = findings.length - errors;
  if (findings.length === 0) return "Nothing was found.";
  const parts = [
    ...(errors > 0 ? [count(errors, "error")] : []),
    ...(warnings > 0 ? [count(warnings, "warning")] : []),
  ];
  return `${parts.join(", ")}.`;
}

function baselineWords({ path, known, gone }: NonNullable<CheckReport["baseline"]>): string {
  if (known + gone === 0) return `${path} lists nothing any more; it may go.`;
  const stand =
    known === 0
      ? `Nothing that ${path} knows is found any more.`
      : `${count(known, "finding")} that ${path} knows ${known === 1 ? "is" : "are"} not told.`;
  if (gone === 0) return stand;
  return `${stand} ${count(gone, "entry is", "entries are")} not needed any more: --prune-baseline takes ${gone === 1 ? "it" : "them"} out.`;
}

/** One check in full, or all of them by title. */
export function checkPagesText({ checks, whole, next }: CheckPagesReport, page: Page): void {
  if (whole) {
    for (const { id, severity, title, page: words } of checks) {
      page.text([{ text: id, ink: "strong" }, `   ${severity}`]);
      page.text(`${title}.`);
      page.blank();
      const parts: [string, string][] = [
        ["What", words.what],
        ["Why it matters", words.why],
        ["How to fix it", words.fix],
        ["How to let it stand", words.accept],
      ];
      for (const [name, text] of parts) {
        page.text({ text: name, ink: "strong" });
        page.text(text, 2);
      }
    }
  } else {
    let family = "";
    for (const each of checks) {
      if (each.family !== family) {
        page.blank();
        page.text({ text: each.family, ink: "strong" });
        family = each.family;
      }
      page.table([[each.id.padEnd(24), each.severity.padEnd(7), each.title]], { indent: 2 });
    }
  }
  page.blank();
  page.next(next);
}

const LEVEL_WORDS: Readonly<Record<Level, string>> = {
  none: "may not change",
  add: "may only grow",
  reason: "may change with a reason",
  free: "may change freely",
};

/** How much of the curriculum stands at each level, and because of whom. */
export function sharesText({ version, levels, locks, budget, next }: SharesReport, page: Page): void {
  const words = levels.reduce((sum, each) => sum + each.words, 0);
  const passages = levels.reduce((sum, each) => sum + each.passages, 0);
  page.text([
    { text: version, ink: "strong" },
    `: how freely ${count(passages, "passage")} with ${count(words, "word")} may change`,
  ]);
  page.blank();
  const rows: Rich[][] = [];
  for (const { level, by, ...all } of levels) {
    rows.push([
      [{ text: level, ink: "strong" }, `, ${LEVEL_WORDS[level]}`],
      count(all.passages, "passage"),
      count(all.words, "word"),
      percent(words === 0 ? 0 : all.words / words),
    ]);
    for (const each of by)
      rows.push([
        `  ${each.name || "nobody says otherwise"}`,
        count(each.passages, "passage"),
        count(each.words, "word"),
        percent(words === 0 ? 0 : each.words / words),
      ]);
  }
  page.table(rows, { indent: 2, right: [1, 2, 3] });
  page.blank();
  if (locks.length > 0) page.text({ text: "Locked, because", ink: "strong" });
  for (const { name, passages: pattern, because, except } of locks) {
    const free = except.length > 0 ? ` (not for ${except.join(", ")})` : "";
    page.text(
      [{ text: pattern, ink: "address", solid: true }, `  ${name}: ${unended(because)}${free}.`],
      2,
      4,
    );
  }
  if (budget !== null) {
    page.blank();
    const share = budget.of === 0 ? 0 : budget.locked / budget.of;
    const over = share * 100 > budget.percent;
    page.text([
      `Locked: ${percent(share)} of all words. ${budget.by} set ${budget.percent}% as the most. `,
      over ? { text: "Over the budget.", ink: "alarm" } : "Within the budget.",
    ]);
  }
  page.blank();
  page.next(next);
}
