import { spawn, spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PATHS, TEXTS, Trust } from "../e2e/three-layers.ts";

const KILLER = resolve("test/faults/killer.cjs");
const DATED = { GIT_AUTHOR_DATE: "2026-11-27T09:00:00Z", GIT_COMMITTER_DATE: "2026-11-27T09:00:00Z" };

let clean: Trust;
let contested: Trust;
let stopped: Trust;
const counts = { faults: 0, survived: 0 };
beforeAll(async () => {
  const built = await Trust.build();
  built.replace(`grimsby/${PATHS.fractions}`, "Fold a strip of paper.", "Fold a strip of sail cloth.");
  clean = built.copy();
  await clean.publish("spring", () =>
    clean.replace(`north/${PATHS.cells}`, TEXTS.practical, "Look at a cheek cell."),
  );
  contested = built.copy();
  await contested.publishSpring();
  stopped = contested.copy();
  await stopped.ok("grimsby", ["rebase"], 3);
});
afterAll(() => {
  process.stdout.write(`\n${counts.faults} faults, ${counts.survived} survived\n`);
});

/** What a person has: commits, files, and what waits for her; not the time that a log entry carries. */
async function stateOf(trust: Trust): Promise<string> {
  const refs = await trust.run("grimsby", [
    "for-each-ref",
    "--format=%(objectname) %(refname)",
    "refs/heads",
    "refs/tags",
  ]);
  const parts = await Promise.all([
    trust.run("grimsby", ["ls-files", "--stage"]),
    trust.run("grimsby", ["status", "--porcelain", "--untracked-files=all"]),
    trust.run("grimsby", ["diff"]),
  ]);
  const isMerging = existsSync(trust.at("grimsby/.git/MERGE_HEAD"));
  return [refs, ...parts, isMerging].join("\n---\n").replaceAll(trust.root, "");
}

/**
 * Kills a verb before each of its steps in turn, until it ends by itself. Each time: status says what to do, the same
 * verb or the one that status names goes on, and what stands there then is what stands there without any fault.
 */
async function killAtEveryStep(from: Trust, args: readonly string[], code = 0): Promise<void> {
  const done = from.copy();
  const before = await stateOf(done);
  const whole = await done.leeway("grimsby", args, DATED);
  expect([whole.code, whole.err]).toEqual([code, ""]);
  const after = await stateOf(done);
  for (let at = 1; ; at++) {
    const trust = from.copy();
    const ran = await trust.leeway("grimsby", args, {
      ...DATED,
      NODE_OPTIONS: `--require=${KILLER}`,
      FAULT_AT: String(at),
    });
    if (ran.code !== 255) {
      expect([at, ran.code]).toEqual([at, code]);
      return;
    }
    counts.faults++;
    const status = await trust.leeway("grimsby", ["status"]);
    expect([at, status.code, status.out]).toEqual([at, 0, expect.stringContaining("Next: ")]);
    // Whatever writes next makes good what was cut short; here it writes nothing of its own.
    await trust.leeway("grimsby", ["undo", "--dry-run"]);
    const now = await stateOf(trust);
    expect([at, args[0], now]).toEqual([at, args[0], now === after ? after : before]);
    const locks = readdirSync(trust.at("grimsby/.git"), { recursive: true, encoding: "utf8" });
    expect([at, locks.filter((name) => name.endsWith("journal.json"))]).toEqual([at, []]);
    counts.survived++;
  }
}

const WHY = ["--for", "place", "--why", "A sail maker lives here."];

describe("killed before each of its steps, a verb is done or as before:", () => {
  test("adapt", () => killAtEveryStep(clean, ["adapt", "y7-fractions#practice", ...WHY]));
  test("rebase", () => killAtEveryStep(clean, ["rebase"]));
  test("rebase that stops", () => killAtEveryStep(contested, ["rebase"], 3));
  test("rebase --abort", () => killAtEveryStep(stopped, ["rebase", "--abort"]));
  test("hold", () => killAtEveryStep(clean, ["hold", "subjects/science", "--why", "Mid-topic"]));
  test("release", () =>
    killAtEveryStep(clean, ["release", "first", "--notes", "The first", "--group", "all"]));
  test("undo", () => killAtEveryStep(clean, ["undo"]));
});

test("resolve, killed before each of its steps: the choice is made, or can be made again", async () => {
  for (let at = 1; ; at++) {
    const trust = stopped.copy();
    const env = { ...DATED, NODE_OPTIONS: `--require=${KILLER}`, FAULT_AT: String(at) };
    if ((await trust.leeway("grimsby", ["resolve", "--take", "both"], env)).code !== 255) return;
    counts.faults++;
    expect(await trust.ok("grimsby", ["status"])).toMatch(/Next: leeway (resolve|rebase --continue)/);
    const open = (await trust.leeway("grimsby", ["resolve", "--list"])).out.includes("1 of 1 decision left");
    if (open) await trust.ok("grimsby", ["resolve", "--take", "both"]);
    await trust.ok("grimsby", ["rebase", "--continue"]);
    expect(trust.read("grimsby", PATHS.unit)).toContain(`${TEXTS.haven}\n${TEXTS.spring}\n`);
    counts.survived++;
  }
});

/** Runs a verb in a namespace of its own, where a folder may be made small or read-only for real. */
function inNamespace(trust: Trust, script: string): Promise<number> {
  return new Promise((done) => {
    const env = { ...process.env, ...DATED, HOME: trust.at("home"), XDG_CONFIG_HOME: trust.at("home") };
    const child = spawn("unshare", ["-Urm", "sh", "-c", script], { cwd: trust.root, env, stdio: "ignore" });
    child.on("close", (code) => done(code ?? 255));
  });
}

const hasNamespaces = spawnSync("unshare", ["-Urm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]).status === 0;
const LEEWAY = `"${process.execPath}" "${resolve("bin/leeway.js")}"`;

describe.skipIf(!hasNamespaces)("the disk refuses:", () => {
  test("full at whatever point, a rebase is done or as before", async () => {
    const done = clean.copy();
    const before = await stateOf(done);
    await done.ok("grimsby", ["rebase"]);
    const size = Number(
      spawnSync("du", ["-sk", clean.at("grimsby")])
        .stdout.toString()
        .split("\t")[0],
    );
    for (const room of [8, 16, 24, 32, 48, 64, 96, 160]) {
      const trust = clean.copy();
      counts.faults++;
      // The copy on the small disk is brought back for a look: what a fault left there is what is judged.
      const code = await inNamespace(
        trust,
        `mkdir disk && mount -t tmpfs -o size=${size + room}k tmpfs disk && cp -a grimsby north centre home disk/ 2>/dev/null; cd disk/grimsby && ${LEEWAY} rebase; code=$?; cd ../.. && rm -rf grimsby && cp -a disk/grimsby grimsby; exit $code`,
      );
      await trust.leeway("grimsby", ["undo", "--dry-run"]);
      const now = await stateOf(trust);
      expect([room, code === 0 ? now !== before : now === before]).toEqual([room, true]);
      counts.survived++;
    }
  });

  test("a folder that cannot be written to: said, and everything is as before", async () => {
    const trust = clean.copy();
    const before = await stateOf(trust);
    counts.faults++;
    const code = await inNamespace(
      trust,
      `mount --bind grimsby grimsby && mount -o remount,bind,ro grimsby && cd grimsby && ${LEEWAY} rebase`,
    );
    expect(code).toBe(4);
    expect(await stateOf(trust)).toBe(before);
    counts.survived++;
  });
});
