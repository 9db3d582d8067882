import type { Decision } from "../../version/rebase/plan.ts";
import type { Result } from "../../version/resolve/result.ts";
import type { ShownDecision } from "../kinds/update.ts";
import { type ChangeLine, changeLines, excerpt } from "../passage/changes.ts";
import { count, number, passageName, quoted } from "../wording.ts";
import { marked, writeWhy } from "./change.ts";
import { type Options, Page } from "./page.ts";

/** What the three texts of a decision are called. */
export interface Sides {
  readonly base: string;
  readonly upstream: string;
  readonly ours: string;
  /** The reason on record for this version's text. */
  readonly why: string | undefined;
}

const LONGEST_LABEL = 18;
const INDENT = 2;

/** One decision as a page of its own, for a prompt that asks about it. */
export function renderDecision(decision: ShownDecision, shown: Shown, options: Options): string {
  const page = new Page(options);
  writeWhole(page, decision, shown);
  return page.toString();
}

/** What a result looks like before it is kept: the lines around it as they are, the new text between them. */
export function renderResult(result: Result, options: Options): string {
  const page = new Page(options);
  writeResult(page, result);
  return page.toString();
}

const MOST_RESULT = 24;

/** Writes what stands there once a decision is settled. */
export function writeResult(page: Page, { path, before, text, after }: Result): void {
  if (text === null) {
    page.text(`${path} would be left out.`, INDENT);
    return;
  }
  const plain = (line: string): void =>
    line === "" ? page.blank() : page.text({ text: line, ink: "faint" }, INDENT + 2, INDENT + 4, true);
  for (const line of before) plain(line);
  const shown = text.length > MOST_RESULT ? text.slice(0, MOST_RESULT) : text;
  for (const line of shown)
    page.text(
      [
        { text: "| ", solid: true },
        { text: line, ink: "strong" },
      ],
      INDENT,
      INDENT + 4,
      true,
    );
  if (text.length === 0) page.text("| (nothing stands here)", INDENT);
  if (text.length > shown.length)
    page.text(`| and ${count(text.length - shown.length, "more line")}`, INDENT);
  for (const line of after) plain(line);
}

/** What the sides are called, and what upstream says of its edition. */
export interface Shown {
  readonly upstream: string;
  readonly version: string;
  readonly total: number;
  readonly note: string | null;
}

/** Writes one decision with all that speaks for either side, and the difference in words. */
export function writeWhole(page: Page, decision: ShownDecision, shown: Shown): void {
  const { at, path, title, heading, reason, base, ours, theirs, line, number: place } = decision;
  page.text(
    [
      { text: `${number(place)} of ${number(shown.total)}   `, ink: "faint", solid: true },
      { text: quoted(at), ink: "address", solid: true },
    ],
    0,
    INDENT,
    true,
  );
  const document = title === path || title === "" ? "" : `${title}: `;
  const where = line === null ? path : `${path}, line ${number(line)}`;
  page.text([`${document}${passageName(at, heading)}`], 0, INDENT);
  page.text({ text: where, ink: "faint" }, 0, INDENT);
  page.text(sentence(reason));
  if (base === null && ours === null && theirs === null) {
    if (decision.why !== null) writeWhy(page, decision.why, INDENT);
    return;
  }
  page.blank();
  const side = (label: string, lines: readonly ChangeLine[]): void => {
    page.text({ text: label, ink: "strong" }, INDENT);
    for (const { runs, verbatim } of lines)
      page.text(runs.flatMap(marked), INDENT + 2, INDENT + (verbatim ? 6 : 2), verbatim);
  };
  const said = (text: string | null, absent: string): ChangeLine[] => {
    if (text === null) return [oneLine(absent)];
    const size = text.split("\n").length;
    const isLong = decision.marked === null && size > MOST_RESULT;
    return isLong ? [oneLine(`(${count(size, "line")}, in Git)`)] : excerpt(at, text, null);
  };
  const changed = (text: string | null): readonly ChangeLine[] => {
    if (text === null) return [oneLine(base === null ? "(does not have it)" : "(left it out)")];
    const lines = base === null ? [] : changeLines(at, base, text, true);
    // What was written anew stands beside the text before; that need not be read twice.
    const isNew = lines.every(({ runs }) =>
      runs.every(({ kind, text: own }) => kind !== "same" || own.trim() === ""),
    );
    const added = lines.filter(({ runs }) => runs.some(({ kind }) => kind === "added"));
    if (!isNew || added.length === 0) return lines.length > 0 ? lines : said(text, "");
    return added.map((line) => ({ ...line, runs: line.runs.filter(({ kind }) => kind !== "removed") }));
  };
  side("before", said(base, "(not there yet)"));
  side(shown.upstream, changed(theirs));
  if (shown.note !== null)
    page.text([{ text: "Edition note: ", solid: true }, shown.note], INDENT + 2, INDENT + 7);
  side(shown.version, changed(ours));
  if (decision.why !== null) writeWhy(page, decision.why, INDENT + 2);
  if (ours !== null && theirs !== null && base === null)
    side(`from ${shown.version} to ${shown.upstream}`, changeLines(at, ours, theirs, true));
  if (decision.beside === null) return;
  page.blank();
  page.text(
    `${shown.upstream} also changed this passage where nobody here did; that is taken, whatever you decide:`,
    INDENT,
  );
  for (const { runs, verbatim } of changeLines(at, decision.beside.before, decision.beside.after, true))
    page.text(runs.flatMap(marked), INDENT + 2, INDENT + (verbatim ? 6 : 2), verbatim);
}

function oneLine(text: string): ChangeLine {
  return { runs: [{ kind: "same", text }], verbatim: false };
}

function sentence(reason: string): string {
  const whole = reason.charAt(0).toUpperCase() + reason.slice(1);
  return /[.?!]$/.test(whole) ? whole : `${whole}.`;
}

/** Writes one place that a person has to decide: the text before, upstream's and this version's, and the reason. */
export function writeDecision(page: Page, decision: Decision, sides: Sides): void {
  const { at, path, title, heading, kind, reason, base, ours, theirs } = decision;
  const where = passageName(at, heading);
  const document = title === path || title === "" ? "" : `${title}: `;
  page.text([{ text: quoted(at), ink: "address", solid: true }, `   ${document}${where}`], 0, INDENT, true);
  const hasTexts = base !== null || ours !== null || theirs !== null;
  if (!hasTexts || kind !== "edited-edited") page.text(reason, INDENT);
  if (hasTexts) {
    const labels = [sides.base, sides.upstream, sides.ours];
    const longest = Math.max(...labels.map((label) => label.length));
    const column = longest > LONGEST_LABEL || page.width < 60 ? INDENT + 2 : INDENT + longest + 2;
    writeSide(page, sides.base, base ?? "(not there yet)", base === null ? null : at, theirs ?? ours, column);
    writeSide(page, sides.upstream, theirs ?? "(removed)", theirs === null ? null : at, base, column);
    writeSide(page, sides.ours, ours ?? "(removed)", ours === null ? null : at, base, column);
    if (sides.why !== undefined) writeWhy(page, sides.why, column);
    return;
  }
  if (sides.why !== undefined) writeWhy(page, sides.why, INDENT);
}

function writeSide(
  page: Page,
  label: string,
  text: string,
  at: string | null,
  other: string | null,
  column: number,
): void {
  const lines =
    at === null
      ? [{ runs: [{ kind: "same" as const, text }], verbatim: false }]
      : excerpt(at, text, other ?? "");
  const isBeside = INDENT + label.length + 2 <= column;
  const lead = isBeside ? label.padEnd(column - INDENT) : "";
  if (!isBeside) page.text({ text: label, ink: "faint" }, INDENT);
  lines.forEach(({ runs, verbatim }, index) => {
    const words = runs.map((run) => ({
      text: run.text,
      ink: run.kind === "added" ? ("strong" as const) : undefined,
    }));
    const first = index === 0 && isBeside;
    page.text(
      first ? [{ text: lead, ink: "faint", solid: true }, ...words] : words,
      first ? INDENT : column,
      column,
      verbatim,
    );
  });
}
