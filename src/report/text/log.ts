import type { LoggedAdaptation, LogReport } from "../kinds/history.ts";
import { count, longDate, quoted } from "../wording.ts";
import { writeWhy } from "./change.ts";
import type { Page } from "./page.ts";

/** The adaptations of a version, and of the layers above where they were asked for. */
export function logText({ version, adaptations, next }: LogReport, page: Page): void {
  page.text([
    { text: version, ink: "strong" },
    `: ${adaptations.length === 0 ? "no adaptations yet" : count(adaptations.length, "adaptation")}`,
  ]);
  const layers = new Set(adaptations.map(({ layer }) => layer));
  for (const each of adaptations) {
    page.blank();
    writeSummary(page, each, layers.size > 1);
    page.text(
      each.passages.map((at, index) => ({
        text: `${index === 0 ? "" : " "}${quoted(at)}`,
        ink: "address" as const,
      })),
      2,
    );
  }
  page.blank();
  page.next(next);
}

/** An adaptation in three lines: what it is called, what it is for, and why. */
export function writeSummary(page: Page, each: LoggedAdaptation, withLayer: boolean): void {
  page.text([{ text: each.title, ink: "strong" }, `  ${each.id}`], 0, 2, true);
  const facts = [`${each.kind} for ${each.for.join(", ") || "no purpose named"}`];
  if (each.status !== "active") facts.push(each.status);
  if (withLayer) facts.push(`in ${each.layer}`);
  if (each.by !== null) facts.push(each.by);
  if (each.on !== null) facts.push(longDate(each.on));
  page.text(facts.join("; "), 2, 4);
  writeWhy(page, each.why, 2);
}

/** What is known of offering an adaptation upstream, in words. */
export function offerText(upstream: string): string {
  const [, state = upstream, detail = ""] =
    /^(not-needed|offered|offer|taken|declined)(?::\s*(.*))?$/s.exec(upstream) ?? [];
  switch (state) {
    case "not-needed":
      return "right here only";
    case "offer":
      return "to be offered upstream";
    case "offered":
      return `offered upstream: ${detail}`;
    case "taken":
      return `taken upstream in ${detail}`;
    case "declined":
      return `declined upstream: ${detail}`;
    default:
      return state;
  }
}
