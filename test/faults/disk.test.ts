import { spawn, spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { PATHS, TEXTS, Trust } from "../e2e/three-layers.ts";
import { noteFault } from "./count.ts";
import { DATED, quickCopy, stateOf } from "./kill.ts";

/** A disk that is full, for real (a small tmpfs), and a folder that cannot be written to (a read-only mount). */

const hasNamespaces = spawnSync("unshare", ["-Urm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]).status === 0;
const LEEWAY = `"${process.execPath}" "${resolve("bin/leeway.js")}"`;

interface Ended {
  readonly code: number;
  readonly err: string;
}

/** Runs a verb in a namespace of its own, where a folder may be made small or read-only. */
function inNamespace(trust: Trust, script: string): Promise<Ended> {
  return new Promise((done) => {
    const env = { ...process.env, ...DATED, HOME: trust.at("home"), XDG_CONFIG_HOME: trust.at("home") };
    const child = spawn("unshare", ["-Urm", "sh", "-c", script], { cwd: trust.root, env });
    let err = "";
    child.stderr.on("data", (chunk: Buffer) => {
      err += chunk;
    });
    child.stdout.resume();
    child.on("close", (code) => done({ code: code ?? 255, err }));
  });
}

function sizeOf(path: string): number {
  return Number(spawnSync("du", ["-sk", path]).stdout.toString().split("\t")[0]);
}

let clean: Trust;
let contested: Trust;
let stopped: Trust;
beforeAll(async () => {
  const built = await Trust.build();
  for (const name of ["north", "grimsby"]) await built.run(name, ["gc", "-q"]);
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

const VERBS: readonly (readonly [name: string, from: () => Trust, args: readonly string[], code: number])[] =
  [
    ["adapt", () => clean, ["adapt", "y7-fractions#practice", "--for", "place", "--why", "A sail maker."], 0],
    ["rebase", () => clean, ["rebase"], 0],
    ["rebase that stops", () => contested, ["rebase"], 3],
    ["rebase --abort", () => stopped, ["rebase", "--abort"], 0],
    ["undo", () => clean, ["undo"], 0],
  ];

/** What is left on the disk, in kB: from hardly anything to enough. */
const ROOM = [0, 8, 24, 80];

describe.skipIf(!hasNamespaces)("the disk is full:", () => {
  test.each(VERBS)("%s is done or as before, and says so", async (_, from, args, code) => {
    const whole = await quickCopy(from(), ["grimsby"]);
    const before = await stateOf(whole, ["grimsby"]);
    expect((await whole.leeway("grimsby", args, DATED)).code).toBe(code);
    const after = await stateOf(whole, ["grimsby"]);
    const size = sizeOf(from().at("grimsby"));
    let failed = 0;
    for (const room of ROOM) {
      const trust = await quickCopy(from(), ["grimsby"]);
      // What a fault left on the small disk is brought back for a look: that is what is judged.
      const { code: ended, err } = await inNamespace(
        trust,
        `mkdir disk && mount -t tmpfs -o size=${4 * size}k tmpfs disk && cp -a grimsby disk/ && cd disk &&
         used=$(df -k --output=used . | tail -1) && mount -o remount,size=$((used + ${room}))k tmpfs . &&
         cd grimsby && ${LEEWAY} ${args.map((word) => `'${word}'`).join(" ")}; code=$?
         cd ../.. && rm -rf grimsby && cp -a disk/grimsby grimsby; exit $code`,
      );
      expect([room, ended, err]).toEqual([room, expect.toSatisfy((each) => [code, 4].includes(each)), err]);
      if (ended === 4) failed++;
      if (ended === 4) expect([room, err]).toEqual([room, expect.stringContaining("Next: ")]);
      expect((await trust.leeway("grimsby", ["status"])).out).toContain("Next: ");
      await trust.leeway("grimsby", ["undo", "--dry-run"]);
      const now = await stateOf(trust, ["grimsby"]);
      // An abort may have done its work and have had no room left to tell of it in the log.
      const isAborted = args.includes("--abort") && now === after;
      const wanted = ended === code || isAborted ? after : before;
      noteFault(now === wanted);
      expect([room, ended, now]).toEqual([room, ended, wanted]);
    }
    expect(failed).toBeGreaterThan(0);
  });
});

describe.skipIf(!hasNamespaces)("a folder that cannot be written to:", () => {
  test.each(VERBS)("%s says so, and everything is as before", async (_, from, args) => {
    const trust = await quickCopy(from(), ["grimsby"]);
    const before = await stateOf(trust, ["grimsby"]);
    const { code, err } = await inNamespace(
      trust,
      `mount --bind grimsby grimsby && mount -o remount,bind,ro grimsby && cd grimsby && ${LEEWAY} ${args.map((word) => `'${word}'`).join(" ")}`,
    );
    const isRight = code === 4 && (await stateOf(trust, ["grimsby"])) === before;
    noteFault(isRight);
    expect([code, err]).toEqual([4, expect.stringContaining("Next: ")]);
    expect(await stateOf(trust, ["grimsby"])).toBe(before);
  });

  test("status, diff and log are read as ever", async () => {
    const trust = await quickCopy(clean, ["grimsby"]);
    for (const verb of ["status", "diff", "log"]) {
      const { code, err } = await inNamespace(
        trust,
        `mount --bind grimsby grimsby && mount -o remount,bind,ro grimsby && cd grimsby && ${LEEWAY} ${verb}`,
      );
      expect([verb, code, err]).toEqual([verb, 0, ""]);
    }
  });
});
