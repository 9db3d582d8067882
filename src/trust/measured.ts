import { documentOf } from "../adaptation/explain.ts";
import type { RecordFile } from "../adaptation/record.ts";
import { type AdaptationSummary, summaryOf } from "../adaptation/summary.ts";
import type { Figures } from "../drift/figures.ts";
import { differencesOf } from "../drift/measure.ts";
import type { ChangedDocument } from "../version/change/changes.ts";
import { readRecords } from "../version/change/records.ts";
import { type Drift, type DriftReading, readDrift } from "../version/drift/drift.ts";
import { type OwnEdit, wordsForEdit } from "../version/judge/edits.ts";
import { editsInHistory } from "../version/judge/history.ts";
import type { OpenVersion } from "../version/open.ts";
import type { Hold } from "../version/version-file.ts";
import type { SubjectFigures, SurveyedDifference, SurveyedVersion } from "./survey.ts";

/** A passage that a version changed, as far as versions are compared by it. */
export interface ChangedPassage extends SurveyedDifference {
  /** Its address at the base, where versions meet whatever they renamed; `+` before what is new. */
  readonly place: string;
  readonly path: string;
  /** The file at the base that it stands in; null where it is new. */
  readonly blob: string | null;
  /** The hash of the text that stands there now; null where it was removed. */
  readonly hash: string | null;
}

/** What is known of one version by its own commits and those of its upstream: it changes only when they do. */
export interface MeasuredVersion {
  readonly drift: Drift;
  readonly changes: readonly ChangedPassage[];
  readonly subjects: readonly SubjectFigures[];
  readonly adaptations: readonly AdaptationSummary[];
  readonly due: SurveyedVersion["due"];
  readonly holds: readonly Hold[];
  /** How it edited what it is judged by. */
  readonly edits: readonly OwnEdit[];
}

/**
 * @param today as YYYY-MM-DD; decides which holds still hold
 * @param called what a plain copy is called, which has no name of its own
 */
export async function measureVersion(
  version: OpenVersion,
  today: string,
  called?: { readonly id: string; readonly name: string },
): Promise<MeasuredVersion> {
  const { repo, self, head } = version;
  const reading = await readDrift(version, today);
  const { drift } = reading;
  // They were read to judge what it changed, after Git was asked for what that is.
  const records =
    self === null || head === null ? [] : await readRecords(repo, self.id, { kind: "commit", commit: head });
  const edits = await editsInHistory(version, reading.versions);
  return {
    drift: self === null && called ? { ...drift, id: called.id, name: called.name } : drift,
    changes: changesOf(reading, records),
    subjects: subjectsOf(reading),
    adaptations: records.map(summaryOf),
    due: dueIn(version, records),
    holds: self?.holds ?? [],
    edits,
  };
}

/** What a survey tells of a version that was measured. */
type Facts = Pick<SurveyedVersion, "drift" | "subjects" | "adaptations" | "largest" | "due" | "remarks">;

export const NO_FACTS: Facts = {
  drift: null,
  subjects: [],
  adaptations: [],
  largest: [],
  due: [],
  remarks: [],
};
const MOST_SHOWN = 5;

export function factsOf({ drift, subjects, adaptations, changes, due, edits }: MeasuredVersion): Facts {
  const remarks = edits.map(wordsForEdit);
  return { drift, subjects, adaptations, largest: changes.slice(0, MOST_SHOWN), due, remarks };
}

const OWN = ["diverged", "undeclared", "breaches"] as const;

function isOwn(figure: string): figure is (typeof OWN)[number] {
  return OWN.some((each) => each === figure);
}

/** The passages behind the figures of this version's own changes, with their texts, the largest first. */
function changesOf({ drift, local, listed }: DriftReading, records: readonly RecordFile[]): ChangedPassage[] {
  const whys = new Map(records.map(({ record }) => [record.id, record.why]));
  const blobs = new Map(listed.map(({ from, path, oldOid }) => [from ?? path, oldOid]));
  const found = new Map(
    local.flatMap((document) =>
      differencesOf(document).map((difference) => [difference.at, { document, difference }] as const),
    ),
  );
  return drift.passages.flatMap(({ at, figure, words, undeclared, records: ids = [] }): ChangedPassage[] => {
    const each = found.get(at);
    if (each === undefined || !isOwn(figure)) return [];
    const { change, base } = each.document;
    const { passage, place } = each.difference;
    return [
      {
        at,
        place,
        document: change.title,
        path: base?.path ?? change.path,
        blob: blobs.get(base?.path ?? "") ?? null,
        name: (passage.local ?? passage.base)?.name ?? at,
        words,
        base: passage.base?.text ?? null,
        local: passage.local?.text ?? null,
        hash: passage.localHash,
        figure,
        undeclared,
        why: ids.flatMap((id) => whys.get(id) ?? []).join(" ") || null,
      },
    ];
  });
}

/** The folder's name under `subjects/`; null for documents outside of it. */
export function subjectOf(path: string): string | null {
  return /^subjects\/([^/]+)\//.exec(path)?.[1] ?? null;
}

/** What upstream changed is the same for all versions that build on one base. */
const upstreamPaths = new WeakMap<readonly ChangedDocument[], ReadonlyMap<string, string>>();

const NOTHING = { passages: 0, words: 0, undeclared: 0, breaches: 0, behind: 0, conflicts: 0 };

function subjectsOf({ drift, local, upstream }: DriftReading): SubjectFigures[] {
  const here = pathsById(local);
  const there = upstreamPaths.get(upstream) ?? pathsById(upstream);
  upstreamPaths.set(upstream, there);
  const subjects = new Map<string | null, typeof NOTHING>();
  const add = (at: string, counted: Partial<typeof NOTHING>): void => {
    const document = documentOf(at);
    const subject = subjectOf(here.get(document) ?? there.get(document) ?? document);
    const sums = subjects.get(subject) ?? { ...NOTHING };
    for (const name of Object.keys(counted) as (keyof typeof NOTHING)[]) sums[name] += counted[name] ?? 0;
    subjects.set(subject, sums);
  };
  for (const { at, figure, words, undeclared } of drift.passages) {
    if (figure === "behind") add(at, { behind: 1 });
    else if (isOwn(figure))
      add(at, {
        passages: 1,
        words,
        undeclared: undeclared ? 1 : 0,
        breaches: figure === "breaches" ? 1 : 0,
      });
  }
  for (const at of conflictsOf(drift.figures)) add(at, { conflicts: 1 });
  return [...subjects]
    .map(([subject, sums]) => ({ subject, ...sums }))
    .sort((a, b) => (a.subject ?? "~").localeCompare(b.subject ?? "~", "en"));
}

function conflictsOf(figures: Figures | null): readonly string[] {
  return figures === null ? [] : figures.contested.passages.slice(0, figures.contested.conflicts);
}

function pathsById(documents: readonly ChangedDocument[]): Map<string, string> {
  return new Map(
    documents.flatMap(({ base, change }) => [
      [change.id, change.path] as const,
      ...(base === null ? [] : [[base.id, base.path] as const]),
    ]),
  );
}

function dueIn({ self }: OpenVersion, records: readonly RecordFile[]): SurveyedVersion["due"] {
  const reviews = records.flatMap(({ record: { reviewBy, title, status, passages } }) =>
    reviewBy === undefined || status === "retired"
      ? []
      : [{ on: reviewBy, what: `Look again at: ${title}`, at: passages[0]?.at ?? null }],
  );
  const ends = (self?.holds ?? []).flatMap(({ at, why, until }) =>
    until === undefined ? [] : [{ on: until, what: `Held back until then: ${why}`, at }],
  );
  return [...reviews, ...ends].sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
}
