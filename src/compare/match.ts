import type { Passage } from "../curriculum/document.ts";
import { groupBy } from "../curriculum/groups.ts";
import { likePairs } from "./likeness.ts";

/** A passage of one document and what it is in the other; never both null. */
export interface PassagePair {
  readonly base: Passage | null;
  readonly local: Passage | null;
}

/** A document, or a part of one. */
type Passages = { readonly passages: readonly Passage[] };

/**
 * Pairs the passages of two documents: by key where the key does not rest on a count; then by equal text;
 * then by likeness within the same kind and field, so that a renamed heading is a pair; and what is left of
 * repeated headings by their count, where both sides have as many. The pairs stand in the order of `b`, what
 * only `a` has at its place.
 */
export function matchPassages(a: Passages, b: Passages): PassagePair[] {
  if (haveSameKeys(a.passages, b.passages))
    return b.passages.map((local, at) => ({ base: a.passages[at] ?? null, local }));
  const matching = new Matching(a.passages, b.passages);
  matching.byKey();
  matching.byText();
  matching.byLikeness();
  matching.byCount();
  return matching.inOrder();
}

/** Whether every passage is found by its key, and none of them moved. */
function haveSameKeys(base: readonly Passage[], local: readonly Passage[]): boolean {
  return (
    base.length === local.length &&
    base.every(({ key, kind }, at) => {
      const other = local[at];
      return key === other?.key && kind === other.kind && !key.includes("~");
    })
  );
}

class Matching {
  private readonly baseOf = new Map<Passage, Passage>();
  private readonly localOf = new Map<Passage, Passage>();
  private readonly base: readonly Passage[];
  private readonly local: readonly Passage[];
  private readonly baseByKey: ReadonlyMap<string, Passage>;
  private readonly baseRepeats: ReadonlyMap<string, number>;
  private readonly localRepeats: ReadonlyMap<string, number>;

  constructor(base: readonly Passage[], local: readonly Passage[]) {
    this.base = base;
    this.local = local;
    this.baseByKey = new Map(base.map((passage) => [passage.key, passage]));
    this.baseRepeats = repeats(base);
    this.localRepeats = repeats(local);
  }

  byKey(): void {
    for (const local of this.local) {
      const base = this.baseByKey.get(local.key);
      const counted = this.repeatsOf(local.key);
      if (base !== undefined && counted.base + counted.local <= 2) this.pair(base, local);
    }
  }

  byText(): void {
    const free = groupBy(
      this.base.filter((passage) => this.isFree(passage)),
      textKey,
    );
    // Taken from the end, so that reversing leaves the first of equals for the first.
    for (const group of free.values()) group.reverse();
    for (const local of this.local) {
      const base = this.isFree(local) ? free.get(textKey(local))?.pop() : undefined;
      if (base !== undefined) this.pair(base, local);
    }
  }

  byLikeness(): void {
    const free = groupBy(
      this.base.filter((passage) => this.isFree(passage)),
      listOf,
    );
    const freeLocal = groupBy(
      this.local.filter((passage) => this.isFree(passage)),
      listOf,
    );
    for (const [list, locals] of freeLocal) {
      for (const [base, local] of likePairs(free.get(list) ?? [], locals)) this.pair(base, local);
    }
  }

  byCount(): void {
    for (const local of this.local) {
      const base = this.baseByKey.get(local.key);
      const counted = this.repeatsOf(local.key);
      if (base !== undefined && counted.base === counted.local) this.pair(base, local);
    }
  }

  inOrder(): PassagePair[] {
    const before = new Map<Passage | null, Passage[]>();
    let last: Passage | null = null;
    for (const base of this.base) {
      const local = this.localOf.get(base);
      if (local !== undefined) {
        last = local;
        continue;
      }
      const gone = before.get(last);
      if (gone === undefined) before.set(last, [base]);
      else gone.push(base);
    }
    const removed = (after: Passage | null) =>
      (before.get(after) ?? []).map((base) => ({ base, local: null }));
    const pairs: PassagePair[] = removed(null);
    for (const local of this.local) {
      pairs.push({ base: this.baseOf.get(local) ?? null, local }, ...removed(local));
    }
    return pairs;
  }

  private pair(base: Passage, local: Passage): void {
    if (!this.isFree(base) || !this.isFree(local) || base.kind !== local.kind) return;
    this.baseOf.set(local, base);
    this.localOf.set(base, local);
  }

  private isFree(passage: Passage): boolean {
    return !this.baseOf.has(passage) && !this.localOf.has(passage);
  }

  private repeatsOf(key: string): { base: number; local: number } {
    const stem = stemOf(key);
    return { base: this.baseRepeats.get(stem) ?? 1, local: this.localRepeats.get(stem) ?? 1 };
  }
}

/** How many passages share a key but for the count. */
function repeats(passages: readonly Passage[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { key } of passages) counts.set(stemOf(key), (counts.get(stemOf(key)) ?? 0) + 1);
  return counts;
}

function stemOf(key: string): string {
  const count = key.lastIndexOf("~");
  return count < 0 ? key : key.slice(0, count);
}

/** Fields and orders are what their name says; only sections, and items of one list, can be renamed. */
function listOf(passage: Passage): string {
  if (passage.kind === "section") return passage.key === "#" ? "#" : "section";
  return passage.kind === "item" ? passage.key.slice(0, passage.key.indexOf(".")) : passage.key;
}

function textKey(passage: Passage): string {
  return `${listOf(passage)}\n${passage.kind === "order" ? "" : passage.normal}`;
}
