import { chmodSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { School, TRADE } from "../e2e/school.ts";
import { HostileSchool } from "./raw.ts";

let built: School;
beforeAll(async () => {
  built = await School.build();
});

/** Settings that make Git run a program, and hooks that would, in a repository that somebody else keeps. */
async function armed(school: HostileSchool, gitFolder: string): Promise<void> {
  const run = school.at("outside", "run.sh");
  const settings: Record<string, string> = {
    "core.fsmonitor": run,
    "core.sshCommand": run,
    "core.pager": run,
    "core.editor": run,
    "diff.external": run,
    "filter.evil.smudge": run,
    "filter.evil.clean": run,
    "filter.evil.process": run,
    "merge.evil.driver": run,
    "diff.evil.textconv": run,
    "uploadpack.packObjectsHook": run,
    "alias.status": `!${run}`,
  };
  for (const [key, value] of Object.entries(settings))
    await school.run(".", ["config", "--file", school.at(gitFolder, "config"), key, value]);
  mkdirSync(school.at(gitFolder, "hooks"), { recursive: true });
  for (const hook of ["post-checkout", "pre-commit", "post-merge", "reference-transaction", "post-rewrite"]) {
    writeFileSync(school.at(gitFolder, "hooks", hook), `#!/bin/sh\nexec '${run}'\n`);
    chmodSync(school.at(gitFolder, "hooks", hook), 0o755);
  }
}

const UPDATE = [
  ["fetch"],
  ["status"],
  ["diff", "--incoming"],
  ["drift", "--why"],
  ["explain", "y8-trade#writing"],
  ["rebase", "--dry-run"],
  ["rebase", "--accept-code"],
  ["status"],
  ["undo"],
];

test("nothing that a fetched repository holds is run: hooks, filters, drivers, submodules, its settings", async () => {
  const school = await HostileSchool.from(built);
  const run = school.at("outside", "run.sh");
  await school.publish("north", [
    { at: [".gitattributes"], bytes: "* filter=evil diff=evil merge=evil\n*.md merge=evil\n" },
    { at: [".gitmodules"], bytes: `[submodule "x"]\n\tpath = x\n\turl = ext::${run}\n\tupdate = !${run}\n` },
    { at: ["x"], mode: "160000", commit: "1".repeat(40) },
    { at: ["y"], mode: "160000", commit: "2".repeat(40) },
    { at: [".husky", "post-checkout"], mode: "100755", bytes: `#!/bin/sh\nexec '${run}'\n` },
    { at: ["package.json"], bytes: JSON.stringify({ scripts: { prepare: run } }) },
    { at: TRADE.split("/"), bytes: school.read("north", TRADE).replace("one long answer", "two answers") },
  ]);
  await armed(school, "north/.git");
  school.edit(TRADE, "one long answer", "one short answer");
  await school.ok("grimsby", ["adapt", "y8-trade#writing", "--for", "eal", "--why", "Shorter first."]);
  const before = school.outside();
  for (const args of UPDATE) await school.tried("grimsby", args);
  await school.tried(".", ["fork", "north", "new", "--id", "new", "--name", "New"]);
  await school.run(".", ["clone", "-q", "--no-checkout", "north", "copy"]);
  await school.run("copy", ["remote", "remove", "origin"]);
  await school.tried("copy", ["join", "../north", "--id", "copy", "--name", "Copy"]);
  await school.tried("centre", ["versions", "add", "../north"]);
  expect(school.outside().filter((name) => !["new", "copy"].includes(name))).toEqual(before);
});

test("a folder that is a bare repository with settings of its own is not taken for one", async () => {
  const school = await HostileSchool.from(built);
  await school.run("grimsby", ["init", "-q", "--bare", "subjects/history/kit"]);
  await armed(school, "grimsby/subjects/history/kit");
  await school.run(".", [
    "config",
    "--file",
    school.at("grimsby/subjects/history/kit/config"),
    "core.worktree",
    school.at("grimsby/subjects"),
  ]);
  await school.run(".", [
    "config",
    "--file",
    school.at("grimsby/subjects/history/kit/config"),
    "core.bare",
    "false",
  ]);
  for (const args of [["status"], ["diff"], ["drift"], ["save"], ["rebase"], ["adapt"]])
    await school.tried("grimsby/subjects/history/kit", args);
  expect(existsSync(school.at("outside", "ran"))).toBe(false);
});

test.each([
  "ext::sh -c 'touch ran'",
  "EXT::sh -c touch% ran",
  "fd::17",
  "--upload-pack=touch ran",
  "ssh://-oProxyCommand=touch ran/x",
  "git@-oProxyCommand=x:y",
  "https://example.invalid/\u001b[31mx",
])("an address that would run something is turned away wherever it stands: %j", async (url) => {
  const school = await HostileSchool.from(built);
  const words = /address|Git does not use|cannot be reached/;
  const before = school.outside();
  const first = url.startsWith("-") ? ["--", url] : [url];
  await school.turnedAway(".", ["fork", "--id", "new", "--name", "New", ...first, "new"], words);
  await school.turnedAway("centre", ["versions", "add", ...first], words);
  const path = "grimsby/versions/grimsby/version.yaml";
  school.write(path, school.read(path).replace(/url: .*?(?=[,}\n])/, `url: ${JSON.stringify(url)}`));
  await school.run("grimsby", ["remote", "remove", "upstream"]);
  await school.turnedAway("grimsby", ["fetch"], words);
  await school.tried("grimsby", ["status"]);
  school.write(
    "centre/versions/centre/downstream.yaml",
    `- {id: x, name: X, layer: school, url: ${JSON.stringify(url)}}\n`,
  );
  await school.tried("centre", ["versions", "list"]);
  expect(school.outside()).toEqual(before);
  expect(existsSync(school.at("ran")) || existsSync(school.at("grimsby", "ran"))).toBe(false);
});

test("branches, tags, groups and remotes whose names are options or commands are names", async () => {
  const school = await HostileSchool.from(built);
  const head = await school.run("north", ["rev-parse", "main"]);
  for (const ref of [
    "refs/heads/--upload-pack=touch",
    "refs/heads/$(touch$IFS'ran')",
    "refs/heads/a;touch\u202eran",
    "refs/heads/group/-x",
    "refs/heads/group/`touch`",
    "refs/tags/edition/north/--force",
    "refs/tags/edition/north/$(touch)",
    "refs/tags/-d",
    "refs/tags/HEAD",
    "refs/heads/HEAD",
  ])
    await school.run("north", ["update-ref", ref, head]);
  const before = school.outside();
  for (const args of [
    ...UPDATE,
    ["rebase", "--to", "--force"],
    ["rebase", "--to=--force"],
    ["rebase", "--to", "$(touch)", "--dry-run"],
    ["status", "--upstream=--output=ran"],
    ["diff", "--upstream=--output=ran"],
    ["drift", "--upstream=--output=ran"],
  ])
    await school.tried("grimsby", args);
  await school.tried(".", [
    "fork",
    "north",
    "new",
    "--id",
    "new",
    "--name",
    "N",
    "--branch=--upload-pack=touch",
  ]);
  await school.tried(".", ["fork", "north", "new", "--id", "new", "--name", "N", "--group=-x"]);
  await school.tried(".", ["fork", "north", "new2", "--id", "-new", "--name", "N"]);
  await school.tried(".", ["fork", "north", "new2", "--id", "new/../x", "--name", "N"]);
  expect(school.outside().filter((name) => name !== "new")).toEqual(before);
});
