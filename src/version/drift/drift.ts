import { totalsOf } from "../../drift/document-totals.ts";
import type { Figures, PassageFigure, Status } from "../../drift/figures.ts";
import { asChanged, type Changed, measure } from "../../drift/measure.ts";
import { commitsSince } from "../../git/ancestry.ts";
import type { TreeChange } from "../../git/raw-diff.ts";
import { remembered } from "../../git/remembered.ts";
import type { Repository } from "../../git/repository.ts";
import { type Against, resolveAgainst } from "../base/against.ts";
import { totalsOfBase, withTotals } from "../base/base-totals.ts";
import { type Held, isHeldBack, stillHolds } from "../base/holds.ts";
import type { Next } from "../base/published.ts";
import { type Asked, takenFromUpstream } from "../base/upstream-texts.ts";
import { type ChangedDocument, type Changes, changesSince } from "../change/changes.ts";
import { asAsked } from "../change/own-changes.ts";
import type { OpenVersion } from "../open.ts";
import { mayMeet, type Side } from "../rebase/meet.ts";
import { decisionsAhead } from "../rebase/merge-sides.ts";
import { judgeSteps } from "./judge.ts";

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

/** The figures with the documents that they were read from. */
export interface DriftReading {
  readonly drift: Drift;
  /** What this version changed, and what upstream changed, since the base. */
  readonly local: readonly ChangedDocument[];
  readonly upstream: readonly ChangedDocument[];
  /** Every file that this version changed. */
  readonly listed: readonly TreeChange[];
  /** Files under `versions/` that differ from the base. */
  readonly versions: readonly TreeChange[];
}

/**
 * Measures the commit that a version stands at against its upstream, or against a farther layer.
 * @param today as YYYY-MM-DD; decides which holds still hold
 */
export async function measureDrift(version: OpenVersion, today: string, against?: string): Promise<Drift> {
  return (await readDrift(version, today, against)).drift;
}

/** The same, with what lies behind the figures. */
export async function readDrift(
  version: OpenVersion,
  today: string,
  against?: string,
): Promise<DriftReading> {
  const { repo, self, start, head } = version;
  const who = {
    id: self?.id ?? "this-version",
    name: self?.name ?? "This version",
    layer: self?.layer ?? "plain",
  };
  const nothing = { base: null, target: null, figures: null, passages: [], olderNext: false };
  if (start.kind === "source")
    return unread({ ...who, ...nothing, against: null, status: "source", why: null, remedies: [] });
  const named = self?.upstream
    ? { id: self.upstream.id, name: nameOf(version, self.upstream.id) }
    : UPSTREAM_PLAIN;
  if (start.kind === "none" || head === null) {
    const { why, next } = start.kind === "none" ? start : { why: "there is no commit yet", next: [] };
    return unread({ ...who, ...nothing, against: named, status: "no-starting-point", why, remedies: next });
  }
  const layer = await resolveAgainst(version, head, against);
  const { base, older } = layer;
  const target = layer.next ?? { commit: base.commit, edition: null };
  const [local, upstream] = await Promise.all([
    changesSince(repo, base, { kind: "commit", commit: head }),
    changesSince(repo, base, { kind: "commit", commit: target.commit }),
  ]);
  // A document with a held passage stands at the base as it was when it was held.
  const changed = base.holds.length > 0 ? [...upstream.documents, ...local.documents] : [];
  const held = changed.flatMap((each) =>
    each.base === null ? [] : [[each.base.path, totalsOf(each.base)] as const],
  );
  const range = { base: base.commit, next: target.commit };
  const isDirect = layer.last.above === null;
  const holding = base.holds.filter(({ hold }) => stillHolds(hold, today));
  const ended = base.holds.filter((held) => !holding.includes(held) && holdsAny(held, upstream.documents));
  const from = [base.commit, ...new Set(ended.map(({ hold }) => hold.base))];
  // What Git merges for itself comes before what keeps this thread busy.
  const [taken, judge, decisions, waiting, before] = await Promise.all([
    takenFromUpstream(repo, range, askedOf(local.documents, upstream.documents)),
    judgeSteps(version, layer, local.documents),
    // What lies between this version and a farther layer is decided in the layers between them.
    isDirect &&
    local.any &&
    upstream.any &&
    (base.holds.length > 0 || mayMeet(asSide(local), asSide(upstream)))
      ? stopsAhead(version, head, target, today)
      : [],
    editionsWaiting(repo, layer, target, from),
    totalsOfBase(repo, base),
  ]);
  const totals = withTotals(before, new Map(held));
  const count = (documents: readonly ChangedDocument[]): Changed[] =>
    documents.map((document) => asChanged(document, totals.byPath.get(document.base?.path ?? "")));
  // What upstream changed counts the same for all that build on one base.
  const waits = async (): Promise<Changed[]> => count(upstream.documents);
  const ahead =
    base.holds.length === 0
      ? await remembered(repo, `counted ${base.commit} ${target.commit}`, waits)
      : await waits();
  const measured = measure({
    base: totals.all,
    local: count(local.documents),
    upstream: ahead,
    judge,
    isHeld: ({ document, passage }) => holding.some((held) => isHeldBack(held, document, passage)),
    wasUpstream: ({ passage }) => taken.has(passage),
    decisions,
    ...waiting,
  });
  const offered = older ?? target;
  const drift: Drift = {
    ...who,
    against: layer.layer,
    base: { commit: base.commit, edition: layer.edition },
    target: { commit: offered.commit, edition: offered.edition?.name ?? null },
    ...measured,
    why: null,
    remedies: [],
    olderNext: older !== null,
  };
  const { documents, listed, versions } = local;
  return { drift, local: documents, upstream: upstream.documents, listed, versions };
}

function unread(drift: Drift): DriftReading {
  return { drift, local: [], upstream: [], listed: [], versions: [] };
}

function holdsAny(held: Held, upstream: readonly ChangedDocument[]): boolean {
  return upstream.some(({ change }) => change.passages.some((each) => isHeldBack(held, change, each)));
}

function asSide({ listed, documents }: Changes): Side {
  const renames = documents.some(({ base, local }) => base && local && base.id !== local.id);
  return { changes: listed, renames };
}

const UPSTREAM_PLAIN = { id: "upstream", name: "upstream" };

function nameOf({ above }: OpenVersion, id: string): string {
  return above.find((layer) => layer.id === id)?.name ?? id;
}

/** What upstream may have had as well, at this version's paths and at those upstream has now. */
function askedOf(local: readonly ChangedDocument[], upstream: readonly ChangedDocument[]): Asked[] {
  const idOf = ({ base, change }: ChangedDocument): string => base?.id ?? change.id;
  const theirs = new Map(upstream.map((document) => [idOf(document), document.change.path]));
  return local.flatMap((document) => {
    const path = theirs.get(idOf(document));
    return asAsked(document, ...(path === undefined ? [] : [path]));
  });
}

/** The addresses at which a rebase onto the target would stop. */
async function stopsAhead(version: OpenVersion, head: string, next: Next, today: string): Promise<string[]> {
  const { start } = version;
  if (start.kind !== "known") return [];
  const decisions = await decisionsAhead({ version, head, base: start, next, today, only: [], why: "" });
  return decisions.map(({ at }) => at);
}

/** The editions up to the target that came after the base, or after one at which something was held until lately. */
async function editionsWaiting(
  repo: Repository,
  { editions }: Against,
  { commit }: Next,
  from: readonly string[],
): Promise<{ editions: number; oldest: string | null }> {
  const earlier = from.filter((each) => each !== commit);
  if (editions.length === 0 || earlier.length === 0) return { editions: 0, oldest: null };
  const lists = await Promise.all(earlier.map((each) => commitsSince(repo, each, commit)));
  const ahead = new Set(lists.flat());
  const dates = editions.filter((edition) => ahead.has(edition.commit)).map(({ date }) => date);
  return { editions: dates.length, oldest: dates.sort()[0] ?? null };
}
