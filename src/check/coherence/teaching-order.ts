import type { DocumentFacts, SequenceRow } from "../facts.ts";

/** A stretch of years or half-terms, both ends included. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** When something is taught or set, as far as it is said. */
export interface Time {
  /** Year groups as numbers: Reception is 0, Nursery -1. */
  readonly years: Span | null;
  /** Half-terms of a year from 0 (autumn-1) to 5 (summer-2); a season alone is both of its halves. */
  readonly terms: Span | null;
}

/** One row of a programme: a unit with its time and its place in the sequence. */
export interface Placement extends Time {
  readonly programme: DocumentFacts;
  readonly row: SequenceRow;
  readonly index: number;
}

const SEASONS = ["autumn", "spring", "summer"];
const LAST_YEAR = 13;

/** Year groups as people write them: `8`, `Year 8`, `7-9`, `3/4`, `R`, `Nursery`; null where it is something else. */
export function readYears(text: string | null): Span | null {
  const words = text?.trim().toLowerCase() ?? "";
  if (/^(?:r|reception|eyfs)$/.test(words)) return { from: 0, to: 0 };
  if (/^(?:n|nursery)$/.test(words)) return { from: -1, to: -1 };
  const found = /^(?:years?|y)?\s*(\d{1,2})(?:\s*(?:-|–|\/|to|and|&)\s*(?:year|y)?\s*(\d{1,2}))?$/.exec(
    words,
  );
  if (found === null) return null;
  const [from, to] = [Number(found[1]), Number(found[2] ?? found[1])];
  return from <= to && to <= LAST_YEAR ? { from, to } : null;
}

/** Half-terms as people write them: `autumn-1`, `Spring 2`, `summer`; null where it is something else. */
export function readTerms(text: string | null): Span | null {
  const [, season, half] =
    /^(autumn|spring|summer)(?:[\s-]*(?:term\s*)?([12]))?$/i.exec(text?.trim() ?? "") ?? [];
  if (season === undefined) return null;
  const first = 2 * SEASONS.indexOf(season.toLowerCase());
  if (half === undefined) return { from: first, to: first + 1 };
  const at = first + Number(half) - 1;
  return { from: at, to: at };
}

export function timeOf(yearGroup: string | null, term: string | null): Time {
  return { years: readYears(yearGroup), terms: readTerms(term) };
}

/**
 * Whether pupils meet `a` before `b`: true or false where the plans tell, null where they do not (other programmes in
 * the same half-term, mixed-age cycles, times that are not said). False also for one and the same time.
 */
export function isBefore(a: Placement, b: Placement): boolean | null {
  const isSame = a.programme.path === b.programme.path;
  if (isSame && a.index === b.index) return false;
  if (a.years !== null && b.years !== null) {
    if (a.years.to < b.years.from) return true;
    if (b.years.to < a.years.from) return false;
    // Years that overlap without being one year are taught in a cycle, and which comes first depends on the child.
    if (isMixed(a.years) || isMixed(b.years) || a.row.cycle !== b.row.cycle) return null;
  } else if (!isSame) return null;
  if (a.terms !== null && b.terms !== null) {
    if (a.terms.to < b.terms.from) return true;
    if (b.terms.to < a.terms.from) return false;
  }
  return isSame ? a.index < b.index : null;
}

function isMixed({ from, to }: Span): boolean {
  return from !== to;
}

/** A total order: by year, half-term, programme and row; what is not said comes last. */
export function compareTeaching(a: Placement, b: Placement): number {
  return (
    startOf(a.years) - startOf(b.years) ||
    startOf(a.terms) - startOf(b.terms) ||
    compareText(a.programme.path, b.programme.path) ||
    a.index - b.index
  );
}

/** Text in the order of its code units, whatever the language of the machine. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

const NOT_SAID = 1000;

function startOf(span: Span | null): number {
  return span?.from ?? NOT_SAID;
}

/** A time as people say it: `Year 8, spring-1`. */
export function wordsForTime({ yearGroup, term }: { yearGroup: string | null; term: string | null }): string {
  const year =
    yearGroup === null || yearGroup === "" ? [] : [/^\d/.test(yearGroup) ? `Year ${yearGroup}` : yearGroup];
  return [...year, ...(term === null ? [] : [term])].join(", ") || "a time that is not said";
}
