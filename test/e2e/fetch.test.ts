import { renameSync, utimesSync, writeFileSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { PATHS, TEXTS, Trust } from "./three-layers.ts";

let built: Trust;
beforeAll(async () => {
  built = await Trust.build();
  built.replace(`north/${PATHS.cells}`, TEXTS.practical, "Look at a cheek cell.");
  await built.commit("north", "Cheek cells");
  await built.release("north", "spring");
});

test("gets editions and groups, says what waits, changes nothing here", async () => {
  const trust = built.copy();
  const before = await trust.head();
  const said = await trust.ok("grimsby", ["fetch"]);
  expect(said).toContain("New edition: spring – What is new in spring");
  expect(said).toContain("Waiting for you: spring");
  expect(said).toContain("leeway rebase --dry-run");
  expect(await trust.head()).toBe(before);
  expect(await trust.run("grimsby", ["status", "--porcelain"])).toBe("");
  expect(await trust.run("grimsby", ["for-each-ref", "--format=%(refname)", "refs/heads"])).toBe(
    "refs/heads/main",
  );
  await trust.ok("grimsby", ["rebase"]);
  expect(await trust.ok("grimsby", ["fetch"])).toContain("Nothing new is waiting for you.");
});

test("upstream cannot be reached: 4, its address, and what still works", async () => {
  const trust = built.copy();
  await trust.ok("grimsby", ["fetch"]);
  renameSync(trust.at("north"), trust.at("elsewhere"));
  const ran = await trust.leeway("grimsby", ["fetch"]);
  expect(ran.code).toBe(4);
  expect(ran.err).toContain("../north");
  expect(ran.err).toMatch(/The copy of north that is here goes up to \d+\s\w+\s\d{4}; leeway status, diff/);
  for (const args of [["status"], ["diff"], ["drift"], ["log"], ["rebase", "--dry-run"]]) {
    expect([args[0], (await trust.leeway("grimsby", args)).code]).toEqual([args[0], 0]);
  }
  await trust.ok("grimsby", ["rebase"]);
});

test("a clone that has no upstream remote yet finds it by version.yaml", async () => {
  const trust = built.copy();
  await trust.run("grimsby", ["remote", "remove", "upstream"]);
  expect(await trust.ok("grimsby", ["rebase"], 4)).toContain("has not been fetched into this copy yet");
  await trust.ok("grimsby", ["fetch"]);
  expect(await trust.ok("grimsby", ["status"])).toContain("Waiting for you: spring");
});

test("a group that moves back, and the source that has no upstream", async () => {
  const trust = built.copy();
  await trust.ok("grimsby", ["fetch"]);
  await trust.ok("grimsby", ["rebase"]);
  await trust.run("north", ["branch", "-f", "group/all", "edition/north/autumn"]);
  const said = await trust.ok("grimsby", ["fetch"]);
  expect(said).toContain("Nothing new is waiting for you.");
  expect(said).toContain("autumn, which is older than what this version builds on");
  const source = await trust.leeway("centre", ["fetch"]);
  expect(source.code).toBe(2);
  expect(source.err).toContain("no upstream");
});

test("a base that is here and that upstream never published does not become one by being fetched", async () => {
  const trust = built.copy();
  const own = await trust.head();
  const file = "grimsby/versions/grimsby/version.yaml";
  writeFileSync(trust.at(file), trust.read(file).replace(/commit: [0-9a-f]{40}/, `commit: ${own}`));
  await trust.commit("grimsby", "A base of our own");
  await trust.ok("grimsby", ["fetch"]);
  expect(await trust.run("grimsby", ["for-each-ref", "refs/leeway/base"])).toBe("");
  expect(await trust.ok("grimsby", ["drift"])).toContain("NO STARTING POINT");
});

test("what upstream had published stays the base where it rewrites its history by force", async () => {
  const trust = built.copy();
  await trust.ok("grimsby", ["fetch"]);
  await trust.ok("grimsby", ["rebase"]);
  const base = await trust.run("north", ["rev-parse", "edition/north/spring^{commit}"]);
  await trust.run("grimsby", ["tag", "-d", "edition/north/spring"]);
  await trust.run("north", ["tag", "-d", "edition/north/spring"]);
  await trust.run("north", ["commit", "-q", "--amend", "--allow-empty", "-m", "Another history"]);
  await trust.run("north", ["branch", "-f", "group/all", "edition/north/autumn"]);
  const said = await trust.ok("grimsby", ["fetch"]);
  expect(said.replace(/\s+/g, " ")).toContain("has rewritten its history");
  expect(await trust.run("grimsby", ["for-each-ref", "--format=%(objectname)", "refs/leeway/base"])).toBe(
    base,
  );
  expect(await trust.ok("grimsby", ["drift"])).not.toContain("NO STARTING POINT");
});

test("upstream gives an edition's name to another commit: said with what to do, and all else arrives", async () => {
  const trust = built.copy();
  await trust.ok("grimsby", ["fetch"]);
  await trust.ok("grimsby", ["rebase"]);
  const old = await trust.head("grimsby", "edition/north/spring^{commit}");
  trust.replace(`north/${PATHS.cells}`, "Look at a cheek cell.", "Look at two cheek cells.");
  const moved = await trust.commit("north", "Two cheek cells");
  await trust.run("north", ["tag", "-f", "-m", "Spring again", "edition/north/spring"]);
  await trust.release("north", "summer");
  const said = (await trust.ok("grimsby", ["fetch"])).replace(/\n {2}/g, " ");
  expect(said).toContain("given the name spring to another commit than the one you have");
  expect(said).toContain("This version builds on the one you have");
  expect(said).toContain("New edition: summer");
  expect(said).toContain("git tag -d edition/north/spring");
  expect(await trust.head("grimsby", "edition/north/spring^{commit}")).toBe(old);
  await trust.run("grimsby", ["tag", "-d", "edition/north/spring"]);
  expect(await trust.ok("grimsby", ["fetch"])).not.toContain("another commit");
  expect(await trust.head("grimsby", "edition/north/spring^{commit}")).toBe(moved);
});

test("a fresh clone of a version's home does not claim that nothing is newer, and says how to know", async () => {
  const trust = built.copy();
  await trust.run(".", ["clone", "-q", "grimsby", "clone"]);
  const said = await trust.ok("clone", ["status"]);
  expect(said).toContain("Upstream was never fetched into this copy");
  expect(said).not.toContain("Nothing newer");
  expect(said).toContain("leeway fetch");
  for (const args of [["rebase"], ["rebase", "--dry-run"], ["diff", "--incoming"]]) {
    const ran = await trust.leeway("clone", args);
    expect([args, ran.code]).toEqual([args, 4]);
    expect(ran.err).toMatch(/Upstream \(north\) has not been fetched into this copy yet[\s\S]*leeway fetch/);
  }
  expect((await trust.leeway("clone", ["drift"])).err).toContain("has not been fetched into this copy yet");
  await trust.ok("clone", ["fetch"]);
  expect(await trust.ok("clone", ["status"])).toContain("Waiting for you: spring");
  expect((await trust.leeway("clone", ["drift"])).err).toBe("");
});

/** Everything that tells when upstream was fetched, as it would be so many days later. */
function aged(trust: Trust, days: number): void {
  const then = Date.now() - days * 24 * 60 * 60 * 1000;
  for (const name of ["HEAD", "main", "group/all"]) {
    const log = `grimsby/.git/logs/refs/remotes/upstream/${name}`;
    trust.write(log, trust.read(log).replace(/> \d+ /g, `> ${Math.floor(then / 1000)} `));
  }
  utimesSync(trust.at("grimsby/.git/FETCH_HEAD"), then / 1000, then / 1000);
  trust.write("grimsby/.git/leeway/fetched", `${new Date(then).toISOString()}\n`);
}

test("nothing newer is said with its day where upstream was last fetched long ago, and not where it was lately", async () => {
  const trust = built.copy();
  await trust.ok("grimsby", ["fetch"]);
  aged(trust, 30);
  // What waits is known to wait, however old the copy is.
  expect(await trust.ok("grimsby", ["status"])).not.toContain("last fetched");
  await trust.ok("grimsby", ["rebase"]);
  for (const args of [["status"], ["rebase"], ["rebase", "--dry-run"]]) {
    expect(await trust.ok("grimsby", args)).toMatch(
      /last\s+fetched,?\s+on\s+\d+\s\w+\s\d{4}\.[\s\S]*leeway fetch/,
    );
  }
  aged(trust, 10);
  for (const args of [["status"], ["rebase"]])
    expect(await trust.ok("grimsby", args)).not.toMatch(/last\s+fetched/);
  // Git's own fetch counts, that of another repository does not.
  aged(trust, 30);
  await trust.run("grimsby", ["fetch", "-q", "../centre"]);
  expect(await trust.ok("grimsby", ["status"])).toMatch(/last\s+fetched/);
  await trust.run("grimsby", ["fetch", "-q", "upstream"]);
  expect(await trust.ok("grimsby", ["status"])).not.toMatch(/last\s+fetched/);
  aged(trust, 30);
  await trust.ok("grimsby", ["fetch"]);
  expect(await trust.ok("grimsby", ["status"])).not.toMatch(/last\s+fetched/);
});
