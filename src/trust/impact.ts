import { isHeld } from "../adaptation/explain.ts";
import type { RecordFile } from "../adaptation/record.ts";
import { isAt } from "../curriculum/address.ts";
import { Failure } from "../failure.ts";
import { isAncestor } from "../git/ancestry.ts";
import { remember } from "../git/remembered.ts";
import type { Repository } from "../git/repository.ts";
import { resolveUrl } from "../version/base/relative-url.ts";
import type { Chain } from "../version/chain.ts";
import { readRecords } from "../version/change/records.ts";
import type { OpenVersion } from "../version/open.ts";
import { commitAsOwn } from "../version/rebase/as-own.ts";
import { makePlan } from "../version/rebase/make-plan.ts";
import type { Decision, RebasePlan } from "../version/rebase/plan.ts";
import { type HubView, headOf, viewHub } from "./hub.ts";
import { inOrder, type Listed, walkLists } from "./listed.ts";
import { identify, openListed } from "./open-listed.ts";
import { listAt, type Root } from "./root.ts";
import { countsOf, stateOf } from "./seen.ts";
import type { Seen, Survey } from "./survey.ts";

/** A reason on record. */
export interface Reason {
  readonly id: string;
  readonly title: string;
  readonly why: string;
}

/** A place where a version would be asked. */
export interface DecisionAhead
  extends Pick<Decision, "at" | "path" | "title" | "heading" | "kind" | "reason"> {
  /** Why it has a text of its own there. */
  readonly reasons: readonly Reason[];
  /** What it would be asked anyway, by an edition that waits for it already. */
  readonly waits: boolean;
}

/** What a release would mean for one version. */
export interface ImpactVersion {
  readonly id: string;
  readonly name: string;
  readonly upstream: string;
  readonly region: string;
  readonly depth: number;
  readonly seen: Seen;
  /** `unknown`: it could not be worked out, for the reason in `why`. */
  readonly outcome: "decide" | "second-look" | "as-it-is" | "nothing" | "unknown";
  readonly why: string | null;
  readonly decisions: readonly DecisionAhead[];
  /** Reasons that would have to be looked at again: the text beneath changes. */
  readonly reviews: readonly (Reason & { readonly passages: readonly string[] })[];
  /** Where the version above has to decide first; worked out as if it kept its own text. */
  readonly after: { readonly upstream: string; readonly passages: readonly string[] } | null;
}

/** What a state of the root would leave to every version below, were it released. */
export interface Impact {
  readonly root: { readonly id: string; readonly name: string };
  readonly commit: string;
  /** By region and name, each below its upstream. */
  readonly versions: readonly ImpactVersion[];
  readonly counts: Survey["counts"];
}

export interface ImpactRequest {
  readonly root: Root;
  readonly hub: Repository;
  /** The commit to be released; it is in the hub. */
  readonly commit: string;
  readonly now: Date;
  /** YYYY-MM-DD */
  readonly today: string;
  readonly progress: (line: string) => void;
}

/** What a version would be offered by the one above it. */
interface Offer {
  readonly commit: string;
  readonly open: readonly string[];
}

interface Job extends ImpactRequest {
  readonly view: HubView;
  /** By the id of the version that makes the offer. */
  readonly offers: Map<string, Offer>;
}

interface Here {
  readonly head: string;
  readonly chain: Chain;
  readonly hasBelow: boolean;
}

/**
 * Works out for every version what `rebase` would do, by the engine of `rebase`: layer by layer, since a school below
 * a region meets the change through the region. Nothing but objects that no ref points at is written, in the hub.
 */
export async function impactOf(request: ImpactRequest): Promise<Impact> {
  const { root, hub, commit } = request;
  remember(hub);
  const view = await viewHub(hub);
  const job: Job = { ...request, view, offers: new Map([[root.self.id, { commit, open: [] }]]) };
  const walked = inOrder(
    root.self.id,
    await walkLists({ id: root.self.id, home: root.home, list: root.list }, async (listed) => {
      const home = resolveUrl(listed.url, listed.home);
      const head = headOf(view, listed.id);
      if (head === null) return { kind: "known", seen: null, home, list: [] };
      const who = await identify(view, listed, head);
      if (who.kind === "left-out") return who;
      const list = await listAt(hub, head, listed.id).catch(emptyFor);
      const seen = { head, chain: who.chain, hasBelow: list.length > 0 };
      return { kind: "known", seen, home, list };
    }),
  );
  const versions = new Map<string, ImpactVersion>();
  const deepest = Math.max(0, ...walked.map(({ listed }) => listed.depth));
  for (let depth = 1; depth <= deepest; depth++) {
    const layer = walked.flatMap((each) =>
      "seen" in each && each.seen !== null && each.listed.depth === depth
        ? [{ listed: each.listed, here: each.seen }]
        : [],
    );
    for (let at = 0; at < layer.length; at += SIDE_BY_SIDE) {
      request.progress(`Trying it on ${at} of ${layer.length}`);
      const some = layer.slice(at, at + SIDE_BY_SIDE);
      const found = await Promise.all(some.map(({ listed, here }) => impactOn(job, listed, here)));
      for (const each of found) versions.set(each.id, each);
    }
  }
  request.progress("");
  const all = walked.map((each): ImpactVersion => {
    const seen = stateOf(each, view.notes[each.listed.id]);
    const known = "leftOut" in each ? undefined : versions.get(each.listed.id);
    return known ?? { ...unknown(each.listed, "why" in seen ? seen.why : ""), seen };
  });
  return {
    root: { id: root.self.id, name: root.self.name },
    commit,
    versions: all,
    counts: countsOf(all.map(({ seen }) => seen)),
  };
}

const SIDE_BY_SIDE = 32;

function emptyFor(error: unknown): [] {
  if (error instanceof Failure) return [];
  throw error;
}

function unknown({ id, name, upstream, region, depth }: Listed, why: string): Omit<ImpactVersion, "seen"> {
  const nothing = { decisions: [], reviews: [], after: null };
  return { id, name, upstream, region, depth, outcome: "unknown", why, ...nothing };
}

async function impactOn(job: Job, listed: Listed, here: Here): Promise<ImpactVersion> {
  const seen = stateOf({ listed, seen: here }, job.view.notes[listed.id]);
  try {
    return { ...(await tryOn(job, listed, here)), seen };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { ...unknown(listed, error.message.replace(/\.$/, "")), seen };
  }
}

async function tryOn(job: Job, listed: Listed, here: Here): Promise<Omit<ImpactVersion, "seen">> {
  const { head, chain, hasBelow } = here;
  const offer = job.offers.get(listed.upstream);
  if (offer === undefined) return unknown(listed, `it is not known what ${listed.upstream} would pass on`);
  const version = await openListed(job.view, listed, head, chain);
  const { start } = version;
  if (start.kind !== "known")
    return unknown(listed, start.kind === "none" ? start.why : "it has no upstream");
  const isTaken = await isAncestor(job.hub, offer.commit, start.commit);
  const plan = await planFor(job, version, head, isTaken ? start.commit : offer.commit, !hasBelow);
  const isNew = plan.kind === "merge";
  if (hasBelow) {
    const commit = isNew ? await commitAsOwn(job.hub, plan, Math.floor(job.now.getTime() / 1000)) : head;
    job.offers.set(listed.id, { commit, open: [...offer.open, ...plan.decisions.map(({ at }) => at)] });
  }
  const [records, waiting] =
    plan.decisions.length === 0
      ? [[], []]
      : await Promise.all([
          readRecords(job.hub, listed.id, { kind: "commit", commit: head }),
          waitingFor(job, version, head),
        ]);
  const reviews = plan.adaptations.flatMap(({ file, outcome, record }) =>
    outcome === "review" ? [{ ...reasonOf(file), passages: reviewed(record ?? file.record) }] : [],
  );
  const decisions = plan.decisions.map((each) => aheadOf(each, records, waiting));
  const { id, name, upstream, region, depth } = listed;
  return {
    ...{ id, name, upstream, region, depth, why: null, decisions, reviews },
    outcome:
      decisions.length > 0 ? "decide" : reviews.length > 0 ? "second-look" : isNew ? "as-it-is" : "nothing",
    after: offer.open.length === 0 ? null : { upstream, passages: offer.open },
  };
}

function planFor(
  { today }: Job,
  version: OpenVersion,
  head: string,
  commit: string,
  preview: boolean,
): Promise<RebasePlan> {
  const { start } = version;
  if (start.kind !== "known") throw new Failure("environment", "No starting point to rebase from.");
  const next = { commit, edition: null };
  return makePlan({ version, head, base: start, next, today, only: [], why: "", preview });
}

/** What a version would be asked by what it is offered already. */
async function waitingFor(job: Job, version: OpenVersion, head: string): Promise<readonly Decision[]> {
  const { next, start } = version;
  if (next === null || start.kind !== "known" || next.commit === start.commit) return [];
  return (await planFor(job, version, head, next.commit, true)).decisions;
}

function aheadOf(
  { at, path, title, heading, kind, reason, theirs }: Decision,
  records: readonly RecordFile[],
  waiting: readonly Decision[],
): DecisionAhead {
  const about = records.filter(
    (file) => isHeld(file) && file.record.passages.some((each) => isAt(each.at, at) || isAt(at, each.at)),
  );
  const waits = waiting.some((each) => each.at === at && each.theirs === theirs);
  return { at, path, title, heading, kind, reason, reasons: about.map(reasonOf), waits };
}

function reasonOf({ record: { id, title, why } }: RecordFile): Reason {
  return { id, title, why };
}

function reviewed({ passages }: RecordFile["record"]): string[] {
  return passages.flatMap(({ at, review }) => (review === undefined ? [] : [at]));
}
