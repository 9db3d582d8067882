import type { Decision } from "../../version/rebase/plan.ts";
import type { StatusReport } from "../kinds/changes.ts";
import { count, number, passageName, placesOf, quoted, titleAt, unended } from "../wording.ts";
import type { Page } from "./page.ts";
import { writeRows } from "./passages.ts";
import type { Rich } from "./rich.ts";

/** What has stopped half-way, an update or a command of Git's own, and what is left to decide. */
export function writeStop({ stop, titles, upstream, version }: StatusReport, page: Page): void {
  if (stop === null) return;
  page.blank();
  const edition = stop.edition ?? "the update";
  if (stop.git) writeGitStop(stop, stop.git, titles, page);
  else if (stop.state === "settled") {
    page.text({ text: "Update settled but not recorded. Run leeway rebase --continue.", ink: "attention" });
  } else {
    page.text([
      `Taking ${edition} has stopped: `,
      { text: `${count(stop.decisions.length, "decision")} left`, ink: "attention" },
    ]);
    writeRows(
      page,
      decisionRows(stop.decisions, titles, upstream?.name ?? "upstream"),
      "leeway resolve --list",
    );
    page.text(`Nothing is final yet. ${version === null ? "The copy" : "Your version"} from before is kept.`);
  }
}

/** What a command of Git's own is in the middle of, in the words of people who did not type it. */
function writeGitStop(
  { decisions }: Pick<NonNullable<StatusReport["stop"]>, "decisions">,
  { operation, other, byHand }: NonNullable<NonNullable<StatusReport["stop"]>["git"]>,
  titles: StatusReport["titles"],
  page: Page,
): void {
  const what = operation === "other" ? "A command of Git's" : `git ${operation}`;
  const left = decisions.length + byHand.length;
  page.text([
    `${what}, which Leeway did not start, has stopped${["other", "am"].includes(operation) ? "" : ` on the way to ${other}`}: `,
    {
      text:
        left === 0
          ? "everything is settled, and it waits to be finished"
          : decisions.length === 0
            ? `${count(byHand.length, "file")} to settle in an editor`
            : `${count(decisions.length, "decision")} left`,
      ink: "attention",
    },
  ]);
  writeRows(page, decisionRows(decisions, titles, other), "leeway resolve --list");
  for (const path of byHand)
    page.text([{ text: path, ink: "address" }, "   is being settled in an editor"], 2, 4);
  page.text("Leeway writes nothing else until it is finished or taken back.");
}

/** What is to decide, a place a row. */
export function decisionRows(
  decisions: readonly Decision[],
  titles: Readonly<Record<string, string>>,
  upstream: string,
): Rich[][] {
  return [...placesOf(decisions)].map(([at, [{ path, title: known, heading, kind, reason }, times]]) => {
    // The file itself has marker lines now, and may seem to be called by one of them.
    const title = known === path ? titleAt(at, titles) : known;
    const name = passageName(at, heading);
    return [
      title === null ? name : `${title}, ${name}`,
      { text: quoted(at), ink: "address" },
      (kind === "edited-edited" ? `changed here and in ${upstream}` : unended(reason)) +
        (times === 1 ? "" : `; ${number(times)} decisions`),
    ];
  });
}
