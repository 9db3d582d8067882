import { hasPassed } from "./days.ts";
import type { CalendarCheck } from "./material.ts";

/** A document or an adaptation that was to be looked at again by now. */
export const reviewDue: CalendarCheck = {
  id: "review-due",
  severity: "warning",
  title: "A review is due",
  page: {
    what: "A document, or the record of an adaptation, says `reviewBy`, and that day has passed.",
    why: "Somebody expected that the reason, the source or the class would have changed by then. What nobody looks at again is kept because it is there.",
    fix: "Read it, change what no longer holds, and set a new date.",
    accept: "If it need not be looked at again, take `reviewBy` out.",
  },
  *find({ reviews, today }) {
    for (const { path, line, at, about, title, kind, reviewBy } of reviews) {
      if (!hasPassed(reviewBy, today)) continue;
      const what = kind === "adaptation" ? `The adaptation "${title}"` : `"${title}"`;
      yield {
        path,
        line,
        at,
        about,
        message: `${what} was to be looked at again by ${reviewBy}.`,
        remedy: `Read it again, and write a new reviewBy here, or take it out.`,
      };
    }
  },
};
