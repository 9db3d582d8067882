import type { AdaptationSummary } from "../../../adaptation/summary.ts";
import { KINDS, PURPOSES } from "../../../adaptation/words.ts";
import type { Current, Trust } from "./trust.ts";

/** An adaptation and the version that made it. */
export interface Made {
  readonly by: Current;
  readonly adaptation: AdaptationSummary;
}

/** The adaptations that hold now; drafts and retired ones explain nothing. */
export function adaptationsOf({ current }: Trust): Made[] {
  return current.flatMap((by) =>
    by.version.adaptations
      .filter(({ status }) => status === "active" || status === "trial")
      .map((adaptation) => ({ by, adaptation })),
  );
}

/** How often adaptations of a kind serve a purpose; one that serves two is counted under both. */
export interface PurposesByKinds {
  readonly purposes: readonly string[];
  readonly kinds: readonly string[];
  readonly cells: readonly { readonly purpose: string; readonly kind: string; readonly count: number }[];
}

export function purposesByKinds(made: readonly Made[]): PurposesByKinds {
  const all = made.map(({ adaptation }) => adaptation);
  const kinds = inOrder(
    KINDS,
    all.map(({ kind }) => kind),
  );
  const purposes = inOrder(
    PURPOSES,
    all.flatMap((each) => each.for),
  );
  const cells = purposes.flatMap((purpose) =>
    kinds.map((kind) => ({
      purpose,
      kind,
      count: all.filter((each) => each.kind === kind && each.for.includes(purpose)).length,
    })),
  );
  return { purposes, kinds, cells };
}

/** Those of the known words that occur, then any that a later Leeway may know. */
function inOrder(known: readonly string[], found: readonly string[]): string[] {
  const occurring = new Set(found);
  return [
    ...known.filter((word) => occurring.has(word)),
    ...[...occurring].filter((word) => !known.includes(word)).sort(),
  ];
}
