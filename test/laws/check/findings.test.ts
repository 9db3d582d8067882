import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  compareTeaching,
  isBefore,
  type Placement,
  readTerms,
  readYears,
  timeOf,
} from "../../../src/check/coherence/teaching-order.ts";
import { factsOf } from "../../../src/check/facts.ts";
import { readDocument } from "../../../src/curriculum/read.ts";
import { coherenceOf, type Files, factsIn, findAll } from "../../unit/check/curricula.ts";

const TERMS = ["autumn-1", "autumn-2", "spring-1", "spring-2", "summer-1", "summer-2"];
const unitId = fc.integer({ min: 0, max: 5 }).map((number) => `u${number}`);
const word = fc.constantFrom("toll", "guild", "wage", "staple");
const place = fc.constantFrom("Norwich", "Louth", "Barton", "Lynn");

const row = fc.record({
  unit: unitId,
  yearGroup: fc.constantFrom("7", "8", "9", "3/4", "R", "somewhen"),
  term: fc.option(fc.constantFrom(...TERMS, "spring")),
  cycle: fc.option(fc.constantFrom("A", "B"), { freq: 4 }),
  weeks: fc.integer({ min: 1, max: 6 }),
  lessons: fc.integer({ min: 1, max: 9 }),
});
const programme = fc.record({
  name: fc.constantFrom("ks2", "ks3", "ks4"),
  rows: fc.array(row, { maxLength: 6 }),
});

const unit = fc.record({
  id: unitId,
  requires: fc.uniqueArray(unitId, { maxLength: 2 }),
  threads: fc.uniqueArray(fc.constantFrom("trade", "power"), { maxLength: 2 }),
  keywords: fc.uniqueArray(word, { maxLength: 2 }),
  statements: fc.uniqueArray(fc.constantFrom("s1", "s2", "s3"), { maxLength: 2 }),
  outcomes: fc.uniqueArray(fc.constantFrom("o1", "o2"), { minLength: 1 }),
  about: place,
  after: place,
  uses: fc.array(word, { maxLength: 2 }),
});
const assessment = fc.record({
  unit: unitId,
  yearGroup: fc.constantFrom("7", "8", "9"),
  term: fc.constantFrom(...TERMS),
});

const curriculum = fc
  .record({
    programmes: fc.uniqueArray(programme, { selector: ({ name }) => name, maxLength: 2 }),
    units: fc.uniqueArray(unit, { selector: ({ id }) => id, maxLength: 6 }),
    assessments: fc.array(assessment, { maxLength: 2 }),
  })
  .map(({ programmes, units, assessments }): Files => {
    const files = new Map<string, string>([
      [
        "frameworks/one.yaml",
        "id: one\ntype: framework\nitems:\n  - {id: s1, text: Old., replacedBy: s2}\n  - {id: s2, text: New.}\n  - {id: s3, text: Other.}\n",
      ],
    ]);
    for (const { name, rows } of programmes) {
      const lines = rows.map((each) => {
        const fields = Object.entries(each).flatMap(([key, value]) =>
          value === null ? [] : [`${key}: ${value}`],
        );
        return `  - {${fields.join(", ")}}`;
      });
      files.set(
        `subjects/history/${name}.yaml`,
        `id: ${name}\ntype: programme\ntitle: ${name}\nyearGroups: [7]\nsequence:\n${lines.join("\n")}\n`,
      );
    }
    for (const each of units) {
      const folder = `subjects/history/units/${each.id}`;
      const outcomes = each.outcomes.map((id) => `  - {id: ${id}, text: Say ${id} of ${each.id}.}`);
      files.set(
        `${folder}/unit.md`,
        `---\nid: ${each.id}\ntype: unit\ntitle: The unit ${each.id}\noutcomes:\n${outcomes.join("\n")}\nrequires: [${each.requires.join(", ")}]\nthreads: [${each.threads.join(", ")}]\nkeywords: [${each.keywords.join(", ")}]\nstatements: [${each.statements.join(", ")}]\nlessons: [${each.id}-l1]\n---\n## The town\n\nThis unit is about ${each.about}.\n\n## Later\n\nPupils go back to ${each.after}, and do more.\n`,
      );
      files.set(
        `${folder}/lessons/01.md`,
        `---\nid: ${each.id}-l1\ntype: lesson\ntitle: One\nunit: ${each.id}\noutcome: I can.\nkeywords: [${each.uses.join(", ")}]\nminutes: 60\n---\n# One\n\n![](${each.id}.png)\n`,
      );
    }
    for (const [at, { unit: id, yearGroup, term }] of assessments.entries()) {
      files.set(
        `subjects/history/units/${id}/assessments/${at}.md`,
        `---\nid: a${at}\ntype: assessment\ntitle: A test\nassesses: [${id}.o1]\nwhen: {yearGroup: ${yearGroup}, term: ${term}}\ncommon: true\n---\n# A test\n`,
      );
    }
    return files;
  });

const RUNS = { numRuns: 40 };
const TIMETABLE = { weeks: 3, periods: { history: 2 }, minutes: 50 };

describe("findings of coherence", () => {
  it("do not depend on the order of files, and each is told once", () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(curriculum, curriculum, fc.integer(), (here, base, seed) => {
        const found = findAll(coherenceOf(here, base, TIMETABLE));
        const shuffle = (files: Files): Files =>
          new Map([...files].sort(([a], [b]) => hash(a, seed) - hash(b, seed)));
        const again = findAll(coherenceOf(shuffle(here), shuffle(base), TIMETABLE));
        expect(sorted(again)).toEqual(sorted(found));
        const keys = found.map(({ check, at, about }) => `${check} ${at} ${about}`);
        expect(new Set(keys).size).toBe(keys.length);
        for (const { check } of found) seen.add(check);
      }),
      { numRuns: 400 },
    );
    // A law about nothing would hold as well. Of the twelve that there are, two are made by one pair in fifty or fewer.
    expect(seen.size).toBeGreaterThanOrEqual(11);
  }, 60_000);
  it("are not added to by a document that nothing refers to and that refers to nothing", () => {
    fc.assert(
      fc.property(curriculum, curriculum, (here, base) => {
        const found = findAll(coherenceOf(here, base, TIMETABLE));
        const more = new Map([
          ...here,
          [
            "subjects/art/units/still-life/unit.md",
            "---\nid: still-life\ntype: unit\ntitle: A bowl of pears\noutcomes:\n  - {id: o9, text: Draw what is there.}\n---\n# A bowl of pears\n\nNobody eats them until Friday.\n",
          ],
        ]);
        expect(sorted(findAll(coherenceOf(more, base, TIMETABLE)))).toEqual(sorted(found));
      }),
      RUNS,
    );
  });
  it("of a comparison with itself are those without a base", () => {
    fc.assert(
      fc.property(curriculum, (here) => {
        expect(findAll(coherenceOf(here, here, TIMETABLE))).toEqual(
          findAll(coherenceOf(here, null, TIMETABLE)),
        );
      }),
      RUNS,
    );
  });
  it("stand at lines of files that are there", () => {
    fc.assert(
      fc.property(curriculum, curriculum, (here, base) => {
        for (const { path, line, at } of findAll(coherenceOf(here, base, TIMETABLE))) {
          const text = here.get(path);
          expect(line === null, path).toBe(text === undefined);
          if (line !== null) expect(line).toBeLessThanOrEqual(text?.split("\n").length ?? 0);
          expect(at).toMatch(/^[\w-]+(?:[#@].+)?$/);
        }
      }),
      RUNS,
    );
  });
});

const sorted = <T>(all: readonly T[]): string[] => all.map((each) => JSON.stringify(each)).sort();
const hash = (text: string, seed: number): number =>
  [...text].reduce((sum, letter) => (Math.imul(sum, 31) + letter.charCodeAt(0)) | 0, seed);

describe("the order of teaching", () => {
  const placement = fc
    .tuple(fc.constantFrom("a.yaml", "b.yaml"), row, fc.nat(5))
    .map(([path, { unit: id, ...rest }, index]): Placement => {
      const text = { ...rest, unit: id, line: 1, key: "@sequence", weeks: null, lessons: null };
      const owner = factsOf(readDocument(path, `id: ${path}\ntype: programme\n`));
      return { programme: owner, row: text, index, ...timeOf(text.yearGroup, text.term) };
    });

  it("is total", () => {
    fc.assert(
      fc.property(placement, placement, placement, (a, b, c) => {
        expect(Math.sign(compareTeaching(a, b))).toBe(-Math.sign(compareTeaching(b, a)) + 0);
        if (compareTeaching(a, b) <= 0 && compareTeaching(b, c) <= 0) {
          expect(compareTeaching(a, c)).toBeLessThanOrEqual(0);
        }
      }),
    );
  });
  it("never says of two that each comes first, nor of one that it comes before itself", () => {
    fc.assert(
      fc.property(placement, placement, (a, b) => {
        expect(isBefore(a, a)).toBe(false);
        if (isBefore(a, b) === true) expect(isBefore(b, a)).toBe(false);
        if (isBefore(a, b) === null) expect(isBefore(b, a)).toBe(null);
      }),
    );
  });
  it("agrees with year and half-term where both are said", () => {
    fc.assert(
      fc.property(placement, placement, (a, b) => {
        if (isBefore(a, b) !== true || !a.years || !b.years || !a.terms || !b.terms) return;
        expect(a.years.from).toBeLessThanOrEqual(b.years.from);
      }),
    );
  });
  it("reads years and half-terms as people write them", () => {
    expect(["8", "Year 8", "7-9", "3/4", "R", "Nursery", "whole school", null].map(readYears)).toEqual([
      { from: 8, to: 8 },
      { from: 8, to: 8 },
      { from: 7, to: 9 },
      { from: 3, to: 4 },
      { from: 0, to: 0 },
      { from: -1, to: -1 },
      null,
      null,
    ]);
    expect(["autumn-1", "Summer 2", "spring", "michaelmas"].map(readTerms)).toEqual([
      { from: 0, to: 0 },
      { from: 5, to: 5 },
      { from: 2, to: 3 },
      null,
    ]);
  });
});

describe("facts", () => {
  it("are plain data that survive being kept", () => {
    fc.assert(
      fc.property(curriculum, (files) => {
        const facts = factsIn(files);
        expect(JSON.parse(JSON.stringify(facts))).toEqual(facts);
      }),
      RUNS,
    );
  });
});
