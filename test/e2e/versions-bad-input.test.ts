import { chmodSync, existsSync } from "node:fs";
import { beforeAll, expect, it } from "vitest";
import { PATHS, Trust } from "./three-layers.ts";

interface SurveyJson {
  readonly versions: readonly {
    readonly id: string;
    readonly contested: { conflicts: number; passages: readonly string[] };
  }[];
  readonly without: readonly { id: string; seen: { state: string; why: string } }[];
  readonly checked: number;
  readonly skipped: number;
}

interface ImpactJson {
  readonly versions: readonly { id: string; outcome: string; decisions: readonly { at: string }[] }[];
}

let built: Trust;
beforeAll(async () => {
  built = (await Trust.build()).copy();
  await built.ok("north", ["versions", "add", "../grimsby"]);
  await built.ok("centre", ["versions", "add", "../north"]);
});

const surveyOf = (trust: Trust, folder: string, ...args: string[]): Promise<SurveyJson> =>
  trust.json<SurveyJson>(folder, ["drift", "--all", ...args]);

it("names a version whose own file takes editions from nobody that is known, and counts it apart", async () => {
  const trust = built.copy();
  trust.replace("grimsby/versions/grimsby/version.yaml", "id: north", "id: atlantis");
  await trust.commit("grimsby", "Another upstream");
  const told = (await trust.ok("centre", ["versions", "sync"])).replace(/\s+/g, " ");
  const why = "by its own file it takes its editions from atlantis, but it stands on the list of north";
  expect(told).toContain(`(grimsby) is left out: ${why}`);
  const survey = await surveyOf(trust, "centre");
  expect(survey.versions.map(({ id }) => id)).toEqual(["north"]);
  expect(survey.without).toMatchObject([{ id: "grimsby", seen: { state: "skipped", why } }]);
  expect([survey.checked, survey.skipped]).toEqual([1, 1]);
  // In a folder no list says which of the two it carries is the version itself.
  const folder = await surveyOf(trust, ".", ".");
  expect(folder.versions.map(({ id }) => id)).toEqual(["north"]);
  expect(folder.without).toMatchObject([
    { id: "grimsby", seen: { state: "skipped", why: expect.stringContaining("grimsby or north could be") } },
  ]);
  expect(folder.skipped).toBe(1);
});

it("measures one of two clones with the same id, and names the other", async () => {
  const trust = built.copy();
  await trust.run(".", ["clone", "-q", "grimsby", "grimsby-old"]);
  const survey = await surveyOf(trust, ".", ".");
  expect(survey.versions.map(({ id }) => id)).toEqual(["north", "grimsby"]);
  expect(survey.without).toMatchObject([
    { id: "grimsby", seen: { state: "skipped", why: "the id grimsby is taken by grimsby" } },
  ]);
  expect(survey.skipped).toBe(1);
  expect((await trust.ok(".", ["drift", "--all", "."])).replace(/\s+/g, " ")).toContain("1 left out");
});

it("merges in the hub by its own rules, whatever drivers a curriculum names", async () => {
  const trust = built.copy();
  await trust.publishSpring();
  await trust.ok("centre", ["versions", "sync"]);
  const [plain, ahead] = [await surveyOf(trust, "centre"), await decisions(trust)];
  expect(plain.versions.find(({ id }) => id === "grimsby")?.contested).toMatchObject({ conflicts: 1 });
  expect(ahead.flatMap(([, places]) => places)).not.toEqual([]);

  // A driver that would call every merge clean and leaves a trace, set up by the user for something else.
  const driver = trust.at("driver.sh");
  trust.write("driver.sh", `#!/bin/sh\ntouch '${trust.at("it-ran")}'\n`);
  chmodSync(driver, 0o755);
  await trust.run(".", ["config", "--global", "merge.evil.driver", `'${driver}' %A`]);
  for (const rule of ["*.md merge=union\n", "*.md merge=evil -diff\n"]) {
    const named = trust.copy();
    for (const folder of ["centre", "north", "grimsby"]) {
      named.write(`${folder}/.gitattributes`, rule);
      await named.commit(folder, "How Git is to merge here");
    }
    await named.ok("centre", ["versions", "sync"]);
    const survey = await surveyOf(named, "centre");
    for (const { id, contested } of plain.versions)
      expect(survey.versions.find((each) => each.id === id)?.contested, rule + id).toEqual(contested);
    expect(await decisions(named), rule).toEqual(ahead);
    expect(existsSync(trust.at("it-ran")), rule).toBe(false);
  }
  // Git itself, asked to merge in a work tree, would have run it.
  trust.write("grimsby/.gitattributes", "*.md merge=evil\n");
  await trust.git("grimsby", ["merge", "--no-edit", "upstream/main"]);
  expect(existsSync(trust.at("it-ran"))).toBe(true);
});

/** What a central change of a text that both below have changed would leave to decide, by version. */
async function decisions(trust: Trust): Promise<[string, string[]][]> {
  const text = "Norwich market shows how wool and wine changed hands.";
  if (trust.read(`centre/${PATHS.unit}`).includes(text)) {
    trust.replace(`centre/${PATHS.unit}`, text, "Lynn market shows how wool and wine changed hands.");
    await trust.commit("centre", "For the summer");
  }
  const { versions } = await trust.json<ImpactJson>("centre", ["impact"], 1);
  return versions.map(({ id, decisions: ahead }) => [id, ahead.map(({ at }) => at)]);
}
