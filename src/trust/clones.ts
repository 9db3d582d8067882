import { basename, join, resolve } from "node:path";
import { Failure } from "../failure.ts";
import { exists, listFolder } from "../files/read.ts";
import { type OpenVersion, openVersion } from "../version/open.ts";
import { type Asking, invitationsAt, takenUp, untouchedIn } from "./centre.ts";
import { hotspotsOf } from "./hotspots.ts";
import { inOrder, type Listed, placeBelow } from "./listed.ts";
import { type ChangedPassage, factsOf, type MeasuredVersion, measureVersion, NO_FACTS } from "./measured.ts";
import { countsOf } from "./seen.ts";
import type { Survey, SurveyedVersion } from "./survey.ts";
import type { Surveyed } from "./survey-hub.ts";

/** One clone in the folder, or why it was left out. */
type Clone =
  | { readonly listed: Listed; readonly version: OpenVersion; readonly measured: MeasuredVersion }
  | { readonly listed: Listed; readonly leftOut: string };

export interface ClonesRequest {
  readonly folder: string;
  /** Plain mode: what every clone is compared with, as a revision of its own. */
  readonly upstream: string | undefined;
  readonly now: Date;
  /** YYYY-MM-DD */
  readonly today: string;
  readonly progress: (line: string) => void;
}

/**
 * Measures every clone in a folder where it lies, each against its own upstream as it was last fetched there; plain
 * copies that know nothing of Leeway as well, by the names of their folders.
 * @throws Failure "usage" where there is no such folder, or no clone in it
 */
export async function surveyClones(request: ClonesRequest): Promise<Surveyed> {
  const folder = resolve(request.folder);
  const folders = ((await listFolder(folder)) ?? []).filter(({ kind }) => kind === "folder");
  const clones: Clone[] = [];
  for (const { name } of folders) {
    if (!(await exists(join(folder, name, ".git")))) continue;
    request.progress(`Measured ${clones.length}, now ${name}`);
    clones.push(await measureClone(request, join(folder, name), clones));
  }
  request.progress("");
  if (clones.length === 0) {
    throw new Failure("usage", "There is no clone of a curriculum in this folder.", {
      where: folder,
      next: ["leeway drift --all   in the central repository looks at the versions on its list"],
    });
  }
  return surveyed(request, clones, basename(folder));
}

async function measureClone(
  { upstream, today }: ClonesRequest,
  path: string,
  before: readonly Clone[],
): Promise<Clone> {
  const name = basename(path);
  const unknown = { id: name, name, layer: "plain", upstream: "upstream", url: path };
  try {
    const version = await openVersion(path, { from: "head", upstream });
    const { self } = version;
    const listed = asListed(
      self === null
        ? unknown
        : { id: self.id, name: self.name, layer: self.layer, upstream: self.upstream?.id ?? "", url: path },
    );
    const first = before.find((each) => "version" in each && each.listed.id === listed.id);
    if (first !== undefined)
      return { listed, leftOut: `the id ${listed.id} is taken by ${basename(first.listed.url)}` };
    return { listed, version, measured: await measureVersion(version, today, listed) };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { listed: asListed(unknown), leftOut: error.message.replace(/\.$/, "") };
  }
}

function asListed(who: Pick<Listed, "id" | "name" | "layer" | "upstream" | "url">): Listed {
  return { ...who, group: null, region: who.id, depth: 1, home: who.url };
}

async function surveyed({ now }: ClonesRequest, clones: readonly Clone[], name: string): Promise<Surveyed> {
  const sources = clones.flatMap((each) =>
    "version" in each && each.version.start.kind === "source" ? [each] : [],
  );
  const centre = sources.length === 1 ? sources[0] : undefined;
  const root = centre === undefined ? { id: "", name } : centre.listed;
  const others = inOrder(
    root.id,
    placeBelow(
      clones.filter((each) => each !== centre),
      root.id,
    ),
  );
  const on = now.toISOString();
  const changesBy = new Map<string, readonly ChangedPassage[]>(
    others.flatMap((each) => ("version" in each ? [[each.listed.id, each.measured.changes]] : [])),
  );
  const { asking, untouched } = await inCentre(centre?.version ?? null, changesBy);
  const versions = [
    ...(centre ? [{ ...centre, listed: { ...centre.listed, depth: 0 } }] : []),
    ...others,
  ].map((each) => asSurveyed(each, on));
  const survey: Survey = {
    root: { id: root.id, name: root.name, edition: null },
    on,
    versions,
    hotspots: hotspotsOf(changesBy),
    invitations: takenUp(asking, changesBy),
    untouched,
    counts: countsOf(versions.filter(({ depth }) => depth > 0).map(({ seen }) => seen)),
  };
  return { survey, changesBy };
}

async function inCentre(
  version: OpenVersion | null,
  changesBy: ReadonlyMap<string, readonly ChangedPassage[]>,
): Promise<{ asking: Asking[]; untouched: Survey["untouched"] }> {
  if (version === null || version.head === null) return { asking: [], untouched: { passages: 0, of: 0 } };
  const { repo, head } = version;
  // One after the other: what the first has counted is known to the second.
  const asking = await invitationsAt(repo, head);
  return { asking, untouched: await untouchedIn(repo, head, [...changesBy.values()].flat()) };
}

function asSurveyed(each: Clone, on: string): SurveyedVersion {
  const { id, name, layer, region, depth } = each.listed;
  const who = { id, name, layer, region: depth === 0 ? null : region, depth };
  if ("leftOut" in each)
    return { ...who, ...NO_FACTS, upstream: null, seen: { state: "skipped", why: each.leftOut } };
  const { self } = each.version;
  const upstream = self === null ? "upstream" : (self.upstream?.id ?? null);
  return { ...who, ...factsOf(each.measured), upstream, seen: { state: "checked", on } };
}
