import { readFileSync, writeFileSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { PATHS, TEXTS, Trust } from "./three-layers.ts";

let built: Trust;
beforeAll(async () => {
  built = await Trust.build();
});

const lessons = "subjects/history/units/y8-trade/lessons";

test("upstream moves a folder while the school edits in it and has added a lesson of its own there", async () => {
  const trust = built.copy();
  trust.replace(`grimsby/${PATHS.wool}`, "Sort the sources.", "Sort the haven's sources.");
  trust.write(
    `grimsby/${lessons}/02-herring.md`,
    "---\nid: y8-trade-herring\ntype: lesson\ntitle: Herring\nunit: y8-trade\noutcome: o1\n---\n\n# Herring\n\n## Starter\n\nSalt a herring.\n",
  );
  await trust.commit("grimsby", "A lesson on herring");
  await trust.publish("spring", async () => {
    await trust.run("north", [
      "mv",
      "subjects/history/units/y8-trade",
      "subjects/history/units/y8-trade-and-towns",
    ]);
  });
  expect(await trust.json("grimsby", ["rebase"])).toMatchObject({ outcome: "clean" });
  const files = (await trust.run("grimsby", ["ls-files", "subjects/history"])).split("\n");
  const moved = "subjects/history/units/y8-trade-and-towns";
  expect(files).toEqual([
    `${moved}/lessons/01-wool.md`,
    `${moved}/lessons/02-herring.md`,
    `${moved}/unit.md`,
  ]);
  expect(trust.read("grimsby", `${moved}/lessons/01-wool.md`)).toContain("haven's sources");
  expect(trust.read("grimsby", `${moved}/unit.md`)).toContain(TEXTS.haven);
  expect(await trust.ok("grimsby", ["status"])).toContain("explained change");
});

test("upstream moves a document and rewrites most of it: found by its id", async () => {
  const trust = built.copy();
  trust.replace(`grimsby/${PATHS.wool}`, "Weigh a sack.", "Weigh a sack of herring.");
  await trust.commit("grimsby", "Herring");
  const target = "subjects/history/units/y8-trade/lessons/03-wool-and-cloth.md";
  const filler = Array.from(
    { length: 40 },
    (_, line) => `Source ${line}: a wholly new account of cloth.`,
  ).join("\n\n");
  await trust.publish("spring", async () => {
    await trust.run("north", ["mv", PATHS.wool, target]);
    trust.replace(`north/${target}`, "Sort the sources.", filler);
  });
  expect(await trust.json("grimsby", ["rebase"])).toMatchObject({ outcome: "clean" });
  const text = trust.read("grimsby", target);
  expect(text).toContain("Weigh a sack of herring.");
  expect(text).toContain("Source 39");
  expect(await trust.run("grimsby", ["ls-files", PATHS.wool])).toBe("");
});

for (const [choice, stays] of [
  ["local", true],
  ["upstream", false],
] as const) {
  test(`upstream deletes what the school edited: asked, ${choice} taken`, async () => {
    const trust = built.copy();
    trust.replace(`grimsby/${PATHS.wool}`, "Weigh a sack.", "Weigh a sack of herring.");
    await trust.commit("grimsby", "Herring");
    await trust.publish("spring", async () => void (await trust.run("north", ["rm", "-q", PATHS.wool])));
    const report = await trust.json("grimsby", ["rebase"], 3);
    expect(report.conflicts).toMatchObject([{ path: PATHS.wool, at: "y8-trade-wool" }]);
    expect(report.conflicts[0]?.reason).toContain("upstream removed");
    expect((await trust.leeway("grimsby", ["resolve", "--take", "both"])).code).toBe(2);
    await trust.ok("grimsby", ["resolve", "y8-trade-wool", "--take", choice]);
    await trust.ok("grimsby", ["undo"]);
    expect((await trust.leeway("grimsby", ["rebase", "--continue"])).code).toBe(3);
    await trust.ok("grimsby", ["resolve", "y8-trade-wool", "--take", choice]);
    await trust.ok("grimsby", ["rebase", "--continue"]);
    expect(await trust.run("grimsby", ["ls-files", PATHS.wool])).toBe(stays ? PATHS.wool : "");
    expect(await trust.run("grimsby", ["status", "--porcelain"])).toBe("");
  });

  test(`the school deleted what upstream edits: asked, ${choice} taken`, async () => {
    const trust = built.copy();
    await trust.run("grimsby", ["rm", "-q", PATHS.wool]);
    await trust.run("grimsby", ["commit", "-qm", "No wool"]);
    await trust.publish("spring", () =>
      trust.replace(`north/${PATHS.wool}`, "Weigh a sack.", "Weigh two sacks."),
    );
    const report = await trust.json("grimsby", ["rebase"], 3);
    expect(report.conflicts).toMatchObject([{ path: PATHS.wool }]);
    await trust.ok("grimsby", ["resolve", "--take", choice]);
    await trust.ok("grimsby", ["rebase", "--continue"]);
    expect(await trust.run("grimsby", ["ls-files", PATHS.wool])).toBe(stays ? "" : PATHS.wool);
    expect(await trust.run("grimsby", ["status", "--porcelain"])).toBe("");
  });
}

test("both add the same new document: asked once where they differ, not at all where they agree", async () => {
  const trust = built.copy();
  const lesson = (words: string): string =>
    `---\nid: y8-trade-salt\ntype: lesson\ntitle: Salt\nunit: y8-trade\noutcome: o1\n---\n\n# Salt\n\n## Starter\n\n${words}\n`;
  trust.write(`grimsby/${lessons}/02-salt.md`, lesson("Taste salt."));
  trust.write(`grimsby/${lessons}/04-same.md`, lesson("The same.").replace("y8-trade-salt", "y8-trade-same"));
  await trust.commit("grimsby", "Salt");
  await trust.publish("spring", () => {
    trust.write(`north/${lessons}/02-salt.md`, lesson("Weigh salt."));
    trust.write(`north/${lessons}/04-same.md`, lesson("The same.").replace("y8-trade-salt", "y8-trade-same"));
  });
  const report = await trust.json("grimsby", ["rebase"], 3);
  expect(report.conflicts.map(({ path }) => path)).toEqual([`${lessons}/02-salt.md`]);
  await trust.ok("grimsby", ["resolve", "--take", "both"]);
  await trust.ok("grimsby", ["rebase", "--continue"]);
  for (const words of ["Taste salt.", "Weigh salt."])
    expect(trust.read("grimsby", `${lessons}/02-salt.md`)).toContain(words);
});

test("both add a document of the same id at different places: a decision, never two living documents", async () => {
  const trust = built.copy();
  const lesson = (words: string): string =>
    `---\nid: y8-trade-salt\ntype: lesson\ntitle: Salt\nunit: y8-trade\noutcome: o1\n---\n\n# Salt\n\n## Starter\n\n${words}\n`;
  trust.write(`grimsby/${lessons}/02-salt.md`, lesson("Taste salt."));
  await trust.commit("grimsby", "Salt");
  await trust.publish("spring", () =>
    trust.write(
      `north/${lessons}/05-salt.md`,
      lesson("Weigh salt at the quay, and write down what it costs."),
    ),
  );
  const report = await trust.json("grimsby", ["rebase"], 3);
  expect(report.outcome).toBe("conflicts");
});

test("a heading renamed upstream beneath an adaptation: the record follows, and it is said", async () => {
  const trust = built.copy();
  await trust.publish("spring", () =>
    trust.replace(`north/${PATHS.unit}`, "## Case study", "## Case study: a market"),
  );
  const said = await trust.ok("grimsby", ["rebase"]);
  expect(said).toContain("y8-trade#case-study-a-market");
  expect(trust.read("grimsby", PATHS.unit)).toContain("## Case study: a market");
  expect(trust.read("grimsby", "versions/grimsby/adaptations/haven.yaml")).toContain(
    "y8-trade#case-study-a-market",
  );
  expect(await trust.ok("grimsby", ["status"])).not.toContain("no reason yet");
});

test("upstream changes the text beneath: carried, with the question, and --still-holds answers it", async () => {
  const trust = built.copy();
  const two = `${TEXTS.haven}\n\nDraw the exchange as a loop.`;
  trust.replace(`north/${PATHS.unit}`, TEXTS.caseStudy, `${TEXTS.caseStudy}\n\nDraw the exchange as a loop.`);
  await trust.publish("spring", () => {});
  const report = await trust.json("grimsby", ["rebase"]);
  expect(report.adaptations).toEqual([expect.objectContaining({ id: "grimsby/haven", outcome: "review" })]);
  expect(trust.read("grimsby", PATHS.unit)).toContain(two);
  expect(trust.read("grimsby", "versions/grimsby/adaptations/haven.yaml")).toContain("review");
  expect(await trust.ok("grimsby", ["status"])).toContain("--still-holds");
  await trust.ok("grimsby", ["adapt", "y8-trade#case-study", "--still-holds"]);
  expect(trust.read("grimsby", "versions/grimsby/adaptations/haven.yaml")).not.toContain("review");
  expect(await trust.ok("grimsby", ["status"])).not.toContain("--still-holds");
});

test("upstream takes the same text: the adaptation is redundant, named, and retired", async () => {
  const trust = built.copy();
  await trust.publish("spring", () => trust.replace(`north/${PATHS.unit}`, TEXTS.caseStudy, TEXTS.haven));
  expect(await trust.ok("grimsby", ["rebase", "--dry-run"])).toContain("Haven");
  const report = await trust.json("grimsby", ["rebase"]);
  expect(report).toMatchObject({
    outcome: "clean",
    adaptations: [{ id: "grimsby/haven", outcome: "redundant" }],
    dropped: [{ at: "y8-trade#case-study", reason: expect.any(String) }],
  });
  expect(trust.read("grimsby", "versions/grimsby/adaptations/haven.yaml")).toContain("status: retired");
  expect(await trust.json<{ versions: { status: string }[] }>("grimsby", ["drift"])).toMatchObject({
    versions: [{ status: "same" }],
  });
});

test("text that holds conflict-marker lines itself: longer markers, and every choice works", async () => {
  const trust = built.copy();
  const lesson = "<<<<<<< HEAD\nours\n=======\ntheirs\n>>>>>>> branch";
  const fenced = (words: string): string => `${words}\n\n\`\`\`\n${lesson}\n\`\`\``;
  trust.replace(`grimsby/${PATHS.cells}`, TEXTS.practical, fenced("Merge like Git does."));
  await trust.ok("grimsby", [
    "adapt",
    "y7-cells#practical",
    "--for",
    "staffing",
    "--why",
    "Computing shares this lesson.",
  ]);
  await trust.publish("spring", () =>
    trust.replace(`north/${PATHS.cells}`, TEXTS.practical, "Look at a cheek cell."),
  );
  await trust.ok("grimsby", ["rebase"], 3);
  expect(trust.read("grimsby", PATHS.cells)).toMatch(/^<{8,} Harbour Academy Grimsby/m);
  const copies = [trust.copy(), trust.copy()];
  await trust.ok("grimsby", ["resolve", "--take", "local"]);
  await trust.ok("grimsby", ["rebase", "--continue"]);
  expect(trust.read("grimsby", PATHS.cells)).toContain(fenced("Merge like Git does."));
  const [upstream, both] = copies as [Trust, Trust];
  await upstream.ok("grimsby", ["resolve", "--take", "upstream"]);
  await upstream.ok("grimsby", ["rebase", "--continue"]);
  expect(upstream.read("grimsby", PATHS.cells)).not.toContain("<<<<");
  await both.ok("grimsby", ["resolve", "--take", "both"]);
  await both.ok("grimsby", ["rebase", "--continue"]);
  expect(both.read("grimsby", PATHS.cells)).toContain(lesson);
  expect(both.read("grimsby", PATHS.cells)).toContain("cheek cell");
});

test("CRLF stays CRLF: merged, in conflict, and resolved", async () => {
  const trust = built.copy();
  const crlf = (path: string): void => trust.write(path, trust.read(path).replaceAll("\n", "\r\n"));
  const isCrlf = (text: string): boolean => !/(?<!\r)\n/.test(text);
  crlf(`north/${PATHS.cells}`);
  await trust.publish("windows", () => {});
  await trust.ok("grimsby", ["rebase"]);
  trust.replace(`grimsby/${PATHS.cells}`, TEXTS.practical, "Look at an onion skin from the allotment.");
  await trust.ok("grimsby", [
    "adapt",
    "y7-cells#practical",
    "--for",
    "place",
    "--why",
    "We have an allotment.",
  ]);
  await trust.publish("spring", () => {
    trust.replace(`north/${PATHS.cells}`, TEXTS.practical, "Look at a cheek cell.");
    trust.replace(`north/${PATHS.cells}`, "Draw a cell.", "Draw a plant cell.");
  });
  await trust.ok("grimsby", ["rebase"], 3);
  await trust.ok("grimsby", ["resolve", "--take", "both"]);
  await trust.ok("grimsby", ["rebase", "--continue"]);
  const text = trust.read("grimsby", PATHS.cells);
  for (const words of ["allotment", "cheek cell", "plant cell"]) expect(text).toContain(words);
  expect(isCrlf(text)).toBe(true);
});

test("a picture that both sides changed is decided whole, byte for byte", async () => {
  const trust = built.copy();
  const path = "subjects/history/units/y8-trade/map.png";
  const picture = (byte: number): Buffer => Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0xff, 0xfe, byte]);
  await trust.publish("picture", () => writeFileSync(trust.at("north", path), picture(1)));
  await trust.ok("grimsby", ["rebase"]);
  writeFileSync(trust.at("grimsby", path), picture(2));
  await trust.commit("grimsby", "Our map");
  await trust.publish("spring", () => writeFileSync(trust.at("north", path), picture(3)));
  const report = await trust.json("grimsby", ["rebase"], 3);
  expect(report.conflicts).toMatchObject([{ path, at: path }]);
  expect(readFileSync(trust.at("grimsby", path))).toEqual(picture(2));
  await trust.ok("grimsby", ["resolve", path, "--take", "upstream"]);
  expect(readFileSync(trust.at("grimsby", path))).toEqual(picture(3));
  await trust.ok("grimsby", ["undo"]);
  expect(readFileSync(trust.at("grimsby", path))).toEqual(picture(2));
  await trust.ok("grimsby", ["resolve", path, "--take", "local"]);
  await trust.ok("grimsby", ["rebase", "--continue"]);
  expect(readFileSync(trust.at("grimsby", path))).toEqual(picture(2));
});

test("several decisions in several documents, settled one by one", async () => {
  const trust = built.copy();
  for (const [path, from, at] of [
    [PATHS.cells, TEXTS.practical, "y7-cells#practical"],
    [PATHS.fractions, "Fold a strip of paper.", "y7-fractions#practice"],
  ] as const) {
    trust.replace(`grimsby/${path}`, from, `Ours: ${at}.`);
    await trust.ok("grimsby", ["adapt", at, "--for", "place", "--why", "It fits our rooms."]);
    trust.replace(`north/${path}`, from, `Theirs: ${at}.`);
  }
  await trust.publishSpringCaseStudy();
  expect((await trust.json("grimsby", ["rebase"], 3)).conflicts).toHaveLength(3);
  await trust.ok("grimsby", ["resolve", "subjects/maths", "--take", "upstream"], 3);
  await trust.ok("grimsby", ["resolve", "y7-cells", "--take", "both"], 3);
  expect(await trust.ok("grimsby", ["status"])).toContain("1 decision left");
  expect((await trust.leeway("grimsby", ["rebase", "--continue"])).code).toBe(3);
  await trust.ok("grimsby", ["resolve", "y8-trade#case-study", "--take", "local"]);
  const done = await trust.json("grimsby", ["rebase", "--continue"]);
  expect(done.adaptations.map(({ outcome }) => outcome).sort()).toEqual(["carried", "carried", "redundant"]);
  expect(await trust.ok("grimsby", ["status"])).not.toContain("no reason yet");
  await trust.sound();
});
