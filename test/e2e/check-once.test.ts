import { beforeAll, describe, expect, it } from "vitest";
import { type CheckJson, StorySchool } from "./story-school.ts";

let school: StorySchool;
beforeAll(async () => {
  school = await StorySchool.build();
});

const UNIT = "subjects/history/units/y8-trade/unit.md";
const ANSWER = "subjects/history/units/y8-trade/assessments/extended-answer.md";
const told = ({ findings }: CheckJson) => findings.map(({ check, path }) => [check, path]);

describe("a fault that several checks see", () => {
  it("is told once where a locked outcome is gone that an assessment names", async () => {
    const copy = school.copy();
    const line = copy
      .read("grimsby", UNIT)
      .split("\n")
      .find((each) => each.includes("id: o1"));
    await copy.do([{ path: UNIT, find: `${line}\n`, replace: "" }]);
    expect(told(await copy.check())).toEqual([["locked-changed", UNIT]]);
  });

  it("is told once where a common assessment is gone, and its remedy is enough", async () => {
    const copy = school.copy();
    await copy.do([{ run: `git rm -q ${ANSWER}` }]);
    const found = await copy.check();
    expect(told(found)).toEqual([["common-missing", ANSWER]]);
    const [, command = ""] = /\((git checkout [^)]+)\)/.exec(found.findings[0]?.remedy ?? "") ?? [];
    await copy.do([{ run: command }]);
    expect(told(await copy.check())).toEqual([]);
  });
});
