import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { School, TRADE } from "./school.ts";

let built: School;
beforeAll(async () => {
  built = await School.build();
});

test("release names the last commit with notes, lets groups have it, and can be taken back", async () => {
  const school = built.copy();
  school.replace(`centre/${TRADE}`, "Norwich market", "Lynn market");
  await school.ok("centre", ["save", "-m", "Lynn"]);
  school.write("centre/README.md", "# Draft\n");
  const before = await school.everything("centre");
  expect(
    await school.ok("centre", [
      "release",
      "2026-27-spring",
      "--notes",
      "Lynn",
      "--group",
      "all",
      "pilot",
      "--dry-run",
    ]),
  ).toContain("Nothing was changed.");
  expect(await school.everything("centre")).toBe(before);
  const said = await school.ok("centre", [
    "release",
    "2026-27-spring",
    "--notes",
    "Lynn for Norwich.\n\nSource E is new.",
    "--group",
    "all",
    "pilot",
  ]);
  expect(said).toContain("Edition 2026-27-spring of The Centre is named.");
  expect(said).toContain("The group all has it now.");
  expect(said).toContain("Not in it: 1 changed file that is not committed.");
  const head = await school.run("centre", ["rev-parse", "HEAD"]);
  expect(await school.run("centre", ["cat-file", "-t", "edition/centre/2026-27-spring"])).toBe("tag");
  for (const ref of ["edition/centre/2026-27-spring^{commit}", "group/all", "group/pilot"]) {
    expect(await school.run("centre", ["rev-parse", ref])).toBe(head);
  }
  expect(
    await school.run("centre", ["tag", "-l", "--format=%(contents)", "edition/centre/2026-27-spring"]),
  ).toBe("Lynn for Norwich.\n\nSource E is new.");
  expect(await school.refused(["release", "2026-27-spring", "--notes", "again"], 2, "centre")).toMatch(
    /exists already[\s\S]*leeway release 2026-27-spring\.1/,
  );
  await school.ok("centre", ["undo"]);
  expect(await school.everything("centre")).toBe(before);
});

test("bad names and missing notes", async () => {
  const school = built.copy();
  for (const name of ["bad name", "a..b", "x.lock", ".x", "a/b", "-x".replace("-", "~"), "é"]) {
    expect(await school.refused(["release", name, "--notes", "x"], 2, "centre")).toContain(
      "cannot name an edition or a group",
    );
  }
  expect(await school.refused(["release", "x", "--notes", "y", "--group", "a b"], 2, "centre")).toContain(
    '"a b" cannot name',
  );
  for (const notes of [[], ["--notes", " "], ["--notes-file", "nowhere.md"]]) {
    expect(await school.refused(["release", "x", ...notes], 2, "centre")).toMatch(/notes/);
  }
  school.write("notes.md", "From a file.\n");
  await school.ok("centre", ["release", "x", "--notes-file", "../notes.md"]);
  expect(await school.run("centre", ["tag", "-l", "--format=%(contents:subject)", "edition/centre/x"])).toBe(
    "From a file.",
  );
});

test("versions add and list", async () => {
  const school = built.copy();
  expect(await school.ok("north", ["versions", "list"])).toContain("No versions below this one are known.");
  expect(await school.ok("north", ["versions", "add", "../grimsby"])).toContain(
    "Harbour Academy Grimsby (grimsby, school) is on the list of versions below.",
  );
  expect(school.read("north/versions/north/downstream.yaml")).toBe(
    "- {id: grimsby, name: Harbour Academy Grimsby, layer: school, url: ../grimsby, group: all}\n",
  );
  expect(await school.run("north", ["status", "--porcelain"])).toBe("");
  expect(await school.json(["versions", "list"], "north")).toMatchObject({
    versions: [{ id: "grimsby", url: "../grimsby" }],
  });
  expect(await school.refused(["versions", "add", "../grimsby"], 2, "north")).toContain(
    "Harbour Academy Grimsby is on the list already.",
  );
  expect(await school.refused(["versions", "add", "../grimsby"], 2, "centre")).toMatch(
    /takes its editions from north, not from centre\.[\s\S]*Ask north to add it/,
  );
  expect(await school.refused(["versions", "add", "../nowhere"], 4, "north")).toContain("cannot be reached");
  expect(await school.refused(["versions", "paint"], 2, "north")).toContain("does not know paint");
  expect(await school.refused(["versions", "add"], 2, "north")).toContain("not said which repository to add");
  await school.run(".", ["init", "-q", "--bare", "empty.git"]);
  expect(await school.refused(["versions", "add", "../empty.git"], 2, "north")).toContain("no commit yet");
  await school.ok("north", ["undo"]);
  expect(existsSync(school.at("north/versions/north/downstream.yaml"))).toBe(false);
});

test("the list of versions below counts as it is saved, for every verb, and an edit that is not is told", async () => {
  const school = built.copy();
  await school.ok("north", ["versions", "add", "../grimsby"]);
  await school.ok("north", ["versions", "sync"]);
  const list = "north/versions/north/downstream.yaml";
  school.write(list, `${school.read(list)}- {id: hull, name: Hull Quays, layer: school, url: ../hull}\n`);
  for (const args of [
    ["versions", "list"],
    ["versions", "sync", "--dry-run"],
    ["drift", "--all"],
    ["impact"],
  ]) {
    const { code, out, err } = await school.leeway("north", args);
    expect([args, code]).toEqual([args, 0]);
    expect(err).toContain("downstream.yaml is changed and not saved: the list that counts is the saved one.");
    expect(out).not.toContain("Hull Quays");
  }
  await school.ok("north", ["save"]);
  const { out, err } = await school.leeway("north", ["versions", "list"]);
  expect([out, err]).toEqual([expect.stringContaining("Hull Quays"), ""]);
});

test("init starts a curriculum in a new or empty folder, and only there", async () => {
  const school = new School();
  mkdirSync(school.at("full"));
  writeFileSync(school.at("full/mine.txt"), "mine");
  for (const more of [[], ["--dry-run"]]) {
    const ran = await school.leeway(".", ["init", "full", "--id", "full", "--name", "Full", ...more]);
    expect([ran.code, readdirSync(school.at("full"))]).toEqual([2, ["mine.txt"]]);
    expect(ran.err).toContain("This folder is not empty, and nothing in it was touched.");
  }
  expect(await school.ok(".", ["init", "new", "--id", "new", "--name", "New", "--dry-run"])).toMatch(
    /Nothing\s+was\s+changed\./,
  );
  expect(existsSync(school.at("new"))).toBe(false);
  const nameless = await school.leeway(".", ["init", "new", "--id", "new", "--name", "New"], {
    HOME: school.root,
    XDG_CONFIG_HOME: school.root,
  });
  expect(nameless.err).toContain("Git does not know your name yet");
  expect([nameless.code, existsSync(school.at("new"))]).toEqual([2, false]);
  expect(await school.ok(".", ["init", "new", "--id", "new", "--name", 'The "New" Trust'])).toContain(
    "leeway release 2026-27-autumn",
  );
  expect(await school.ok("new", ["status"])).toContain('The "New" Trust, the source of this curriculum');
  expect(await school.run("new", ["status", "--porcelain"])).toBe("");
  await school.run("new", ["fsck", "--strict"]);
  expect((await school.leeway(".", ["init", "x", "--id", "No Id", "--name", "X"])).code).toBe(2);
  expect((await school.leeway(".", ["init", "x", "--id", "x"])).code).toBe(2);
});
