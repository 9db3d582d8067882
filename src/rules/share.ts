import { leewayOf, type Subject } from "./leeway.ts";
import { type LayerRules, LEVELS, type Level } from "./rules.ts";

/** How much of a curriculum stands at one level. */
export interface LevelShare {
  readonly level: Level;
  readonly passages: number;
  readonly words: number;
  /** Who says so: layers by id, with their part of it; `document` for what authors wrote into their own. */
  readonly by: readonly {
    readonly layer: string;
    readonly name: string;
    readonly passages: number;
    readonly words: number;
  }[];
}

/** A passage and its words. */
export interface Weighed {
  readonly subject: Subject;
  readonly words: number;
}

/** The share of the curriculum at each level, strictest first, and which layer says so. */
export function shareByLevel(
  passages: Iterable<Weighed>,
  layers: readonly LayerRules[],
  version: string,
): LevelShare[] {
  const counts = new Map(
    LEVELS.map((level) => [level, { passages: 0, words: 0, by: new Map<string, Layered>() }]),
  );
  for (const { subject, words } of passages) {
    const { level, layer, name } = leewayOf(subject, layers, version);
    const count = counts.get(level);
    if (count === undefined) continue;
    const part = count.by.get(layer) ?? { layer, name, passages: 0, words: 0 };
    for (const each of [count, part]) {
      each.passages += 1;
      each.words += words;
    }
    count.by.set(layer, part);
  }
  return [...counts].map(([level, { by, ...count }]) => ({
    level,
    ...count,
    by: [...by.values()].sort((a, b) => b.words - a.words),
  }));
}

type Layered = { layer: string; name: string; passages: number; words: number };
