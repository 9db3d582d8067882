import type { DiffReport, ReasonsReport, StatusReport } from "./kinds/changes.ts";
import type { CheckPagesReport, CheckReport, SharesReport } from "./kinds/check.ts";
import type { DoneReport } from "./kinds/done.ts";
import type { ExplainReport, LogReport, OperationsReport, ShowReport } from "./kinds/history.ts";
import type {
  DriftReport,
  GroupedReport,
  ImpactReport,
  PassageReport,
  SurveyReport,
  TrustReport,
} from "./kinds/trust.ts";
import type { AccountReport, DecisionsReport, RebaseReport } from "./kinds/update.ts";

/** What a command tells, as data. A renderer turns it into text, JSON or Markdown. */
export type Report =
  | StatusReport
  | DiffReport
  | RebaseReport
  | DriftReport
  | DecisionsReport
  | AccountReport
  | LogReport
  | OperationsReport
  | ShowReport
  | ExplainReport
  | ReasonsReport
  | TrustReport
  | SurveyReport
  | GroupedReport
  | PassageReport
  | ImpactReport
  | CheckReport
  | CheckPagesReport
  | SharesReport
  | DoneReport;
