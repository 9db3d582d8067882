import { bagOfWords, LIKE_ENOUGH, shareOfWords, type WordBag } from "../compare/likeness.ts";
import { lazily } from "../curriculum/lazily.ts";
import { type ChangedPassage, subjectOf } from "./measured.ts";
import type { Alike, Hotspot } from "./survey.ts";

/** What one version made of a passage. */
interface Made {
  readonly version: string;
  readonly change: ChangedPassage;
}

/**
 * Passages that more than one version changed, those of most versions first, each with its changes grouped by how
 * alike they are. One large group is an offer to the centre; many small ones say that the core does not fit.
 */
export function hotspotsOf(changesBy: ChangesBy): Hotspot[] {
  return byPlace(changesBy).filter(({ versions }) => versions > 1);
}

/** What every version made of the passages at some addresses, be it one version alone. */
export function hotspotsAt(changesBy: ChangesBy, isThere: (at: string) => boolean): Hotspot[] {
  const there = [...changesBy].map(([version, changes]) => {
    return [
      version,
      changes.filter(({ at, place }) => isThere(at) || isThere(place.replace(/^\+/, ""))),
    ] as const;
  });
  return byPlace(new Map(there));
}

/** What each version changed, by its id. */
export type ChangesBy = ReadonlyMap<string, readonly ChangedPassage[]>;

function byPlace(changesBy: ChangesBy): Hotspot[] {
  const places = new Map<string, Made[]>();
  for (const [version, changes] of changesBy) {
    for (const change of changes) {
      const there = places.get(change.place);
      if (there === undefined) places.set(change.place, [{ version, change }]);
      else there.push({ version, change });
    }
  }
  return [...places]
    .map(([place, all]) => asHotspot(place, all))
    .sort((a, b) => b.versions - a.versions || (a.at < b.at ? -1 : 1));
}

function asHotspot(place: string, all: readonly Made[]): Hotspot {
  const [{ change }] = all as [Made];
  const at = place.replace(/^\+/, "");
  const groups = lazily(() => groupAlike(all));
  return {
    at,
    document: change.document,
    name: change.name,
    subject: subjectOf(change.path),
    base: change.base,
    // Where they are only counted, nobody compares texts.
    get groups() {
      return groups();
    },
    versions: all.length,
  };
}

interface Group {
  readonly members: Made[];
  readonly words: ChangedWords;
}

/** The words that a change brought and took away. */
interface ChangedWords {
  readonly added: WordBag;
  readonly removed: WordBag;
}

/**
 * Puts changes together whose words are alike: the same text first, then by what was added to the base, or where
 * nothing was by what was taken away. What two texts share because both kept it says nothing, so the base's words
 * are left out.
 */
function groupAlike(all: readonly Made[]): Alike[] {
  const same = new Map<string | null, Made[]>();
  for (const each of all) same.set(each.change.hash, [...(same.get(each.change.hash) ?? []), each]);
  const groups: Group[] = [];
  const bags = new Map<string, WordBag>();
  // They changed the same text, or one of a few.
  const bagOf = (text: string | null): WordBag => {
    const bag = bags.get(text ?? "") ?? bagOfWords(text ?? "");
    bags.set(text ?? "", bag);
    return bag;
  };
  for (const members of [...same.values()].sort((a, b) => b.length - a.length)) {
    const [first] = members as [Made];
    const words = changedWords(bagOf(first.change.base), bagOfWords(first.change.local ?? ""));
    const group = groups.find((each) => areAlike(each.words, words));
    if (group === undefined) groups.push({ members: [...members], words });
    else group.members.push(...members);
  }
  return groups
    .map(({ members }) => asAlike(members))
    .sort(
      (a, b) =>
        b.versions.length - a.versions.length || ((a.versions[0] ?? "") < (b.versions[0] ?? "") ? -1 : 1),
    );
}

function asAlike(members: readonly Made[]): Alike {
  const [{ change }] = members as [Made];
  return {
    versions: members.map(({ version }) => version),
    text: change.local,
    words: change.words,
    reasons: members.flatMap(({ version, change: { why } }) => (why === null ? [] : [{ version, why }])),
  };
}

function areAlike(a: ChangedWords, b: ChangedWords): boolean {
  if (a.added.size > 0 && b.added.size > 0) return shareOfWords(a.added, b.added) >= LIKE_ENOUGH;
  if (a.added.size > 0 || b.added.size > 0) return false;
  return shareOfWords(a.removed, b.removed) >= LIKE_ENOUGH;
}

function changedWords(before: WordBag, after: WordBag): ChangedWords {
  return { added: without(after, before), removed: without(before, after) };
}

/** A bag less the words of another, each as often as that has it. */
function without(bag: WordBag, other: WordBag): WordBag {
  const counts = new Map<string, number>();
  let size = 0;
  for (const [word, count] of bag.counts) {
    const left = count - (other.counts.get(word) ?? 0);
    if (left <= 0) continue;
    counts.set(word, left);
    size += left;
  }
  return { counts, size };
}
