import { spawn } from "node:child_process";
import { chmodSync, existsSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { PATHS, TEXTS, Trust } from "../e2e/three-layers.ts";
import { BIN } from "../e2e/trust.ts";

/**
 * Stands before Git on the PATH and runs it, until the command of the wanted number that changes refs, index or files:
 * there Leeway is killed before it, after it, or in a transaction once its first ref has moved.
 */
const KILLING_GIT = `#!/bin/sh
PATH="$REAL_PATH"
[ -z "$GIT_INDEX_FILE" ] || exec git "$@"
case "$KILL_WHEN: $* " in
*" update-ref "*) ;;
between:*) exec git "$@" ;;
*" --index-info "*|*" read-tree -m -u "*|*" reset "*|*" restore "*) ;;
*) exec git "$@" ;;
esac
n=$(($(cat "$KILL_COUNT" 2>/dev/null || echo 0) + 1))
echo $n > "$KILL_COUNT"
[ "$n" = "$KILL_AT" ] || exec git "$@"
case "$KILL_WHEN" in
after) git "$@" ;;
between) "$NODE" -e '
  const [first, ...rest] = require("fs").readFileSync(0, "latin1").split("\\0");
  const fields = [first, ...rest.slice(0, first.startsWith("update") ? 2 : 1)];
  const input = Buffer.from(fields.map((field) => field + "\\0").join(""), "latin1");
  require("child_process").spawnSync("git", process.argv.slice(1), { input });
' -- "$@" ;;
esac
kill -9 $PPID
`;

type When = "before" | "between" | "after";

let springClean: Trust;
let springContested: Trust;
beforeAll(async () => {
  const built = await Trust.build();
  springClean = built.copy();
  await springClean.publish("spring", () =>
    springClean.replace(`north/${PATHS.cells}`, TEXTS.practical, "Look at a cheek cell."),
  );
  springContested = built.copy();
  await springContested.publishSpring();
});

/** So that what is done twice has the same ids. */
const DATED = {
  GIT_AUTHOR_DATE: "2026-11-27T09:00:00Z",
  GIT_COMMITTER_DATE: "2026-11-27T09:00:00Z",
};

/** Refs, index, files, a stop's notes, and the newest entry of the log, whose time differs. */
async function stateOf(trust: Trust): Promise<string> {
  const everything = await trust.everything();
  const rest = everything.replace(/^\S+ commit\trefs\/leeway\/operations$/m, "");
  const log = await trust.git("grimsby", ["log", "--format=%s", "refs/leeway/operations", "--first-parent"]);
  return `${rest}\n${log.out}`.replaceAll(trust.root, "");
}

/** Runs a verb and kills it at the nth command of Git that writes; false where it has ended before. */
async function killed(trust: Trust, args: readonly string[], at: number, when: When): Promise<boolean> {
  const count = trust.at("count");
  trust.write("bin/git", KILLING_GIT);
  chmodSync(trust.at("bin/git"), 0o755);
  writeFileSync(count, "0");
  const path = process.env.PATH ?? "";
  const ran = await trust.leeway("grimsby", args, {
    ...DATED,
    PATH: `${trust.at("bin")}${delimiter}${path}`,
    REAL_PATH: path,
    NODE: process.execPath,
    KILL_COUNT: count,
    KILL_AT: String(at),
    KILL_WHEN: when,
  });
  return ran.code === 255;
}

/** Before a step that is not the first is after the one before it. */
const STEPS = [
  ["before", 1],
  ["between", 99],
  ["after", 99],
] as const;

/** The moment at which one ref has moved and the others, the log among them, have not. */
const ONE_REF_MOVED = { steps: [["between", 1]] } as const;

/**
 * Kills a verb at each of its steps in turn; the next command of Leeway finds the state before it or the state
 * after it, whole, and nothing in between.
 * @returns how often it was found before and after
 */
async function killAtEachStep(
  from: Trust,
  args: readonly string[],
  { code = 0, steps = STEPS }: { code?: number; steps?: readonly (readonly [When, last: number])[] } = {},
): Promise<{ before: number; after: number }> {
  const done = from.copy();
  const before = await stateOf(done);
  const ran = await done.leeway("grimsby", args, DATED);
  expect([ran.code, ran.err]).toEqual([code, ""]);
  const after = await stateOf(done);
  expect(after).not.toBe(before);
  const found = { before: 0, after: 0 };
  for (const [when, last] of steps) {
    for (let at = 1; at <= last; at++) {
      const trust = from.copy();
      if (!(await killed(trust, args, at, when))) break;
      await trust.leeway("grimsby", ["undo", "--dry-run"]);
      const state = await stateOf(trust);
      expect([when, at, state]).toEqual([when, at, state === after ? after : before]);
      expect(existsSync(trust.at("grimsby/.git/leeway/journal.json"))).toBe(false);
      found[state === after ? "after" : "before"]++;
    }
  }
  await done.ok("grimsby", ["undo"]);
  return found;
}

const both = { before: expect.toSatisfy((n) => n > 0), after: expect.toSatisfy((n) => n > 0) };

describe("killed at each of its steps, a verb is done or as before:", () => {
  test("rebase", async () => {
    expect(await killAtEachStep(springClean, ["rebase"])).toEqual(both);
  });

  test("rebase that stops", async () => {
    expect(await killAtEachStep(springContested, ["rebase"], { code: 3 })).toEqual(both);
  });

  test("resolve: a choice is made, or can be made again", async () => {
    const stopped = springContested.copy();
    await stopped.ok("grimsby", ["rebase"], 3);
    for (const when of ["before", "after"] as const) {
      const trust = stopped.copy();
      expect(await killed(trust, ["resolve", "--take", "both"], 1, when)).toBe(true);
      await trust.ok("grimsby", ["undo"]);
      expect((await trust.leeway("grimsby", ["rebase", "--continue"])).code).toBe(3);
      await trust.ok("grimsby", ["resolve", "--take", "both"]);
      await trust.ok("grimsby", ["rebase", "--continue"]);
      expect(trust.read("grimsby", PATHS.unit)).toContain(`${TEXTS.haven}\n\n${TEXTS.spring}\n`);
    }
  });

  test("rebase --continue", async () => {
    const trust = springContested.copy();
    await trust.ok("grimsby", ["rebase"], 3);
    await trust.ok("grimsby", ["resolve", "--take", "both"]);
    expect(await killAtEachStep(trust, ["rebase", "--continue"])).toEqual(both);
  });

  test("rebase --continue after git commit", async () => {
    const trust = springContested.copy();
    await trust.ok("grimsby", ["rebase"], 3);
    await trust.ok("grimsby", ["resolve", "--take", "both"]);
    await trust.run("grimsby", ["commit", "-q", "--no-edit"]);
    expect((await killAtEachStep(trust, ["rebase", "--continue"], ONE_REF_MOVED)).after).toBe(1);
  });

  test("adapt, with a record that somebody has begun by hand", async () => {
    const trust = springClean.copy();
    trust.replace(`grimsby/${PATHS.fractions}`, "Fold a strip of paper.", "Fold a strip of sail cloth.");
    trust.write(
      "grimsby/versions/grimsby/adaptations/sails.yaml",
      'id: grimsby/sails\ntitle: Sails\nkind: replace\nfor: [place]\nwhy: A sail maker lives here.\nby: {role: Teacher}\npassages:\n  - {at: "y7-fractions#practice"}\nstatus: active\n',
    );
    const args = ["adapt", "y7-fractions#practice", "--for", "place", "--why", "A sail maker lives here."];
    expect(await killAtEachStep(trust, args)).toEqual(both);
  });

  test("release to a group, and its undo", async () => {
    const trust = springClean.copy();
    const args = ["release", "first", "--notes", "The first", "--group", "all", "--group", "pilot"];
    expect((await killAtEachStep(trust, args, ONE_REF_MOVED)).after).toBe(1);
    await trust.ok("grimsby", args);
    expect((await killAtEachStep(trust, ["undo"], ONE_REF_MOVED)).after).toBe(1);
  });

  test("undo of adapt", async () => {
    expect(await killAtEachStep(springClean, ["undo"])).toEqual(both);
  });
});

test("a person who commits on top of a killed rebase has its log completed, not their commit taken", async () => {
  const trust = springClean.copy();
  expect(await killed(trust, ["rebase"], 1, "between")).toBe(true);
  trust.replace(`grimsby/${PATHS.fractions}`, "Fold a strip of paper.", "Fold a strip of sail cloth.");
  await trust.run("grimsby", ["commit", "-qam", "By hand"]);
  const head = await trust.head();
  const undo = await trust.leeway("grimsby", ["undo"]);
  expect([undo.code, undo.err]).toEqual([2, expect.stringContaining("made without Leeway")]);
  expect(undo.err).toContain("after: Take North region spring");
  expect(await trust.head()).toBe(head);
});

test("what a person wrote between the kill and the next command stays", async () => {
  const trust = springClean.copy();
  expect(await killed(trust, ["rebase"], 1, "after")).toBe(true);
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

/** Kills Leeway and the Git that it runs after some milliseconds, as a power cut would. */
async function cut(trust: Trust, args: readonly string[], after: number): Promise<void> {
  await new Promise<void>((done) => {
    const env = { ...process.env, HOME: trust.at("home"), XDG_CONFIG_HOME: trust.at("home") };
    const options = { cwd: trust.at("grimsby"), env, stdio: "ignore", detached: true } as const;
    const child = spawn(process.execPath, [BIN, ...args], options);
    const timer = setTimeout(() => {
      try {
        process.kill(-(child.pid ?? 0), "SIGKILL");
      } catch {
        // It has ended by itself meanwhile.
      }
    }, after);
    child.on("close", () => {
      clearTimeout(timer);
      done();
    });
  });
  // Git's own locks stay behind; a person deletes them, as Git and Leeway both say.
  for (const name of readdirSync(trust.at("grimsby/.git"), { recursive: true, encoding: "utf8" }))
    if (name.endsWith(".lock")) rmSync(join(trust.at("grimsby/.git"), name));
}

test("a power cut at any moment of a rebase: as before, or done", async () => {
  const whole = springClean.copy();
  const start = Date.now();
  await whole.ok("grimsby", ["rebase"]);
  const took = Date.now() - start;
  for (const share of [0.5, 0.7, 0.85, 0.95]) {
    const trust = springClean.copy();
    const before = await trust.head();
    await cut(trust, ["rebase"], share * took);
    const next = await trust.leeway("grimsby", ["rebase"]);
    expect([share, next.code]).toEqual([share, 0]);
    expect(next.err).toMatch(/^(An earlier leeway rebase was cut short .*\n)?$/);
    expect(await trust.run("grimsby", ["log", "-1", "--format=%P"])).toBe(
      `${before} ${await trust.head("north")}`,
    );
    await trust.ok("grimsby", ["undo"]);
    expect(await trust.head()).toBe(before);
    expect(await trust.run("grimsby", ["status", "--porcelain"])).toBe("");
    await trust.sound();
  }
});

test("after a kill, the next verb says in a line what had been cut short and what became of it", async () => {
  const told = async (from: Trust, args: readonly string[], at: number, when: When): Promise<string> => {
    const trust = from.copy();
    expect(await killed(trust, args, at, when)).toBe(true);
    const status = await trust.ok("grimsby", ["status"]);
    expect(status).toContain("leeway rebase was cut short (Take North region spring).");
    expect(status).toMatch(/Next: leeway undo --dry-run {4}/);
    const first = await trust.leeway("grimsby", ["undo", "--dry-run"]);
    expect((await trust.leeway("grimsby", ["undo", "--dry-run"])).err).toBe("");
    expect(await trust.ok("grimsby", ["status"])).not.toContain("cut short");
    return first.err;
  };
  expect(await told(springClean, ["rebase"], 1, "after")).toBe(
    "An earlier leeway rebase was cut short (Take North region spring). What it had begun has been taken back, and nothing is lost.\n",
  );
  expect(await told(springClean, ["rebase"], 1, "between")).toBe(
    "An earlier leeway rebase was cut short (Take North region spring). It has been completed now.\n",
  );
});
