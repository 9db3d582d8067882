import { beforeAll, expect, test } from "vitest";
import { School, TRADE } from "./school.ts";

let built: School;
beforeAll(async () => {
  built = await School.build();
});

const WHY = ["--for", "place", "--why", "Docks here."];

test("a fresh fork, the source, and changes in every state", async () => {
  const school = built.copy();
  expect(await school.ok("grimsby", ["status"])).toBe(
    "Harbour Academy Grimsby, a school version of North region\nBased on: autumn.   Nothing newer is waiting.\n\nNothing to do.\n",
  );
  expect(await school.ok("centre", ["status"])).toBe(
    "The Centre, the source of this curriculum\n\nNothing to do.\n",
  );
  school.edit(TRADE, "Norwich market", "Grimsby haven");
  await school.ok("grimsby", ["adapt", "y8-trade#case-study", ...WHY]);
  school.edit(TRADE, "Grimsby haven", "The fish dock");
  school.edit(TRADE, "one long answer", "one short answer");
  school.edit(TRADE, "Explain one cause of trade", "Explain two causes of trade");
  school.write("grimsby/docs/picture.svg", "<svg/>");
  const before = await school.everything();
  const said = await school.ok("grimsby", ["status"]);
  expect(await school.everything()).toBe(before);
  expect(said).toMatch(
    /LOCKED TEXT CHANGED: 1 passage\n.*"y8-trade@outcomes\.o1"[\s\S]*Locked by The Centre, because: Common assessments test them/,
  );
  expect(said).toMatch(/1 change has no reason yet\n.*"y8-trade#writing" {2}1 word/);
  expect(said).toMatch(/1 reason to renew: the text changed since\n.*"y8-trade#case-study"/);
  expect(said).toContain("2 files changed and not saved yet; leeway adapt and leeway save do it.");
  expect(said).toContain("Changed, and not part of the curriculum: docs/picture.svg");
  expect(said).toMatch(/Next: leeway adapt "y8-trade#writing" {4,}give the reason in a sentence/);
  const json = await school.json<Record<string, unknown[]>>(["status"]);
  expect(json).toMatchObject({
    schema: "leeway/status/1",
    version: { id: "grimsby", name: "Harbour Academy Grimsby", layer: "school" },
    upstream: { id: "north", name: "North region" },
    base: { edition: "autumn" },
    stop: null,
    unsaved: 2,
  });
  expect(json.missing?.length).toBe(1);
});

test("an update that waits, one that is held, and an upstream of which nothing was fetched", async () => {
  const school = built.copy();
  school.replace(
    `north/${TRADE}`,
    "A sack of wool is the thread of the unit.",
    "A sack of wool is our thread.",
  );
  await school.run("north", ["commit", "-qam", "Thread"]);
  await school.ok("north", ["release", "spring", "--notes", "A shorter opening", "--group", "all"]);
  await school.ok("grimsby", ["fetch"]);
  const said = await school.ok("grimsby", ["status"]);
  expect(said).toMatch(/Based on: autumn\. {3}Waiting for you: spring \(\d+.\w+.\d{4}\)/);
  expect(said).toMatch(/Taking spring would\n {2}update 1 passage by itself and ask you about nothing/);
  expect(said).toContain("Nothing changes until you say so.");
  expect(said).toContain("leeway rebase --dry-run");
  await school.ok("grimsby", [
    "hold",
    "subjects/history",
    "--why",
    "In the middle of it",
    "--until",
    "2099-01-01",
  ]);
  expect(await school.ok("grimsby", ["status"])).toMatch(
    /Held back, not taken from upstream\n[\s\S]*In the middle of it/,
  );
  const lone = built.copy();
  for (const ref of (
    await lone.run("grimsby", ["for-each-ref", "--format=%(refname)", "refs/remotes", "refs/tags"])
  ).split("\n")) {
    await lone.run("grimsby", ["update-ref", "-d", ref]);
  }
  expect(await lone.ok("grimsby", ["status"])).toMatch(
    /NO STARTING POINT: nothing has been fetched from upstream yet\.[\s\S]*leeway fetch/,
  );
});

test("plain mode: a clone with an upstream remote and no versions folder", async () => {
  const school = new School();
  await school.run(".", ["init", "-q", "-b", "main", "theirs"]);
  school.write("theirs/lesson.md", "# Lesson\n\nOne.\n");
  await school.run("theirs", ["add", "-A"]);
  await school.run("theirs", ["commit", "-qm", "Lesson"]);
  await school.run(".", ["clone", "-q", "--origin", "upstream", "theirs", "ours"]);
  school.write("ours/lesson.md", "# Lesson\n\nTwo.\n");
  const said = await school.ok("ours", ["status"]);
  expect(said).toContain("without a versions folder");
  expect(await school.ok("ours", ["diff", "lesson.md"])).toContain("[-One-]");
  for (const verb of [["adapt"], ["save"], ["log"], ["show", "x"], ["release", "x", "--notes", "y"]]) {
    expect(await school.refused(verb, 2, "ours"), verb.join(" ")).toMatch(
      /This copy has no versions\/ folder/,
    );
  }
});
