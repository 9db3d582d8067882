import type { Report } from "../report.ts";
import { accountText } from "./account.ts";
import { checkPagesText, checkText, sharesText } from "./check.ts";
import { decisionsText } from "./decisions.ts";
import { diffText } from "./diff.ts";
import { doneText } from "./done.ts";
import { driftText } from "./drift.ts";
import { explainText } from "./explain.ts";
import { groupedText } from "./grouped.ts";
import { impactText } from "./impact.ts";
import { logText } from "./log.ts";
import { operationsText } from "./operations.ts";
import { type Options, Page } from "./page.ts";
import { passageText } from "./passage.ts";
import { reasonsText } from "./reasons.ts";
import { rebaseText } from "./rebase.ts";
import { showText } from "./show.ts";
import { statusText } from "./status.ts";
import { surveyText } from "./survey.ts";
import { trustText } from "./trust.ts";

/** A report as people read it on a terminal; ends with a line end. */
export function renderText(report: Report, options: Options): string {
  const page = new Page(options);
  write(report, page);
  return page.toString();
}

function write(report: Report, page: Page): void {
  switch (report.kind) {
    case "status":
      statusText(report, page);
      break;
    case "diff":
      diffText(report, page);
      break;
    case "rebase":
      rebaseText(report, page);
      break;
    case "drift":
      driftText(report, page);
      break;
    case "account":
      accountText(report, page);
      break;
    case "decisions":
      decisionsText(report, page);
      break;
    case "log":
      logText(report, page);
      break;
    case "operations":
      operationsText(report, page);
      break;
    case "show":
      showText(report, page);
      break;
    case "explain":
      explainText(report, page);
      break;
    case "reasons":
      reasonsText(report, page);
      break;
    case "done":
      doneText(report, page);
      break;
    case "trust":
      trustText(report, page);
      break;
    case "survey":
      surveyText(report, page);
      break;
    case "grouped":
      groupedText(report, page);
      break;
    case "passage":
      passageText(report, page);
      break;
    case "impact":
      impactText(report, page);
      break;
    case "check":
      checkText(report, page);
      break;
    case "check-pages":
      checkPagesText(report, page);
      break;
    case "leeway":
      sharesText(report, page);
      break;
  }
}
