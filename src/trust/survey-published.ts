import { resolve } from "node:path";
import { Failure } from "../failure.ts";
import { fileFacts, readText } from "../files/read.ts";
import type { Drift } from "../version/drift/drift.ts";
import { inOrder, type Listed, placeBelow } from "./listed.ts";
import { NO_FACTS } from "./measured.ts";
import { type Published, readPublished } from "./published-drift.ts";
import { countsOf } from "./seen.ts";
import type { Survey, SurveyedVersion } from "./survey.ts";
import type { Surveyed } from "./survey-hub.ts";

type Read =
  | { readonly listed: Listed; readonly on: string; readonly drift: Drift }
  | { readonly listed: Listed; readonly leftOut: string };

/**
 * Puts together what the versions' own CI published, so that a country's schools are measured where they are and
 * only counted here. What cannot be trusted is named and in no total: another measure, numbers that cannot be, and
 * every file of an id that stands in more than one, since nobody can tell which of them is right.
 */
export async function surveyPublished(cwd: string, files: readonly string[], now: Date): Promise<Surveyed> {
  const read: Read[] = [];
  for (const file of files) {
    const path = resolve(cwd, file);
    const [text, facts] = [await readText(path).catch(unreadable), await fileFacts(path)];
    if (text instanceof Failure) {
      read.push(asRead({ kind: "left-out", id: file, name: file, why: withoutStop(text) }, file, ""));
      continue;
    }
    if (text === null || facts === null) {
      throw new Failure("usage", "There is no such file.", {
        where: path,
        next: ["leeway drift --json   prints what such a file holds"],
      });
    }
    const on = new Date(facts.changed).toISOString();
    read.push(...readPublished(text, file).map((found) => asRead(found, file, on)));
  }
  const versions = inOrder("", placeBelow(withoutTwins(read), "")).map(asSurveyed);
  const survey: Survey = {
    root: { id: "", name: "", edition: null },
    on: now.toISOString(),
    versions: versions.map((version) => ({ ...version, region: regionOf(version, versions) })),
    hotspots: [],
    invitations: [],
    untouched: { passages: 0, of: 0 },
    counts: countsOf(versions.map(({ seen }) => seen)),
  };
  return { survey, changesBy: new Map() };
}

/** One file of many thousands that the disk does not give up is named like any other that cannot be used. */
function unreadable(error: unknown): Failure {
  if (error instanceof Failure) return error;
  throw error;
}

function withoutStop({ message }: Failure): string {
  return message.replace(/\.$/, "");
}

function asRead(found: Published, file: string, on: string): Read {
  const unknown = { layer: "", upstream: "", group: null, region: "", depth: 1, url: file, home: file };
  if (found.kind === "left-out") {
    const { id, name, why } = found;
    return { listed: { ...unknown, id, name }, leftOut: `${file}: ${why}` };
  }
  const { id, name, layer, against } = found.drift;
  return { listed: { ...unknown, id, name, layer, upstream: against?.id ?? "" }, on, drift: found.drift };
}

function withoutTwins(read: readonly Read[]): Read[] {
  const files = new Map<string, string[]>();
  for (const each of read)
    if ("drift" in each) files.set(each.listed.id, [...(files.get(each.listed.id) ?? []), each.listed.url]);
  return read.map((each) => {
    const all = files.get(each.listed.id) ?? [];
    if (!("drift" in each) || all.length < 2) return each;
    return {
      listed: each.listed,
      leftOut: `the id ${each.listed.id} stands in more than one file: ${all.join(", ")}`,
    };
  });
}

function asSurveyed(each: Read): SurveyedVersion {
  const { id, name, layer, region, depth } = each.listed;
  const who = { id, name, layer, region, depth };
  if ("leftOut" in each)
    return { ...who, ...NO_FACTS, upstream: null, seen: { state: "skipped", why: each.leftOut } };
  const { drift, on } = each;
  const upstream = drift.against?.id ?? null;
  return { ...who, ...NO_FACTS, upstream, drift, seen: { state: "checked", on } };
}

/** The version at the top of its branch where others are below it; else the one that it takes its editions from. */
function regionOf({ id, region, upstream }: SurveyedVersion, all: readonly SurveyedVersion[]): string | null {
  const isRegion = region !== id || all.some((other) => other.upstream === id);
  return isRegion ? region : (upstream ?? region);
}
