import { diffDocuments } from "../../../src/compare/diff.ts";
import type { Document } from "../../../src/curriculum/document.ts";
import { readDocument } from "../../../src/curriculum/read.ts";
import { totalsOf } from "../../../src/drift/document-totals.ts";
import { asChanged, type Changed, type Judged, type Measured, measure } from "../../../src/drift/measure.ts";
import { addTotals, NO_TOTALS, type Totals } from "../../../src/drift/totals.ts";

/** Texts of one side, by path. */
export type Side = Readonly<Record<string, string>>;

export interface Case {
  readonly base: Side;
  readonly local: Side;
  /** What upstream has now; the base where left out. */
  readonly next?: Side;
  /** What upstream had on the way from the base to next. */
  readonly between?: readonly Side[];
  /** By address. */
  readonly judged?: Readonly<Record<string, Partial<Judged>>>;
  readonly held?: readonly string[];
  readonly decisions?: readonly string[];
}

const UNKNOWN: Judged = {
  explained: false,
  free: false,
  locked: false,
  why: null,
  records: [],
  owners: ["us"],
};

/** Measures texts as a version's drift is measured, without a repository. */
export function measured(given: Case): Measured {
  const next = given.next ?? given.base;
  const earlier = [...(given.between ?? []), next].flatMap((side) => [...documents(side).values()]);
  return measure({
    base: totals(given.base),
    local: changes(given.base, given.local),
    upstream: changes(given.base, next),
    judge: ({ at }) => ({ ...UNKNOWN, ...given.judged?.[at] }),
    isHeld: ({ at }) => given.held?.includes(at) ?? false,
    wasUpstream: ({ document, passage }) =>
      earlier.some(
        ({ path, passages }) =>
          path === document.path &&
          passages.some(({ key, normal }) => key === passage.key && normal === passage.local?.normal),
      ),
    decisions: given.decisions ?? [],
    editions: next === given.base ? 0 : 1,
    oldest: next === given.base ? null : "2027-01-12",
  });
}

function documents(side: Side): Map<string, Document> {
  return new Map(Object.entries(side).map(([path, text]) => [path, readDocument(path, text)]));
}

export function totals(side: Side): Totals {
  return [...documents(side).values()].map(totalsOf).reduce(addTotals, NO_TOTALS);
}

function changes(from: Side, to: Side): Changed[] {
  const [before, after] = [documents(from), documents(to)];
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((path) => {
    const [base, local] = [before.get(path) ?? null, after.get(path) ?? null];
    const change = diffDocuments(base, local);
    return change.passages.length > 0 ? [asChanged({ change, base, local })] : [];
  });
}
