import { shortId } from "../../git/names.ts";
import type { DecisionAhead, ImpactVersion } from "../../trust/impact.ts";
import type { ImpactReport } from "../kinds/trust.ts";
import { count, listed, longDate, passageName, quoted, unended } from "../wording.ts";
import { writeWhy } from "./change.ts";
import type { Page } from "./page.ts";
import { writeCounts } from "./survey.ts";

/** What a release would leave to whom: decisions first, then reasons to look at again, then who takes it as it is. */
export function impactText({ impact, next }: ImpactReport, page: Page): void {
  const { root, commit, versions } = impact;
  const of = (outcome: ImpactVersion["outcome"]): ImpactVersion[] =>
    versions.filter((version) => version.outcome === outcome);
  page.text(
    `What ${root.name} as it is at ${shortId(commit)} would mean for ${count(versions.length, "version")}`,
  );
  for (const version of of("decide")) writeDecisions(version, page);
  const looks = versions.filter(({ reviews }) => reviews.length > 0);
  if (looks.length > 0) {
    page.blank();
    page.text({ text: "Does the reason still hold?", ink: "strong" });
    for (const { name, reviews } of looks)
      for (const { title, passages } of reviews)
        page.text(`${name}: ${unended(title)}, ${passages.map(quoted).join(", ")}`, 2, 4);
  }
  page.blank();
  writeRest("Take it as it is", of("as-it-is"), page);
  writeRest("Have nothing to take from it", of("nothing"), page);
  for (const { name, why } of of("unknown")) page.text(`Not known for ${name}: ${why ?? ""}.`, 0, 2);
  for (const { name, seen } of versions)
    if (seen.state === "unreachable" && seen.on !== null)
      page.text(`${name} was not reached; what is known of it is of ${longDate(seen.on)}.`, 0, 2);
  for (const { name, after } of versions)
    if (after !== null)
      page.text(
        `${name} gets it after ${after.upstream} has decided ${count(after.passages.length, "passage")}; shown as if ${after.upstream} kept its own text.`,
        0,
        2,
      );
  writeCounts(impact, page);
  page.next(next);
}

function writeDecisions({ name, decisions }: ImpactVersion, page: Page): void {
  page.blank();
  page.text([{ text: name, ink: "strong" }, `: ${count(decisions.length, "passage")} to decide`]);
  for (const decision of decisions) writeDecision(decision, page);
}

function writeDecision({ at, title, heading, reason, reasons, waits }: DecisionAhead, page: Page): void {
  page.text([`${title}: ${passageName(at, heading)}  `, { text: quoted(at), ink: "address" }], 2, 4);
  page.text(reason + (waits ? " It waits for an answer already." : ""), 4);
  for (const { why } of reasons) writeWhy(page, unended(why), 4);
}

function writeRest(title: string, versions: readonly ImpactVersion[], page: Page): void {
  if (versions.length > 0) page.text(`${title}: ${listed(versions.map(({ name }) => name))}.`, 0, 2);
}
