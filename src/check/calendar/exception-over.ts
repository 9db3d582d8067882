import { hasPassed } from "./days.ts";
import type { CalendarCheck } from "./material.ts";

/** An exception that was made for a time which has passed. */
export const exceptionOver: CalendarCheck = {
  id: "exception-over",
  severity: "warning",
  title: "An exception has expired",
  page: {
    what: "A finding was let stand until a day that has passed; it counts again.",
    why: "An exception is a promise to do something about it by a day.",
    fix: "Put right what the finding says, and take the exception out.",
    accept: "If the reason still holds, give the exception a new end; whoever granted it decides.",
  },
  *find({ exceptions, today }) {
    for (const { path, line, at, check, reason, until } of exceptions) {
      if (!hasPassed(until, today)) continue;
      yield {
        path,
        line,
        at,
        about: check,
        message: `The exception from ${check} ("${reason}") ended on ${until}.`,
        remedy: `Put right what ${check} says and take the exception out here, or give it a new end.`,
      };
    }
  },
};
