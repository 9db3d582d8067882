import { exceptionOver } from "./exception-over.ts";
import { holdOver } from "./hold-over.ts";
import type { CalendarCheck } from "./material.ts";
import { reviewDue } from "./review-due.ts";
import { updateOverdue } from "./update-overdue.ts";

export { holdsIn, reviewOfRecord, reviewsIn } from "./dates.ts";
export type { CalendarCheck, CalendarMaterial } from "./material.ts";

/** What a date makes due: for a schedule, never for a change. */
export const CALENDAR_CHECKS: readonly CalendarCheck[] = [reviewDue, holdOver, updateOverdue, exceptionOver];
