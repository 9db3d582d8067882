import type { RecordFile } from "../adaptation/record.ts";
import type { AdaptationSummary } from "../report/report.ts";

/** An adaptation as lists show it. */
export function summaryOf({ record }: RecordFile, layer: string, on: string | null): AdaptationSummary {
  return {
    id: record.id,
    title: record.title,
    kind: record.kind,
    for: record.for,
    why: record.why,
    status: record.status,
    upstream: record.upstream,
    by: record.by?.role ?? record.by?.name ?? null,
    on,
    passages: record.passages.map(({ at }) => at),
    layer,
  };
}
