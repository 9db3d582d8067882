import { longMonth } from "../../wording.ts";
import type { Current, Trust } from "./trust.ts";

export interface Due {
  readonly on: string;
  readonly what: string;
  readonly at: string | null;
  readonly by: Current;
}

/** What is due in one month, or what was due before today. */
export interface DueGroup {
  readonly key: string;
  readonly title: string;
  readonly items: readonly Due[];
}

const PASSED = "passed";

/** What is due by date, what has passed first, then month by month. */
export function dueGroups({ current, survey }: Trust): DueGroup[] {
  const today = survey.on.slice(0, 10);
  const items = current
    .flatMap((by) => by.version.due.map((each): Due => ({ ...each, by })))
    .sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
  const groups = new Map<string, Due[]>();
  for (const item of items) {
    const key = item.on < today ? PASSED : item.on.slice(0, 7);
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return [...groups].map(([key, each]) => ({
    key,
    title: key === PASSED ? "Passed, still open" : longMonth(key),
    items: each,
  }));
}
