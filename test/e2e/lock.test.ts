import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
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
