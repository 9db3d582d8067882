import { daysAfter, hasPassed } from "./days.ts";
import type { CalendarCheck } from "./material.ts";

/** An edition that has waited for longer than the trust allows. */
export const updateOverdue: CalendarCheck = {
  id: "update-overdue",
  severity: "warning",
  title: "An edition has waited too long",
  page: {
    what: "An edition of upstream has been there for longer than its days of grace, and this version has not taken it.",
    why: "The longer it waits the more is to be decided at once, and the common assessments follow the new edition.",
    fix: "Take it; what does not suit now can be held back, with a reason and a date.",
    accept: "Hold what is not wanted now: a held change is looked at, and does not count as waiting.",
  },
  *find({ waiting, grace, today }) {
    if (waiting === null || grace === null) return;
    const { path, line, at, edition, since } = waiting;
    const end = daysAfter(since, grace);
    if (end === null || !hasPassed(end, today)) return;
    yield {
      path,
      line,
      at,
      about: edition,
      message: `Edition ${edition} has been there since ${since} and was to be taken by ${end}.`,
      remedy: `Take it: leeway rebase. See before what it would do: leeway rebase --dry-run.`,
    };
  },
};
