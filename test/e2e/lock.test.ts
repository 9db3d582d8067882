import { chmodSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { delimiter } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { PATHS, TEXTS, Trust } from "./three-layers.ts";

let clean: Trust;
beforeAll(async () => {
  clean = await Trust.build();
  await clean.publish("spring", () =>
    clean.replace(`north/${PATHS.cells}`, TEXTS.practical, "Look at a cheek cell."),
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

/** A `git` whose `status` takes its time, as it does in a large curriculum, and notes when it has ended. */
const SLOW = `#!/bin/sh
PATH="$REAL_PATH"
case " $* " in *" status "*) sleep 1; git "$@"; code=$?; touch "$ENDED"; exit $code;; esac
exec git "$@"
`;

test("a verb that wants nothing of Git's files leaves no Git at work behind, which may hold the lock of the index", async () => {
  const trust = clean.copy();
  mkdirSync(trust.at("bin"));
  writeFileSync(trust.at("bin/git"), SLOW);
  chmodSync(trust.at("bin/git"), 0o755);
  const path = process.env.PATH ?? "";
  for (const [words, code] of [
    [["check", "--explain", "locked-changed"], 0],
    [["check", "--explain", "no-such-check"], 2],
  ] as const) {
    const ENDED = trust.at(`ended-${code}`);
    const env = { PATH: `${trust.at("bin")}${delimiter}${path}`, REAL_PATH: path, ENDED };
    expect((await trust.leeway("grimsby", words, env)).code).toBe(code);
    expect(existsSync(ENDED)).toBe(true);
  }
});
