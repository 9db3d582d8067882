import { rmSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { filesOf, PLAN, SACK, School, TRADE } from "./school.ts";

let built: School;
beforeAll(async () => {
  built = await School.build();
});

const WHY = ["--for", "place", "--why", "Families here work on the docks."];
const HAVEN = "The landing at Grimsby haven shows how wool and wine changed hands.";
const MARKET = "Norwich market shows how wool and wine changed hands.";

test("a change made already is explained, committed with its record, and nothing else is touched", async () => {
  const school = built.copy();
  school.edit(TRADE, MARKET, HAVEN);
  school.edit(TRADE, "one long answer", "one short answer");
  school.edit("subjects/history/subject.md", "Stories first.", "Stories last.");
  await school.run("grimsby", ["add", "subjects/history/subject.md"]);
  school.write("grimsby/notes.txt", "mine\n");
  const text = school.read("grimsby", TRADE);
  const said = await school.ok("grimsby", [
    "adapt",
    "y8-trade#case-study",
    ...WHY,
    "--title",
    "Haven",
    "--by",
    "Head of history",
  ]);
  expect(said).toContain("Explained: Haven   (grimsby/haven)");
  expect(said).toContain('"y8-trade#case-study"');
  expect(said).toContain("Everyone in the trust can read this reason, and it cannot be fully deleted.");
  expect(said).toContain("leeway undo");
  expect(await filesOf(school)).toEqual([TRADE, "versions/grimsby/adaptations/haven.yaml"]);
  const committed = await school.run("grimsby", ["show", `HEAD:${TRADE}`]);
  expect(`${committed}\n`).toBe(built.read("grimsby", TRADE).replace(MARKET, HAVEN));
  expect(school.read("grimsby", TRADE)).toBe(text);
  expect(await school.run("grimsby", ["status", "--porcelain"])).toBe(
    `M  subjects/history/subject.md\n M ${TRADE}\n?? notes.txt`,
  );
  expect(await school.run("grimsby", ["log", "-1", "--format=%B"])).toContain(
    "Adapt: Haven\n\nFamilies here work on the docks.\n\nFor: place\nAdaptation: grimsby/haven",
  );
  const record = school.read("grimsby/versions/grimsby/adaptations/haven.yaml");
  expect(record).toMatch(
    /^id: grimsby\/haven\ntitle: Haven\nkind: replace\nfor: \[place\]\nwhy: Families here work on the docks\.\nby: \{role: Head of history\}\n/,
  );
  expect(record).toMatch(
    /- \{at: y8-trade#case-study, base: n1:[0-9a-f]{16}, local: n1:[0-9a-f]{16}\}\nstatus: active\nupstream: not-needed\n$/,
  );
});

test("a change that plain Git has committed needs the record alone; the second time nothing is left to say", async () => {
  const school = built.copy();
  school.edit(TRADE, MARKET, HAVEN);
  await school.run("grimsby", ["commit", "-qam", "Docks"]);
  await school.ok("grimsby", ["adapt", "y8-trade#case-study", ...WHY, "--title", "Haven"]);
  expect(await filesOf(school)).toEqual(["versions/grimsby/adaptations/haven.yaml"]);
  const before = await school.everything();
  expect(await school.ok("grimsby", ["adapt", "y8-trade#case-study"])).toContain("Explained already: Haven");
  expect(await school.everything()).toBe(before);
});

test("fields, keyed items, orders and several addresses at once", async () => {
  const school = built.copy();
  school.edit(SACK, "minutes: 60", "minutes: 50");
  school.edit(
    TRADE,
    "enquiryQuestion: What could a sack of wool buy?",
    "enquiryQuestion: Who could buy a sack of wool?",
  );
  school.edit(TRADE, "enquiryQuestion:", "  - keyword: haven\n    description: a harbour\nenquiryQuestion:");
  school.edit(PLAN, "yearGroup: 8, term: spring-1, weeks: 5", "yearGroup: 8, term: spring-1, weeks: 6");
  await school.ok("grimsby", [
    "adapt",
    "y8-trade-sack@minutes",
    "y8-trade@keywords",
    ...WHY,
    "--title",
    "Local",
  ]);
  const record = school.read("grimsby/versions/grimsby/adaptations/local.yaml");
  expect(record).toContain("at: y8-trade-sack@minutes");
  expect(record).toContain("at: y8-trade@keywords.haven, base: null");
  const committed = await school.run("grimsby", ["show", `HEAD:${TRADE}`]);
  expect(committed).toContain("keyword: haven");
  expect(committed).toContain("What could a sack of wool buy?   # asked in every lesson");
  await school.ok("grimsby", [
    "adapt",
    "history-ks3@sequence.y8-trade/8/spring-1",
    "--for",
    "timetable",
    "--why",
    "A week longer.",
  ]);
  const lines = school.read("grimsby", PLAN).split("\n");
  const at = lines.findIndex((line) => line.includes("y7-conquest"));
  school.write(
    `grimsby/${PLAN}`,
    lines
      .with(at, lines[at + 1] ?? "")
      .with(at + 1, lines[at] ?? "")
      .join("\n"),
  );
  await school.ok("grimsby", [
    "adapt",
    "history-ks3@sequence!order",
    "--for",
    "timetable",
    "--why",
    "Trade first.",
    "--title",
    "Order",
  ]);
  expect(school.read("grimsby/versions/grimsby/adaptations/order.yaml")).toContain("kind: reorder");
  expect(await school.run("grimsby", ["status", "--porcelain"])).toBe(` M ${TRADE}`);
});

test("a new document and one that is left out are one change each, by file path or id", async () => {
  const school = built.copy();
  const path = "subjects/history/units/y8-trade/lessons/02 Döcks 🐟.md";
  school.write(
    `grimsby/${path}`,
    "---\nid: y8-docks\ntype: lesson\ntitle: The docks\nunit: y8-trade\noutcome: I can\nkeyLearningPoints:\n  - {id: k1, text: Ships}\n---\n# The docks\n\n## Starter\n\nWalk.\n",
  );
  rmSync(school.at("grimsby/subjects/history/subject.md"));
  const listed = await school.ok("grimsby", ["adapt"]);
  expect(listed).toContain("2 changes have no reason yet");
  expect(listed).toMatch(/The docks, new document\s+"y8-docks"/);
  const said = await school.ok("grimsby", ["adapt", path, ...WHY]);
  expect(said).toContain("Explained: The docks   (grimsby/the-docks)");
  expect(school.read("grimsby/versions/grimsby/adaptations/the-docks.yaml")).toContain(
    "- {at: y8-docks, base: null, local: n1:",
  );
  // One passage of a document that is gone stands for all of it.
  await school.ok("grimsby", ["adapt", "history@title", ...WHY, "--title", "No overview"]);
  expect(school.read("grimsby/versions/grimsby/adaptations/no-overview.yaml")).toMatch(
    /- \{at: history, base: n1:\w+, local: null\}/,
  );
  expect(await school.run("grimsby", ["status", "--porcelain"])).toBe("");
  expect(await school.ok("grimsby", ["status"])).toContain(
    "Your 2 explained changes are safe. Nothing to do.",
  );
});

test("addresses by heading's words, from a subfolder, in a folder; those that are not clear are named", async () => {
  const school = built.copy();
  school.edit(TRADE, MARKET, HAVEN);
  school.edit(TRADE, "Name one good.", "Name one fish.");
  school.edit(TRADE, "Name two goods.", "Name two fish.");
  const unit = "subjects/history/units/y8-trade";
  const several = await school.refused(["adapt", "unit.md#Plenary", ...WHY], 2, `grimsby/${unit}`);
  expect(several).toContain("This could be several passages; say which one.");
  expect(several).toContain('"y8-trade#practice/plenary"');
  expect(several).toContain('"y8-trade#review/plenary"');
  expect((await school.in(["adapt", "unit.md#Case study", ...WHY], unit)).code).toBe(0);
  expect((await school.in(["adapt", "../unit.md#practice/plenary", ...WHY], `${unit}/lessons`)).code).toBe(0);
  expect((await school.in(["adapt", ".", ...WHY], unit)).code).toBe(0);
  expect(await school.ok("grimsby", ["adapt"])).toContain("Nothing is without a reason.");
  expect(await school.refused(["adapt", "y8-trad", ...WHY])).toMatch(
    /There is no document called y8-trad here\.[\s\S]*y8-trade {3,}is perhaps what was meant/,
  );
  expect(await school.refused(["adapt", "y8-trade#case-studdy", ...WHY])).toMatch(
    /There is no such passage\.[\s\S]*"y8-trade#case-study" {3,}is perhaps/,
  );
  expect(await school.refused(["adapt", "history#intent", ...WHY])).toContain(
    "Nothing has changed here since your base",
  );
});

test("locked text is refused: what, because, since when, by whom, and what to do instead", async () => {
  const school = built.copy();
  school.edit(TRADE, "Explain one cause of trade", "Explain two causes of trade");
  school.edit(TRADE, MARKET, HAVEN);
  const said = await school.refused(["adapt", "y8-trade", ...WHY]);
  expect(said).toContain(
    "This text is locked by The Centre: Common assessments test them. It may not be changed here.",
  );
  expect(said).toMatch(/where: "y8-trade@outcomes\.o1", by versions\/centre\/rules\.yaml of \d+/);
  expect(said).toContain("You may ask The Centre for an exception");
  expect(said).toContain("Say it elsewhere in the lesson");
  rmSync(school.at("grimsby", SACK));
  expect(await school.refused(["adapt", "y8-trade-sack@minutes", ...WHY])).toMatch(
    new RegExp(
      `Later units take them as known[\\s\\S]*git checkout [0-9a-f]{10} -- :/${SACK} {3,}puts the doc`,
    ),
  );
  // What would be refused is not proposed: the lesson has to come back before its absence can be explained.
  for (const verb of ["status", "diff", "adapt"])
    expect(await school.ok("grimsby", [verb])).toMatch(/Next: leeway adapt "y8-trade#case-study"/);
  await school.ok("grimsby", ["adapt", "y8-trade#case-study", ...WHY]);
  expect(await school.ok("grimsby", ["status"])).not.toContain("Next: leeway adapt");
  for (const verb of [["status"], ["adapt"]]) {
    expect((await school.ok("grimsby", verb)).replace(/\s+/g, " ")).toMatch(
      /Next: leeway diff "\S+" see the locked text as it was, to put it back/,
    );
  }
});

test("text that may only grow is refused where it shrank", async () => {
  const school = built.copy();
  school.edit(TRADE, "a payment for bringing goods into a market", "a payment");
  expect(await school.refused(["adapt", "y8-trade@keywords.toll", ...WHY])).toContain(
    "This may be added to, but 6 of its words went away. Keep the shared words.",
  );
});

test("flags that are missing or wrong are named, and reasons that look like data about a pupil are refused", async () => {
  const school = built.copy();
  school.edit(TRADE, MARKET, HAVEN);
  const both = await school.refused(["adapt", "y8-trade#case-study"]);
  expect(both).toContain('leeway adapt "y8-trade#case-study" --for PURPOSE --why "…"');
  expect(both).toContain("PURPOSE is one or more of place, eal, send,");
  expect(await school.refused(["adapt", "y8-trade#case-study", "--for", "place"])).toContain(
    '--for place --why "…"',
  );
  expect(await school.refused(["adapt", "y8-trade#case-study", "--for", "place", "--why", "  "])).toContain(
    "There is nothing in --why.",
  );
  expect(await school.refused(["adapt", "y8-trade#case-study", "--for", "fun", "--why", "x"])).toContain(
    "Allowed choices are place",
  );
  expect(
    await school.refused(["adapt", "y8-trade#case-study", ...WHY, "--review-by", "2027-13-01"]),
  ).toContain("A date looks like 2027-02-19.");
  for (const why of [
    "A123456789012 reads English at home",
    "A pupil called Sam struggles with it",
    "Write to a.b@school.org",
  ]) {
    const said = await school.refused(["adapt", "y8-trade#case-study", "--for", "eal", "--why", why]);
    expect(said).toContain("Write about the curriculum, never about a pupil");
  }
});

test("--dry-run and --json", async () => {
  const school = built.copy();
  school.edit(TRADE, MARKET, HAVEN);
  const before = await school.everything();
  expect(await school.ok("grimsby", ["adapt", "y8-trade#case-study", ...WHY, "--dry-run"])).toContain(
    "Nothing was changed.",
  );
  expect(await school.json(["adapt", "y8-trade#case-study", ...WHY, "-n"])).toMatchObject({
    dryRun: true,
    passages: ["y8-trade#case-study"],
  });
  expect(await school.everything()).toBe(before);
  const several = school.copy();
  several.edit(TRADE, "Pupils write one long answer", "Pupils write one short answer");
  expect(await several.ok("grimsby", ["adapt", "y8-trade", ...WHY, "-n"])).toContain(
    "grimsby/trade-in-medieval-england: Trade in medieval England\n",
  );
  const done = await school.json<{ commit: string }>([
    "adapt",
    "y8-trade#case-study",
    ...WHY,
    "--title",
    "Haven",
  ]);
  expect(done).toMatchObject({
    schema: "leeway/done/1",
    verb: "adapt",
    adaptations: ["grimsby/haven"],
    passages: ["y8-trade#case-study"],
    undo: "leeway undo",
  });
  expect(done.commit).toBe(await school.run("grimsby", ["rev-parse", "HEAD"]));
  expect(await school.json(["adapt"])).toMatchObject({
    schema: "leeway/reasons/1",
    passages: [],
    explained: 1,
  });
});

test("hooks, a nameless Git, half-staged files and broken records", async () => {
  const school = built.copy();
  school.edit(TRADE, MARKET, HAVEN);
  const nameless = await school.leeway("grimsby", ["adapt", "y8-trade#case-study", ...WHY], {
    HOME: school.root,
    XDG_CONFIG_HOME: school.root,
  });
  expect(nameless.code).toBe(2);
  expect(nameless.err).toContain("Git does not know your name yet");
  expect(await school.run("grimsby", ["status", "--porcelain"])).toBe(` M ${TRADE}`);
  await school.run("grimsby", ["add", TRADE]);
  school.edit(TRADE, "one long answer", "one short answer");
  expect(await school.refused(["adapt", "y8-trade#case-study", ...WHY])).toContain(
    "Part of this file was staged with git add and has been edited since.",
  );
  await school.run("grimsby", ["reset", "-q"]);
  school.write("grimsby/versions/grimsby/adaptations/broken.yaml", "id: [\n");
  const said = await school.refused(["adapt", "y8-trade#case-study", ...WHY]);
  expect(said).toContain("versions/grimsby/adaptations/broken.yaml:");
});

test("what upstream has by now needs no reason; a file that cannot be read is named, not passed over", async () => {
  const school = built.copy();
  school.replace(`north/${TRADE}`, MARKET, HAVEN);
  await school.run("north", ["commit", "-qam", "Haven"]);
  await school.ok("north", ["release", "spring", "--notes", "Haven", "--group", "all"]);
  await school.ok("grimsby", ["fetch"]);
  school.edit(TRADE, MARKET, HAVEN);
  for (const address of ["y8-trade#case-study", "y8-trade"]) {
    expect(await school.refused(["adapt", address, ...WHY])).toMatch(
      /Upstream has this text too by now, so it needs no reason\.[\s\S]*leeway explain "y8-trade#case-study"/,
    );
  }
  school.edit(TRADE, "one long answer", "one short answer");
  expect(await school.ok("grimsby", ["adapt", "y8-trade", ...WHY, "--dry-run"])).not.toContain("case-study");
  await school.ok("grimsby", ["adapt", "y8-trade#writing", ...WHY]);
  expect(await school.ok("grimsby", ["adapt"])).toContain("\nNothing is without a reason.");
  school.edit(SACK, "minutes: 60", "minutes: [60");
  const said = await school.ok("grimsby", ["adapt"]);
  expect(said).toContain(`1 file cannot be read\n  ${SACK}: line `);
  expect(said).toContain("\nNothing else is without a reason.");
});

test("a picture that was changed is named as what it is, with what to do, and not as unchanged", async () => {
  const school = built.copy();
  const picture = "subjects/history/units/y8-trade/images/market.png";
  school.write(`grimsby/${picture}`, "\u0089PNG haven\n");
  const why = ["--for", "place", "--why", "Our own market"];
  for (const address of [picture, "subjects/history/units/y8-trade/images"]) {
    const said = await school.refused(["adapt", address, ...why]);
    expect(said).toMatch(/is no document, so no reason is kept with it[\s\S]*market\.png[\s\S]*leeway save/);
    expect(said).not.toContain("Nothing has changed");
  }
  await school.ok("grimsby", ["save"]);
  const said = await school.refused(["adapt", picture, ...why]);
  expect(said).toContain("is no document");
  expect(said).not.toContain("leeway save");
  // A folder in which passages have changed as well names those.
  school.edit(TRADE, "one long answer", "one short answer");
  await school.ok("grimsby", ["adapt", "subjects/history/units/y8-trade", ...why]);
});
