import { beforeAll, describe, expect, it } from "vitest";
import { StorySchool } from "./story-school.ts";

let school: StorySchool;
beforeAll(async () => {
  school = await StorySchool.build();
});

const LESSON = "subjects/history/units/y8-trade/lessons/01-sack.md";
const UNIT = "subjects/history/units/y8-trade/unit.md";
const HOMEWORK = "## Homework\n";

describe("a slip of the hand is told once, with what mends it", () => {
  const slips: readonly (readonly [slip: string, path: string, find: string, put: string, check: string])[] =
    [
      ["an id that is gone", LESSON, "id: y8-trade-sack\n", "", "id-changed"],
      ["an id with a space", LESSON, "id: y8-trade-sack\n", "id: y8 trade sack\n", "id-changed"],
      ["front matter that is never closed", LESSON, `---\n# `, "# ", "front-matter"],
      ["markers in the fields", LESSON, "unit: y8-trade\n", MARKED("unit: y8-trade"), "merge-markers"],
      [
        "one marker line that was left over",
        LESSON,
        HOMEWORK,
        `${HOMEWORK}\n>>>>>>> main\n`,
        "merge-markers",
      ],
      ["a type that is none", LESSON, "type: lesson\n", "type: leson\n", "fields"],
      ["a unit that is a lesson", LESSON, "unit: y8-trade\n", "unit: y8-trade-sack\n", "reference-broken"],
    ];
  for (const [slip, path, find, put, check] of slips) {
    it(`${slip}: ${check}`, async () => {
      const copy = school.copy();
      await copy.do([{ path, find, replace: put }]);
      const { findings } = await copy.check();
      const others = findings.filter((each) => each.check !== "reason-missing");
      expect(others.map((each) => [each.check, each.path])).toEqual([[check, path]]);
      if (check === "id-changed") expect(others[0]?.remedy).toContain("`id: y8-trade-sack`");
      if (slip.startsWith("front")) expect(findings).toEqual(others);
      await copy.do([{ run: `git checkout -q -- ${UNIT} ${LESSON}` }]);
      expect((await copy.check()).findings).toEqual([]);
    });
  }

  it("a record whose address is misspelt, until the address is corrected", async () => {
    const copy = school.copy();
    const path = "versions/grimsby/adaptations/homework.yaml";
    const record = (at: string) =>
      `id: grimsby/homework\ntitle: Homework on the docks\nkind: replace\nfor: [place]\nwhy: Families work there.\npassages:\n  - {at: "${at}"}\nstatus: active\n`;
    const unit = `${UNIT.replace("y8-trade", "y9-industry")}`;
    await copy.do([
      { path: unit, find: "Ask at home who worked in a mill.", replace: "Ask who worked on the docks." },
    ]);
    const at = (await copy.check()).findings[0]?.at ?? "";
    copy.write(`grimsby/${path}`, record(`${at}s`));
    const told = (await copy.check()).findings.find((each) => each.path === path);
    expect([told?.check, told?.message]).toEqual([
      "record-without-change",
      expect.stringContaining("there is no such passage"),
    ]);
    copy.write(`grimsby/${path}`, record(at));
    expect((await copy.check(["--fix"])).findings).toEqual([]);
  });

  it("says nothing of files that follow another system's rules", async () => {
    const copy = school.copy();
    await copy.do([
      { path: "_config.yml", write: "type: episode\ntitle: Our pages\n" },
      {
        path: "pages/about.md",
        write: "---\ntype: page\ntitle: About\n---\n\n# About\n\n>> A quote in a quote.\n",
      },
    ]);
    const { findings } = await copy.check();
    expect(findings.filter(({ check }) => check !== "reason-missing")).toEqual([]);
  });
});

function MARKED(line: string): string {
  return `<<<<<<< HEAD\n${line}\n=======\n${line}s\n>>>>>>> main\n`;
}
