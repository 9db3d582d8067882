import type { RecordFile } from "../../adaptation/record.ts";
import { type CalendarMaterial, holdsIn, reviewOfRecord, reviewsIn } from "../../check/calendar/index.ts";
import type { Curriculum } from "../../check/material.ts";
import { lineWith } from "../../curriculum/lines.ts";
import { readDocument } from "../../curriculum/read.ts";
import type { LayerRules } from "../../rules/rules.ts";
import type { OpenVersion } from "../open.ts";
import { rulesPath, versionPath } from "../version-file.ts";

/**
 * What dates make due in a version: reviews, holds that end, an edition that waits, exceptions that ran out.
 * @param texts this version's own files as they are written, for the lines that things stand in
 */
export function calendarOf(
  version: OpenVersion,
  texts: { readonly version: string; readonly rules: string },
  records: readonly RecordFile[],
  curriculum: Curriculum | null,
  layers: readonly LayerRules[],
  today: string,
): CalendarMaterial {
  const { self, start, next } = version;
  const id = self?.id ?? "";
  // What upstream wrote is for upstream to look at again.
  const before = new Set(start.kind === "source" ? [] : curriculum?.before);
  const edition = next?.edition ?? null;
  const waits = edition !== null && start.kind === "known" && edition.commit !== start.commit;
  const own = layers.find(({ layer }) => layer === id);
  return {
    today,
    reviews: [
      ...reviewsIn((curriculum?.here ?? []).filter((facts) => !before.has(facts))),
      ...records.flatMap((file) => reviewOfRecord(readDocument(file.path, file.text))),
    ],
    holds: self === null ? [] : holdsIn(readDocument(versionPath(id), texts.version)),
    waiting: waits
      ? {
          path: versionPath(id),
          line: lineWith(texts.version, /^base:/m),
          at: null,
          edition: edition.name,
          since: edition.date.slice(0, 10),
        }
      : null,
    grace: layers.find(({ file }) => file.checks?.grace !== undefined)?.file.checks?.grace ?? null,
    exceptions: (own?.file.checks?.exceptions ?? []).map(({ check, at, because, until }) => ({
      path: rulesPath(id),
      line: lineWith(texts.rules, at),
      at,
      check,
      reason: because,
      until,
    })),
  };
}
