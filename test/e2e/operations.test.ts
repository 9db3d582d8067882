import { beforeAll, expect, test } from "vitest";
import { PATHS, TEXTS, Trust } from "./three-layers.ts";

let built: Trust;
beforeAll(async () => {
  built = await Trust.build();
  await built.publishSpring();
});

interface OperationsJson {
  readonly operations: readonly {
    readonly id: string;
    readonly number: number;
    readonly verb: string;
    readonly did: string;
    readonly unsaved: { readonly before: string | null; readonly after: string | null };
  }[];
}

const operations = async (trust: Trust) =>
  (await trust.json<OperationsJson>("grimsby", ["log", "--operations"])).operations;

async function adaptFractions(trust: Trust): Promise<void> {
  trust.replace(`grimsby/${PATHS.fractions}`, "Fold a strip of paper.", "Fold a strip of sail cloth.");
  await trust.ok("grimsby", [
    "adapt",
    "y7-fractions#practice",
    "--for",
    "place",
    "--why",
    "A sail maker lives here.",
  ]);
}

/** An update with its decision made, then an adaptation, then a hold: three operations on top of what was there. */
async function worked(trust: Trust): Promise<void> {
  await trust.ok("grimsby", ["rebase"], 3);
  await trust.ok("grimsby", ["resolve", "--take", "both"]);
  await trust.ok("grimsby", ["rebase", "--continue"]);
  await adaptFractions(trust);
  await trust.ok("grimsby", ["hold", "subjects/science", "--why", "Mid-topic"]);
}

test("each operation names what it did, all refs on both sides and the files that lay there unsaved", async () => {
  const trust = built.copy();
  trust.write("grimsby/README.md", "# Ours\n");
  await worked(trust);
  const found = await operations(trust);
  expect(found.map(({ verb }) => verb).slice(0, 3)).toEqual(["hold", "adapt", "rebase"]);
  const [, adapt] = found;
  const before = await trust.run("grimsby", ["show", `${adapt?.id}:refs-before`]);
  const after = await trust.run("grimsby", ["show", `${adapt?.id}:refs-after`]);
  expect(before).toContain("refs/heads/main");
  expect(before).toContain("refs/remotes/upstream/main");
  expect(before.split("\n").length).toBe(after.split("\n").length);
  expect(before).not.toBe(after);
  expect(await trust.run("grimsby", ["show", `${adapt?.unsaved.before}:${PATHS.fractions}`])).toContain(
    "sail cloth",
  );
  const page = await trust.ok("grimsby", ["log", "--operations"]);
  expect(page).toContain("leeway adapt");
  expect(page).toMatch(/Next: leeway undo/);
});

test("undo --to goes back over several at once, and an undo of that brings all of it back", async () => {
  const trust = built.copy();
  const start = await trust.everything();
  const [first] = await operations(trust);
  await worked(trust);
  const done = await trust.head();
  expect(await trust.ok("grimsby", ["undo", "--to", String(first?.number), "--dry-run"])).toContain(
    "Would go back",
  );
  expect(await trust.head()).toBe(done);
  await trust.ok("grimsby", ["undo", "--to", String(first?.number)]);
  // What was written by hand before the adaptation stays in the file, as after an undo of it alone.
  expect(await trust.run("grimsby", ["status", "--porcelain"])).toBe(` M ${PATHS.fractions}`);
  expect(trust.read("grimsby", PATHS.fractions)).toContain("sail cloth");
  expect(trust.read("grimsby", PATHS.unit)).not.toContain(TEXTS.spring);
  await trust.run("grimsby", ["checkout", "-q", "--", PATHS.fractions]);
  expect((await trust.everything()).replace(/.*operations$/gm, "")).toBe(
    start.replace(/.*operations$/gm, ""),
  );
  trust.replace(`grimsby/${PATHS.fractions}`, "Fold a strip of paper.", "Fold a strip of sail cloth.");
  await trust.ok("grimsby", ["undo"]);
  expect(await trust.head()).toBe(done);
  expect(await trust.run("grimsby", ["status", "--porcelain"])).toBe("");
  await trust.sound();
});

test("after a push, undo --to is one commit that restores", async () => {
  const trust = built.copy();
  await trust.run(".", ["init", "-q", "--bare", "home.git"]);
  await trust.run("grimsby", ["remote", "add", "origin", "../home.git"]);
  const before = await trust.head();
  const [first] = await operations(trust);
  await worked(trust);
  await trust.ok("grimsby", ["push"]);
  const pushed = await trust.head();
  expect(await trust.ok("grimsby", ["undo", "--to", String(first?.number)])).toContain("new commit restores");
  expect(await trust.run("grimsby", ["log", "-1", "--format=%P"])).toBe(pushed);
  expect(await trust.run("grimsby", ["diff", "--name-only", before, "HEAD"])).toBe(
    "versions/grimsby/version.yaml",
  );
  await trust.ok("grimsby", ["push"]);
});

test("kept alive against gc, and neither pushed nor fetched", async () => {
  const trust = built.copy();
  const before = await trust.head();
  await worked(trust);
  const found = await operations(trust);
  const [first] = found.slice(3);
  await trust.ok("grimsby", ["undo", "--to", String(first?.number)]);
  await trust.run("grimsby", ["reflog", "expire", "--expire=now", "--all"]);
  await trust.run("grimsby", ["gc", "-q", "--prune=now"]);
  expect(await trust.head()).toBe(before);
  for (const { unsaved } of found)
    if (unsaved.before !== null) await trust.run("grimsby", ["cat-file", "-e", unsaved.before]);
  await trust.ok("grimsby", ["undo"]);
  expect(trust.read("grimsby", PATHS.unit)).toContain(TEXTS.spring);
  await trust.run(".", ["init", "-q", "--bare", "home.git"]);
  await trust.run("grimsby", ["remote", "add", "origin", "../home.git"]);
  await trust.ok("grimsby", ["push"]);
  for (const args of [
    ["push", "-q", "origin", "--all"],
    ["push", "-q", "origin", "--tags"],
    ["push", "-q", "--follow-tags", "origin", "main"],
  ])
    await trust.run("grimsby", args);
  await trust.run(".", ["clone", "-q", "grimsby", "other"]);
  await trust.run("other", ["fetch", "-q", "--all", "--tags"]);
  for (const folder of ["home.git", "other"])
    expect(await trust.run(folder, ["for-each-ref", "--format=%(refname)", "refs/leeway"])).toBe("");
});

test("an update that was left undecided comes back with the decisions that were made", async () => {
  const trust = built.copy();
  const before = await trust.everything();
  await trust.ok("grimsby", ["rebase"], 3);
  await trust.ok("grimsby", ["resolve", "--take", "both"]);
  const decided = await trust.everything();
  await trust.ok("grimsby", ["rebase", "--abort"]);
  expect((await trust.everything()).replace(/.*operations$/gm, "")).toBe(
    before.replace(/.*operations$/gm, ""),
  );
  await trust.run("grimsby", ["gc", "-q", "--prune=now"]);
  expect(await trust.ok("grimsby", ["undo"])).toContain("waits for your decisions again");
  expect((await trust.everything()).replace(/.*operations$/gm, "")).toBe(
    decided.replace(/.*operations$/gm, ""),
  );
  await trust.ok("grimsby", ["rebase", "--continue"]);
  expect(trust.read("grimsby", PATHS.unit)).toContain(`${TEXTS.haven}\n\n${TEXTS.spring}`);
});

test("going back to what is no operation, or is the last one, is said", async () => {
  const trust = built.copy();
  const [last] = await operations(trust);
  expect((await trust.leeway("grimsby", ["undo", "--to", "999"])).err).toContain(
    "No operation of this number",
  );
  expect((await trust.leeway("grimsby", ["undo", "--to", String(last?.number)])).err).toContain(
    "the last operation",
  );
});
