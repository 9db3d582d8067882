import { groupBy } from "../curriculum/groups.ts";

/** What is needed to recognise a document. */
export interface DocumentRef {
  readonly id: string;
  readonly path: string;
}

/** A document of one side and what it is on the other; never both null. */
export interface DocumentPair<T extends DocumentRef> {
  readonly base: T | null;
  readonly local: T | null;
}

/**
 * Pairs the documents of two versions by id, then by path. An id that stands twice on one side says nothing
 * by itself: there the one at the same path is taken. In the order of `b`, then what only `a` has.
 */
export function matchDocuments<T extends DocumentRef>(a: readonly T[], b: readonly T[]): DocumentPair<T>[] {
  const baseById = groupBy(a, (document) => document.id);
  const localById = groupBy(b, (document) => document.id);
  const taken = new Set<T>();
  const baseOf = new Map<T, T>();
  const take = (base: T | undefined, local: T) => {
    if (base === undefined || taken.has(base) || baseOf.has(local)) return;
    taken.add(base);
    baseOf.set(local, base);
  };
  for (const local of b) {
    const bases = baseById.get(local.id) ?? [];
    take(
      bases.find((base) => base.path === local.path),
      local,
    );
  }
  for (const local of b) {
    const bases = baseById.get(local.id) ?? [];
    if (bases.length === 1 && localById.get(local.id)?.length === 1) take(bases[0], local);
  }
  const byPath = new Map(a.map((document) => [document.path, document]));
  for (const local of b) take(byPath.get(local.path), local);
  return [
    ...b.map((local) => ({ base: baseOf.get(local) ?? null, local })),
    ...a.filter((base) => !taken.has(base)).map((base) => ({ base, local: null })),
  ];
}
