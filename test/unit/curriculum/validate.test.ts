import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { readDocument } from "../../../src/curriculum/read.ts";
import { SCHEMAS } from "../../../src/curriculum/schemas.ts";
import { validateDocument } from "../../../src/curriculum/validate.ts";

const LESSON = "subjects/h/units/u/lessons/01.md";
const problems = (path: string, text: string) =>
  validateDocument(readDocument(path, text)).map((problem) => `${problem.line} ${problem.message}`);

describe("validateDocument", () => {
  it("says what is missing and what was found, and where", () => {
    const text = `---
id: a
unit: u
minutes: an hour
keyLearningPoints:
  - {id: k1, text: x}
  - id: k2
leeway: {outcomes: locked}
reviewBy: soon
---
`;
    expect(problems(LESSON, text)).toEqual([
      "1 A lesson needs outcome: what pupils will be able to do.",
      '4 minutes: expected a number of minutes, such as 60; found "an hour".',
      "7 keyLearningPoints, number 2: text is missing (what it says, in a sentence).",
      '8 leeway, outcomes: expected one of none, add, reason, free; found "locked".',
      '9 reviewBy: expected a date such as 2027-07-31; found "soon".',
    ]);
  });

  it("is content with unknown fields, unknown types and plain files", () => {
    expect(problems(LESSON, "---\nid: a\nunit: u\noutcome: o\nextra: {x: 1}\n---\n")).toEqual([]);
    expect(problems("a.md", "---\nid: Y8 Trade\ntype: worksheet\n---\n")).toEqual([
      '2 id: expected an id without spaces, # or @, such as y8-trade; found "Y8 Trade".',
    ]);
    expect(problems("a.md", "---\nid: a\ntype: worksheet\nx: 1\n---\n")).toEqual([]);
    expect(problems("_config.yml", "type: episode\n")).toEqual([]);
    expect(problems("a.md", "---\nsources: some of another system\n---\n")).toEqual([]);
  });

  it("finds a type that is none where the folder says what it holds", () => {
    expect(problems(LESSON, "---\nid: a\ntype: leson\n---\n")).toEqual([
      '3 type: expected lesson, which is what this folder holds; found "leson".',
    ]);
  });

  it("finds items that stand twice and a subject without intent", () => {
    const unit = "---\nid: u\noutcomes:\n  - {id: o1, text: a}\n  - {id: o1, text: b}\n---\n";
    expect(problems("subjects/h/units/u/unit.md", unit)).toEqual([
      '5 In outcomes, "o1" stands more than once; give each its own.',
    ]);
    expect(problems("subjects/h/subject.md", "---\nid: h\n---\n# History\n")[0]).toContain("section Intent");
    expect(problems("subjects/h/subject.md", "---\nid: h\n---\n# History\n\n## Intent\n\nx\n")).toEqual([]);
  });

  it("has nothing to add where the fields cannot be read", () => {
    expect(problems(LESSON, "---\na: b: c\n---\n")).toEqual([]);
  });

  it("has schemas that editors can use", () => {
    for (const schema of Object.values(SCHEMAS)) {
      expect(z.toJSONSchema(schema(), { io: "input" })).toHaveProperty("type", "object");
    }
  });
});
