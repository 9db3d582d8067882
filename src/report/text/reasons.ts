import type { Reasoned, ReasonsReport } from "../kinds/changes.ts";
import { count, pendingWords } from "../wording.ts";
import { writeChange } from "./change.ts";
import type { Page } from "./page.ts";
import { passageRow, writeUnreadable } from "./passages.ts";

const GROUPS: readonly (readonly [Reasoned["state"], (many: number) => string])[] = [
  ["locked", (many) => `LOCKED TEXT CHANGED: ${count(many, "passage")}; you may ask for an exception`],
  ["missing", (many) => `${count(many, "change has", "changes have")} no reason yet`],
  ["renew", (many) => `${count(many, "reason")} to renew: the text changed since`],
  ["pending", pendingWords],
  [
    "free",
    (many) => `${count(many, "change")} free to make; leeway save keeps ${many === 1 ? "it" : "them"}`,
  ],
];

/** Changes by whether they have a reason. */
export function reasonsText(report: ReasonsReport, page: Page): void {
  const { version, passages, titles, explained, unreadable, next } = report;
  page.text([{ text: version, ink: "strong" }, `: ${count(explained, "change")} explained`]);
  for (const [state, title] of GROUPS) {
    const group = passages.filter(({ reason }) => reason.state === state);
    if (group.length === 0) continue;
    page.blank();
    page.text({
      text: title(group.length),
      ink: state === "locked" ? "alarm" : state === "free" ? "strong" : "attention",
    });
    const rows = page.rows(
      group.map((each) => passageRow(each, titles)),
      { indent: 2 },
    );
    group.forEach((each, index) => {
      rows[index]?.();
      if (state === "missing" || state === "renew") writeChange(page, each, 4);
    });
  }
  writeUnreadable(unreadable, page);
  page.blank();
  if (passages.length === 0)
    page.text(unreadable.length === 0 ? "Nothing is without a reason." : "Nothing else is without a reason.");
  page.next(next);
}
