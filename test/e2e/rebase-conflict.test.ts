import { existsSync, rmSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { PATHS, TEXTS, Trust } from "./three-layers.ts";

let built: Trust;
beforeAll(async () => {
  built = await Trust.build();
  await built.publishSpring();
});

const AT = "y8-trade#case-study";

async function stopped(): Promise<Trust> {
  const trust = built.copy();
  await trust.ok("grimsby", ["rebase"], 3);
  return trust;
}

/** The file as a person leaves it who chose this version's text in an editor. */
function settleByHand(trust: Trust, text: string): void {
  const marked = trust.read("grimsby", PATHS.unit);
  trust.write(`grimsby/${PATHS.unit}`, marked.replace(/<<<<<<<[\s\S]*?>>>>>>>.*/, text));
}

async function expectTaken(trust: Trust, parents: string): Promise<void> {
  expect(await trust.run("grimsby", ["log", "-1", "--format=%P"])).toBe(parents);
  expect(trust.read("grimsby", "versions/grimsby/version.yaml")).toContain("edition: spring");
  expect(await trust.run("grimsby", ["status", "--porcelain"])).toBe("");
  expect(existsSync(trust.at("grimsby/.git/MERGE_HEAD"))).toBe(false);
  expect(await trust.run("grimsby", ["for-each-ref", "refs/leeway/stopped"])).toBe("");
  const status = await trust.ok("grimsby", ["status"]);
  expect(status).toContain("Based on: spring.   Nothing newer is waiting.");
  expect(status).not.toContain("no reason yet");
  expect(status).not.toContain("to renew");
  expect(await trust.json("grimsby", ["rebase"])).toMatchObject({ outcome: "up-to-date" });
  await trust.sound();
}

test("a stop looks like Git's own, with base and records staged and markers in words", async () => {
  const trust = built.copy();
  const before = await trust.head();
  const report = await trust.json("grimsby", ["rebase"], 3);
  expect(report).toMatchObject({
    outcome: "conflicts",
    documents: { updated: 1, merged: 0, conflicted: 1 },
    conflicts: [{ path: PATHS.unit, at: AT }],
    adaptations: [{ id: "grimsby/haven", outcome: "conflict" }],
  });
  expect(await trust.head()).toBe(before);
  expect(trust.read("grimsby/.git/MERGE_HEAD")).toBe(`${await trust.head("north")}\n`);
  expect(trust.read("grimsby/.git/MERGE_MODE")).toBe("no-ff");
  expect(trust.read("grimsby/.git/MERGE_MSG")).toMatch(/^Take North region spring\n/);
  const stages = (await trust.run("grimsby", ["ls-files", "-u"])).split("\n");
  expect(stages.map((line) => line.split(/[ \t]/)[2])).toEqual(["1", "2", "3"]);
  expect(await trust.run("grimsby", ["show", `:2:${PATHS.unit}`])).toContain(TEXTS.haven);
  expect(await trust.run("grimsby", ["show", `:3:${PATHS.unit}`])).toContain(TEXTS.spring);
  expect(await trust.run("grimsby", ["diff", "--cached", "--name-only"])).toContain(
    "versions/grimsby/version.yaml",
  );
  const text = trust.read("grimsby", PATHS.unit);
  expect(text).toContain(`<<<<<<< Harbour Academy Grimsby (${AT})\n`);
  expect(text).toContain("||||||| edition autumn\n");
  expect(text).toContain(">>>>>>> edition spring\n");
  expect(text).toContain("sold something");
  expect(await trust.run("grimsby", ["status"])).toContain("git merge --abort");
});

test("while it waits: status says what, other verbs wait, a second rebase refuses", async () => {
  const trust = await stopped();
  const status = await trust.ok("grimsby", ["status"]);
  expect(status).toContain("Based on: autumn.");
  expect(status).toContain("1 decision left");
  expect(status).toContain(`"${AT}"`);
  expect(status).not.toContain("<<<<<<<");
  const before = await trust.everything();
  for (const args of [["rebase"], ["rebase", "--dry-run"], ["save"], ["release", "x", "--notes", "y"]]) {
    const ran = await trust.leeway("grimsby", args);
    expect([args[0], ran.code]).toEqual([args[0], 2]);
    expect(ran.err).toContain("leeway resolve");
  }
  const waiting = await trust.leeway("grimsby", ["rebase", "--continue"]);
  expect(waiting.code).toBe(3);
  expect(waiting.out).toContain(AT);
  expect(await trust.everything()).toBe(before);
});

test("--dry-run tells of the decision, ends with 1 and changes nothing", async () => {
  const trust = built.copy();
  await trust.run("grimsby", ["status"]);
  const before = await trust.everything();
  const report = await trust.json("grimsby", ["rebase", "--dry-run"], 1);
  expect(report).toMatchObject({
    outcome: "conflicts",
    conflicts: [{ at: AT }],
    adaptations: [{ outcome: "conflict" }],
  });
  expect(await trust.ok("grimsby", ["rebase", "--dry-run"], 1)).toContain("docks");
  expect(await trust.everything()).toBe(before);
});

test("abort puts everything back, unsaved work elsewhere included; then it can start anew", async () => {
  const trust = built.copy();
  trust.write("grimsby/notes.txt", "mine\n");
  trust.replace(`grimsby/${PATHS.fractions}`, "Fold a strip of paper.", "Fold a strip of cloth.");
  await trust.run("grimsby", ["status"]);
  const before = await trust.everything();
  await trust.ok("grimsby", ["rebase"], 3);
  await trust.ok("grimsby", ["rebase", "--abort"]);
  expect(await trust.everything()).toBe(before);
  await trust.ok("grimsby", ["rebase"], 3);
  await trust.ok("grimsby", ["resolve", AT, "--take", "local"]);
  await trust.ok("grimsby", ["rebase", "--abort"]);
  expect(await trust.everything()).toBe(before);
  await trust.sound();
});

test("abort by git merge --abort: status is as before, and the next rebase works", async () => {
  const trust = await stopped();
  await trust.run("grimsby", ["merge", "--abort"]);
  const status = await trust.ok("grimsby", ["status"]);
  expect(status).toContain("Waiting for you: spring");
  expect(status).not.toContain("has stopped");
  expect((await trust.leeway("grimsby", ["rebase", "--continue"])).code).toBe(2);
  expect((await trust.leeway("grimsby", ["resolve"])).err).toContain("Nothing is waiting");
  await trust.ok("grimsby", ["rebase"], 3);
  await trust.ok("grimsby", ["rebase", "--abort"]);
});

test("abort by git merge --abort, a commit of one's own, then on: the old stop is forgotten", async () => {
  const trust = await stopped();
  await trust.run("grimsby", ["merge", "--abort"]);
  trust.replace(`grimsby/${PATHS.fractions}`, "Fold a strip of paper.", "Fold a strip of cloth.");
  await trust.run("grimsby", ["commit", "-qam", "By hand"]);
  expect(await trust.ok("grimsby", ["status"])).not.toContain("settled but not recorded");
  expect((await trust.leeway("grimsby", ["rebase", "--continue"])).err).toContain("No update is waiting");
  await trust.ok("grimsby", ["rebase"], 3);
  await trust.ok("grimsby", ["resolve", "--take", "local"]);
  await trust.ok("grimsby", ["rebase", "--continue"]);
});

for (const [side, expected] of [
  ["local", [TEXTS.haven]],
  ["upstream", [TEXTS.spring]],
  ["both", [TEXTS.haven, TEXTS.spring]],
] as const) {
  test(`resolve --take ${side}, then --continue`, async () => {
    const trust = await stopped();
    const before = await trust.head();
    expect(await trust.ok("grimsby", ["resolve", AT, "--take", side])).toContain("leeway rebase --continue");
    const said = await trust.json("grimsby", ["rebase", "--continue"]);
    expect(said.adaptations).toEqual([
      expect.objectContaining({
        id: "grimsby/haven",
        outcome: side === "upstream" ? "redundant" : "carried",
      }),
    ]);
    const text = trust.read("grimsby", PATHS.unit);
    for (const each of [TEXTS.haven, TEXTS.spring])
      expect(text.includes(each)).toBe((expected as readonly string[]).includes(each));
    expect(text).not.toMatch(/^(<<<<<<<|=======|>>>>>>>)/m);
    await expectTaken(trust, `${before} ${await trust.head("north")}`);
  });
}

test("taking upstream's text retires the record and names what was dropped", async () => {
  const trust = await stopped();
  await trust.ok("grimsby", ["resolve", "--take", "upstream"]);
  expect((await trust.json("grimsby", ["rebase", "--continue"])).dropped).toEqual([
    { at: AT, reason: expect.any(String) },
  ]);
  expect(trust.read("grimsby", "versions/grimsby/adaptations/haven.yaml")).toContain("status: retired");
});

test("finished by hand in an editor, then --continue", async () => {
  const trust = await stopped();
  const before = await trust.head();
  settleByHand(trust, "The landing at Grimsby haven, in two sources of 1348.");
  const said = await trust.json("grimsby", ["rebase", "--continue"]);
  expect(said.adaptations).toMatchObject([{ outcome: "carried" }]);
  expect(trust.read("grimsby", PATHS.unit)).toContain("Grimsby haven, in two sources of 1348.");
  await expectTaken(trust, `${before} ${await trust.head("north")}`);
});

test("edited again after resolve: what lies in the file is what is taken", async () => {
  const trust = await stopped();
  await trust.ok("grimsby", ["resolve", "--take", "local"]);
  trust.replace(`grimsby/${PATHS.unit}`, TEXTS.haven, "The haven, once more.");
  await trust.ok("grimsby", ["rebase", "--continue"]);
  expect(await trust.run("grimsby", ["show", `HEAD:${PATHS.unit}`])).toContain("The haven, once more.");
  expect(await trust.run("grimsby", ["status", "--porcelain"])).toBe("");
});

test("finished by git add and git commit: settled but not recorded, until --continue records it", async () => {
  const trust = await stopped();
  const before = await trust.head();
  settleByHand(trust, "The landing at Grimsby haven, as in 1348.");
  await trust.run("grimsby", ["add", PATHS.unit]);
  await trust.run("grimsby", ["commit", "-q", "--no-edit"]);
  const merge = await trust.head();
  expect(await trust.run("grimsby", ["log", "-1", "--format=%P"])).toBe(
    `${before} ${await trust.head("north")}`,
  );
  expect(await trust.ok("grimsby", ["status"])).toContain(
    "Update settled but not recorded. Run leeway rebase --continue.",
  );
  for (const args of [["rebase"], ["save"], ["undo"], ["resolve"]]) {
    const ran = await trust.leeway("grimsby", args);
    expect([args[0], ran.code]).toEqual([args[0], 2]);
    expect(ran.err).toContain("Update settled but not recorded");
    expect(ran.err).toContain("leeway rebase --continue");
  }
  expect((await trust.leeway("grimsby", ["rebase", "--abort"])).err).toContain("committed already");
  await trust.ok("grimsby", ["rebase", "--continue"]);
  await expectTaken(trust, merge);
  await trust.ok("grimsby", ["undo"]);
  expect(await trust.head()).toBe(before);
  expect(await trust.run("grimsby", ["status", "--porcelain"])).toBe("");
});

test("whoever stages everything has not thereby decided", async () => {
  const trust = await stopped();
  await trust.run("grimsby", ["add", "-A"]);
  expect((await trust.leeway("grimsby", ["rebase", "--continue"])).code).toBe(3);
  expect(await trust.ok("grimsby", ["status"])).toContain("1 decision left");
  await trust.ok("grimsby", ["resolve", "--take", "local"]);
  await trust.ok("grimsby", ["rebase", "--continue"]);
  expect(trust.read("grimsby", PATHS.unit)).toContain(TEXTS.haven);
});

test("markers that git commit -a has taken along are noticed", async () => {
  const trust = await stopped();
  await trust.run("grimsby", ["commit", "-qam", "too soon"]);
  const ran = await trust.leeway("grimsby", ["rebase", "--continue"]);
  expect(ran.code).toBe(2);
  expect(ran.err).toContain(PATHS.unit);
  settleByHand(trust, "At the haven.");
  await trust.run("grimsby", ["commit", "-qam", "finished"]);
  await trust.ok("grimsby", ["rebase", "--continue"]);
  expect(await trust.ok("grimsby", ["status"])).toContain("Based on: spring.");
});

test("undo in a stop opens the last choice again, then takes the stop back", async () => {
  const trust = built.copy();
  await trust.run("grimsby", ["status"]);
  const before = await trust.everything();
  await trust.ok("grimsby", ["rebase"], 3);
  const asked = await trust.everything();
  await trust.ok("grimsby", ["resolve", "--take", "upstream"]);
  expect(await trust.ok("grimsby", ["undo", "--dry-run"])).toContain("Would open");
  expect(await trust.ok("grimsby", ["undo"])).toContain("Open again");
  expect(await trust.everything()).toBe(asked);
  await trust.ok("grimsby", ["resolve", "--take", "local"]);
  await trust.ok("grimsby", ["undo"]);
  await trust.ok("grimsby", ["undo"]);
  expect(await trust.everything()).toBe(before);
});

test("undo of a finished stop goes back to before it, and the undo of that", async () => {
  const trust = await stopped();
  const before = await trust.head();
  await trust.ok("grimsby", ["resolve", "--take", "both"]);
  await trust.ok("grimsby", ["rebase", "--continue"]);
  const after = await trust.head();
  await trust.ok("grimsby", ["undo"]);
  expect(await trust.head()).toBe(before);
  expect(await trust.run("grimsby", ["status", "--porcelain"])).toBe("");
  await trust.ok("grimsby", ["undo"]);
  expect(await trust.head()).toBe(after);
  await trust.sound();
});

test("resolve: a list, one by its address, and words for what is not there", async () => {
  const trust = await stopped();
  const list = await trust.ok("grimsby", ["resolve", "--list"]);
  expect(list).toContain("[-Norwich market-] {+The landing at Grimsby haven+}");
  expect(list).toContain("Families here work on the docks.");
  expect((await trust.leeway("grimsby", ["resolve"])).code).toBe(3);
  const elsewhere = await trust.leeway("grimsby", ["resolve", "y7-cells", "--take", "local"]);
  expect(elsewhere.code).toBe(2);
  expect(elsewhere.err).toContain(AT);
  await trust.ok("grimsby", ["resolve", PATHS.unit, "--take", "local"]);
  expect((await trust.leeway("grimsby", ["resolve", AT, "--take", "local"])).err).toContain(
    "settled already",
  );
});

test("a merge that Git started is named as such, and left alone", async () => {
  const trust = built.copy();
  expect((await trust.git("grimsby", ["merge", "upstream/main"])).code).toBe(1);
  const before = await trust.everything();
  expect(await trust.ok("grimsby", ["status"])).toContain("git merge, which Leeway did not start");
  for (const args of [["rebase"], ["rebase", "--continue"], ["rebase", "--abort"], ["undo"]]) {
    const ran = await trust.leeway("grimsby", args);
    expect([args.join(" "), ran.code]).toEqual([args.join(" "), 2]);
    expect(ran.err).toContain("not started by leeway rebase");
    expect(ran.err).toContain("git merge --abort");
  }
  expect(await trust.everything()).toBe(before);
});

test("a file that is gone when going on counts as removed", async () => {
  const trust = await stopped();
  rmSync(trust.at("grimsby", PATHS.unit));
  await trust.ok("grimsby", ["rebase", "--continue"]);
  expect(await trust.run("grimsby", ["ls-files", PATHS.unit])).toBe("");
  expect(await trust.run("grimsby", ["status", "--porcelain"])).toBe("");
});

test("settled by git commit and not recorded yet: no reason is called for that --continue binds by itself", async () => {
  const trust = await stopped();
  settleByHand(trust, "The landing at Grimsby haven, in two sources of 1348, shows how wool changed hands.");
  await trust.run("grimsby", ["commit", "-qam", "Merged by hand"]);
  const status = await trust.ok("grimsby", ["status"]);
  expect(status).toContain("Update settled but not recorded. Run leeway rebase --continue.");
  expect(status).not.toMatch(/reason/);
  await trust.ok("grimsby", ["rebase", "--continue"]);
  expect(await trust.ok("grimsby", ["status"])).toContain("Your explained change is safe.");
});

test("a passage that is to decide is called by its heading as it is written", async () => {
  const trust = (await Trust.build()).copy();
  await trust.publish("summer", () =>
    trust.replace(`north/${PATHS.unit}`, "## Homework", "## Whose market?\n\nThe abbot's.\n\n## Homework"),
  );
  trust.replace(`grimsby/${PATHS.unit}`, "## Homework", "## Whose market?\n\nThe mayor's.\n\n## Homework");
  await trust.ok("grimsby", ["adapt", "y8-trade", "--for", "place", "--why", "The mayor's court sat here."]);
  expect((await trust.ok("grimsby", ["status"])).replace(/\s+/g, " ")).toContain(
    'Trade in medieval England, Whose market? "y8-trade#whose-market"',
  );
  expect(await trust.ok("grimsby", ["rebase"], 3)).toContain(
    '"y8-trade#whose-market"   Trade in medieval England: Whose market?\n',
  );
  expect(await trust.ok("grimsby", ["resolve", "--list"])).toContain(
    '"y8-trade#whose-market"\nTrade in medieval England: Whose market?\n',
  );
});

test("a picture that both sides replaced takes nothing from the documents that come by themselves", async () => {
  const trust = built.copy();
  const picture = "subjects/history/units/y8-trade/images/map.png";
  trust.write(`grimsby/${picture}`, "\u0000ours");
  await trust.ok("grimsby", ["save"]);
  await trust.publish("picture", () => {
    trust.write(`north/${picture}`, "\u0000theirs");
    trust.replace(`north/${PATHS.fractions}`, "Fold a strip of paper.", "Fold two strips.");
  });
  expect(await trust.json("grimsby", ["rebase", "--dry-run"], 1)).toMatchObject({
    // Cells and fractions; the unit with the case study, and the picture.
    documents: { updated: 2, conflicted: 2 },
    conflicts: [{ path: PATHS.unit }, { path: picture }],
  });
});
