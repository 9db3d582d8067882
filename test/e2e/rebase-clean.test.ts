import { beforeAll, expect, test } from "vitest";
import { PATHS, TEXTS, Trust } from "./three-layers.ts";

let built: Trust;
beforeAll(async () => {
  built = await Trust.build();
  await built.publish("spring", () => {
    built.replace(`north/${PATHS.unit}`, TEXTS.homework, "Ask at home who has sold something.");
    built.replace(`north/${PATHS.cells}`, TEXTS.practical, "Look at a cheek cell.");
  });
});

test("a clean rebase is one commit with two parents, a fast-forward, base and records in it", async () => {
  const trust = built.copy();
  const before = await trust.head();
  const said = await trust.ok("grimsby", ["rebase"]);
  expect(said).toContain("Haven");
  expect(said).toContain("carried over");
  expect(said).toContain("leeway undo");
  const north = await trust.head("north");
  expect(await trust.run("grimsby", ["log", "-1", "--format=%P"])).toBe(`${before} ${north}`);
  expect(trust.read("grimsby", "versions/grimsby/version.yaml")).toContain(
    `commit: ${north}, edition: spring`,
  );
  expect(trust.read("grimsby", PATHS.unit)).toContain(TEXTS.haven);
  expect(trust.read("grimsby", PATHS.unit)).toContain("sold something");
  expect(trust.read("grimsby", PATHS.cells)).toContain("cheek cell");
  expect(await trust.run("grimsby", ["status", "--porcelain"])).toBe("");
  const diff = await trust.json<{ documents: { passages: { at: string; adaptation: string | null }[] }[] }>(
    "grimsby",
    ["diff"],
  );
  expect(
    diff.documents.flatMap(({ passages }) => passages.map(({ at, adaptation }) => [at, adaptation])),
  ).toEqual([["y8-trade#case-study", "grimsby/haven"]]);
  await trust.sound();
});

test("--json has the fields of the contract, and says up-to-date the second time", async () => {
  const trust = built.copy();
  const autumn = await trust.head("grimsby", "edition/north/autumn^{commit}");
  const north = await trust.head("north");
  const report = await trust.json("grimsby", ["rebase"]);
  expect(report).toMatchObject({
    schema: "leeway/rebase/1",
    outcome: "clean",
    from: { commit: autumn, edition: "autumn" },
    to: { commit: north, edition: "spring" },
    documents: { updated: 1, merged: 1, conflicted: 0 },
    conflicts: [],
    adaptations: [{ id: "grimsby/haven", outcome: "carried" }],
    dropped: [],
  });
  const head = await trust.head();
  expect(await trust.json("grimsby", ["rebase"])).toMatchObject({
    outcome: "up-to-date",
    from: { commit: north },
    to: { commit: north },
  });
  expect(await trust.head()).toBe(head);
});

test("--dry-run changes nothing, and ends with 0 where nothing would be asked", async () => {
  const trust = built.copy();
  await trust.run("grimsby", ["status"]);
  const before = await trust.everything();
  expect(await trust.ok("grimsby", ["rebase", "--dry-run"])).toContain("nothing is changed");
  expect(await trust.json("grimsby", ["rebase", "--dry-run"])).toMatchObject({ outcome: "clean" });
  expect(await trust.everything()).toBe(before);
});

test("undo takes it back, the undo can be undone, and the update waits as before", async () => {
  const trust = built.copy();
  const before = await trust.head();
  await trust.ok("grimsby", ["rebase"]);
  const after = await trust.head();
  expect(await trust.ok("grimsby", ["undo"])).toContain("Took back: Take North region spring");
  expect(await trust.head()).toBe(before);
  expect(await trust.run("grimsby", ["status", "--porcelain"])).toBe("");
  expect(trust.read("grimsby", PATHS.cells)).toContain(TEXTS.practical);
  expect(await trust.ok("grimsby", ["status"])).toContain("Waiting for you: spring");
  await trust.ok("grimsby", ["undo"]);
  expect(await trust.head()).toBe(after);
  expect(trust.read("grimsby", PATHS.cells)).toContain("cheek cell");
  await trust.ok("grimsby", ["undo"]);
  expect(await trust.head()).toBe(before);
  expect(await trust.json("grimsby", ["rebase"])).toMatchObject({ outcome: "clean" });
  await trust.sound();
});

test("only unsaved work in the way is refused, by name; the rest is left as it is", async () => {
  const trust = built.copy();
  trust.write(`grimsby/${PATHS.fractions}`, `${trust.read("grimsby", PATHS.fractions)}\nOur own words.\n`);
  trust.write("grimsby/notes.txt", "mine\n");
  trust.replace(`grimsby/${PATHS.cells}`, "Draw a cell.", "Draw two cells.");
  const before = await trust.everything();
  const tried = await trust.json<{ inTheWay: string[] }>("grimsby", ["rebase", "--dry-run"], 1);
  expect(tried).toMatchObject({ outcome: "clean", inTheWay: [PATHS.cells] });
  expect(await trust.ok("grimsby", ["rebase", "--dry-run"], 1)).toMatch(
    /would refuse for now \(exit code 2\)[\s\S]*y7-cells[\s\S]*leeway save[\s\S]*leeway rebase/,
  );
  const refused = await trust.leeway("grimsby", ["rebase"]);
  expect(refused.code).toBe(2);
  expect(refused.err).toContain(PATHS.cells);
  expect(refused.err).not.toContain(PATHS.fractions);
  expect(await trust.everything()).toBe(before);
  await trust.run("grimsby", ["checkout", "-q", "--", PATHS.cells]);
  await trust.ok("grimsby", ["rebase"]);
  expect(trust.read("grimsby", PATHS.fractions)).toContain("Our own words.");
  expect((await trust.run("grimsby", ["status", "--porcelain"])).split("\n")).toEqual([
    ` M ${PATHS.fractions}`,
    "?? notes.txt",
  ]);
});

test("a refused update leaves the index as it is: staged work stays staged, upstream's words typed here stay", async () => {
  const trust = built.copy();
  trust.replace(`grimsby/${PATHS.cells}`, "Draw a cell.", "Draw two cells.");
  await trust.run("grimsby", ["add", "-A"]);
  trust.replace(`grimsby/${PATHS.cells}`, "Draw two cells.", "Draw three cells.");
  const refuses = async (): Promise<void> => {
    const before = await trust.everything();
    expect((await trust.leeway("grimsby", ["rebase"])).code).toBe(2);
    expect(await trust.everything()).toBe(before);
  };
  await refuses();
  await trust.run("grimsby", ["rm", "-qf", PATHS.cells]);
  await refuses();
  // Copied from upstream by hand, in the way of nobody, beside something that is.
  await trust.publish("summer", () => {
    trust.replace(`north/${PATHS.fractions}`, "Fold a strip of paper.", "Fold a strip of card.");
  });
  trust.write(`grimsby/${PATHS.fractions}`, trust.read("north", PATHS.fractions));
  await refuses();
});

test("an edition by name, an older one, one that nobody published", async () => {
  const trust = built.copy();
  const spring = await trust.head("north");
  trust.replace(`north/${PATHS.cells}`, "Draw a cell.", "Draw a plant cell.");
  await trust.publish("summer", () => {});
  expect(await trust.json("grimsby", ["rebase", "--to", "spring"])).toMatchObject({
    outcome: "clean",
    to: { commit: spring, edition: "spring" },
  });
  const head = await trust.head();
  expect(await trust.json("grimsby", ["rebase", "--to", "autumn"])).toMatchObject({ outcome: "up-to-date" });
  expect(await trust.head()).toBe(head);
  const unknown = await trust.leeway("grimsby", ["rebase", "--to", "wintre"]);
  expect(unknown.code).toBe(2);
  expect(unknown.err).toContain("wintre");
  expect(unknown.err).toContain("leeway rebase --to summer");
  const own = await trust.leeway("grimsby", ["rebase", "--to", "HEAD"]);
  expect(own.code).toBe(2);
  expect(await trust.json("grimsby", ["rebase"])).toMatchObject({
    outcome: "clean",
    to: { edition: "summer" },
  });
});

test("a group moved back to an older edition leaves nothing to take", async () => {
  const trust = built.copy();
  await trust.ok("grimsby", ["rebase"]);
  await trust.run("north", ["branch", "-f", "group/all", "edition/north/autumn"]);
  await trust.ok("grimsby", ["fetch"]);
  const head = await trust.head();
  expect(await trust.json("grimsby", ["rebase"])).toMatchObject({ outcome: "up-to-date" });
  expect(await trust.head()).toBe(head);
  const status = await trust.ok("grimsby", ["status"]);
  expect(status).not.toContain("Taking");
  expect(status).not.toContain("Waiting for you");
});

test("wrong usage: both ends of a stop at once, nothing stopped, detached head", async () => {
  const trust = built.copy();
  for (const args of [["--continue", "--abort"], ["--continue"], ["--abort"]]) {
    expect((await trust.leeway("grimsby", ["rebase", ...args])).code).toBe(2);
  }
  expect((await trust.leeway("grimsby", ["resolve"])).code).toBe(2);
  await trust.run("grimsby", ["switch", "-q", "--detach"]);
  const detached = await trust.leeway("grimsby", ["rebase"]);
  expect(detached.code).toBe(2);
  expect(detached.err).toContain("git switch main");
  expect((await trust.leeway("grimsby", ["undo"])).code).toBe(2);
});
