import { spawn } from "node:child_process";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { resolve } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { PATHS, TEXTS, Trust } from "./three-layers.ts";

let clean: Trust;
let contested: Trust;
beforeAll(async () => {
  const built = await Trust.build();
  clean = built.copy();
  await clean.publish("spring", () => {
    clean.replace(`north/${PATHS.cells}`, TEXTS.practical, "Look at a cheek cell.");
    clean.write(
      "north/subjects/science/units/y7-cells/lessons/01-new.md",
      "---\nid: new-lesson\ntype: lesson\ntitle: New\nunit: y7-cells\noutcome: o1\n---\n\n# New\n",
    );
    rmSync(clean.at("north", PATHS.wool));
  });
  contested = built.copy();
  await contested.publishSpring();
});

const BIN = resolve("bin/leeway.js");

/** Starts a verb and kills it after some milliseconds, or lets it end before. */
function killed(trust: Trust, args: readonly string[], after: number): Promise<boolean> {
  return new Promise((done) => {
    const env = { ...process.env, HOME: trust.at("home"), XDG_CONFIG_HOME: trust.at("home") };
    const child = spawn(process.execPath, [BIN, ...args], {
      cwd: trust.at("grimsby"),
      env,
      stdio: "ignore",
      detached: true,
    });
    const timer = setTimeout(() => {
      try {
        process.kill(-(child.pid ?? 0), "SIGKILL");
      } catch {
        // It has ended by itself meanwhile.
      }
    }, after);
    child.on("close", (code) => {
      clearTimeout(timer);
      done(code === null);
    });
  });
}

/** A power cut leaves Git's own lock behind; a person deletes it, as Git and Leeway both say. */
async function afterCut(trust: Trust): Promise<void> {
  const lock = trust.at("grimsby/.git/index.lock");
  if (!existsSync(lock)) return;
  const refused = await trust.leeway("grimsby", ["rebase", "--abort"]);
  if (refused.code === 4) expect(refused.err).toContain("index.lock");
  rmSync(lock, { force: true });
}

test("killed at any moment of a clean rebase: as before, or done", async () => {
  let cut = 0;
  for (let after = 140; after <= 700; after += 80) {
    const trust = clean.copy();
    const before = await trust.head();
    if (await killed(trust, ["rebase"], after)) cut++;
    await afterCut(trust);
    const next = await trust.leeway("grimsby", ["rebase"]);
    expect([after, next.code, next.err]).toEqual([after, 0, ""]);
    expect(await trust.run("grimsby", ["status", "--porcelain"])).toBe("");
    expect(await trust.run("grimsby", ["log", "-1", "--format=%P"])).toBe(
      `${before} ${await trust.head("north")}`,
    );
    expect(existsSync(trust.at("grimsby/.git/leeway/journal.json"))).toBe(false);
    await trust.ok("grimsby", ["undo"]);
    expect(await trust.head()).toBe(before);
    expect(await trust.run("grimsby", ["status", "--porcelain"])).toBe("");
    await trust.sound();
  }
  expect(cut).toBeGreaterThan(0);
}, 240_000);

test("killed at any moment of a stop: a complete stop, or none", async () => {
  let cut = 0;
  for (let after = 140; after <= 700; after += 80) {
    const trust = contested.copy();
    if (await killed(trust, ["rebase"], after)) cut++;
    await afterCut(trust);
    const next = await trust.leeway("grimsby", ["rebase"]);
    // Either the stop was complete, and comes first; or it is made anew.
    expect([after, next.err, [2, 3].includes(next.code)]).toEqual([after, next.err, true]);
    expect(await trust.ok("grimsby", ["status"])).toContain("1 decision left");
    expect((await trust.leeway("grimsby", ["rebase", "--continue"])).code).toBe(3);
    await trust.ok("grimsby", ["rebase", "--abort"]);
    expect(await trust.run("grimsby", ["status", "--porcelain"])).toBe("");
  }
  expect(cut).toBeGreaterThan(0);
}, 240_000);

test("killed at any moment of --continue: still to continue, or done", async () => {
  for (let after = 140; after <= 540; after += 100) {
    const trust = contested.copy();
    const before = await trust.head();
    await trust.ok("grimsby", ["rebase"], 3);
    await trust.ok("grimsby", ["resolve", "--take", "both"]);
    await killed(trust, ["rebase", "--continue"], after);
    await afterCut(trust);
    const next = await trust.leeway("grimsby", ["rebase", "--continue"]);
    if (next.code !== 0)
      expect([after, next.err]).toEqual([after, expect.stringContaining("No update is waiting")]);
    expect(await trust.run("grimsby", ["status", "--porcelain"])).toBe("");
    expect(await trust.run("grimsby", ["log", "-1", "--format=%P"])).toBe(
      `${before} ${await trust.head("north")}`,
    );
    expect(await trust.ok("grimsby", ["status"])).toContain("Based on: spring.");
    await trust.ok("grimsby", ["undo"]);
    expect(await trust.head()).toBe(before);
  }
}, 240_000);

test("what a person wrote between the kill and the next command stays", async () => {
  const trust = clean.copy();
  const before = await trust.head();
  await trust.run("grimsby", ["status"]);
  const tree = await trust.run("grimsby", ["merge-tree", "--write-tree", "HEAD", "upstream/main"]);
  // As a rebase leaves it that was killed after Git had moved the files and before the branch moved.
  const commit = await trust.run("grimsby", [
    "commit-tree",
    "-p",
    "HEAD",
    "-p",
    "upstream/main",
    "-m",
    "x",
    tree.split("\n")[0] ?? "",
  ]);
  await trust.run("grimsby", ["read-tree", "-m", "-u", "HEAD", commit]);
  mkdirSync(trust.at("grimsby/.git/leeway"), { recursive: true });
  writeFileSync(
    trust.at("grimsby/.git/leeway/journal.json"),
    JSON.stringify({ verb: "rebase", step: "move", from: before, to: commit }),
  );
  trust.replace(`grimsby/${PATHS.cells}`, "Draw a cell.", "Draw our cell.");
  trust.write("grimsby/notes.txt", "mine\n");
  const ran = await trust.leeway("grimsby", ["rebase"]);
  expect(ran.code).toBe(2);
  expect(ran.err).toContain(PATHS.cells);
  expect(trust.read("grimsby", PATHS.cells)).toContain("Draw our cell.");
  expect(trust.read("grimsby", "notes.txt")).toBe("mine\n");
  expect((await trust.run("grimsby", ["status", "--porcelain"])).split("\n").sort()).toEqual(
    [` M ${PATHS.cells}`, "?? notes.txt"].sort(),
  );
});

test("one Leeway at a time: the second says who holds the lock, and a dead one's lock is taken over", async () => {
  const trust = clean.copy();
  const lock = trust.at("grimsby/.git/leeway/lock");
  mkdirSync(trust.at("grimsby/.git/leeway"), { recursive: true });
  const holder = { host: hostname(), verb: "adapt", since: "2026-11-22T08:00:00.000Z" };
  writeFileSync(lock, JSON.stringify({ ...holder, pid: process.pid }));
  const before = await trust.everything();
  const second = await trust.leeway("grimsby", ["rebase"]);
  expect(second.code).toBe(4);
  expect(second.err).toContain("adapt");
  expect(await trust.everything()).toBe(before);
  expect((await trust.leeway("grimsby", ["status"])).code).toBe(0);
  writeFileSync(lock, JSON.stringify({ ...holder, pid: 2 ** 22 - 3 }));
  await trust.ok("grimsby", ["rebase"]);
  expect(existsSync(lock)).toBe(false);
});

test("two at once: one takes the update, the other waits or says so, and nothing is doubled", async () => {
  const trust = clean.copy();
  const before = await trust.head();
  const ran = await Promise.all([1, 2, 3].map(() => trust.leeway("grimsby", ["rebase"])));
  expect(ran.filter(({ code }) => code === 0).length).toBeGreaterThan(0);
  for (const { code, err } of ran)
    if (code !== 0) expect([code, err]).toEqual([4, expect.stringContaining("rebase")]);
  expect(await trust.run("grimsby", ["log", "-1", "--format=%P"])).toBe(
    `${before} ${await trust.head("north")}`,
  );
  expect(await trust.run("grimsby", ["status", "--porcelain"])).toBe("");
});
