import { hasPassed } from "./days.ts";
import type { CalendarCheck } from "./material.ts";

/** A hold whose end has passed while upstream's change is still not taken. */
export const holdOver: CalendarCheck = {
  id: "hold-over",
  severity: "warning",
  title: "A hold has run out",
  page: {
    what: "This version holds a change of upstream back `until` a day that has passed.",
    why: "The next rebase takes the change. It should come when the school expects it, not as a surprise in the middle of a unit.",
    fix: "Take the change now, or hold it for longer and say why.",
    accept: "A change that is not wanted at all is held without `until`.",
  },
  *find({ holds, today }) {
    for (const { path, line, at, held, why, until } of holds) {
      if (!hasPassed(until, today)) continue;
      yield {
        path,
        line,
        at,
        about: held,
        message: `"${held}" was held until ${until} ("${why}"); the change still waits.`,
        remedy: `Take it now: leeway rebase --only "${held}". Or write a later until for it here.`,
      };
    }
  },
};
