import { mkdirSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { ABSENT, AT_HAND, FORKS, Forks, UNRELATED, type VersionJson } from "./forks.ts";

interface SurveyJson {
  readonly versions: readonly (VersionJson & { readonly id: string })[];
  readonly checked: number;
  readonly unchanged: number;
  readonly unreachable: number;
  readonly skipped: number;
}

const FAMILY = [
  ...FORKS.filter(({ fork }) => /^(uvacobi|UCSB|mmesiti|supa-uk)/.test(fork)),
  ...UNRELATED.slice(0, 1),
];
const FOLDER = "family";

let forks: Forks;
/** What each says of itself where it lies, by the name of its folder. */
let alone: Map<string, VersionJson>;
beforeAll(async () => {
  if (!AT_HAND) return;
  forks = await Forks.open();
  mkdirSync(forks.at(FOLDER));
  alone = new Map();
  for (const each of FAMILY) {
    const folder = await forks.clone(each, { name: `${FOLDER}/${each.fork}` });
    alone.set(each.fork, (await forks.json<SurveyJson>(folder, ["drift"])).versions[0] as VersionJson);
  }
});

describe.skipIf(!AT_HAND)(AT_HAND ? "a real family side by side" : ABSENT, () => {
  it("has the figures that each fork has by itself, and adds up to the folder", async () => {
    const survey = await forks.json<SurveyJson>(".", ["drift", "--all", FOLDER]);
    const { checked, unchanged, unreachable, skipped } = survey;
    expect([checked, unchanged, unreachable, skipped]).toEqual([FAMILY.length, 0, 0, 0]);
    expect(survey.versions.map(({ id }) => id).sort()).toEqual([...alone.keys()].sort());
    for (const version of survey.versions) {
      // A plain copy has no name of its own but among others, where its folder's tells it apart.
      const {
        id: _,
        name: __,
        ...figures
      } = alone.get(version.id) as VersionJson & { id: string; name: string };
      expect(version, version.id).toMatchObject(figures);
    }
    const table = await forks.ok(".", ["drift", "--all", FOLDER]);
    for (const [name, { status, diverged, behind, contested }] of alone) {
      const row = table.split("\n").find((line) => line.startsWith(name)) ?? "";
      if (status === "no-starting-point") expect(row).toContain("NO STARTING POINT");
      else
        expect(row.slice(name.length).trim().split(/\s+/).map(Number), name).toEqual([
          diverged.passages,
          diverged.passages,
          0,
          behind.passages,
          contested.conflicts,
        ]);
    }
  });

  it("is drawn on one page with the same figures", async () => {
    await forks.ok(".", ["report", "--all", FOLDER, "--out", "page"]);
    const page = forks.read("page", "index.html");
    const count = new Intl.NumberFormat("en");
    for (const [name, { status, diverged }] of alone) {
      expect(page, name).toContain(name);
      if (status === "no-starting-point") continue;
      const { passages, words, of } = diverged;
      expect(page, name).toContain(
        `${passages} passages, ${count.format(words)} of ${count.format(of)} words`,
      );
    }
    expect(/no starting point/i.test(page)).toBe(true);
  });
});
