import { parseAddress } from "../../curriculum/address.ts";
import type { RebaseReport } from "../kinds/update.ts";
import { count, editionLabel, listed, longDate, number, placesOf, possessive, quoted } from "../wording.ts";
import { writeWhy } from "./change.ts";
import { writeDecision } from "./decision.ts";
import { writeEndedHold, writeHold } from "./holds.ts";
import type { Page } from "./page.ts";
import type { Rich } from "./rich.ts";

type Carried = RebaseReport["adaptations"][number];

/** Decisions that are shown with their texts, and those that are named below them; `resolve` shows every one. */
const MOST_SHOWN = 5;
const MOST_NAMED = 15;

/** What taking an edition did, would do, or waits for; ends with an account of every adaptation. */
export function rebaseText(report: RebaseReport, page: Page): void {
  const { outcome, upstream, to, dryRun, decisions, reasons } = report;
  const edition = `${possessive(upstream)} ${editionLabel(to)}`;
  if (outcome === "up-to-date") {
    const asOf = report.upstreamAsOf;
    const when = asOf === null ? "" : ` Upstream was last fetched on ${longDate(asOf)}.`;
    page.text(`Nothing to take: ${report.version} builds on ${edition} already.${when}`);
  } else if (report.recorded) {
    page.text(
      `${dryRun ? "Would record" : "Recorded"} ${edition} as what this version builds on: a plain merge had taken it.`,
    );
  } else {
    page.text([
      { text: `${dryRun ? "Trying" : outcome === "clean" ? "Took" : "Taking"} ${edition}`, ink: "strong" },
      dryRun ? "; nothing is changed. " : ". ",
      documentsText(report),
    ]);
  }
  const isTaken = outcome !== "up-to-date" && !report.recorded;
  if (isTaken) writeNotes(report, page);
  for (const decision of decisions.slice(0, MOST_SHOWN)) {
    page.blank();
    writeDecision(page, decision, {
      base: editionLabel(decision.heldAt ?? report.from),
      upstream,
      ours: "you",
      why: reasonFor(reasons, decision.at),
    });
  }
  if (decisions.length > MOST_SHOWN) {
    const rest = decisions.slice(MOST_SHOWN);
    page.blank();
    page.text(
      `And ${number(rest.length)} more to decide${dryRun ? "" : "; leeway resolve shows each of them"}:`,
    );
    // Only a dry run has no `resolve --list` to see the others with.
    writePlaces(rest, page, dryRun ? rest.length : MOST_NAMED);
  }
  if (isTaken) writeAdaptations(report, page);
  writeLists(report, page);
  writeClosing(report, page);
  page.next(report.next);
}

/** Decisions by their addresses; one passage may hold several. */
function writePlaces(decisions: RebaseReport["decisions"], page: Page, most: number): void {
  const named = [...placesOf(decisions)].slice(0, most);
  for (const [at, [, times]] of named)
    page.text([{ text: quoted(at), ink: "address" }, times === 1 ? "" : `  ${number(times)} decisions`], 2);
  const others = decisions.length - named.reduce((sum, [, [, times]]) => sum + times, 0);
  if (others > 0) page.text(`and ${number(others)} others`, 2);
}

function documentsText({ documents, dryRun }: RebaseReport): string {
  const { updated, merged, conflicted, same } = documents;
  const all = updated + merged + conflicted + same;
  if (all === 0) return "";
  const parts: string[] = [];
  const would = dryRun ? "would be " : "";
  if (updated > 0) parts.push(`${number(updated)} ${would}taken as ${updated === 1 ? "it is" : "they are"}`);
  if (merged > 0) parts.push(`${number(merged)} ${would}joined with your changes`);
  if (same > 0) parts.push(`${number(same)} the same here already`);
  const need = dryRun ? "would need" : conflicted === 1 ? "needs" : "need";
  if (conflicted > 0) parts.push(`${number(conflicted)} ${need} you`);
  if (conflicted === all) return `${count(all, "document")} ${need} you.`;
  return `${count(all, "document")} changed upstream: ${listed(parts)}.`;
}

function writeNotes({ notes, upstream }: RebaseReport, page: Page): void {
  if (notes === null || notes.trim() === "") return;
  const [first = "", ...rest] = notes.trim().split(/\n\s*\n/);
  page.text([{ text: `${possessive(upstream)} note: `, ink: "faint" }, first], 2, 4);
  for (const paragraph of rest) page.text(paragraph, 4);
}

/** The account: what becomes of every adaptation, those that need somebody first. */
function writeAdaptations({ adaptations, upstream, dryRun }: RebaseReport, page: Page): void {
  if (adaptations.length === 0) return;
  const words: Readonly<Record<Carried["outcome"], readonly [short: string, long: string]>> = {
    conflict: dryRun
      ? ["to decide", "would wait for your decision"]
      : ["waiting for your decision", "waiting for your decision"],
    review: ["to look over", "carried over, but does the reason still hold?"],
    redundant: ["now redundant", `now redundant: ${upstream} has it too`],
    replaced: ["not kept", `not kept: ${upstream}'s text was taken; its reason is on record, retired`],
    carried: ["carried over", "carried over"],
  };
  const groups = (["conflict", "review", "replaced", "redundant", "carried"] as const)
    .map((outcome) => ({
      words: words[outcome],
      members: adaptations.filter((each) => each.outcome === outcome),
    }))
    .filter(({ members }) => members.length > 0);
  const isOne = adaptations.length === 1;
  const parts = groups
    .map(({ members, words: [short] }) => (isOne ? short : `${number(members.length)} ${short}`))
    .reverse();
  page.blank();
  page.text(
    `${dryRun ? "What would become of your" : "Your"} ${isOne ? "adaptation" : count(adaptations.length, "adaptation")}: ${listed(parts)}`,
    0,
    2,
  );
  const rows = page.rows(
    groups.flatMap((group) => group.members.map(({ title }): Rich[] => [title, group.words[1]])),
    { indent: 2 },
  );
  groups
    .flatMap((group) => group.members)
    .forEach(({ outcome, why, renamed = [] }, index) => {
      rows[index]?.();
      for (const { from, to } of renamed)
        page.text([`${renamedText(from, to)}: `, { text: quoted(to), ink: "address" }], 4, 6);
      if (outcome === "review") writeWhy(page, why, 4);
    });
}

function renamedText(from: string, to: string): string {
  const [was, is] = [from, to].map(parseAddress);
  return was?.document === is?.document
    ? "Upstream renamed the heading"
    : "Upstream gave the document another id";
}

function writeLists(
  { outcome, dropped, code, held, released, inTheWay, dryRun }: RebaseReport,
  page: Page,
): void {
  if (code.length > 0) {
    page.blank();
    page.text(dryRun ? "Runs code: you would be asked first" : "Runs code, and was accepted");
    for (const path of code) page.text([{ text: path, ink: "address" }], 2, 4);
  }
  if (dropped.length > 0) {
    page.blank();
    page.text(dryRun ? "Would be left out" : "Left out");
    for (const { at, reason } of dropped)
      page.text([{ text: quoted(at), ink: "address" }, `  ${reason}`], 2, 4, true);
  }
  if (released.length > 0) {
    page.blank();
    const taken = dryRun ? "would be taken now" : outcome === "clean" ? "taken now" : "being taken now";
    page.text(`No longer held back; ${taken}`);
    for (const hold of released) writeEndedHold(page, hold);
  }
  if (inTheWay.length > 0) {
    page.blank();
    page.text("Unsaved work in the way: leeway rebase would refuse for now (exit code 2)");
    for (const path of inTheWay) page.text([{ text: path, ink: "address" }], 2, 4);
  }
  if (held.length > 0) {
    page.blank();
    page.text(dryRun ? "Would stay held back" : "Held back, not taken");
    for (const hold of held) writeHold(page, hold);
  }
}

function writeClosing({ outcome, dryRun, undo, upstream, to, decisions }: RebaseReport, page: Page): void {
  page.blank();
  if (dryRun)
    page.text(
      decisions.length > 0
        ? `It would stop for ${decisionsText(decisions)}. Nothing changes until you say so.`
        : "Nothing changes until you say so.",
    );
  else if (outcome === "conflicts") page.text("Nothing is final yet. Your version from before is kept.");
  else if (outcome === "clean")
    page.text(`Your version builds on ${possessive(upstream)} ${editionLabel(to)} now.`);
  if (undo !== null) page.text(["To take it back: ", { text: undo, ink: "command", solid: true }]);
}

/** `1 decision`, `3 decisions in 2 passages`: status and drift count the passages. */
function decisionsText(decisions: RebaseReport["decisions"]): string {
  const places = placesOf(decisions).size;
  const many = count(decisions.length, "decision");
  return places === decisions.length ? many : `${many} in ${count(places, "passage")}`;
}

/** The reason on record for an address, if there is one. */
export function reasonFor(reasons: Readonly<Record<string, string>>, at: string): string | undefined {
  return Object.hasOwn(reasons, at) ? reasons[at] : undefined;
}
