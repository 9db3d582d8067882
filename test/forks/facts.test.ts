import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseDocument } from "yaml";
import { COHERENCE_CHECKS, coherenceMaterial, readTimetable } from "../../src/check/coherence/index.ts";
import { factsWithProse } from "../../src/check/facts.ts";
import { findFrontMatter } from "../../src/curriculum/front-matter.ts";
import { readDocument } from "../../src/curriculum/read.ts";
import { valuesAtGlance } from "../../src/curriculum/values-at-glance.ts";
import { parsed, said } from "../unit/curriculum/said.ts";
import { CORPUS_THERE, corpusCases } from "./corpus-cases.ts";

describe.skipIf(!CORPUS_THERE)("facts of real lessons", () => {
  it("are found in every one, and every picture said to be without a text is one", () => {
    let images = 0;
    for (const { facts, text } of corpusCases()) {
      const [before, here] = (["base", "ours"] as const).map((side) =>
        factsWithProse(readDocument(`lessons/lesson${facts.ext}`, text(side))),
      );
      if (before === undefined || here === undefined) continue;
      const timetable = readTimetable(null);
      const material = coherenceMaterial({ here: [here], before: [before], baseCommit: null, timetable });
      for (const { find } of COHERENCE_CHECKS) {
        for (const { line } of find(material)) {
          images++;
          expect(text("ours").split(/\r?\n/)[(line ?? 0) - 1], facts.id).toMatch(/!\[\s*\]|<img/i);
        }
      }
    }
    expect(images).toBeGreaterThan(0);
  });
  it("come from fields that are those of the YAML parser, where a look tells them", () => {
    let told = 0;
    for (const { facts, files } of corpusCases()) {
      const text = readFileSync(files.ours, "utf8");
      const found = findFrontMatter(text, 0);
      const yaml = /ya?ml$/.test(facts.ext)
        ? text
        : "open" in found
          ? text.slice(found.body, found.bodyEnd)
          : null;
      const glance = yaml === null ? null : valuesAtGlance(yaml, 1);
      if (yaml === null || glance === null) continue;
      told++;
      const { contents, errors } = parseDocument(yaml, { prettyErrors: false, logLevel: "error" });
      expect(errors, facts.id).toEqual([]);
      expect(said({ kind: "fields", line: 1, fields: glance }), facts.id).toEqual(parsed(contents) || {});
    }
    expect(told).toBeGreaterThan(50);
  });
});
