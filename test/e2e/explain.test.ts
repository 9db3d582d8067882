import { rmSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { SACK, School, TRADE } from "./school.ts";

/** Region and school have both rewritten the case study; upstream has a newer edition of it. */
let built: School;
beforeAll(async () => {
  built = await School.build();
  built.replace(`north/${TRADE}`, "Norwich market", "Hull market");
  await built.ok("north", [
    "adapt",
    "y8-trade#case-study",
    "--for",
    "place",
    "--why",
    "Hull is near.",
    "--title",
    "Hull",
    "--by",
    "Lead for humanities",
  ]);
  await built.ok("north", ["release", "winter", "--notes", "Hull", "--group", "all"]);
  await built.ok("grimsby", ["fetch"]);
  await built.ok("grimsby", ["rebase"]);
  built.edit(TRADE, "Hull market", "Grimsby haven");
  await built.ok("grimsby", [
    "adapt",
    "y8-trade#case-study",
    "--for",
    "place",
    "eal",
    "--why",
    "Docks here.",
    "--title",
    "Haven",
    "--trial",
  ]);
  built.replace(`north/${TRADE}`, "Hull market", "Hull market, in two sources,");
  await built.ok("north", ["adapt", "y8-trade#case-study", "--still-holds"]);
  await built.ok("north", ["release", "spring", "--notes", "Sources", "--group", "all"]);
  await built.ok("grimsby", ["fetch"]);
});

test("explain tells a passage through three layers, and what upstream has now", async () => {
  const said = await built.ok("grimsby", ["explain", "y8-trade#case-study"]);
  expect(said).toMatch(/^Trade in medieval England: Case study {2}"y8-trade#case-study"\n/);
  expect(said).toMatch(
    /The Centre wrote it, [\s\S]*Norwich market[\s\S]*North region changed it, [\s\S]*Hull market[\s\S]*Why: Hull is near\.[\s\S]*Harbour Academy Grimsby changed it, [\s\S]*Grimsby haven[\s\S]*Why: Docks here\.[\s\S]*Upstream in spring: changed to\n[\s\S]*in two sources/,
  );
  expect(said).toContain("Leeway: may change, with a reason (says The Centre)");
  expect(await built.ok("grimsby", ["explain", "y8-trade@outcomes.o1"])).toMatch(
    /Leeway: locked, may not change \(says The Centre\), because: Common assessments\s+test them/,
  );
  expect(await built.json(["explain", "y8-trade#case-study"])).toMatchObject({
    schema: "leeway/explain/1",
    at: "y8-trade#case-study",
    layers: [
      { id: "centre", did: "wrote" },
      { id: "north", did: "changed", reason: { id: "north/hull" } },
      { id: "grimsby", did: "changed", reason: { id: "grimsby/haven" } },
    ],
    now: { edition: "spring", change: "changed" },
  });
});

test("a passage dates from the commit that wrote its words, not from one that moved its file or changed another", async () => {
  const school = built.copy();
  const wrote = async () => {
    type Told = { layers: { commit: { hash: string; subject: string } | null }[] };
    return (await school.json<Told>(["explain", "y8-trade#case-study"], "centre")).layers[0]?.commit;
  };
  const first = await wrote();
  expect(first?.subject).toMatch(/./);
  await school.run("centre", ["mv", "subjects/history/units/y8-trade", "subjects/history/units/y8-commerce"]);
  await school.run("centre", ["commit", "-qm", "Commerce is the word"]);
  expect(await wrote()).toEqual(first);
});

test.each([
  { what: "moves", text: (before: string) => before },
  {
    what: "moves and rewrites",
    text: (before: string) =>
      before.replace("Look at the label in your coat.", "Ask at home who works with cloth.\n".repeat(30)),
  },
])("a change made here keeps its date where upstream $what the file", async ({ text }) => {
  const school = built.copy();
  school.edit(SACK, "Raw wool on the tables.", "Raw wool and herring on the tables.");
  await school.run("grimsby", ["commit", "-qam", "Herring"]);
  const moved = SACK.replace("01-sack", "02-wool");
  await school.run("north", ["mv", SACK, moved]);
  school.write(`north/${moved}`, text(school.read("north", moved)));
  await school.run("north", ["commit", "-qam", "Wool comes second"]);
  await school.ok("north", ["release", "summer", "--notes", "Wool", "--group", "all"]);
  await school.ok("grimsby", ["fetch"]);
  const taken = await school.in(["rebase"]);
  if (taken.code === 3) {
    await school.ok("grimsby", ["resolve", "y8-trade#case-study", "--take", "local"]);
    await school.ok("grimsby", ["rebase", "--continue"]);
  }
  type Explained = { path: string; layers: { did: string; commit: { subject: string } | null }[] };
  const { path, layers } = await school.json<Explained>(["explain", "y8-trade-sack#starter"]);
  expect(path).toBe(moved);
  expect(layers.at(-1)).toMatchObject({ did: "changed", commit: { subject: "Herring" } });
});

test("addresses: from a subfolder, by a heading's words, of what is gone, and those that are wrong", async () => {
  const school = built.copy();
  const from = await school.in(
    ["explain", "../unit.md#Case study"],
    "subjects/history/units/y8-trade/lessons",
  );
  expect(from.out).toContain('"y8-trade#case-study"');
  school.edit(TRADE, "## Writing\n\nPupils write one long answer about causes.\n\n", "");
  expect(await school.ok("grimsby", ["explain", "y8-trade#writing"])).toContain(
    "Harbour Academy Grimsby removed it",
  );
  rmSync(school.at("grimsby", SACK));
  expect(await school.ok("grimsby", ["explain", "y8-trade-sack#homework"])).toContain("removed it");
  expect(await school.refused(["explain", "y8-trade"])).toContain("Say which passage of this document.");
  expect(await school.refused(["explain", "y8-trad#writing"])).toMatch(
    /There is no such document here\.[\s\S]*y8-trade {3,}is perhaps/,
  );
  expect(await school.refused(["explain", "subjects#x"])).toContain("There is no such document here.");
  expect(await school.refused(["explain", "y8-trade#plenary"])).toMatch(
    /several passages[\s\S]*"y8-trade#practice\/plenary"/,
  );
});

test("log and show tell the adaptations of this version, and of those above", async () => {
  const log = await built.ok("grimsby", ["log"]);
  expect(log).toMatch(
    /Harbour Academy Grimsby: 1 adaptation\n\nHaven {2}grimsby\/haven\n {2}replace for place, eal; trial; \d+/,
  );
  expect(log).not.toContain("Hull");
  expect(await built.ok("grimsby", ["log", "--all"])).toMatch(/Hull {2}north\/hull\n.*in North region/);
  expect(await built.json(["log"])).toMatchObject({
    schema: "leeway/log/1",
    adaptations: [{ id: "grimsby/haven", for: ["place", "eal"], passages: ["y8-trade#case-study"] }],
  });
  const shown = await built.ok("grimsby", ["show", "haven"]);
  expect(shown).toContain("Why: Docks here.");
  expect(shown).toContain("[-Hull market-] {+Grimsby haven+}");
  expect(await built.ok("grimsby", ["show", "north/hull"])).toContain("Why: Hull is near.");
  expect(await built.refused(["show", "nothing"])).toMatch(
    /There is no adaptation called nothing\.[\s\S]*leeway log --all/,
  );
});
