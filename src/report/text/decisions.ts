import type { DecisionsReport } from "../report.ts";
import { count, number } from "../wording.ts";
import { writeDecision } from "./decision.ts";
import type { Page } from "./page.ts";
import { reasonFor } from "./rebase.ts";

/** What is still to decide in a stopped rebase. */
export function decisionsText(
  { decisions, settled, edition, upstream, reasons, next }: DecisionsReport,
  page: Page,
): void {
  const all = decisions.length + settled;
  const taking = edition === null ? "The update" : `Taking ${edition}`;
  page.text(
    decisions.length === 0
      ? `${taking}: ${all === 0 ? "nothing is" : `${all === 1 ? "the decision is" : `all ${number(all)} decisions are`} made, nothing is left`} to decide.`
      : `${taking}: ${number(decisions.length)} of ${count(all, "decision")} left.`,
  );
  for (const decision of decisions) {
    page.blank();
    writeDecision(page, decision, {
      base: "before",
      upstream,
      ours: "you",
      why: reasonFor(reasons, decision.at),
    });
  }
  page.blank();
  page.next(next);
}
