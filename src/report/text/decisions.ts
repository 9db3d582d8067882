import type { DecisionsReport } from "../kinds/update.ts";
import { count, number, passageName, possessive, quoted } from "../wording.ts";
import { writeResult, writeWhole } from "./decision.ts";
import type { Page } from "./page.ts";

/** Rows that are named; the others are counted. */
const MOST_ROWS = 20;
/** Choices whose result is shown. */
const MOST_RESULTS = 3;

const STOPPED: Readonly<Record<DecisionsReport["operation"], string>> = {
  none: "Nothing",
  update: "The update",
  merge: "git merge",
  rebase: "git rebase",
  "cherry-pick": "git cherry-pick",
  revert: "git revert",
  am: "git am",
  other: "Git",
};

/** What is to decide after a stop, and what has just been decided. */
export function decisionsText(report: DecisionsReport, page: Page): void {
  const { did, decisions, view, upstream, operation, open, settled, note, byHand, joined } = report;
  did.forEach((line, index) => {
    page.text(line, 0, 2);
    const result = report.results[index];
    if (result && index < MOST_RESULTS) writeResult(page, result);
  });
  page.text(leftText(report));
  if (open > 0 && operation === "rebase" && did.length === 0)
    page.text(
      `Git replays your own commits onto ${upstream}, so its names for the two sides are swapped; here yours is called yours.`,
    );
  if (joined.length > 0)
    page.text(
      `Leeway can join ${count(joined.length, "place")} that Git left open; they come with the first decision in their file.`,
    );
  for (const path of byHand)
    page.text(
      [{ text: path, ink: "address" }, "   is being settled in an editor; git add it when it is done"],
      0,
      2,
    );
  const shown = { upstream, version: "you", total: open + settled, note };
  if (view === "whole") {
    for (const decision of decisions) {
      page.blank();
      writeWhole(page, decision, shown);
      page.blank();
      page.table(
        decision.choices.map(({ take, means }) => [
          { text: `--take ${take}`, ink: "command" as const },
          means,
        ]),
        { indent: 2 },
      );
    }
  } else {
    page.table(
      decisions
        .slice(0, MOST_ROWS)
        .map(({ number: place, at, title, path, heading, reason }) => [
          number(place),
          { text: quoted(at), ink: "address" as const },
          title === path ? reason : `${title}: ${passageName(at, heading)}`,
        ]),
      { indent: 2, right: [0] },
    );
    if (decisions.length > MOST_ROWS)
      page.text(`and ${number(decisions.length - MOST_ROWS)} more; leeway resolve --list shows all`, 2);
  }
  page.blank();
  page.next(report.next);
}

function leftText({ operation, edition, open, settled, upstream }: DecisionsReport): string {
  if (operation === "none") return "Nothing is waiting for a decision.";
  const all = open + settled;
  const what =
    operation === "update"
      ? edition === null
        ? "The update"
        : `Taking ${edition}`
      : operation === "merge"
        ? `Joining ${possessive(upstream)} text (git merge)`
        : STOPPED[operation];
  if (open > 0) return `${what}: ${number(open)} of ${count(all, "decision")} left.`;
  if (all === 0) return `${what}: nothing is to decide.`;
  return `${what}: ${madeText(all)} made, nothing is left to decide.`;
}

function madeText(all: number): string {
  if (all === 1) return "the decision is";
  return all === 2 ? "both decisions are" : `all ${number(all)} decisions are`;
}
