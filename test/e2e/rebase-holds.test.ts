import { beforeAll, expect, test } from "vitest";
import { PATHS, TEXTS, Trust } from "./three-layers.ts";

let built: Trust;
beforeAll(async () => {
  built = await Trust.build();
  await built.publish("spring", () => {
    built.replace(`north/${PATHS.unit}`, TEXTS.homework, "Ask at home who has sold something.");
    built.replace(`north/${PATHS.unit}`, TEXTS.writing, "Pupils write one long answer about effects.");
    built.replace(`north/${PATHS.wool}`, "Weigh a sack.", "Weigh a sack and write it down.");
    built.replace(`north/${PATHS.cells}`, TEXTS.practical, "Look at a cheek cell.");
    built.replace(`north/${PATHS.fractions}`, "Fold a strip of paper.", "Fold two strips.");
  });
});

const VERSION = "versions/grimsby/version.yaml";
const NEW = {
  homework: "sold something",
  writing: "about effects",
  cells: "cheek cell",
  fractions: "two strips",
  wool: "write it down",
};

function taken(trust: Trust): string[] {
  const where = {
    homework: PATHS.unit,
    writing: PATHS.unit,
    cells: PATHS.cells,
    fractions: PATHS.fractions,
    wool: PATHS.wool,
  };
  return (Object.keys(NEW) as (keyof typeof NEW)[])
    .filter((name) => trust.read("grimsby", where[name]).includes(NEW[name]))
    .sort();
}

const ALL = Object.keys(NEW).sort();

test("one subject at a time: the rest is held with the old base, and taken later by --only of it", async () => {
  const trust = built.copy();
  const autumn = await trust.head("grimsby", "edition/north/autumn^{commit}");
  await trust.ok("grimsby", ["rebase", "--only", "subjects/history", "--why", "History first"]);
  expect(taken(trust)).toEqual(["homework", "wool", "writing"]);
  const file = trust.read("grimsby", VERSION);
  expect(file).toContain("edition: spring");
  expect(file).toContain(`{at: subjects/maths/**, base: ${autumn}, why: History first}`);
  expect(file).toContain(`{at: subjects/science/**, base: ${autumn}, why: History first}`);
  const status = await trust.ok("grimsby", ["status"]);
  expect(status).toContain("subjects/science/**");
  expect(status).toContain("History first");
  expect(status).not.toContain("no reason yet");
  expect(await trust.json("grimsby", ["rebase"])).toMatchObject({ outcome: "up-to-date" });
  await trust.ok("grimsby", ["rebase", "--only", "subjects/science"]);
  expect(taken(trust)).toEqual(["cells", "homework", "wool", "writing"]);
  expect(trust.read("grimsby", VERSION)).not.toContain("science");
  expect(trust.read("grimsby", VERSION)).toContain("subjects/maths/**");
  await trust.ok("grimsby", ["rebase", "--only", "subjects/maths/**"]);
  expect(taken(trust)).toEqual(ALL);
  expect(trust.read("grimsby", VERSION)).not.toContain("holds");
  expect(
    await trust.run("grimsby", [
      "diff",
      "--stat",
      "upstream/main",
      "--",
      "subjects/science",
      "subjects/maths",
    ]),
  ).toBe("");
  await trust.sound();
});

test("--only a document by its id, and a name that nothing has", async () => {
  const trust = built.copy();
  const before = await trust.everything();
  const unknown = await trust.leeway("grimsby", ["rebase", "--only", "subjects/geography"]);
  expect(unknown.code).toBe(2);
  expect(unknown.err).toContain("subjects/geography");
  expect(await trust.everything()).toBe(before);
  await trust.ok("grimsby", ["rebase", "--only", "y7-cells"]);
  expect(taken(trust)).toEqual(["cells"]);
  await trust.ok("grimsby", ["rebase", "--only", PATHS.unit]);
  expect(taken(trust)).toEqual(["cells", "homework", "writing"]);
  await trust.ok("grimsby", ["rebase", "--only", "subjects"]);
  expect(taken(trust)).toEqual(ALL);
});

test("--only one passage takes it, and the rest of its document waits", async () => {
  const trust = built.copy();
  await trust.ok("grimsby", ["rebase", "--only", "y8-trade#homework"]);
  expect(taken(trust)).toEqual(["homework"]);
  await trust.ok("grimsby", ["rebase", "--only", "subjects"]);
  expect(taken(trust)).toEqual(ALL);
  expect(trust.read("grimsby", VERSION)).not.toContain("holds");
});

test("a passage, a document and a folder are held before the update, and nothing else", async () => {
  const trust = built.copy();
  await trust.ok("grimsby", ["hold", "y8-trade#homework", "--why", "Year 8 have begun it"]);
  await trust.ok("grimsby", [
    "hold",
    "y7-cells",
    "--why",
    "No cheek cells this year",
    "--until",
    "2999-01-31",
  ]);
  await trust.ok("grimsby", ["hold", "subjects/maths/", "--why", "Maths waits"]);
  expect(await trust.run("grimsby", ["status", "--porcelain"])).toBe("");
  const report = await trust.json<{ held: { at: string }[] }>("grimsby", ["rebase"]);
  expect(report.held.map(({ at }) => at).sort()).toEqual([
    "subjects/maths",
    PATHS.cells,
    "y8-trade#homework",
  ]);
  expect(taken(trust)).toEqual(["wool", "writing"]);
  const status = await trust.ok("grimsby", ["status"]);
  expect(status).toContain("Based on: spring.");
  expect(status).toContain("Year 8 have begun it");
  expect(status).toContain("31 January 2999");
  expect(status).not.toContain("no reason yet");
  await trust.sound();
});

test("a hold survives another edition, and its whole difference comes when it is taken", async () => {
  const trust = built.copy();
  await trust.ok("grimsby", ["hold", "y8-trade#homework", "--why", "Begun"]);
  await trust.ok("grimsby", ["hold", PATHS.cells, "--why", "Later"]);
  await trust.ok("grimsby", ["rebase"]);
  await trust.publish("summer", () => {
    trust.replace(`north/${PATHS.unit}`, "sold something.", "sold something. Write it down.");
    trust.replace(`north/${PATHS.cells}`, "Draw a cell.", "Draw a plant cell.");
    trust.replace(`north/${PATHS.wool}`, "Sort the sources.", "Sort the three sources.");
  });
  expect(await trust.json("grimsby", ["rebase"])).toMatchObject({ outcome: "clean" });
  expect(taken(trust)).toEqual(["fractions", "wool", "writing"]);
  expect(trust.read("grimsby", PATHS.wool)).toContain("three sources");
  expect(trust.read("grimsby", PATHS.cells)).toContain("Draw a cell.");
  await trust.ok("grimsby", ["rebase", "--only", "y8-trade#homework", PATHS.cells]);
  expect(taken(trust)).toEqual(ALL);
  expect(trust.read("grimsby", PATHS.unit)).toContain("Write it down.");
  expect(trust.read("grimsby", PATHS.cells)).toContain("plant cell");
  expect(trust.read("grimsby", VERSION)).not.toContain("holds");
});

/** The figures of drift, and the addresses of what upstream has and this version has not. */
async function waitsFor(trust: Trust): Promise<{ figures: Record<string, unknown>; waiting: string[] }> {
  const drift = await trust.json<{ versions: Record<string, unknown>[] }>("grimsby", ["drift"]);
  const diff = await trust.json<{ documents: { passages: { at: string }[] }[] }>("grimsby", [
    "diff",
    "--incoming",
  ]);
  const waiting = diff.documents.flatMap(({ passages }) => passages.map(({ at }) => at)).sort();
  return { figures: drift.versions[0] ?? {}, waiting };
}

test.each([
  { what: "a passage", at: ["y8-trade#homework", "y7-cells#practical"] },
  { what: "a path", at: [PATHS.unit, PATHS.cells] },
])(
  "$what that is held counts as held before the rest is taken and after, and waits again once it has run out",
  async ({ at }) => {
    const trust = built.copy();
    for (const each of at)
      await trust.ok("grimsby", ["hold", each, "--why", "Begun", "--until", "2999-01-31"]);
    const held = at[0] === PATHS.unit ? 3 : 2;
    const before = await waitsFor(trust);
    expect(before.figures).toMatchObject({ behind: { passages: 5 - held, held } });
    await trust.ok("grimsby", ["rebase"]);
    const after = await waitsFor(trust);
    expect(after.figures).toMatchObject({
      status: "adapted",
      behind: { passages: 0, held },
      diverged: { passages: 1 },
      undeclared: { passages: 0 },
    });
    expect(after.waiting).toHaveLength(held);
    expect(before.waiting).toEqual(expect.arrayContaining(after.waiting));
    trust.write(`grimsby/${VERSION}`, trust.read("grimsby", VERSION).replaceAll("2999-01-31", "2020-01-31"));
    await trust.run("grimsby", ["commit", "-qam", "An earlier day"]);
    const over = await waitsFor(trust);
    expect(over.figures).toMatchObject({ status: "update-waiting", behind: { passages: held, held: 0 } });
    expect(over.waiting).toEqual(after.waiting);
    expect(await trust.ok("grimsby", ["status"])).toContain(`update ${held} passages by itself`);
    await trust.ok("grimsby", ["drift", "--exit-code"], 1);
  },
);

test("when until has passed, the next rebase takes the change, and the entry goes with it", async () => {
  const trust = built.copy();
  await trust.ok("grimsby", ["hold", "y8-trade#homework", "--why", "Begun", "--until", "2999-01-31"]);
  await trust.ok("grimsby", [
    "hold",
    "subjects/science/**",
    "--why",
    "Forces first",
    "--until",
    "2999-01-31",
  ]);
  await trust.ok("grimsby", ["rebase"]);
  expect(taken(trust)).toEqual(["fractions", "wool", "writing"]);
  trust.write(`grimsby/${VERSION}`, trust.read("grimsby", VERSION).replaceAll("2999-01-31", "2020-01-31"));
  await trust.run("grimsby", ["commit", "-qam", "An earlier day"]);
  expect(await trust.ok("grimsby", ["status"])).toContain("leeway rebase");
  expect(await trust.json("grimsby", ["rebase", "--dry-run"])).toMatchObject({ outcome: "clean" });
  const said = await trust.ok("grimsby", ["rebase"]);
  expect(said).toMatch(
    /No longer held back; taken now\n {2}"y8-trade#homework" {2}was to be held until 31\sJanuary\s2020: Begun\n {2}"subjects\/science\/\*\*" {2}was to be held until 31\sJanuary\s2020: Forces\s+first\n/,
  );
  expect(said).not.toContain("not taken");
  expect(await trust.run("grimsby", ["log", "-1", "--format=%B"])).toContain(
    "No longer held: y8-trade#homework (Begun)",
  );
  expect(taken(trust)).toEqual(ALL);
  expect(trust.read("grimsby", VERSION)).not.toContain("holds");
});

test("what was held is decided against the state that it was held at, and named as that in every account", async () => {
  const trust = built.copy();
  const [tonight, cheek] = [
    "Ask at home tonight who sells something.",
    "Look at an onion skin and at pond water.",
  ];
  trust.replace(`grimsby/${PATHS.unit}`, TEXTS.homework, tonight);
  trust.replace(`grimsby/${PATHS.cells}`, TEXTS.practical, cheek);
  const why = ["--for", "place", "--why", "There is no market here."];
  await trust.ok("grimsby", ["adapt", "y8-trade#homework", "y7-cells#practical", ...why]);
  await trust.ok("grimsby", ["hold", "y8-trade#homework", "--why", "Begun"]);
  await trust.ok("grimsby", ["hold", PATHS.cells, "--why", "Later"]);
  await trust.ok("grimsby", ["rebase"]);
  await trust.publish("summer", () => {
    trust.replace(`north/${PATHS.unit}`, "about effects", "about two effects");
  });
  const said = await trust.ok("grimsby", ["rebase", "--only", "y8-trade#homework", PATHS.cells], 3);
  for (const path of [PATHS.unit, PATHS.cells]) {
    const marked = trust.read("grimsby", path);
    expect(marked).toContain("||||||| edition autumn\n");
    expect(marked).toContain(">>>>>>> edition summer\n");
  }
  expect(said).toMatch(/^ {2}autumn +Ask at home/m);
  expect(said).toMatch(/^ {2}autumn +Look at an onion/m);
  const ended = /No longer held back; being taken now\n {2}"y8-trade#homework" {2}was held: Begun\n/;
  expect(said).toMatch(ended);
  expect(await trust.ok("grimsby", ["rebase", "--continue"], 3)).toMatch(ended);
  await trust.ok("grimsby", ["resolve", "y8-trade#homework", "--take", "local"], 3);
  await trust.ok("grimsby", ["resolve", "y7-cells#practical", "--take", "local"]);
  const done = await trust.ok("grimsby", ["rebase", "--continue"]);
  expect(done).toMatch(/No longer held back; taken now\n {2}"y8-trade#homework" {2}was held: Begun\n/);
  expect(trust.read("grimsby", VERSION)).not.toContain("Begun");
  await trust.sound();
});

test("hold changes nothing under --dry-run, can be undone, and refuses what makes no sense", async () => {
  const trust = built.copy();
  const before = await trust.everything();
  expect(await trust.ok("grimsby", ["hold", "y7-cells", "--why", "Later", "--dry-run"])).toContain(
    "Would hold",
  );
  for (const args of [
    ["y7-cells", "--why", "Later", "--until", "2001-01-01"],
    ["y7-cells#overview", "--why", "Later"],
    ["geography", "--why", "Later"],
    ["y7-cells", "--why", "Too hard for a pupil called Sam"],
  ]) {
    expect([args[0], (await trust.leeway("grimsby", ["hold", ...args])).code]).toEqual([args[0], 2]);
  }
  expect((await trust.leeway("grimsby", ["hold", "y7-cells"])).code).toBe(2);
  expect(await trust.everything()).toBe(before);
  const head = await trust.head();
  await trust.ok("grimsby", ["hold", "y7-cells", "--why", "Later"]);
  await trust.ok("grimsby", ["undo"]);
  expect(await trust.head()).toBe(head);
  expect(trust.read("grimsby", VERSION)).not.toContain("holds");
  expect(await trust.run("grimsby", ["status", "--porcelain"])).toBe("");
});

test("held during a stop: the text stays, upstream's change is held at the old base, reasons hold", async () => {
  const trust = built.copy();
  const autumn = await trust.head("grimsby", "edition/north/autumn^{commit}");
  await trust.publish("conflict", () => trust.replace(`north/${PATHS.unit}`, TEXTS.caseStudy, TEXTS.spring));
  await trust.ok("grimsby", ["rebase"], 3);
  const asked = await trust.everything();
  expect(
    await trust.ok("grimsby", ["hold", "y8-trade#case-study", "--why", "The haven stays", "--dry-run"]),
  ).toContain("Would hold");
  expect(await trust.everything()).toBe(asked);
  await trust.ok("grimsby", ["hold", "y8-trade#case-study", "--why", "The haven stays"]);
  expect(trust.read("grimsby", VERSION)).toContain("The haven stays");
  await trust.ok("grimsby", ["undo"]);
  expect(await trust.everything()).toBe(asked);
  await trust.ok("grimsby", ["hold", "y8-trade#case-study", "--why", "The haven stays"]);
  expect(await trust.json("grimsby", ["rebase", "--continue"])).toMatchObject({
    outcome: "clean",
    adaptations: [{ outcome: "carried" }],
  });
  expect(trust.read("grimsby", VERSION)).toContain(
    `{at: y8-trade#case-study, base: ${autumn}, why: The haven stays}`,
  );
  expect(trust.read("grimsby", PATHS.unit)).toContain(TEXTS.haven);
  const status = await trust.ok("grimsby", ["status"]);
  expect(status).not.toContain("to renew");
  expect(status).not.toContain("no reason yet");
  expect(status).toContain("The haven stays");
  expect(await trust.json("grimsby", ["rebase"])).toMatchObject({ outcome: "up-to-date" });
  expect(await trust.json("grimsby", ["rebase", "--only", "y8-trade#case-study"], 3)).toMatchObject({
    outcome: "conflicts",
    conflicts: [{ at: "y8-trade#case-study" }],
  });
  await trust.ok("grimsby", ["resolve", "--take", "both"]);
  await trust.ok("grimsby", ["rebase", "--continue"]);
  expect(trust.read("grimsby", VERSION)).not.toContain("holds");
});

test("an entry deleted by hand: nothing is lost or taken silently", async () => {
  const trust = built.copy();
  await trust.ok("grimsby", ["hold", PATHS.cells, "--why", "Later"]);
  await trust.ok("grimsby", ["rebase"]);
  const text = trust.read("grimsby", VERSION);
  trust.write(`grimsby/${VERSION}`, text.replace(/^holds:\n(?: .*\n?)+/m, ""));
  expect(trust.read("grimsby", VERSION)).not.toContain("holds");
  await trust.run("grimsby", ["commit", "-qam", "Delete the hold by hand"]);
  // Its base is gone: what was held reads as a change made here that nobody has explained.
  const status = await trust.ok("grimsby", ["status"]);
  expect(status).toContain("y7-cells#practical");
  expect(status).toContain("no reason yet");
  expect(trust.read("grimsby", PATHS.cells)).toContain(TEXTS.practical);
});

test("a held passage keeps its document where upstream removes it, and follows it where upstream moves it", async () => {
  const trust = built.copy();
  await trust.ok("grimsby", ["hold", "y7-cells#practical", "--why", "Later"]);
  await trust.ok("grimsby", ["hold", "y8-trade-wool#starter", "--why", "Later"]);
  const target = "subjects/history/units/y8-trade/lessons/03-cloth.md";
  const filler = Array.from({ length: 40 }, (_, line) => `Source ${line}: a wholly new account.`).join(
    "\n\n",
  );
  await trust.publish("summer", async () => {
    await trust.run("north", ["rm", "-q", PATHS.cells]);
    await trust.run("north", ["mv", PATHS.wool, target]);
    trust.replace(`north/${target}`, "Sort the sources.", filler);
  });
  expect(await trust.json("grimsby", ["rebase"])).toMatchObject({ outcome: "clean" });
  expect(trust.read("grimsby", PATHS.cells)).toContain(TEXTS.practical);
  expect(trust.read("grimsby", target)).toContain("Weigh a sack.\n");
  expect(trust.read("grimsby", target)).toContain("Source 39");
  const { figures, waiting } = await waitsFor(trust);
  expect(figures).toMatchObject({
    behind: { passages: 0, held: waiting.length },
    diverged: { passages: 1 },
    undeclared: { passages: 0 },
  });
  expect(waiting).toContain("y7-cells#practical");
  expect(waiting).toContain("y8-trade-wool#starter");
  expect(await trust.ok("grimsby", ["status"])).not.toContain("no reason yet");
  await trust.ok("grimsby", ["rebase", "--only", "y7-cells#practical", "y8-trade-wool#starter"]);
  expect(await trust.run("grimsby", ["ls-files", PATHS.cells])).toBe("");
  expect(trust.read("grimsby", target)).toContain(NEW.wool);
});

test("later edition, one subject of it, over a passage that is held already: the older base stays", async () => {
  const trust = built.copy();
  await trust.ok("grimsby", ["hold", "y8-trade#homework", "--why", "Begun"]);
  await trust.ok("grimsby", ["rebase"]);
  await trust.publish("summer", () => {
    trust.replace(`north/${PATHS.unit}`, "about effects.", "about effects and change.");
    trust.replace(`north/${PATHS.cells}`, "Draw a cell.", "Draw a plant cell.");
  });
  await trust.ok("grimsby", ["rebase", "--only", "subjects/science"]);
  const text = trust.read("grimsby", PATHS.unit);
  expect(text).toContain(TEXTS.homework);
  expect(text).toContain("about effects.\n");
  expect(trust.read("grimsby", PATHS.cells)).toContain("plant cell");
  expect(await trust.ok("grimsby", ["status"])).not.toContain("no reason yet");
  await trust.ok("grimsby", ["rebase", "--only", "subjects"]);
  expect(trust.read("grimsby", PATHS.unit)).toContain("effects and change");
  expect(trust.read("grimsby", PATHS.unit)).toContain(NEW.homework);
  expect(trust.read("grimsby", VERSION)).not.toContain("holds");
});

test("an unsaved edit of the version's own file: status, rebase and drift say that it does not count yet", async () => {
  const trust = built.copy();
  trust.replace("grimsby/versions/grimsby/version.yaml", "group: all", "group: pilot");
  const told = `${VERSION} is changed and not saved: rebase and drift go by the saved one. leeway save keeps it.`;
  expect((await trust.ok("grimsby", ["status"])).replace(/\n {2}/g, " ")).toContain(told);
  for (const verb of [["rebase", "--dry-run"], ["drift"], ["rebase"]]) {
    expect([verb, (await trust.leeway("grimsby", verb)).err]).toEqual([verb, expect.stringContaining(told)]);
  }
  await trust.ok("grimsby", ["save"]);
  for (const verb of [["rebase", "--dry-run"], ["drift"]])
    expect([verb, (await trust.leeway("grimsby", verb)).err]).toEqual([verb, ""]);
});

test("the step after a dry run takes just what it has shown", async () => {
  const trust = built.copy();
  const tried = ["rebase", "--only", "subjects/history", "--why", "History first"];
  const said = await trust.ok("grimsby", [...tried, "--dry-run"]);
  expect(said).toContain("Next: leeway rebase --only subjects/history --why 'History first'");
  expect(await trust.ok("grimsby", ["rebase", "--dry-run"])).toMatch(/Next: leeway rebase {4}/);
});
