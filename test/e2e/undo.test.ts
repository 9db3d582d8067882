import { beforeAll, expect, test } from "vitest";
import { PATHS, TEXTS, Trust } from "./three-layers.ts";

let built: Trust;
beforeAll(async () => {
  built = await Trust.build();
  await built.run(".", ["init", "-q", "--bare", "home.git"]);
  await built.run("grimsby", ["remote", "add", "origin", "../home.git"]);
  await built.ok("grimsby", ["push"]);
  await built.publish("spring", () => {
    built.replace(`north/${PATHS.unit}`, TEXTS.homework, "Ask at home who has sold something.");
    built.replace(`north/${PATHS.cells}`, TEXTS.practical, "Look at a cheek cell.");
  });
});

const VERSION = "versions/grimsby/version.yaml";

test("after a push: a commit that restores, base included; the update waits again, and can be taken again", async () => {
  const trust = built.copy();
  const before = await trust.head();
  const spring = await trust.head("north");
  await trust.ok("grimsby", ["rebase"]);
  await trust.ok("grimsby", ["push"]);
  const taken = await trust.head();
  expect(await trust.ok("grimsby", ["undo"])).toContain("new commit restores");
  expect(await trust.run("grimsby", ["log", "-1", "--format=%P"])).toBe(taken);
  expect(await trust.run("grimsby", ["diff", "--name-only", before, "HEAD"])).toBe(VERSION);
  expect(trust.read("grimsby", VERSION)).toContain(`undone: ${spring}`);
  expect(trust.read("grimsby", PATHS.cells)).toContain(TEXTS.practical);
  const status = await trust.ok("grimsby", ["status"]);
  expect(status).toContain("Based on: autumn.");
  expect(status).toContain("Waiting for you: spring");
  await trust.ok("grimsby", ["push"]);
  expect(await trust.json("grimsby", ["rebase"])).toMatchObject({
    outcome: "clean",
    to: { edition: "spring" },
  });
  expect(trust.read("grimsby", PATHS.cells)).toContain("cheek cell");
  expect(trust.read("grimsby", PATHS.unit)).toContain(TEXTS.haven);
  expect(trust.read("grimsby", VERSION)).toContain(`commit: ${spring}, edition: spring`);
  expect(trust.read("grimsby", VERSION)).not.toContain("undone");
  await trust.ok("grimsby", ["push"]);
  expect(await trust.ok("grimsby", ["status"])).toContain("Based on: spring.");
  await trust.sound();
});

test("the undo of an undo after a push goes forward again", async () => {
  const trust = built.copy();
  await trust.ok("grimsby", ["rebase"]);
  await trust.ok("grimsby", ["push"]);
  const taken = await trust.head();
  await trust.ok("grimsby", ["undo"]);
  await trust.ok("grimsby", ["undo"]);
  expect(await trust.run("grimsby", ["diff", "--stat", taken, "HEAD"])).toBe("");
  expect(await trust.ok("grimsby", ["status"])).toContain("Based on: spring.");
  await trust.ok("grimsby", ["push"]);
});

test("another edition after an undone one is taken whole", async () => {
  const trust = built.copy();
  await trust.ok("grimsby", ["rebase"]);
  await trust.ok("grimsby", ["push"]);
  await trust.ok("grimsby", ["undo"]);
  await trust.publish("summer", () =>
    trust.replace(`north/${PATHS.cells}`, "Draw a cell.", "Draw a plant cell."),
  );
  expect(await trust.json("grimsby", ["rebase"])).toMatchObject({
    outcome: "clean",
    to: { edition: "summer" },
  });
  expect(trust.read("grimsby", PATHS.cells)).toContain("cheek cell");
  expect(trust.read("grimsby", PATHS.cells)).toContain("plant cell");
  expect(trust.read("grimsby", PATHS.unit)).toContain("sold something");
});

test("undo of adapt leaves the text, undo of save leaves the file, undo of release takes the name back", async () => {
  const trust = built.copy();
  const before = await trust.head();
  trust.replace(`grimsby/${PATHS.fractions}`, "Fold a strip of paper.", "Fold a strip of sail cloth.");
  await trust.ok("grimsby", [
    "adapt",
    "y7-fractions#practice",
    "--for",
    "place",
    "--why",
    "We have a sail maker.",
  ]);
  expect(await trust.ok("grimsby", ["undo"])).toContain("still in the files");
  expect(await trust.head()).toBe(before);
  expect(trust.read("grimsby", PATHS.fractions)).toContain("sail cloth");
  expect(await trust.run("grimsby", ["status", "--porcelain"])).toBe(` M ${PATHS.fractions}`);
  await trust.ok("grimsby", ["undo"]);
  expect(await trust.run("grimsby", ["status", "--porcelain"])).toBe("");
  expect(await trust.ok("grimsby", ["status"])).not.toContain("no reason yet");

  trust.write("grimsby/notes.md", "# Notes\n");
  await trust.ok("grimsby", ["save", "-m", "Notes"]);
  const saved = await trust.head();
  await trust.ok("grimsby", ["undo"]);
  expect(await trust.head()).not.toBe(saved);
  expect(trust.read("grimsby/notes.md")).toBe("# Notes\n");

  await trust.ok("grimsby", ["release", "first", "--notes", "The first", "--group", "all"]);
  await trust.ok("grimsby", ["undo"]);
  expect(await trust.run("grimsby", ["tag", "--list", "edition/grimsby/*"])).toBe("");
  expect(await trust.run("grimsby", ["branch", "--list", "group/all"])).toBe("");
  await trust.ok("grimsby", ["undo"]);
  expect(await trust.run("grimsby", ["tag", "--list", "edition/grimsby/*"])).toBe("edition/grimsby/first");
  await trust.sound();
});

test("what was written by hand in the version's own folder is there again after an undo", async () => {
  const trust = built.copy();
  const rules = "versions/grimsby/rules.yaml";
  const record = "versions/grimsby/adaptations/sails.yaml";
  const byHand =
    'id: grimsby/sails\ntitle: Sails\nkind: replace\nfor: [place]\nwhy: A sail maker lives here.   # asked in May\npassages:\n  - {at: "y7-fractions#practice"}\nstatus: active\n';
  trust.write(`grimsby/${rules}`, "default: reason\n");
  trust.write(`grimsby/${record}`, byHand);
  trust.replace(`grimsby/${PATHS.fractions}`, "Fold a strip of paper.", "Fold a strip of sail cloth.");
  await trust.ok("grimsby", ["save", "-m", "Rules and a reason"]);
  expect(trust.read("grimsby", record)).toContain("local: n1:");
  expect(await trust.run("grimsby", ["status", "--porcelain"])).toBe("");
  await trust.ok("grimsby", ["undo"]);
  expect(trust.read("grimsby", rules)).toBe("default: reason\n");
  expect(trust.read("grimsby", record)).toBe(byHand);
  expect(trust.read("grimsby", PATHS.fractions)).toContain("sail cloth");
  await trust.ok("grimsby", ["undo"]);
  expect(await trust.run("grimsby", ["status", "--porcelain"])).toBe("");
});

test("undo of init leaves the files, and can itself be undone", async () => {
  const trust = built.copy();
  await trust.ok(".", ["init", "new", "--id", "new", "--name", "New"]);
  const head = await trust.head("new");
  await trust.ok("new", ["undo"]);
  expect(trust.read("new/README.md")).not.toBe("");
  await trust.ok("new", ["undo"]);
  expect(await trust.head("new")).toBe(head);
  expect(await trust.run("new", ["status", "--porcelain"])).toBe("");
});

test("nothing to take back, commits made since, work in the way, --dry-run", async () => {
  const trust = built.copy();
  await trust.ok("grimsby", ["rebase"]);
  const taken = await trust.everything();
  expect(await trust.ok("grimsby", ["undo", "--dry-run"])).toContain(
    "Would take back: Take North region spring",
  );
  expect(await trust.everything()).toBe(taken);
  trust.replace(`grimsby/${PATHS.cells}`, "Draw a cell.", "Draw our cell.");
  const refused = await trust.leeway("grimsby", ["undo"]);
  expect(refused.code).toBe(2);
  expect(refused.err).toContain(PATHS.cells);
  expect(trust.read("grimsby", PATHS.cells)).toContain("Draw our cell.");
  await trust.run("grimsby", ["commit", "-qam", "By hand"]);
  const since = await trust.leeway("grimsby", ["undo"]);
  expect(since.code).toBe(2);
  expect(since.err).toContain("git revert");
  await trust.run(".", ["clone", "-q", "home.git", "fresh"]);
  expect((await trust.leeway("fresh", ["undo"])).err).toContain("nothing to take back");
});

test("a linked work tree has a log of its own: an undo there never takes back what was done elsewhere", async () => {
  const trust = built.copy();
  await trust.run("grimsby", ["worktree", "add", "-q", "-b", "trial", "../trial"]);
  await trust.ok("grimsby", ["rebase"]);
  const taken = await trust.head();
  const nothing = await trust.leeway("trial", ["undo"]);
  expect([nothing.code, nothing.err]).toEqual([
    2,
    expect.stringContaining("has not written anything here yet"),
  ]);
  trust.replace(`trial/${PATHS.fractions}`, "Fold a strip of paper.", "Fold a strip of sail cloth.");
  await trust.ok("trial", [
    "adapt",
    "y7-fractions#practice",
    "--for",
    "place",
    "--why",
    "A sail maker lives here.",
  ]);
  expect(await trust.ok("grimsby", ["undo"])).toContain("Took back: Take North region spring");
  expect(await trust.ok("trial", ["undo"])).toContain("Took back: Explained");
  expect(await trust.head("trial")).toBe(await trust.head("grimsby"));
  expect(await trust.head()).not.toBe(taken);
  expect(await trust.run("grimsby", ["status", "--porcelain"])).toBe("");
  await trust.run("grimsby", ["worktree", "remove", "--force", "../trial"]);
  await trust.sound();
});

test("on another branch than the last command wrote to, an undo says where to go", async () => {
  const trust = built.copy();
  await trust.ok("grimsby", ["rebase"]);
  const taken = await trust.head();
  await trust.run("grimsby", ["switch", "-q", "-c", "trial"]);
  const undo = await trust.leeway("grimsby", ["undo"]);
  expect([undo.code, undo.err]).toEqual([2, expect.stringContaining("Next: git switch main")]);
  expect([await trust.head(), await trust.run("grimsby", ["status", "--porcelain"])]).toEqual([taken, ""]);
  await trust.run("grimsby", ["switch", "-q", "main"]);
  await trust.ok("grimsby", ["undo"]);
});
