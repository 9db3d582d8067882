import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import {
  CALENDAR_CHECKS,
  type CalendarMaterial,
  holdsIn,
  reviewOfRecord,
  reviewsIn,
} from "../../../src/check/calendar/index.ts";
import { COHERENCE_CHECKS } from "../../../src/check/coherence/index.ts";
import type { Found } from "../../../src/check/finding.ts";
import { isCurriculumPath, readDocument } from "../../../src/curriculum/read.ts";
import { validateDocument } from "../../../src/curriculum/validate.ts";
import { coherenceOf, type Files, factsIn, filesIn, findAll } from "./curricula.ts";

/*
 * A folder a check: `shared/` with `failing/`, `passing/`, `remedy/` or `base/` laid over it is a version's files (or
 * its upstream's); `expected.yaml` says where the one finding of `failing` stands, and `remedy` is `failing` with the
 * finding's remedy followed to the letter.
 */
const ROOT = "fixtures/check";
type State = "failing" | "passing" | "remedy";
const STATES = ["failing", "passing", "remedy"] as const;

function laidOver(id: string, name: string): Files {
  const [shared, own] = ["shared", name].map((each) => join(ROOT, id, each));
  return new Map(
    [shared, own].flatMap((folder) => (folder && existsSync(folder) ? [...filesIn(folder)] : [])),
  );
}

function coherenceFindings(id: string, state: State): (Found & { check: string })[] {
  const base = existsSync(join(ROOT, id, "base")) ? laidOver(id, "base") : null;
  return findAll(coherenceOf(laidOver(id, state), base));
}

function calendarOf(files: Files): CalendarMaterial {
  const version = [...files]
    .filter(([path]) => path.startsWith("versions/"))
    .map(([path, text]) => readDocument(path, text));
  const stated = parse(files.get("calendar.yaml") ?? "") as Partial<CalendarMaterial> & { today: string };
  return {
    reviews: [
      ...reviewsIn(factsIn(files).filter(({ path }) => path !== "calendar.yaml")),
      ...version.filter(({ path }) => path.includes("/adaptations/")).flatMap(reviewOfRecord),
    ],
    holds: version.filter(({ path }) => path.endsWith("/version.yaml")).flatMap(holdsIn),
    waiting: null,
    grace: null,
    exceptions: [],
    ...stated,
  };
}

function calendarFindings(id: string, state: State): (Found & { check: string })[] {
  const material = calendarOf(laidOver(id, state));
  return CALENDAR_CHECKS.flatMap(({ id: check, find }) =>
    [...find(material)].map((found) => ({ check, ...found })),
  );
}

const FAMILIES = [
  { family: "coherence", checks: COHERENCE_CHECKS, findings: coherenceFindings },
  { family: "calendar", checks: CALENDAR_CHECKS, findings: calendarFindings },
];

describe.each(FAMILIES)("the checks of $family", ({ checks, findings }) => {
  describe.each(checks.map(({ id }) => id))("%s", (id) => {
    it("finds the fault of its failing case, once, at its line, and nothing else", () => {
      const found = findings(id, "failing");
      const expected = parse(readFileSync(join(ROOT, id, "expected.yaml"), "utf8")) as object;
      expect(found.map(({ check, path, line, at }) => ({ check, path, line, at }))).toEqual([
        { check: id, ...expected },
      ]);
    });
    it("is silent in its passing case", () => {
      expect(findings(id, "passing")).toEqual([]);
    });
    it("is silent once its remedy is followed", () => {
      expect(findings(id, "remedy")).toEqual([]);
    });
    it("speaks in sentences, of files and words that are there", () => {
      for (const { message, remedy, path } of findings(id, "failing")) {
        expect(message).toMatch(/^["\p{Lu}].*[."]$/u);
        expect(remedy).toMatch(/^\p{Lu}.*[.)]$/u);
        expect(`${message} ${remedy}`).not.toMatch(/undefined|null|NaN|\bblob\b|\bcommit\b/);
        expect(path).not.toContain(ROOT);
      }
    });
    it("explains itself", () => {
      const { page, title } = checks.find((check) => check.id === id) ?? { page: {}, title: "" };
      for (const text of [title, ...Object.values(page)]) expect(text.length).toBeGreaterThan(10);
    });
  });
});

describe("the fixtures of checks", () => {
  const ids = [...COHERENCE_CHECKS, ...CALENDAR_CHECKS].map(({ id }) => id);
  it("have valid front matter", () => {
    for (const id of ids) {
      for (const state of STATES) {
        const documents = [...laidOver(id, state)]
          .filter(([path]) => isCurriculumPath(path) && path !== "calendar.yaml")
          .map(([path, text]) => readDocument(path, text));
        expect(
          documents.flatMap((document) => [...document.problems, ...validateDocument(document)]),
          `${id}, ${state}`,
        ).toEqual([]);
      }
    }
  });
  it("are those of checks", () => {
    expect(ids.filter((id) => !readdirSync(ROOT).includes(id))).toEqual([]);
  });
});
