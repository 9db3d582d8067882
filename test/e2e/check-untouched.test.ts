import { beforeAll, describe, expect, it } from "vitest";
import { type CheckJson, StorySchool } from "./story-school.ts";

let school: StorySchool;
beforeAll(async () => {
  school = await StorySchool.build();
});

const UNIT = "subjects/history/units/y9-industry/unit.md";
const FRAMEWORK = "frameworks/national-curriculum.yaml";
const STATEMENT = "  - {id: hi-ks3-haven, text: The growth of a port}\n";
const FIRST = "items:\n";
const LESSON = "subjects/history/units/y8-trade/lessons/01-sack.md";
const commit = (message: string) => ({ run: `git add -A && git commit -qm "${message}"` });
const told = ({ findings }: CheckJson) =>
  findings.filter(({ check }) => check !== "reason-missing").map(({ check, path }) => [check, path]);

describe("what a change does to documents that it leaves alone", () => {
  it("finds what named a statement that the change takes back, so that its own file is upstream's again", async () => {
    const copy = school.copy();
    await copy.do([
      { path: FRAMEWORK, find: FIRST, replace: `${FIRST}${STATEMENT}` },
      { path: UNIT, find: "statements: [", replace: "statements: [hi-ks3-haven, " },
      commit("Haven"),
      { run: "git switch -qc back" },
      { path: FRAMEWORK, find: STATEMENT, replace: "" },
      commit("Back"),
    ]);
    expect(told(await copy.check(["--since", "main"]))).toEqual([["reference-broken", UNIT]]);
  });

  it("finds what no longer fits where the change is of the timetable or of a lesson's minutes", async () => {
    const copy = school.copy();
    const version = "versions/grimsby/version.yaml";
    const timetable = "timetable: {weeks: 39, periods: {history: 1}, minutes: 10}\n";
    await copy.do([{ path: version, find: "layer: school\n", replace: `layer: school\n${timetable}` }]);
    expect(told(await copy.check(["--since", "main"])).map(([check]) => check)).toContain("time-short");
  });

  it("tells a locked outcome that is gone once", async () => {
    const copy = school.copy();
    await copy.do([{ run: `sed -i '/^  - {id: o1,/d' ${UNIT}` }]);
    const { findings } = await copy.check();
    expect(findings.map(({ check }) => check).filter((check) => /locked|outcome/.test(check))).toEqual([
      "locked-changed",
    ]);
  });

  it("is silent about a reference that was broken before the change", async () => {
    const copy = school.copy();
    await copy.do([
      { path: UNIT, find: "requires: [", replace: "requires: [y8-harbour, " },
      commit("A unit that is still to be written"),
      { run: "git switch -qc minutes" },
      { path: LESSON, find: "keywords: [", replace: "keywords: [haven, " },
      commit("Scales"),
    ]);
    expect(told(await copy.check(["--since", "main"]))).toEqual([]);
    expect(told(await copy.check())).toEqual([["reference-broken", UNIT]]);
  });

  it("finds what shows or lists a file that the change moves or deletes, be it the school's own", async () => {
    const copy = school.copy();
    const curve = "subjects/science/units/particles/resources/heating-curve.svg";
    const plan = "subjects/history/units/y8-trade/resources/quay.svg";
    const heating = "subjects/science/units/particles/lessons/03-heating.md";
    await copy.do([
      { path: plan, write: '<svg xmlns="http://www.w3.org/2000/svg"/>\n' },
      { path: LESSON, find: "## Homework\n", replace: "## Homework\n\n![The quay](../resources/quay.svg)\n" },
      commit("Quay"),
      { run: `git switch -qc tidy && git rm -q ${plan} && git mv ${curve} subjects/science/curve.svg` },
      commit("Tidied"),
    ]);
    const { findings } = await copy.check(["--since", "main"]);
    expect(findings.map(({ check, path }) => [check, path])).toEqual([
      ["file-missing", LESSON],
      ["file-missing", heating],
    ]);
    expect(findings.map(({ remedy }) => remedy)).toEqual([
      expect.stringContaining(`(\`git checkout main -- :/${plan}\`)`),
      expect.stringContaining("Write ../../../curve.svg in place of ../resources/heating-curve.svg "),
    ]);
    const [back] = /git checkout [^`]+/.exec(findings[0]?.remedy ?? "") ?? [""];
    await copy.do([
      { run: back },
      { path: heating, find: "../resources/heating-curve.svg", replace: "../../../curve.svg" },
    ]);
    expect(told(await copy.check(["--since", "main"]))).toEqual([]);
  });

  it("leaves plain pages alone whose pictures are kept elsewhere, and finds the page that is not there", async () => {
    const copy = school.copy();
    const page = "notes/visit.md";
    await copy.do([
      { path: page, write: "# Visit\n\n![The dock](fig/dock.webp)\n\nSee [the plan](plan-of-the-day.md).\n" },
    ]);
    const { findings } = await copy.check();
    expect(findings.flatMap(({ check, line }) => (check === "file-missing" ? [line] : []))).toEqual([5]);
  });
});
