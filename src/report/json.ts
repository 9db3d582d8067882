import { type Figures, METRIC } from "../drift/figures.ts";
import { below } from "../trust/grouped.ts";
import type { SurveyedVersion } from "../trust/survey.ts";
import type { Drift } from "../version/drift/drift.ts";
import type { DiffReport, ShownPassage } from "./kinds/changes.ts";
import type { CheckReport } from "./kinds/check.ts";
import type { DriftReport, GroupedReport, ImpactReport, SurveyReport } from "./kinds/trust.ts";
import type { RebaseReport } from "./kinds/update.ts";
import { printableJson } from "./printable.ts";
import type { Report } from "./report.ts";

/** A report for programs (design §4): the fixed fields first, then what else there is. */
export function renderJson(report: Report): string {
  return `${printableJson(JSON.stringify(jsonOf(report), null, 2))}\n`;
}

function jsonOf(report: Report): Record<string, unknown> {
  switch (report.kind) {
    case "diff":
      return diffJson(report);
    case "rebase":
      return rebaseJson(report);
    case "drift":
      return driftJson(report);
    case "survey":
      return surveyJson(report);
    case "grouped":
      return groupedJson(report);
    case "impact":
      return impactJson(report);
    case "check":
      return checkJson(report);
    case "done": {
      const { verb, did, undo, data, next } = report;
      // The fixed names win over data of the same name.
      return {
        schema: "leeway/done/1",
        verb,
        did,
        undo,
        ...without(data, ["schema", "verb", "did", "undo"]),
        next,
      };
    }
    default: {
      const { kind, ...data } = report;
      return { schema: `leeway/${kind}/1`, ...data };
    }
  }
}

function diffJson({ from, to, documents, files, heading, next }: DiffReport): Record<string, unknown> {
  return {
    schema: "leeway/diff/1",
    from,
    to,
    documents: documents.map(({ id, path, change, passages, title, from: moved }) => ({
      id,
      path,
      change,
      passages: passages.map(passageJson),
      title,
      from: moved,
    })),
    files,
    heading,
    next,
  };
}

function checkJson(report: CheckReport): Record<string, unknown> {
  const { findings, excepted, baseline, fixed, version, scope, next } = report;
  const count = (severity: string): number => findings.filter((each) => each.severity === severity).length;
  return {
    schema: "leeway/check/1",
    findings,
    counts: { error: count("error"), warning: count("warning") },
    version,
    scope,
    excepted,
    baseline,
    fixed,
    next,
  };
}

function passageJson({
  at,
  change,
  words,
  reason,
  name,
  base,
  local,
}: ShownPassage): Record<string, unknown> {
  const { added, removed, edits } = words;
  return {
    at,
    change,
    words: { added, removed, edits },
    adaptation: reason.state === "explained" ? reason.id : null,
    name,
    reason,
    base,
    local,
  };
}

function rebaseJson(report: RebaseReport): Record<string, unknown> {
  const { from, to, outcome, documents, decisions, adaptations, dropped } = report;
  const { updated, merged, conflicted, same } = documents;
  return {
    schema: "leeway/rebase/1",
    from,
    to,
    outcome,
    documents: { updated, merged, conflicted, same },
    conflicts: decisions.map(({ path, at, reason, kind, base, ours, theirs }) => ({
      path,
      at,
      reason,
      kind,
      base,
      ours,
      theirs,
    })),
    // The four outcomes are a contract: what made way for upstream's text needs no looking after either, and says so beside.
    adaptations: adaptations.map(({ id, outcome: became, title, why }) => ({
      id,
      outcome: became === "replaced" ? "redundant" : became,
      ...(became === "replaced" ? { replaced: true } : {}),
      title,
      why,
    })),
    dropped,
    code: report.code,
    inTheWay: report.inTheWay,
    upstreamAsOf: report.upstreamAsOf,
    dryRun: report.dryRun,
    version: report.version,
    upstream: report.upstream,
    held: report.held,
    released: report.released,
    notes: report.notes,
    undo: report.undo,
    next: report.next,
  };
}

/** Without a starting point every figure is null, never zero (law 6); the objects stay, so that paths into them do. */
const NO_FIGURES = {
  behind: { passages: null, words: null, of: null, editions: null, oldest: null, held: null },
  diverged: { passages: null, words: null, of: null, order: null, structure: null },
  undeclared: { passages: null, words: null, of: null },
  breaches: { count: null, passages: [] },
  contested: { conflicts: null, reviews: null, passages: [] },
} satisfies Record<keyof Figures, Record<string, unknown>>;

function driftJson({ drift, why, next }: DriftReport): Record<string, unknown> {
  return {
    schema: "leeway/drift/1",
    metric: METRIC,
    versions: [versionJson(drift, why)],
    checked: 1,
    unchanged: 0,
    unreachable: 0,
    skipped: 0,
    next,
  };
}

function versionJson(drift: Drift, why: boolean): Record<string, unknown> {
  const { id, name, layer, against, base, target, status, figures, passages } = drift;
  const { behind, diverged, undeclared, breaches, contested } = figures ?? NO_FIGURES;
  // What upstream changed is no difference of this version's own.
  const own = passages.filter(({ figure }) => figure !== "behind" && figure !== "held");
  const worst = own.sort((a, b) => b.words - a.words).slice(0, 5);
  return {
    id,
    name,
    layer,
    against: against?.id ?? null,
    base,
    target,
    status,
    behind,
    diverged,
    undeclared,
    breaches,
    contested,
    worst: worst.map(({ at, words, why: reason }) => ({ at, words, why: reason })),
    ...(why ? { passages } : {}),
    why: drift.why,
    remedies: drift.remedies,
    olderNext: drift.olderNext,
  };
}

/** All versions that have a drift; what is left out or was never here stands by itself. */
function surveyJson({ survey, why, next }: SurveyReport): Record<string, unknown> {
  const versions = below(survey);
  const placeOf = ({ upstream, region, depth, seen, remarks = [] }: SurveyedVersion) => ({
    upstream,
    region,
    depth,
    seen,
    remarks,
  });
  return {
    schema: "leeway/drift/1",
    metric: METRIC,
    versions: versions.flatMap((version) =>
      version.drift === null
        ? []
        : [{ ...versionJson(version.drift, why), ...placeOf(version), subjects: version.subjects }],
    ),
    ...survey.counts,
    without: versions.flatMap((version) => {
      const { id, name, layer, drift } = version;
      return drift === null ? [{ id, name, layer, ...placeOf(version) }] : [];
    }),
    root: survey.root,
    on: survey.on,
    invitations: survey.invitations,
    untouched: survey.untouched,
    next,
  };
}

function groupedJson({ survey, grouped, next }: GroupedReport): Record<string, unknown> {
  return {
    schema: "leeway/drift-by/1",
    metric: METRIC,
    root: survey.root,
    ...grouped,
    ...survey.counts,
    next,
  };
}

function impactJson({ impact, next }: ImpactReport): Record<string, unknown> {
  const { counts, ...rest } = impact;
  return { schema: "leeway/impact/1", ...rest, ...counts, next };
}

function without(data: Readonly<Record<string, unknown>>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(data).filter(([name]) => !names.includes(name)));
}
