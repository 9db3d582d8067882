import type { ChangesBy } from "./hotspots.ts";
import type { Note } from "./hub.ts";
import type { Walked } from "./listed.ts";
import type { Seen, Survey, SurveyedVersion } from "./survey.ts";

/** How old the data of a listed version is, by what was noted when it was last fetched. */
export function stateOf(each: Walked<unknown>, note: Note | null | undefined): Seen {
  if ("leftOut" in each) return { state: "skipped", why: each.leftOut };
  if (!note) return { state: "unreachable", on: null, why: "it has not been fetched yet" };
  const { on, unreachable, unchanged } = note;
  if (unreachable !== null || on === null)
    return { state: "unreachable", on, why: unreachable ?? "it has not been fetched yet" };
  return { state: unchanged ? "unchanged" : "checked", on };
}

/** How many are in which state; together they are all. */
export function countsOf(all: readonly Seen[]): Survey["counts"] {
  const counts = { checked: 0, unchanged: 0, unreachable: 0, skipped: 0 };
  for (const { state } of all) counts[state] += 1;
  return counts;
}

/** Whether a version was reached the last time. What is known of others is shown with its date, and is in no total. */
export function isCurrent({ seen }: Pick<SurveyedVersion, "seen">): boolean {
  return seen.state === "checked" || seen.state === "unchanged";
}

/** The changes of those versions alone. */
export function changesOfCurrent(changesBy: ChangesBy, versions: readonly SurveyedVersion[]): ChangesBy {
  const current = new Set(versions.filter(isCurrent).map(({ id }) => id));
  return new Map([...changesBy].filter(([id]) => current.has(id)));
}
