import { Failure } from "../failure.ts";
import { forgetCommit, remember } from "../git/remembered.ts";
import type { Repository } from "../git/repository.ts";
import { editionsOf } from "../version/base/published.ts";
import { resolveUrl } from "../version/base/relative-url.ts";
import type { Chain } from "../version/chain.ts";
import type { OpenVersion } from "../version/open.ts";
import { invitationsAt, takenUp, untouchedIn } from "./centre.ts";
import { hotspotsOf } from "./hotspots.ts";
import { asFetched, type HubView, headOf } from "./hub.ts";
import { keyOf, makeRoomForKept, readKept, writeKept } from "./kept.ts";
import { type Found, inOrder, type Listed, type Walked, walkLists } from "./listed.ts";
import { type ChangedPassage, factsOf, type MeasuredVersion, measureVersion, NO_FACTS } from "./measured.ts";
import { identify, openListed } from "./open-listed.ts";
import { bringRoot, listAt, type Root } from "./root.ts";
import { changesOfCurrent, countsOf, stateOf } from "./seen.ts";
import { SharedStrings } from "./shared-strings.ts";
import type { Seen, Survey, SurveyedVersion } from "./survey.ts";

export interface SurveyRequest {
  readonly version: OpenVersion;
  readonly root: Root;
  readonly hub: Repository;
  readonly now: Date;
  /** YYYY-MM-DD */
  readonly today: string;
  readonly progress: (line: string) => void;
}

/** A survey, and every passage that each version changed, by its id. */
export interface Surveyed {
  readonly survey: Survey;
  readonly changesBy: ReadonlyMap<string, readonly ChangedPassage[]>;
}

/** A listed version as it is here, before it is measured. */
interface Here {
  readonly head: string | null;
  readonly key: string;
  readonly list: Awaited<ReturnType<typeof listAt>>;
  /** Null where it has to be measured yet. */
  readonly kept: MeasuredVersion | null;
  readonly chain: Chain | null;
  readonly remarks: readonly string[];
}

/**
 * Measures every version of a trust as it stands in the hub, and what they have in common. Needs no network and no
 * work tree; what has not changed since the last time is not measured again.
 */
export async function surveyHub(request: SurveyRequest): Promise<Surveyed> {
  const { root, hub, now, today } = request;
  const view = await bringRoot(hub, root, now);
  remember(hub);
  const strings = new SharedStrings();
  const walked = inOrder(
    root.self.id,
    await walkLists({ id: root.self.id, home: root.home, list: root.list }, (listed) =>
      here(view, listed, strings, today),
    ),
  );
  const [measured, own] = await Promise.all([
    measureAll(request, view, walked, strings),
    measureVersion(request.version, today),
  ]);
  // What the bases have in common with the root is counted by now.
  const asking = await invitationsAt(hub, root.head);
  const listed = walked.map((each) => asSurveyed(each, view, measured.get(each)));
  const changesBy = new Map(
    walked.flatMap((each) => {
      const found = measured.get(each);
      return found === undefined || found instanceof Failure
        ? []
        : [[each.listed.id, found.changes] as const];
    }),
  );
  const current = changesOfCurrent(changesBy, listed);
  const untouched = await untouchedIn(hub, root.head, [...current.values()].flat());
  const survey: Survey = {
    root: { id: root.self.id, name: root.self.name, edition: editionIn(view, root) },
    on: now.toISOString(),
    versions: [rootSurveyed(root, own, now), ...listed],
    hotspots: hotspotsOf(current),
    invitations: takenUp(asking, current),
    untouched,
    counts: countsOf(listed.map(({ seen }) => seen)),
  };
  return { survey, changesBy };
}

/** The root's newest edition. */
function editionIn({ refs }: HubView, { self: { id } }: Root): string | null {
  return editionsOf(id, asFetched(id, refs.get(id) ?? []))[0]?.name ?? null;
}

/** What of a listed version is here, and whether it is the one that the list means. */
async function here(
  view: HubView,
  listed: Listed,
  strings: SharedStrings,
  today: string,
): Promise<Found<Here>> {
  const home = resolveUrl(listed.url, listed.home);
  const head = headOf(view, listed.id);
  if (head === null) {
    const seen = { head, key: "", list: [], kept: null, chain: null, remarks: [] };
    return { kind: "known", seen, home, list: [] };
  }
  const key = keyOf(view, listed, head);
  const kept = await readKept(view.hub, listed.id, key, today);
  const rewritten = view.notes[listed.id]?.rewritten ?? null;
  const remarks =
    rewritten === null ? [] : [`Its history was rewritten, as was found on ${rewritten.slice(0, 10)}.`];
  if (kept !== null) {
    // At once: a thousand versions as JSON has them would take twice the room.
    const measured = strings.shareParsed(kept.measured);
    const seen = { head, key, list: [...kept.list], kept: measured, chain: null, remarks };
    return { kind: "known", seen, home, list: kept.list };
  }
  const who = await identify(view, listed, head);
  if (who.kind === "left-out") return who;
  const known = { head, key, kept: null, chain: who.chain };
  try {
    const list = await listAt(view.hub, head, listed.id);
    return { kind: "known", seen: { ...known, list, remarks }, home, list };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const unread = `Its own list cannot be read, so nobody on it is looked at (${error.where ?? error.message}).`;
    return { kind: "known", seen: { ...known, list: [], remarks: [...remarks, unread] }, home, list: [] };
  }
}

/**
 * So many versions are measured side by side: enough to share processes, few enough to keep in memory. While Git works
 * for some, others are compared.
 */
const SIDE_BY_SIDE = 32;
const GROUPS_AT_ONCE = 2;

/** A version that is to be measured. */
interface Waiting {
  readonly each: Walked<Here>;
  readonly seen: Here;
  readonly head: string;
  readonly chain: Chain;
}

/** The measure of each version, or why it has none. */
async function measureAll(
  { hub, today, progress }: SurveyRequest,
  view: HubView,
  walked: readonly Walked<Here>[],
  strings: SharedStrings,
): Promise<Map<Walked<Here>, MeasuredVersion | Failure>> {
  const measured = new Map<Walked<Here>, MeasuredVersion | Failure>();
  const waiting: Waiting[] = [];
  for (const each of walked) {
    if (!("seen" in each)) continue;
    const { seen } = each;
    if (seen.kept !== null) measured.set(each, seen.kept);
    else if (seen.head !== null && seen.chain !== null)
      waiting.push({ each, seen, head: seen.head, chain: seen.chain });
  }
  if (waiting.length > 0) await makeRoomForKept(hub);
  const all = waiting.length;
  let done = 0;
  const measureOne = async ({ each, seen, head, chain }: Waiting): Promise<void> => {
    try {
      const found = await measureVersion(await openListed(view, each.listed, head, chain), today);
      measured.set(each, strings.share(found));
      await writeKept(hub, each.listed.id, { key: seen.key, day: today, list: seen.list, measured: found });
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      measured.set(each, error);
    }
  };
  const measureSome = async (): Promise<void> => {
    for (
      let some = waiting.splice(0, SIDE_BY_SIDE);
      some.length > 0;
      some = waiting.splice(0, SIDE_BY_SIDE)
    ) {
      progress(`Measured ${done} of ${all}`);
      await Promise.all(some.map(measureOne));
      for (const { head } of some) forgetCommit(hub, head);
      done += some.length;
    }
  };
  await Promise.all(Array.from({ length: GROUPS_AT_ONCE }, measureSome));
  progress("");
  return measured;
}

function asSurveyed(
  each: Walked<Here>,
  { notes }: HubView,
  measured: MeasuredVersion | Failure | undefined,
): SurveyedVersion {
  const { id, name, layer, upstream, region, depth } = each.listed;
  const who = { id, name, layer, upstream, region, depth };
  const remarks = "seen" in each ? each.seen.remarks : [];
  if (measured === undefined) return { ...who, ...NO_FACTS, seen: stateOf(each, notes[id]), remarks };
  if (measured instanceof Failure) {
    const { message, where } = measured;
    const why = message.replace(/\.$/, "") + (where === undefined ? "" : ` (${where})`);
    return { ...who, ...NO_FACTS, seen: { state: "skipped", why }, remarks };
  }
  const facts = factsOf(measured);
  return {
    ...who,
    ...facts,
    seen: stateOf(each, notes[id]),
    remarks: [...remarks, ...(facts.remarks ?? [])],
  };
}

function rootSurveyed({ self }: Root, measured: MeasuredVersion, now: Date): SurveyedVersion {
  const { id, name, layer, upstream } = self;
  const seen: Seen = { state: "checked", on: now.toISOString() };
  return {
    id,
    name,
    layer,
    upstream: upstream?.id ?? null,
    region: null,
    depth: 0,
    seen,
    ...factsOf(measured),
  };
}
