import { countKeys, ENOUGH_WORDS } from "./outline.ts";
import { cutSentences } from "./sentences.ts";
import type { Unit } from "./unit.ts";
import { numberOfWords } from "./words.ts";

/** The kind of a unit, and two words. */
const FEW_WORDS = 3;

type Counts = ReadonlyMap<string, number>;

/** Counts of the base, of both sides and of a result. */
interface Counted {
  readonly base: Counts;
  readonly ours: Counts;
  readonly theirs: Counts;
  readonly result: Counts;
}

/** Paragraphs, items, code and sentences that one side took away, and that a result has all the same. */
export function revivedUnits(texts: Record<keyof Counted, readonly Unit[]>): string[] {
  const counted = inEach((name) => countKeys(texts[name]));
  const changed = keysOf(counted).filter((key) => !isEven(counted, key));
  const sentences = inEach((name) => countSentences(counted[name], changed));
  return [
    ...changed.filter((key) => isRevived(counted, key)),
    ...keysOf(sentences).filter((key) => isRevived(sentences, key)),
  ];
}

function inEach(count: (name: keyof Counted) => Counts): Counted {
  return { base: count("base"), ours: count("ours"), theirs: count("theirs"), result: count("result") };
}

function keysOf({ base, ours, theirs, result }: Counted): string[] {
  return [...new Set([base, ours, theirs, result].flatMap((counts) => [...counts.keys()]))];
}

function isEven({ base, ours, theirs, result }: Counted, key: string): boolean {
  return [ours, theirs, result].every((counts) => counts.get(key) === base.get(key));
}

function isRevived({ base, ours, theirs, result }: Counted, key: string): boolean {
  const often = (counts: Counts): number => counts.get(key) ?? 0;
  const [b, o, t] = [often(base), often(ours), often(theirs)];
  const isBack = Math.min(o, t) < b && often(result) > Math.max(0, o + t - b);
  // What stands once is told by few words; a field is told by its name.
  const isToldByFew = b === 1 && /^(?:prose|item) /.test(key);
  return isBack && numberOfWords(key) > (isToldByFew ? FEW_WORDS : ENOUGH_WORDS);
}

/** How often each sentence stands in those of the units that are told by their keys. */
function countSentences(units: Counts, keys: readonly string[]): Counts {
  const counts = new Map<string, number>();
  for (const key of keys) {
    const times = units.get(key);
    if (times === undefined || !/^(?:prose|item) /.test(key)) continue;
    for (const { text } of cutSentences(key.slice(key.indexOf(" ") + 1)))
      counts.set(text, (counts.get(text) ?? 0) + times);
  }
  return counts;
}
