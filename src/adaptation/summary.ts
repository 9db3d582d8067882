import type { RecordFile } from "./record.ts";

/** An adaptation as lists show it, of one version or of a whole trust. */
export interface AdaptationSummary {
  readonly id: string;
  readonly title: string;
  readonly kind: string;
  readonly for: readonly string[];
  readonly why: string;
  /** A role, or else a name; null where nobody is named. */
  readonly by: string | null;
  readonly status: string;
  /** `offer`, `not-needed`, `offered: URL`, `taken: EDITION`, `declined: WHY`. */
  readonly upstream: string;
  /** YYYY-MM-DD; null where no day is set. */
  readonly reviewBy: string | null;
  /** Their addresses. */
  readonly passages: readonly string[];
}

export function summaryOf({ record }: RecordFile): AdaptationSummary {
  const { id, title, kind, why, by, status, upstream, reviewBy = null } = record;
  const passages = record.passages.map(({ at }) => at);
  const who = by?.role ?? by?.name ?? null;
  return { id, title, kind, for: record.for, why, by: who, status, upstream, reviewBy, passages };
}
