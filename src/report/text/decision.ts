import type { Decision } from "../../version/rebase/plan.ts";
import { excerpt } from "../passage/changes.ts";
import { passageName, quoted } from "../wording.ts";
import { writeWhy } from "./change.ts";
import { Page } from "./page.ts";

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
export function renderDecision(
  decision: Decision,
  shown: {
    readonly width: number;
    readonly colour?: boolean;
    readonly reason: string | null;
    readonly upstream: string;
    readonly version: string;
  },
): string {
  const page = new Page({ width: shown.width, colour: shown.colour ?? false });
  const { upstream, version, reason } = shown;
  writeDecision(page, decision, { base: "before", upstream, ours: version, why: reason ?? undefined });
  return page.toString();
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
