import { PURPOSES } from "../adaptation/words.ts";
import type { Figures, Status } from "../drift/figures.ts";
import type { Grouping } from "./groupings.ts";
import type { ChangedPassage } from "./measured.ts";
import type { Hotspot, Invitation, Survey, SurveyedVersion } from "./survey.ts";
import type { Surveyed } from "./survey-hub.ts";

/** Sums over versions; figures are pooled, no ratio is averaged. */
export interface Sums {
  readonly versions: number;
  readonly passages: number;
  readonly words: number;
  readonly undeclared: number;
  readonly breaches: number;
}

export interface DocumentRow extends Sums {
  readonly path: string;
  readonly document: string;
}

export interface SubjectRow extends Sums {
  readonly subject: string | null;
  readonly behind: number;
  readonly conflicts: number;
}

export interface RegionRow extends Sums {
  readonly region: string;
  readonly name: string;
  /** Versions with figures; the rest have no starting point or could not be measured. */
  readonly measured: number;
  readonly of: number;
  readonly behind: number;
  readonly conflicts: number;
  readonly statuses: Readonly<Partial<Record<Status, number>>>;
}

export interface PurposeRow {
  readonly purpose: string;
  readonly adaptations: number;
  readonly versions: number;
  readonly passages: number;
}

/** A trust by one of its sides, ready to be shown. */
export type Grouped =
  | {
      readonly by: "passage";
      readonly hotspots: readonly Hotspot[];
      readonly invitations: readonly Invitation[];
      readonly untouched: Survey["untouched"];
    }
  | { readonly by: "document"; readonly rows: readonly DocumentRow[] }
  | { readonly by: "subject"; readonly rows: readonly SubjectRow[] }
  | { readonly by: "region"; readonly rows: readonly RegionRow[] }
  | { readonly by: "purpose"; readonly rows: readonly PurposeRow[] };

export function group({ survey, changesBy }: Surveyed, by: Grouping): Grouped {
  switch (by) {
    case "passage": {
      const { hotspots, invitations, untouched } = survey;
      return { by, hotspots, invitations, untouched };
    }
    case "document":
      return { by, rows: documents(changesBy) };
    case "subject":
      return { by, rows: subjects(below(survey)) };
    case "region":
      return { by, rows: regions(survey) };
    case "purpose":
      return { by, rows: purposes(below(survey)) };
  }
}

/** The versions below the root, which alone are compared. */
export function below({ versions }: Survey): SurveyedVersion[] {
  return versions.filter(({ depth }) => depth > 0);
}

function documents(changesBy: Surveyed["changesBy"]): DocumentRow[] {
  const rows = new Map<string, { row: DocumentRow; by: Set<string> }>();
  for (const [version, changes] of changesBy) {
    for (const { path, document, ...change } of changes) {
      const { row, by } = rows.get(path) ?? {
        row: { path, document, ...NO_SUMS },
        by: new Set<string>(),
      };
      by.add(version);
      rows.set(path, { row: { ...row, ...plus(row, change), versions: by.size }, by });
    }
  }
  return [...rows.values()].map(({ row }) => row).sort((a, b) => compare(a.path, b.path));
}

const NO_SUMS: Sums = { versions: 0, passages: 0, words: 0, undeclared: 0, breaches: 0 };

function plus(
  sums: Sums,
  { words, figure, undeclared }: Pick<ChangedPassage, "words" | "figure" | "undeclared">,
): Omit<Sums, "versions"> {
  return {
    passages: sums.passages + 1,
    words: sums.words + words,
    undeclared: sums.undeclared + (undeclared ? 1 : 0),
    breaches: sums.breaches + (figure === "breaches" ? 1 : 0),
  };
}

function subjects(versions: readonly SurveyedVersion[]): SubjectRow[] {
  const rows = new Map<string | null, SubjectRow>();
  for (const figures of versions.flatMap((version) => version.subjects)) {
    const { subject } = figures;
    const row = rows.get(subject) ?? { subject, ...NO_SUMS, behind: 0, conflicts: 0 };
    rows.set(subject, {
      subject,
      versions: row.versions + (figures.passages > 0 ? 1 : 0),
      passages: row.passages + figures.passages,
      words: row.words + figures.words,
      undeclared: row.undeclared + figures.undeclared,
      breaches: row.breaches + figures.breaches,
      behind: row.behind + figures.behind,
      conflicts: row.conflicts + figures.conflicts,
    });
  }
  return [...rows.values()].sort((a, b) => compare(a.subject ?? "\uffff", b.subject ?? "\uffff"));
}

function regions(survey: Survey): RegionRow[] {
  const rows = new Map<string, RegionRow>();
  for (const version of below(survey)) {
    const region = version.region ?? version.id;
    const name = survey.versions.find(({ id }) => id === region)?.name ?? region;
    const row = rows.get(region) ?? {
      ...NO_SUMS,
      region,
      name,
      measured: 0,
      of: 0,
      behind: 0,
      conflicts: 0,
      statuses: {},
    };
    rows.set(region, { ...row, versions: row.versions + 1, ...withDrift(row, version.drift) });
  }
  return [...rows.values()].sort((a, b) => compare(a.name, b.name));
}

function withDrift(row: RegionRow, drift: SurveyedVersion["drift"]): Partial<RegionRow> {
  if (drift === null) return {};
  const statuses = { ...row.statuses, [drift.status]: (row.statuses[drift.status] ?? 0) + 1 };
  return drift.figures === null ? { statuses } : { statuses, ...pooled(row, drift.figures) };
}

function pooled(
  row: RegionRow,
  { diverged, undeclared, breaches, behind, contested }: Figures,
): Partial<RegionRow> {
  return {
    measured: row.measured + 1,
    passages: row.passages + diverged.passages,
    words: row.words + diverged.words,
    of: row.of + diverged.of,
    undeclared: row.undeclared + undeclared.passages,
    breaches: row.breaches + breaches.count,
    behind: row.behind + behind.passages,
    conflicts: row.conflicts + contested.conflicts,
  };
}

/** Only what explains something now: drafts and retired records are left out. */
function purposes(versions: readonly SurveyedVersion[]): PurposeRow[] {
  const held = versions.flatMap(({ id, adaptations }) =>
    adaptations
      .filter(({ status }) => status === "active" || status === "trial")
      .map((adaptation) => ({ version: id, ...adaptation })),
  );
  return PURPOSES.flatMap((purpose) => {
    const some = held.filter((each) => each.for.includes(purpose));
    if (some.length === 0) return [];
    return [
      {
        purpose,
        adaptations: some.length,
        versions: new Set(some.map(({ version }) => version)).size,
        passages: some.reduce((sum, { passages }) => sum + passages.length, 0),
      },
    ];
  });
}

function compare(a: string, b: string): number {
  return a.localeCompare(b, "en", { numeric: true });
}
