import { shortId } from "../../git/names.ts";
import type { OperationsReport } from "../kinds/history.ts";
import { count, longDate, number } from "../wording.ts";
import type { Page } from "./page.ts";

/** What Leeway has done here, the newest first, each with the way back to it. */
export function operationsText({ operations, kept, next }: OperationsReport, page: Page): void {
  page.text(
    operations.length === 0
      ? "Leeway has not written anything here yet."
      : `What Leeway did here: ${count(operations.length, "operation")}, the newest first`,
  );
  const rows = page.rows(
    operations.map((each) => [
      number(each.number),
      { text: `leeway ${each.verb}`, ink: "command" as const },
      each.did,
    ]),
    { indent: 2, right: [0] },
  );
  operations.forEach(({ at, refs, unsaved }, index) => {
    rows[index]?.();
    const moved = refs.map(({ ref, before, after }) => {
      const name = ref.replace(/^refs\/(?:heads|tags)\//, "");
      return `${name} ${before === null ? "new" : shortId(before)} to ${after === null ? "gone" : shortId(after)}`;
    });
    const files = unsaved.before === null ? [] : [`unsaved files kept as ${shortId(unsaved.before)}`];
    page.text(
      { text: [`${longDate(at)}, ${at.slice(11, 16)}`, ...moved, ...files].join("; "), ink: "faint" },
      6,
      8,
    );
  });
  if (operations.length >= kept)
    page.text(`At least the last ${number(kept)} are kept; older ones go in time.`);
  page.blank();
  page.next(next);
}
