import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { isMap, isScalar, isSeq, parseDocument } from "yaml";
import { COHERENCE_CHECKS, coherenceMaterial, readTimetable } from "../../src/check/coherence/index.ts";
import { factsOf } from "../../src/check/facts.ts";
import { findFrontMatter } from "../../src/curriculum/front-matter.ts";
import { readDocument } from "../../src/curriculum/read.ts";
import type { Value } from "../../src/curriculum/values.ts";
import { valuesAtGlance } from "../../src/curriculum/values-at-glance.ts";
import { CORPUS_THERE, corpusCases } from "./corpus-cases.ts";

function said(value: Value): unknown {
  if (value.kind === "text") return value.text.split(/\s+/).filter(Boolean).join(" ");
  if (value.kind === "list") return value.items.map(said);
  return Object.fromEntries([...value.fields].map(([name, each]) => [name, said(each.value)]));
}

function parsed(node: unknown): unknown {
  if (isMap(node)) {
    const pairs = node.items.map(({ key, value }) => [isScalar(key) ? String(key.value) : "", parsed(value)]);
    return Object.fromEntries(pairs);
  }
  if (isSeq(node)) return node.items.map(parsed);
  if (!isScalar(node) || node.value === null) return "";
  const words = String(node.source ?? node.value).split(/\s+/);
  return words.filter(Boolean).join(" ");
}

describe.skipIf(!CORPUS_THERE)("facts of real lessons", () => {
  it("are found in every one, and every picture said to be without a text is one", () => {
    let images = 0;
    for (const { facts, text } of corpusCases()) {
      const [before, here] = (["base", "ours"] as const).map((side) =>
        factsOf(readDocument(`lessons/lesson${facts.ext}`, text(side))),
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
