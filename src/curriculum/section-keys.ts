import { groupBy } from "./groups.ts";
import type { Section } from "./section.ts";

/** Deeper ancestors are not used to tell repeats apart; a count is shorter than such a path. */
const DEEPEST = 8;

/**
 * Gives every section its key: its slug where that is alone in the document; else qualified by as many
 * parents as tell it apart; and by a count among those whose parents are the same too.
 */
export function assignKeys(sections: readonly Section[]): void {
  for (const group of groupBy(sections, (section) => section.slug).values()) {
    if (group.length === 1) {
      for (const section of group) section.key = `#${section.slug}`;
    } else {
      assignRepeated(group);
    }
  }
}

function assignRepeated(group: readonly Section[]): void {
  const paths = group.map(pathsOf);
  const sharing = new Map<string, number>();
  const whole = new Map<string, number>();
  for (const path of paths) {
    for (const end of path) count(sharing, end);
    count(whole, path.at(-1) ?? "");
  }
  const seen = new Map<string, number>();
  group.forEach((section, at) => {
    const path = paths[at] ?? [];
    const full = path.at(-1) ?? "";
    const key = path.find((end) => sharing.get(end) === whole.get(full)) ?? full;
    const repeat = count(seen, key);
    section.key = `#${key}${repeat > 1 ? `~${repeat}` : ""}`;
  });
}

/** `plenary`, `practice/plenary`, `lesson-3/practice/plenary`: ever longer ends of the section's path. */
function pathsOf(section: Section): string[] {
  const paths = [section.slug];
  let parent = section.parent;
  let path = section.slug;
  for (let depth = 0; parent !== null && depth < DEEPEST; depth++) {
    path = `${parent.slug}/${path}`;
    paths.push(path);
    parent = parent.parent;
  }
  return paths;
}

function count(counts: Map<string, number>, key: string): number {
  const next = (counts.get(key) ?? 0) + 1;
  counts.set(key, next);
  return next;
}
