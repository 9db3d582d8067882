import type { ShowReport } from "../kinds/history.ts";
import { quoted, reasonLabel, wordsLabel } from "../wording.ts";
import { writeChange } from "./change.ts";
import { offerText, writeSummary } from "./log.ts";
import type { Page } from "./page.ts";
import type { Rich } from "./rich.ts";

/** One adaptation: its reason and its text. */
export function showText({ adaptation, passages, next }: ShowReport, page: Page): void {
  writeSummary(page, adaptation, false);
  page.text(`Upstream: ${offerText(adaptation.upstream)}`, 2, 4);
  const rows = page.rows(
    passages.map((each): Rich[] => [
      each.name,
      { text: quoted(each.at), ink: "address" },
      wordsLabel(each),
      each.reason.state === "explained" && each.reason.review === null ? "" : reasonLabel(each.reason),
    ]),
    { indent: 0 },
  );
  passages.forEach((passage, index) => {
    page.blank();
    rows[index]?.();
    writeChange(page, passage, 2, true);
  });
  const shown = new Set(passages.map(({ at }) => at));
  const isShown = (at: string): boolean =>
    shown.has(at) || passages.some((each) => each.at.startsWith(`${at}#`) || each.at.startsWith(`${at}@`));
  const others = adaptation.passages.filter((at) => !isShown(at));
  if (others.length > 0) {
    page.blank();
    page.text([passages.length === 0 ? "Passages: " : "Also about: ", others.map(quoted).join(", ")], 0, 2);
  }
  page.blank();
  page.next(next);
}
