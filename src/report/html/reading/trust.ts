import type { Survey, SurveyedVersion } from "../../../trust/survey.ts";
import type { Drift } from "../../../version/drift/drift.ts";
import type { Standing } from "./standing.ts";

interface Listed {
  readonly version: SurveyedVersion;
  /** The id of its part of the page. */
  readonly anchor: string;
}

/** A version that was read now: these alone are in the totals. */
export interface Current extends Listed {
  readonly state: "current";
  readonly drift: Drift;
  readonly standing: Standing;
}

/** A version that could not be reached; what is told of it is as old as `on`. */
export interface Old extends Listed {
  readonly state: "old";
  readonly drift: Drift;
  readonly standing: Standing;
  readonly on: string;
  readonly why: string;
}

/** A version of which nothing is known. */
export interface Unread extends Listed {
  readonly state: "unread";
  readonly skipped: boolean;
  readonly why: string;
}

export type Entry = Current | Old | Unread;

/** Versions that belong together, in the order of the survey. */
export interface Region {
  readonly name: string;
  readonly entries: readonly Entry[];
}

/** A survey as the page tells it: who is in the totals, who is named beside them, and in which region. */
export interface Trust {
  readonly survey: Survey;
  readonly entries: readonly Entry[];
  readonly current: readonly Current[];
  readonly outside: readonly (Old | Unread)[];
  readonly regions: readonly Region[];
  /** Names of the folders of subjects, by the alphabet. */
  readonly subjects: readonly string[];
}

/** Reads a survey. The centre is what all are measured against, and not among them. */
export function readTrust(survey: Survey): Trust {
  const taken = new Set<string>();
  const entries = survey.versions
    .filter(({ depth, drift }) => depth > 0 && drift?.status !== "source")
    .map((version, index) => entryOf(version, anchorOf(version.id, index, taken)));
  return {
    survey,
    entries,
    current: entries.filter((entry) => entry.state === "current"),
    outside: entries.filter((entry) => entry.state !== "current"),
    regions: regionsOf(survey, entries),
    subjects: subjectsOf(survey),
  };
}

function entryOf(version: SurveyedVersion, anchor: string): Entry {
  const { seen, drift } = version;
  if (seen.state === "skipped") return { state: "unread", version, anchor, skipped: true, why: seen.why };
  const why = seen.state === "unreachable" ? seen.why : "nothing of it is here yet";
  if (drift === null || drift.status === "source")
    return { state: "unread", version, anchor, skipped: false, why };
  const measured = { version, anchor, drift, standing: drift.status };
  if (seen.state !== "unreachable") return { state: "current", ...measured };
  if (seen.on === null) return { state: "unread", version, anchor, skipped: false, why };
  return { state: "old", ...measured, on: seen.on, why };
}

/** An id that nothing else on the page has, whatever the version calls itself. */
function anchorOf(id: string, index: number, taken: Set<string>): string {
  const plain = /^[a-z\d][a-z\d-]*$/.test(id) && !taken.has(id);
  if (plain) taken.add(id);
  return plain ? `version-${id}` : `version.${index + 1}`;
}

function regionsOf({ versions }: Survey, entries: readonly Entry[]): Region[] {
  const names = new Map(versions.map(({ id, name }) => [id, name]));
  const groups = new Map<string | null, Entry[]>();
  for (const entry of entries) {
    const { id, region } = entry.version;
    const alone = region === id && !entries.some(({ version }) => version.id !== id && version.region === id);
    const key = region === null || alone ? null : region;
    groups.set(key, [...(groups.get(key) ?? []), entry]);
  }
  const direct = groups.get(null);
  groups.delete(null);
  return [
    ...[...groups].map(([id, members]) => ({ name: names.get(id ?? "") ?? id ?? "", entries: members })),
    ...(direct ? [{ name: "Without a region", entries: direct }] : []),
  ];
}

function subjectsOf({ versions }: Survey): string[] {
  const all = versions.flatMap(({ subjects }) => subjects.map(({ subject }) => subject));
  return [...new Set(all)].filter((subject) => subject !== null).sort();
}

/** What people call a subject, from the name of its folder: `Primary history`. */
export function subjectName(subject: string | null): string {
  if (subject === null) return "Outside the subjects";
  const words = subject.replace(/[-_]+/g, " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Names of versions by their ids; an id that is not in the survey is its own name. */
export function namesIn({ survey }: Trust): (id: string) => string {
  const names = new Map(survey.versions.map(({ id, name }) => [id, name]));
  return (id) => names.get(id) ?? id;
}
