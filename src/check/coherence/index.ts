import { altMissing } from "./alt-missing.ts";
import { assessedEarly } from "./assessed-early.ts";
import { commonMissing } from "./common-missing.ts";
import { keywordEarly } from "./keyword-early.ts";
import type { CoherenceCheck } from "./material.ts";
import { outcomeLost } from "./outcome-lost.ts";
import { replacedMentioned } from "./replaced-mentioned.ts";
import { requiresCycle } from "./requires-cycle.ts";
import { requiresLater } from "./requires-later.ts";
import { statementLost } from "./statement-lost.ts";
import { statementRetired } from "./statement-retired.ts";
import { threadGap } from "./thread-gap.ts";
import { timeShort } from "./time-short.ts";

export { type CoherenceCheck, type CoherenceMaterial, coherenceMaterial, readTimetable } from "./material.ts";

/** Whether the parts of a curriculum fit together: across units, years, subjects and layers. */
export const COHERENCE_CHECKS: readonly CoherenceCheck[] = [
  requiresCycle,
  requiresLater,
  outcomeLost,
  statementLost,
  statementRetired,
  keywordEarly,
  assessedEarly,
  commonMissing,
  timeShort,
  threadGap,
  replacedMentioned,
  altMissing,
];
