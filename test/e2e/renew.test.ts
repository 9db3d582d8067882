import { beforeAll, expect, test } from "vitest";
import { School, TRADE } from "./school.ts";

let built: School;
beforeAll(async () => {
  built = await School.build();
});

const WHY = ["--for", "place", "--why", "Families here work on the docks."];
const HAVEN = "The landing at Grimsby haven shows how wool and wine changed hands.";
const MARKET = "Norwich market shows how wool and wine changed hands.";

test("text edited again asks for its reason again; records that share a passage keep the same pair", async () => {
  const school = built.copy();
  school.edit(TRADE, MARKET, HAVEN);
  await school.ok("grimsby", ["adapt", "y8-trade#case-study", ...WHY, "--title", "Haven"]);
  school.write(
    "grimsby/versions/grimsby/adaptations/second.yaml",
    'id: grimsby/second\ntitle: Shorter\nkind: scaffold\nfor: [eal]\nwhy: Shorter sentences.   # by hand\npassages:\n  - {at: "y8-trade#case-study"}\nstatus: active\n',
  );
  school.edit(TRADE, "The landing at Grimsby haven", "The quay at Grimsby haven");
  const asked = await school.refused(["adapt", "y8-trade#case-study"]);
  expect(asked).toContain("The text was edited again, so its reason is to be renewed.");
  expect(asked).toContain("--still-holds");
  await school.ok("grimsby", ["adapt", "y8-trade#case-study", "--still-holds"]);
  const pair = /base: n1:\w+, local: n1:\w+/;
  const [first, second] = ["haven", "second"].map((name) =>
    school.read(`grimsby/versions/grimsby/adaptations/${name}.yaml`),
  );
  expect(pair.exec(first ?? "")?.[0]).toBe(pair.exec(second ?? "")?.[0]);
  expect(first).toContain("why: Families here work on the docks.");
  expect(second).toContain("why: Shorter sentences.   # by hand");
  school.edit(TRADE, "The quay at Grimsby haven", "The fish dock at Grimsby");
  await school.ok("grimsby", ["adapt", "y8-trade#case-study", "--why", "The dock is in walking distance."]);
  expect(school.read("grimsby/versions/grimsby/adaptations/haven.yaml")).toContain(
    "why: The dock is in walking distance.\n",
  );
});

test("explaining a document leaves the reasons that hold as they are", async () => {
  const school = built.copy();
  school.edit(TRADE, MARKET, HAVEN);
  await school.ok("grimsby", ["adapt", "y8-trade#case-study", ...WHY, "--title", "Haven"]);
  const before = school.read("grimsby/versions/grimsby/adaptations/haven.yaml");
  school.edit(TRADE, "one long answer", "one short answer");
  const said = await school.ok("grimsby", [
    "adapt",
    "y8-trade",
    "--for",
    "eal",
    "--why",
    "Shorter first.",
    "--title",
    "Short",
  ]);
  expect(said).not.toContain("Haven");
  expect(school.read("grimsby/versions/grimsby/adaptations/haven.yaml")).toBe(before);
  expect(school.read("grimsby/versions/grimsby/adaptations/short.yaml")).not.toContain("case-study");
});

test("a renamed heading is one passage: committed without the old one, and its reason follows it", async () => {
  const school = built.copy();
  school.edit(TRADE, "## Writing", "## Long answer");
  school.edit(TRADE, "one long answer", "one answer of 200 words");
  school.edit(TRADE, MARKET, HAVEN);
  await school.ok("grimsby", ["adapt", "y8-trade#long-answer", ...WHY, "--title", "Long"]);
  const committed = await school.run("grimsby", ["show", `HEAD:${TRADE}`]);
  expect(committed).not.toContain("## Writing");
  expect(committed).toContain("## Long answer\n\nPupils write one answer of 200 words");
  expect(committed).toContain(MARKET);
  school.edit(TRADE, "## Long answer", "## The long answer");
  await school.ok("grimsby", ["adapt", "y8-trade#the-long-answer", "--still-holds"]);
  expect(school.read("grimsby/versions/grimsby/adaptations/long.yaml")).toContain(
    "at: y8-trade#the-long-answer,",
  );
});

test("a reason written by hand is bound by the next save, and by adapt of its passage", async () => {
  const school = built.copy();
  school.edit(TRADE, MARKET, HAVEN);
  const path = "grimsby/versions/grimsby/adaptations/by-hand.yaml";
  school.write(
    path,
    'id: grimsby/by-hand\ntitle: Docks\nkind: replace\nfor: [place]\nwhy: Docks here.\npassages:\n  - {at: "y8-trade#case-study"}\nstatus: active\n',
  );
  expect(await school.ok("grimsby", ["status"])).toContain(
    "1 reason written by hand; leeway save binds it to the text",
  );
  const twin = school.copy();
  expect(await twin.ok("grimsby", ["adapt", "y8-trade#case-study"])).toContain(
    "Reason bound to the text: Docks",
  );
  expect(await school.ok("grimsby", ["save"])).toContain("Saved versions/grimsby/adaptations/by-hand.yaml");
  for (const each of [school, twin]) {
    expect(each.read(path)).toMatch(/base: n1:\w{16}, local: n1:\w{16}/);
    expect(await each.run("grimsby", ["status", "--porcelain"])).toBe("");
  }
});

test("one more section of the same name leaves the reason of the first where it is", async () => {
  const school = built.copy();
  school.edit(TRADE, MARKET, HAVEN);
  await school.ok("grimsby", ["adapt", "y8-trade#case-study", ...WHY, "--title", "Haven"]);
  const before = school.read("grimsby/versions/grimsby/adaptations/haven.yaml");
  school.edit(TRADE, "## Case study", "## Case study\n\nThe old dock.\n\n## Case study");
  school.edit(TRADE, "one long answer", "one short answer");
  // By its key alone the new section cannot be told from the one that it pushed down.
  expect(await school.refused(["adapt", "y8-trade#case-study", ...WHY])).toMatch(
    /cannot be committed apart[\s\S]*leeway adapt y8-trade {3,}/,
  );
  await school.ok("grimsby", ["adapt", "y8-trade", ...WHY, "--title", "Dock"]);
  expect(school.read("grimsby/versions/grimsby/adaptations/haven.yaml")).toBe(before);
  expect(await school.run("grimsby", ["status", "--porcelain"])).toBe("");
  expect(await school.ok("grimsby", ["status"])).toContain("Your 3 explained changes are safe.");
});
