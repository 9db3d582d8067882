import { beforeAll, expect, test } from "vitest";
import { PATHS, TEXTS, Trust } from "./three-layers.ts";

let built: Trust;
let spring: string;
beforeAll(async () => {
  built = await Trust.build();
  spring = await built.publish("spring", () => {
    built.replace(`north/${PATHS.unit}`, TEXTS.homework, "Ask at home who has sold something.");
    built.replace(`north/${PATHS.cells}`, TEXTS.practical, "Look at a cheek cell.");
  });
});

const VERSION = "versions/grimsby/version.yaml";

interface Figures {
  readonly versions: readonly {
    status: string;
    behind: { passages: number };
    diverged: { passages: number };
    undeclared: { passages: number };
  }[];
}

/** Not behind, and nothing that came from upstream counts as changed here. */
async function expectTaken(trust: Trust): Promise<void> {
  const drift = await trust.json<Figures>("grimsby", ["drift"]);
  expect(drift.versions[0]).toMatchObject({
    status: "adapted",
    behind: { passages: 0 },
    diverged: { passages: 1 },
    undeclared: { passages: 0 },
  });
  expect(await trust.ok("grimsby", ["status"])).not.toContain("no reason yet");
}

/** The next edition changes beside and on top of what was taken; only the adapted passage may be asked about. */
async function expectNextClean(trust: Trust): Promise<void> {
  const next = await trust.publish("summer", () => {
    trust.replace(`north/${PATHS.unit}`, "who has sold something.", "who has sold something at a market.");
    trust.replace(`north/${PATHS.cells}`, "Draw a cell.", "Draw a plant cell.");
  });
  expect(await trust.json("grimsby", ["rebase"])).toMatchObject({
    outcome: "clean",
    adaptations: [{ id: "grimsby/haven", outcome: "carried" }],
    dropped: [],
  });
  expect(trust.read("grimsby", VERSION)).toContain(`commit: ${next}, edition: summer`);
  expect(trust.read("grimsby", PATHS.unit)).toContain("something at a market.");
  expect(trust.read("grimsby", PATHS.unit)).toContain(TEXTS.haven);
  expect(trust.read("grimsby", PATHS.cells)).toContain("plant cell");
  await trust.sound();
}

test("a plain git merge is the base, and the next verb that writes records it", async () => {
  const trust = built.copy();
  await trust.run("grimsby", ["merge", "-q", "--no-edit", "upstream/main"]);
  expect(trust.read("grimsby", VERSION)).toContain("edition: autumn");
  expect(await trust.ok("grimsby", ["status"])).toContain("Based on: spring");
  await expectTaken(trust);
  trust.replace(`grimsby/${PATHS.fractions}`, "Fold a strip", "Fold a long strip");
  await trust.ok("grimsby", [
    "adapt",
    "y7-fractions#practice",
    "--for",
    "place",
    "--why",
    "Our strips are long.",
  ]);
  expect(trust.read("grimsby", VERSION)).toContain(`commit: ${spring}, edition: spring`);
});

test("a plain git merge, then rebase: the base is recorded, nothing else changes", async () => {
  const trust = built.copy();
  await trust.run("grimsby", ["merge", "-q", "--no-edit", "upstream/main"]);
  const before = await trust.head();
  await trust.ok("grimsby", ["rebase"]);
  expect(await trust.run("grimsby", ["log", "-1", "--format=%P"])).toBe(before);
  expect(await trust.run("grimsby", ["diff", "--name-only", before, "HEAD"])).toBe(VERSION);
  expect(trust.read("grimsby", VERSION)).toContain(`commit: ${spring}, edition: spring`);
  await trust.ok("grimsby", ["undo"]);
  expect(await trust.head()).toBe(before);
  await expectNextClean(trust);
});

test("a squash merge", async () => {
  const trust = built.copy();
  await trust.run("grimsby", ["merge", "-q", "--squash", "upstream/main"]);
  await trust.run("grimsby", ["commit", "-qm", "Spring, squashed"]);
  await expectTaken(trust);
  expect(await trust.ok("grimsby", ["status"])).toContain("would change no passage here");
  const again = trust.copy();
  expect(await again.json("grimsby", ["rebase"])).toMatchObject({
    outcome: "clean",
    documents: { updated: 0, merged: 1, conflicted: 0, same: 1 },
    adaptations: [{ outcome: "carried" }],
  });
  await expectTaken(again);
  await expectNextClean(trust);
});

test("a cherry-picked commit", async () => {
  const trust = built.copy();
  await trust.run("grimsby", ["cherry-pick", spring]);
  await expectTaken(trust);
  await expectNextClean(trust);
});

test("copied files", async () => {
  const trust = built.copy();
  trust.write(`grimsby/${PATHS.cells}`, trust.read("north", PATHS.cells));
  trust.replace(`grimsby/${PATHS.unit}`, TEXTS.homework, "Ask at home who has sold something.");
  await trust.commit("grimsby", "Copied from the region's folder");
  await expectTaken(trust);
  await expectNextClean(trust);
});

test("what was taken by hand, edited elsewhere since, is carried and not asked about", async () => {
  const trust = built.copy();
  await trust.run("grimsby", ["cherry-pick", spring]);
  trust.replace(`grimsby/${PATHS.cells}`, "Draw a cell.", "Draw a cell of our pond weed.");
  await trust.run("grimsby", ["commit", "-qam", "Pond weed"]);
  expect(await trust.json("grimsby", ["rebase"])).toMatchObject({ outcome: "clean" });
  for (const words of ["Look at a cheek cell.", "pond weed"])
    expect(trust.read("grimsby", PATHS.cells)).toContain(words);
});

test("the region's decision reaches the school without being asked again", async () => {
  const trust = built.copy();
  trust.replace(`centre/${PATHS.unit}`, TEXTS.homework, "Ask at home who has bought wool.");
  await trust.commit("centre", "Homework");
  await trust.release("centre", "summer");
  await trust.ok("north", ["fetch"]);
  // North has changed the same homework in spring, so it decides; its school has not.
  await trust.ok("north", ["rebase"], 3);
  await trust.ok("north", ["resolve", "--take", "both"]);
  await trust.ok("north", ["rebase", "--continue"]);
  await trust.release("north", "summer");
  await trust.ok("grimsby", ["fetch"]);
  expect(await trust.json("grimsby", ["rebase"])).toMatchObject({
    outcome: "clean",
    adaptations: [{ outcome: "carried" }],
  });
  for (const words of ["sold something", "bought wool"])
    expect(trust.read("grimsby", PATHS.unit)).toContain(words);
  await trust.sound();
});

test("a base that upstream never published is no starting point, said loudly", async () => {
  const trust = built.copy();
  const foreign = await trust.head();
  const text = trust.read("grimsby", VERSION).replace(/commit: [0-9a-f]{40}/, `commit: ${foreign}`);
  trust.write(`grimsby/${VERSION}`, text);
  await trust.run("grimsby", ["commit", "-qam", "A base of its own"]);
  const refused = await trust.leeway("grimsby", ["rebase"]);
  expect(refused.code).toBe(4);
  expect(refused.err).toContain("No starting point");
  expect(refused.err).toContain("leeway fetch");
  expect((await trust.leeway("grimsby", ["status"])).out).toMatch(/no starting point/i);
});

test("pictures that came with a squashed update are upstream's; one of one's own is shown as changed here", async () => {
  const trust = built.copy();
  await trust.publish("summer", () => {
    trust.write("north/pictures/market.png", "\u0000upstream's picture");
    trust.write("north/pictures/wool.png", "\u0000upstream's wool");
  });
  await trust.run("grimsby", ["merge", "-q", "--squash", "upstream/main"]);
  trust.write("grimsby/pictures/haven.png", "\u0000our picture");
  trust.write("grimsby/pictures/wool.png", "\u0000our wool");
  await trust.run("grimsby", ["add", "pictures"]);
  await trust.run("grimsby", ["commit", "-qm", "The summer update, squashed"]);
  const told = "Changed, and not part of the curriculum: pictures/haven.png, pictures/wool.png\n";
  expect((await trust.ok("grimsby", ["status"])).replace(/\n {2}/g, " ")).toContain(told);
  const diff = await trust.json<{ files: { path: string }[] }>("grimsby", ["diff"]);
  expect(diff.files.map(({ path }) => path)).toEqual(["pictures/haven.png", "pictures/wool.png"]);
});
