import { existsSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { PATHS, TEXTS, Trust } from "../e2e/three-layers.ts";
import {
  DATED,
  goesOnByItself,
  isWholeOrAsBefore,
  killAtEveryStep,
  quickCopy,
  saysWhatIsNext,
  stateOf,
  type Writing,
} from "./kill.ts";

/** Grimsby has unsaved work, a home, and an edition that brings no decision; north and the centre know who is below. */
let clean: Trust;
/** The edition asks Grimsby for one decision. */
let contested: Trust;
/** Taking it has stopped. */
let stopped: Trust;
/** The decision is made. */
let settled: Trust;
/** Grimsby has done two things, and sent them home. */
let busy: Trust;

const WHY = ["--for", "place", "--why", "A sail maker lives here."];
const HANDMADE =
  "title: Sails\nid: grimsby/sails\nkind: replace\nfor: [place]\nwhy: A sail maker lives here.\nby: {role: Teacher}\npassages:\n  - {at: 'y7-fractions#practice'}\nstatus: active\n";

beforeAll(async () => {
  const built = await Trust.build();
  for (const name of ["home.git", "empty.git"]) await built.run(".", ["init", "-q", "--bare", name]);
  await built.run("grimsby", ["remote", "add", "origin", "../home.git"]);
  await built.ok("north", ["versions", "add", "../grimsby"]);
  await built.ok("centre", ["versions", "add", "../north"]);
  for (const name of ["centre", "north", "grimsby"]) await built.run(name, ["gc", "-q"]);
  built.replace(`grimsby/${PATHS.fractions}`, "Fold a strip of paper.", "Fold a strip of sail cloth.");
  clean = built.copy();
  await clean.publish("spring", () =>
    clean.replace(`north/${PATHS.cells}`, TEXTS.practical, "Look at a cheek cell."),
  );
  contested = built.copy();
  await contested.publishSpring();
  stopped = contested.copy();
  await stopped.ok("grimsby", ["rebase"], 3);
  settled = stopped.copy();
  await settled.ok("grimsby", ["resolve", "--take", "both"]);
  busy = clean.copy();
  await busy.ok("grimsby", ["adapt", "y7-fractions#practice", ...WHY]);
  await busy.ok("grimsby", ["push"]);
  await busy.ok("grimsby", ["hold", "subjects/science", "--why", "Mid-topic"]);
});

/** A copy of a prepared trust, changed once more. */
async function having(from: Trust, change: (trust: Trust) => void | Promise<void>): Promise<Trust> {
  const trust = from.copy();
  await change(trust);
  return trust;
}

type Case = readonly [name: string, writing: () => Writing | Promise<Writing>];

const ATOMIC: readonly Case[] = [
  [
    "adapt, its lock included",
    () => ({
      from: clean,
      args: ["adapt", "y7-fractions#practice", ...WHY],
      lock: true,
    }),
  ],
  [
    "save",
    async () => ({
      from: await having(clean, (trust) => trust.write("grimsby/notes.txt", "Ours\n")),
      args: ["save"],
    }),
  ],
  ["rebase", () => ({ from: clean, args: ["rebase"] })],
  ["rebase --only", () => ({ from: clean, args: ["rebase", "--only", "subjects/science"] })],
  ["rebase that stops", () => ({ from: contested, args: ["rebase"], code: 3 })],
  ["rebase --abort", () => ({ from: stopped, args: ["rebase", "--abort"] })],
  ["rebase --continue", () => ({ from: settled, args: ["rebase", "--continue"] })],
  [
    "rebase --continue after git commit",
    async () => ({
      from: await having(settled, async (trust) => {
        await trust.run("grimsby", ["commit", "-q", "--no-edit"]);
      }),
      args: ["rebase", "--continue"],
    }),
  ],
  ["hold", () => ({ from: clean, args: ["hold", "subjects/science", "--why", "Mid-topic"] })],
  ["release", () => ({ from: clean, args: ["release", "first", "--notes", "The first", "--group", "all"] })],
  ["undo", () => ({ from: clean, args: ["undo"] })],
  [
    "undo of what has left the machine",
    async () => ({
      from: await having(busy, async (trust) => {
        await trust.ok("grimsby", ["push"]);
      }),
      args: ["undo"],
    }),
  ],
  ["undo --to", () => ({ from: busy, args: ["undo", "--to", "1"] })],
  [
    "versions add",
    async () => ({
      from: await having(clean, async (trust) => {
        await trust.ok("north", ["versions", "remove", "grimsby"]);
      }),
      in: "north",
      needs: ["grimsby"],
      args: ["versions", "add", "../grimsby"],
    }),
  ],
  ["versions remove", () => ({ from: clean, in: "north", args: ["versions", "remove", "grimsby"] })],
  ["ci init", () => ({ from: clean, args: ["ci", "init", "--merge-driver", "--editors"] })],
];

describe("killed before each of its steps, a verb is done or as before:", () => {
  test.each(ATOMIC)("%s", async (_, writing) => killAtEveryStep(await writing(), isWholeOrAsBefore));
});

const REPEATED: readonly Case[] = [
  [
    "init",
    () => ({ from: clean, in: ".", seen: ["new"], args: ["init", "new", "--id", "new", "--name", "New"] }),
  ],
  [
    "join of a clone",
    async () => ({
      from: await having(clean, async (trust) => {
        await trust.run(".", ["clone", "-q", "north", "copy"]);
        await trust.run("copy", ["remote", "rename", "origin", "upstream"]);
        await trust.run("copy", ["remote", "set-url", "upstream", "../north"]);
      }),
      in: "copy",
      needs: ["north"],
      args: ["join", "../north", "--id", "copy", "--name", "Copy", "--layer", "school"],
    }),
  ],
  [
    "join of a folder",
    async () => ({
      from: await having(clean, async (trust) => {
        await trust.run(".", ["clone", "-q", "north", "copy"]);
        await trust.tool("rm", ["-rf", "copy/.git"], ".");
      }),
      in: "copy",
      needs: ["north"],
      args: ["join", "../north", "--id", "copy", "--name", "Copy", "--layer", "school"],
    }),
  ],
  [
    "fetch",
    async () => ({
      from: await having(clean, async (trust) => {
        trust.replace(`north/${PATHS.fractions}`, "Parts of a whole.", "Equal parts of a whole.");
        await trust.commit("north", "Summer");
        await trust.release("north", "summer");
      }),
      needs: ["north"],
      args: ["fetch"],
    }),
  ],
  ["push", () => ({ from: clean, seen: ["grimsby", "home.git"], needs: ["home.git"], args: ["push"] })],
  [
    "versions sync",
    () => ({ from: clean, in: "centre", needs: ["north", "grimsby"], args: ["versions", "sync"] }),
  ],
  [
    "report",
    async () => ({
      from: await having(clean, async (trust) => {
        await trust.ok("centre", ["versions", "sync"]);
      }),
      in: "centre",
      args: ["report", "--out", "page"],
    }),
  ],
  [
    "check --fix",
    async () => ({
      from: await having(clean, (trust) => {
        trust.write("grimsby/versions/grimsby/adaptations/sails.yaml", HANDMADE);
        trust.replace(`grimsby/${PATHS.fractions}`, "sail cloth.", "sail cloth. ");
      }),
      args: ["check", "--fix"],
    }),
  ],
];

describe("killed before each of its steps, the same command goes on:", () => {
  test("fork, with a home; once it is whole, push sends it there", async () => {
    const args = ["fork", "north", "hull", "--id", "hull", "--name", "Hull", "--layer", "school"];
    const writing: Writing = {
      from: clean,
      in: ".",
      seen: ["hull", "empty.git"],
      needs: ["north", "empty.git"],
      args: [...args, "--origin", "empty.git"],
    };
    await killAtEveryStep(writing, async (killed, at) => {
      const status = await killed.trust.git("hull", ["config", "leeway.unfinished"]).catch(() => null);
      const isWhole = status?.code === 1 && existsSync(killed.trust.at("hull/versions/hull/version.yaml"));
      if (!isWhole) return goesOnByItself(killed, at);
      const push = await killed.trust.leeway("hull", ["push"]);
      expect([at, push.code, push.err]).toEqual([at, 0, ""]);
      expect([at, await killed.state()]).toEqual([at, killed.after]);
    });
  });
  test.each(REPEATED)("%s", async (_, writing) => killAtEveryStep(await writing(), goesOnByItself));
});

async function decisionsLeft(trust: Trust): Promise<number> {
  const listed = await trust.leeway("grimsby", ["resolve", "--list", "--json"]);
  return (JSON.parse(listed.out) as { decisions: unknown[] }).decisions.length;
}

/** Finishes an update whose decisions are made, and tells what stands there then. */
async function finish(trust: Trust): Promise<string> {
  const ran = await trust.leeway("grimsby", ["rebase", "--continue"], DATED);
  expect([ran.code, ran.err]).toEqual([0, ""]);
  return stateOf(trust, ["grimsby"]);
}

describe("resolve, killed before each of its steps: the choice is made, or can be made again:", () => {
  test.each([
    ["--take", ["resolve", "--take", "both"]],
    ["--edit", ["resolve", "--edit", ".git/text.md"]],
    ["--hold", ["resolve", "--hold", "--why", "Mid-topic"]],
  ] as const)("resolve %s", async (_, args) => {
    const from = await having(stopped, (trust) => trust.write("grimsby/.git/text.md", "Our own words.\n"));
    const whole = await quickCopy(from, ["grimsby"]);
    await whole.ok("grimsby", args);
    const finished = await finish(whole);
    await killAtEveryStep({ from, args }, async (killed, at) => {
      expect(await saysWhatIsNext(killed, at)).toMatch(/Next: leeway (resolve|rebase --continue)/);
      if ((await decisionsLeft(killed.trust)) > 0) expect((await killed.again()).code).toBe(0);
      expect([at, await finish(killed.trust)]).toEqual([at, finished]);
    });
  });

  test("resolve --undo", async () => {
    const whole = await quickCopy(settled, ["grimsby"]);
    const finished = await finish(whole);
    await killAtEveryStep({ from: settled, args: ["resolve", "--undo"], code: 3 }, async (killed, at) => {
      await saysWhatIsNext(killed, at);
      if ((await decisionsLeft(killed.trust)) > 0)
        await killed.trust.ok("grimsby", ["resolve", "--take", "both"]);
      expect([at, await finish(killed.trust)]).toEqual([at, finished]);
    });
  });
});
