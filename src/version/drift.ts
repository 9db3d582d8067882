import { type Change, explain } from "../adaptation/explain.ts";
import type { RecordFile } from "../adaptation/record.ts";
import { formatAddress } from "../curriculum/address.ts";
import { decodeText, isCurriculumPath, readDocument } from "../curriculum/read.ts";
import type { Figures, PassageFigure, Status } from "../drift/figures.ts";
import { type Changed, type Difference, type Judged, measure } from "../drift/measure.ts";
import { addTotals, NO_TOTALS, type Totals, totalsOf } from "../drift/totals.ts";
import { readObjects } from "../git/objects.ts";
import { isAncestor } from "../git/refs.ts";
import type { Repository } from "../git/repository.ts";
import { listTree } from "../git/trees.ts";
import { leewayOf } from "../rules/leeway.ts";
import { type Against, resolveAgainst, type Step } from "./against.ts";
import { type BaseTree, baseCommitOf } from "./base-tree.ts";
import { type ChangedDocument, changesSince } from "./changes.ts";
import { stillHolds } from "./holds.ts";
import type { OpenVersion } from "./open.ts";
import { asChange, ownLeeway } from "./own-changes.ts";
import type { Next } from "./published.ts";
import { makePlan } from "./rebase/make-plan.ts";
import { upstreamTexts } from "./rebase/taken-before.ts";
import { readRecords, readRules } from "./records.ts";

/** A commit and the edition that it was released as; the commit is null for the work tree. */
export interface Reference {
  readonly commit: string | null;
  readonly edition: string | null;
}

/** How far one version has drifted (design §7). */
export interface Drift {
  readonly id: string;
  readonly name: string;
  readonly layer: string;
  readonly against: { readonly id: string; readonly name: string } | null;
  readonly base: Reference | null;
  readonly target: Reference | null;
  readonly status: Status;
  /** Null where there is no starting point, or no upstream. */
  readonly figures: Figures | null;
  readonly passages: readonly PassageFigure[];
  /** Why there is no starting point. */
  readonly why: string | null;
  readonly remedies: readonly string[];
  /** Next is older than the base: a withdrawn edition, or a change of group. */
  readonly olderNext: boolean;
}

/**
 * Measures the commit that a version stands at against its upstream, or against a farther layer.
 * @param today as YYYY-MM-DD; decides which holds still hold
 */
export async function measureDrift(version: OpenVersion, today: string, against?: string): Promise<Drift> {
  const { repo, self, start, head } = version;
  const who = {
    id: self?.id ?? "this-version",
    name: self?.name ?? "This version",
    layer: self?.layer ?? "plain",
  };
  const nothing = { base: null, target: null, figures: null, passages: [], olderNext: false };
  if (start.kind === "source")
    return { ...who, ...nothing, against: null, status: "source", why: null, remedies: [] };
  const named = self?.upstream
    ? { id: self.upstream.id, name: nameOf(version, self.upstream.id) }
    : UPSTREAM_PLAIN;
  if (start.kind === "none" || head === null) {
    const { why, next } = start.kind === "none" ? start : { why: "there is no commit yet", next: [] };
    return { ...who, ...nothing, against: named, status: "no-starting-point", why, remedies: next };
  }
  const farther = await resolveAgainst(version, head, against);
  const next = farther.next ?? { commit: farther.base.commit, edition: null };
  const older =
    next.commit !== farther.base.commit && (await isAncestor(repo, next.commit, farther.base.commit));
  const target: Next = older ? { commit: farther.base.commit, edition: null } : next;
  const holds = farther.base.holds;
  const [local, upstream, base] = await Promise.all([
    changesSince(repo, farther.base, { kind: "commit", commit: head }),
    changesSince(repo, farther.base, { kind: "commit", commit: target.commit }),
    baseTotals(repo, farther.base),
  ]);
  const localChanged = local.documents.map(asChanged);
  const upstreamChanged = upstream.documents.map(asChanged);
  const texts = await upstreamTexts(
    repo,
    { base: farther.base.commit, next: target.commit },
    bothPaths(local.documents, upstream.documents),
  );
  const pathOf = new Map(upstream.documents.map(({ change }) => [change.id, change.path]));
  const stops =
    against === undefined || against === self?.upstream?.id
      ? await decisionsAhead(
          version,
          head,
          target,
          today,
          local.documents.length > 0 && upstream.documents.length > 0,
        )
      : [];
  const going = holds.filter(({ hold }) => stillHolds(hold, today));
  const measured = measure({
    base,
    local: localChanged,
    upstream: upstreamChanged,
    judge: await judgeOf(version, farther, local.documents),
    isHeld: (at) => {
      const [document = ""] = at.split(/[#@]/, 1);
      const path = pathOf.get(document) ?? document;
      return going.some(
        (held) =>
          held.covers(path) ||
          (held.passage !== null && formatAddress(held.passage.document, held.passage.key) === at),
      );
    },
    wasUpstream: (at, hash) => {
      const [document = ""] = at.split(/[#@]/, 1);
      const key = at.slice(document.length);
      return (
        hash !== null &&
        (texts
          .get(pathOf.get(document) ?? document)
          ?.get(key)
          ?.has(hash) ??
          false)
      );
    },
    decisions: stops,
    ...(await editionsWaiting(repo, farther, target)),
  });
  return {
    ...who,
    against: farther.layer,
    base: { commit: farther.base.commit, edition: farther.edition },
    target: { commit: next.commit, edition: next.edition?.name ?? null },
    ...measured,
    why: null,
    remedies: [],
    olderNext: older,
  };
}

const UPSTREAM_PLAIN = { id: "upstream", name: "upstream" };

function nameOf({ above }: OpenVersion, id: string): string {
  return above.find((layer) => layer.id === id)?.name ?? id;
}

function asChanged({ change, base, local }: ChangedDocument): Changed {
  const differences = change.passages.map(
    (passage): Difference => ({
      at: formatAddress(change.id, passage.key),
      passage,
    }),
  );
  const baseWords = base === null ? null : totalsOf(base);
  const later = local === null ? null : totalsOf(local);
  const extra = differences.reduce(
    (words, { passage }) => words + passage.words.added - passage.words.removed,
    0,
  );
  const longer = differences.reduce(
    (words, { passage }) => words + Math.max(0, passage.words.added - passage.words.removed),
    0,
  );
  // Σ max(base, later) over passages = base words + Σ of what is longer here.
  const of = baseWords === null ? (later?.words ?? extra) : baseWords.words + longer;
  return { id: change.id, base: baseWords, later, of, differences };
}

/** Words, passages and pairs of siblings of every document at the base. */
async function baseTotals(repo: Repository, base: BaseTree): Promise<Totals> {
  const trees = new Map<string, string>();
  const commits = [
    ...new Set([
      base.commit,
      ...base.holds.filter(({ passage }) => passage === null).map(({ hold }) => hold.base),
    ]),
  ];
  for (const commit of commits) {
    for (const [path, { oid, mode }] of await listTree(repo, commit)) {
      if (mode.startsWith("100") && isCurriculumPath(path) && baseCommitOf(base, path) === commit)
        trees.set(path, oid);
    }
  }
  const entries = [...trees];
  const objects = await readObjects(
    repo,
    entries.map(([, oid]) => oid),
  );
  let total = NO_TOTALS;
  entries.forEach(([path], index) => {
    const bytes = objects[index]?.bytes;
    const decoded = bytes && decodeText(bytes);
    if (decoded && "text" in decoded) total = addTotals(total, totalsOf(readDocument(path, decoded.text)));
  });
  return total;
}

function bothPaths(local: readonly ChangedDocument[], upstream: readonly ChangedDocument[]): string[] {
  const ids = new Set(local.map(({ change }) => change.id));
  return upstream.filter(({ change }) => ids.has(change.id)).map(({ change }) => change.path);
}

/** The addresses at which a rebase onto the target would stop; nothing is merged where one side changed nothing. */
async function decisionsAhead(
  version: OpenVersion,
  head: string,
  next: Next,
  today: string,
  bothChanged: boolean,
): Promise<string[]> {
  const { start } = version;
  if (!bothChanged || start.kind !== "known") return [];
  const plan = await makePlan({ version, head, base: start, next, today, only: [], why: "" });
  return plan.decisions.map(({ at }) => at);
}

/** What rules and records say of each difference, step by step along the layers. */
async function judgeOf(
  version: OpenVersion,
  { base, steps }: Against,
  documents: readonly ChangedDocument[],
): Promise<(difference: Difference) => Judged> {
  const { repo, self, above } = version;
  const rules = self === null ? [] : await readRules(repo, self, above, base.commit, version.head);
  const judgedSteps = await Promise.all(steps.map((step) => readStep(repo, step)));
  const byId = new Map(documents.map((document) => [document.change.id, document]));
  return ({ at, passage }) => {
    const [id = ""] = at.split(/[#@]/, 1);
    const document = byId.get(id);
    const shown = document?.base ?? document?.local ?? null;
    const leeway =
      shown === null
        ? null
        : leewayOf(
            { path: shown.path, id: shown.id, type: shown.type, key: passage.key, own: ownLeeway(shown) },
            rules,
            self?.id ?? "",
          );
    const touched = judgedSteps.flatMap((step) => {
      const change = step.changes.get(at);
      return change ? [{ owner: step.owner, explanation: explain(change, step.records) }] : [];
    });
    const found = touched.map(({ explanation }) =>
      explanation.state === "explained" ? explanation.file.record : null,
    );
    return {
      at,
      explained: touched.length > 0 && found.every((record) => record !== null),
      free: leeway?.level === "free",
      locked: leeway?.level === "none",
      why:
        found
          .map((record) => record?.title)
          .filter((title) => title !== undefined)
          .join("; ") || null,
      owners: touched.map(({ owner }) => owner),
    };
  };
}

async function readStep(
  repo: Repository,
  step: Step,
): Promise<{
  owner: string;
  records: readonly RecordFile[];
  changes: ReadonlyMap<string, Change>;
}> {
  const [records, changes] = await Promise.all([
    step.owner === null ? [] : readRecords(repo, step.owner, { kind: "commit", commit: step.to }),
    changesSince(repo, step.base, { kind: "commit", commit: step.to }),
  ]);
  return {
    owner: step.owner ?? "this-version",
    records,
    changes: new Map(
      changes.documents.flatMap((document) =>
        document.change.passages.map((passage) => {
          const change = asChange(document, passage);
          return [change.at, change] as const;
        }),
      ),
    ),
  };
}

async function editionsWaiting(
  repo: Repository,
  { base, editions }: Against,
  target: Next,
): Promise<{ editions: number; oldest: string | null }> {
  const waiting = [];
  for (const edition of editions) {
    if (edition.commit === base.commit) continue;
    if (!(await isAncestor(repo, edition.commit, target.commit))) continue;
    if (await isAncestor(repo, edition.commit, base.commit)) continue;
    waiting.push(edition.date);
  }
  return { editions: waiting.length, oldest: waiting.sort()[0] ?? null };
}
