import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import {
  COHERENCE_CHECKS,
  type CoherenceMaterial,
  coherenceMaterial,
  readTimetable,
} from "../../../src/check/coherence/index.ts";
import { type DocumentFacts, factsWithProse } from "../../../src/check/facts.ts";
import type { Found } from "../../../src/check/finding.ts";
import { isCurriculumPath, readDocument } from "../../../src/curriculum/read.ts";

/** Texts by path. */
export type Files = ReadonlyMap<string, string>;

/** The files below a folder, paths with slashes. */
export function filesIn(folder: string): Map<string, string> {
  return new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true, encoding: "utf8" })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [
        path
          .slice(folder.length + 1)
          .split("\\")
          .join("/"),
        readFileSync(path, "utf8"),
      ]),
  );
}

export function factsIn(files: Files): DocumentFacts[] {
  return [...files]
    .filter(([path]) => isCurriculumPath(path))
    .map(([path, text]) => factsWithProse(readDocument(path, text)));
}

/** What the checks look at, where a version is its files and its base is the files of its upstream. */
export function coherenceOf(
  files: Files,
  base: Files | null,
  timetable: unknown = timetableIn(files),
): CoherenceMaterial {
  return coherenceMaterial({
    here: factsIn(files),
    before: base === null ? null : factsIn(base),
    baseCommit: null,
    timetable: readTimetable(timetable),
  });
}

function timetableIn(files: Files): unknown {
  const own = [...files].find(([path]) => /^versions\/[a-z]+\/version.yaml$/.test(path));
  return own === undefined ? null : (parse(own[1]) as { timetable?: unknown }).timetable;
}

/** What all checks of coherence find, with the check's id. */
export function findAll(material: CoherenceMaterial): (Found & { check: string })[] {
  return COHERENCE_CHECKS.flatMap(({ id, find }) =>
    [...find(material)].map((found) => ({ check: id, ...found })),
  );
}
