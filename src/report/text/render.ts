import type { Report } from "../report.ts";
import { accountText } from "./account.ts";
import { decisionsText } from "./decisions.ts";
import { diffText } from "./diff.ts";
import { doneText } from "./done.ts";
import { driftText } from "./drift.ts";
import { explainText } from "./explain.ts";
import { logText } from "./log.ts";
import { operationsText } from "./operations.ts";
import { type Options, Page } from "./page.ts";
import { reasonsText } from "./reasons.ts";
import { rebaseText } from "./rebase.ts";
import { showText } from "./show.ts";
import { statusText } from "./status.ts";
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
  }
}
