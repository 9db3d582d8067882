import { existsSync, rmSync, symlinkSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { SACK, School, TRADE } from "../e2e/school.ts";
import { HostileSchool, type RawFile } from "./raw.ts";

let built: School;
beforeAll(async () => {
  built = await School.build();
});

const link = (at: string, to: string): RawFile => ({ at: at.split("/"), mode: "120000", bytes: to });

/** Verbs that read or write where a link could stand. */
const VERBS = [
  ["status"],
  ["diff"],
  ["diff", "--incoming"],
  ["drift", "--why"],
  ["explain", "y8-trade#writing"],
  ["rebase", "--dry-run"],
  ["rebase", "--accept-code"],
  ["resolve", "--list"],
  ["rebase", "--abort"],
  ["adapt", "y8-trade#case-study", "--for", "place", "--why", "Docks."],
  ["save"],
  ["log"],
  ["check", "--all"],
  ["hold", "y8-trade#writing", "--why", "Later."],
  ["merge-driver", "--install"],
  ["undo"],
];

const LINKS: Record<string, readonly RawFile[]> = {
  "documents, folders, a version and Git's attributes": [
    link(TRADE, "../../../../../outside/secret.md"),
    link(SACK, "/etc/passwd"),
    link("subjects/history/units/y8-more", "../../../../outside/subjects"),
    link("versions/extra", "../../outside"),
    link(".gitattributes", "../outside/secret.md"),
  ],
  "what is this version's own": [
    link("versions/grimsby/adaptations", "../../../outside"),
    link("versions/grimsby/downstream.yaml", "../../../outside/secret.md"),
  ],
  "the rules and records of the layer above": [
    link("versions/north/adaptations", "../../../outside"),
    link("versions/north/rules.yaml", "../../../outside/secret.md"),
  ],
};

test.each(Object.entries(LINKS))("a link in place of %s leads nowhere", async (_, files) => {
  const school = await HostileSchool.from(built);
  await school.publish("north", files);
  school.edit(TRADE, "Norwich market", "Grimsby haven");
  const before = school.outside();
  await school.ok("grimsby", ["fetch"]);
  for (const args of VERBS) await school.tried("grimsby", args);
  await school.tried("grimsby", ["versions", "list"]);
  expect(school.outside()).toEqual(before);
});

test("a link and a folder of one name in one tree: nothing is written through it", async () => {
  const school = await HostileSchool.from(built);
  const head = await school.run("north", ["rev-parse", "main"]);
  const tree = school.graft("north", `${head}^{tree}`, [link("zone", "../outside")]);
  const inner = school.graft("north", null, [{ at: ["planted.md"], bytes: "# Planted\n" }]);
  const listed = Buffer.from(
    await school.run("north", ["ls-tree", tree]).then((out) =>
      out
        .split("\n")
        .map((line) => line.split(/[ \t]/))
        .map(([mode = "", , oid = "", name = ""]) => [`${mode.replace(/^0/, "")} ${name}\0`, oid] as const)
        .concat([["40000 zone\0", inner]])
        .flatMap(([head, oid]) => [...Buffer.from(head), ...Buffer.from(oid, "hex")]),
    ),
  );
  const both = school.object("north", "tree", listed);
  const commit = await school.run("north", ["commit-tree", both, "-p", head, "-m", "Both"]);
  await school.run("north", ["tag", "-a", "-m", "Both", "edition/north/both", commit]);
  await school.run("north", ["update-ref", "refs/heads/group/all", commit]);
  await school.run("north", ["update-ref", "refs/heads/main", commit]);
  const before = school.outside().filter((name) => name !== "new");
  await school.ok("grimsby", ["fetch"]);
  for (const args of [["rebase", "--dry-run"], ["rebase"], ["status"], ["diff", "--incoming"]])
    await school.tried("grimsby", args);
  await school.tried(".", ["fork", "north", "new", "--id", "new", "--name", "New"]);
  expect(school.outside().filter((name) => name !== "new")).toEqual(before);
});

test.each([
  ["versions/grimsby/adaptations", "outside"],
  ["versions/grimsby", "outside"],
  ["versions", "outside"],
  [TRADE, "outside/secret.md"],
  ["versions/grimsby/version.yaml", "outside/version.yaml"],
])("a link put at %s in the work tree is not followed", async (at, to) => {
  const school = await HostileSchool.from(built);
  school.edit(SACK, "Raw wool", "Raw cod");
  rmSync(school.at("grimsby", at), { recursive: true, force: true });
  symlinkSync(school.at(to), school.at("grimsby", at));
  const before = school.outside();
  for (const args of [["status"], ["diff"], ["explain", "y8-trade#writing"], ["save"], ["log"]])
    await school.tried("grimsby", args);
  await school.tried("grimsby", ["adapt", "y8-trade-sack#starter", "--for", "place", "--why", "Docks."]);
  expect(school.outside()).toEqual(before);
  expect(existsSync(school.at("outside", "docks.yaml"))).toBe(false);
});
