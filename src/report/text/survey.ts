import { below } from "../../trust/grouped.ts";
import type { Survey, SurveyedVersion } from "../../trust/survey.ts";
import type { SurveyReport } from "../kinds/trust.ts";
import { count, listed, longDate, number, possessive } from "../wording.ts";
import { writeAll } from "./drift.ts";
import type { Page } from "./page.ts";
import { type VersionRow, writeVersions } from "./trust.ts";

/** Every version below its upstream with its figures, then whatever is old, left out or otherwise to be known. */
export function surveyText({ survey, why, next }: SurveyReport, page: Page): void {
  const versions = below(survey);
  page.text(headingOf(survey));
  page.blank();
  writeVersions(versions.map(asRow), page);
  page.text("Passages, each version against its upstream.");
  writeCounts(survey, page);
  for (const version of versions) for (const line of remarksOf(version)) page.text(line, 2, 4);
  writeCommon(survey, page);
  if (why) for (const version of versions) writePassages(version, page);
  page.next(next);
}

/** Whose versions these are, where they have one centre. */
export function headingOf({ root, versions }: Pick<Survey, "root" | "versions">): string {
  const many = count(versions.filter(({ depth }) => depth > 0).length, "version");
  if (root.id === "") return many;
  const edition = root.edition === null ? "" : `; newest edition ${root.edition}`;
  return `${many} below ${root.name}${edition}`;
}

function asRow({ depth, name, drift, seen }: SurveyedVersion): VersionRow {
  const isOld = seen.state === "unreachable" && drift !== null;
  const instead = drift !== null ? null : seen.state === "skipped" ? "left out" : "nothing of it is here";
  return { depth: depth - 1, name: isOld ? `${name} (old)` : name, drift, instead };
}

/** The four counts, which add up to the list. */
export function writeCounts({ counts }: Pick<Survey, "counts">, page: Page): void {
  const { checked, unchanged, unreachable, skipped } = counts;
  const all = checked + unchanged + unreachable + skipped;
  const parts = [
    `${number(checked)} checked`,
    `${number(unchanged)} unchanged`,
    `${number(unreachable)} not reached`,
    `${number(skipped)} left out`,
  ];
  page.text(`Of ${count(all, "version")}: ${listed(parts)}.`);
}

function remarksOf({ name, id, seen, drift, remarks = [] }: SurveyedVersion): string[] {
  const who = `${name} (${id})`;
  const told = remarks.map((remark) => `${who}: ${remark}`);
  if (seen.state === "skipped") return [`${who} is left out: ${seen.why}.`, ...told];
  if (seen.state === "unreachable") {
    const last = seen.on === null ? "" : `; its figures are of ${longDate(seen.on)}`;
    told.unshift(`${who} was not reached: ${seen.why}${last}.`);
  }
  if (drift?.status === "no-starting-point" && drift.why !== null)
    told.push(`${who} has no starting point: ${drift.why}.`);
  return told;
}

/** Whose data are older than the last look, and so in no total. */
export function writeOld(survey: Pick<Survey, "versions">, page: Page): void {
  for (const { name, id, seen, drift } of below(survey)) {
    if (seen.state !== "unreachable" || seen.on === null || drift === null) continue;
    const since = `what is here of it is of ${longDate(seen.on)}`;
    page.text(`${name} (${id}) was not reached, and is in none of these figures: ${since}.`, 2, 4);
  }
}

function writeCommon({ hotspots, invitations, untouched, counts }: Survey, page: Page): void {
  const lines: string[] = [];
  if (hotspots.length > 0)
    lines.push(`${count(hotspots.length, "passage")} changed by more than one version.`);
  if (invitations.length > 0) {
    const taken = invitations.filter(({ takenUpBy }) => takenUpBy.length > 0).length;
    lines.push(`${number(taken)} of ${count(invitations.length, "invitation")} to adapt taken up.`);
  }
  if (untouched.of > 0)
    lines.push(
      `${number(untouched.passages)} of ${count(untouched.of, "passage")} as the centre wrote them ${counts.unreachable > 0 ? "in all that were reached" : "everywhere"}.`,
    );
  if (lines.length === 0) return;
  page.blank();
  for (const line of lines) page.text(line);
}

function writePassages({ name, drift }: SurveyedVersion, page: Page): void {
  if (drift === null || drift.passages.length === 0) return;
  page.blank();
  page.text({ text: `${possessive(name)} passages`, ink: "strong" });
  writeAll(drift, page);
}
