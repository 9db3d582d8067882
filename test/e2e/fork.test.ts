import { chmodSync, existsSync, mkdirSync, rmSync } from "node:fs";
import { delimiter } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { School, TRADE } from "./school.ts";

let built: School;
beforeAll(async () => {
  built = await School.build();
});

const NEW = ["--id", "humber", "--name", "Humber Bank"];

/** A fork that has to fail leaves no folder. */
async function refuses(school: School, args: readonly string[], words: RegExp, code = 2): Promise<void> {
  const ran = await school.leeway(".", args);
  expect(ran.err, args.join(" ")).toMatch(words);
  expect(ran.err).not.toMatch(/\n\s+at /);
  expect(ran.code).toBe(code);
  expect(existsSync(school.at("humber"))).toBe(false);
}

test("a fork starts at the newest edition, is a clone with history, and says how upstream adds it", async () => {
  const school = built.copy();
  school.replace(`north/${TRADE}`, "Norwich market", "Lynn market");
  await school.run("north", ["commit", "-qam", "Not released yet"]);
  const before = await school.everything("north");
  expect(await school.ok(".", ["fork", "north", "humber", ...NEW, "--dry-run"])).toMatch(
    /Nothing\s+was\s+changed\./,
  );
  expect(existsSync(school.at("humber"))).toBe(false);
  const said = await school.ok(".", ["fork", "north", "humber", ...NEW]);
  expect(said).toContain("Humber Bank has its own version of North region in");
  expect(said).toContain("from autumn.");
  expect(said).toContain("Ask North region to run: leeway versions add ../humber");
  expect(said).toContain("cd humber && leeway status");
  expect(await school.everything("north")).toBe(before);
  expect(school.read("humber", TRADE)).toContain("Norwich market");
  expect(school.read("humber/versions/humber/version.yaml")).toMatch(
    /^# yaml-language-server: [^\n]+\/version\.json\nid: humber\nname: Humber Bank\nlayer: school\nupstream: \{id: north, url: \.\.\/north, branch: main, group: all\}\nbase: \{commit: [0-9a-f]{40}, edition: autumn\}\n$/,
  );
  expect(await school.run("humber", ["log", "--format=%s"])).toContain("Curriculum");
  expect(await school.run("humber", ["status", "--porcelain"])).toBe("");
  // Plain pull and push do not mix it with its upstream.
  expect((await school.git("humber", ["push"])).code).not.toBe(0);
  expect((await school.git("humber", ["pull"])).code).not.toBe(0);
  expect(await school.run("humber", ["rev-parse", "HEAD^"])).toBe(
    await school.run("north", ["rev-parse", "edition/north/autumn^{commit}"]),
  );
  expect(await school.ok("north", ["versions", "add", "../humber"])).toContain(
    "Humber Bank (humber, school) is on the list",
  );
  expect(await school.ok("north", ["versions", "remove", "humber"])).toContain("is off the list");
  await school.refused(["versions", "add", "../humber", "../nowhere"], 4, "north");
  await school.ok("north", ["versions", "add", "../humber", "../grimsby"]);
  expect(await school.json(["versions", "list"], "north")).toMatchObject({
    versions: [{ id: "humber" }, { id: "grimsby" }],
  });
  await school.refused(["versions", "remove", "grimsby", "nobody"], 2, "north");
  expect(await school.ok("north", ["versions", "remove", "grimsby", "humber"])).toContain(
    "Harbour Academy Grimsby (grimsby) and Humber Bank (humber) are off the list",
  );
  expect(await school.json(["versions", "list"], "north")).toMatchObject({ versions: [] });
});

test("a home that is named as seen from the copy is the same home, and what is written of it leads from there", async () => {
  const school = built.copy();
  await school.run(".", ["init", "-q", "--bare", "homes/humber.git"]);
  await school.ok(".", ["fork", "north", "humber", ...NEW, "--origin", "../homes/humber.git"]);
  expect(school.read("humber/versions/humber/version.yaml")).toContain("url: ../../north,");
  await school.run(".", ["clone", "-q", "homes/humber.git", "again"]);
  expect(await school.ok("again", ["fetch"])).toContain("North region");
});

test("a home whose HEAD names a branch that is not there can be forked from all the same", async () => {
  const school = built.copy();
  await school.run(".", ["init", "-q", "--bare", "-b", "trunk", "north.git"]);
  await school.run("north", ["push", "-q", "../north.git", "--all"]);
  await school.run("north", ["push", "-q", "../north.git", "--tags"]);
  await school.ok(".", ["fork", "north.git", "humber", ...NEW]);
  expect(school.read("humber/versions/humber/version.yaml")).toContain("branch: main");
  expect(await school.run("humber", ["status", "--porcelain"])).toBe("");
});

test("--origin gives it a home and pushes; --group, --layer and --branch are kept", async () => {
  const school = built.copy();
  await school.run(".", ["init", "-q", "--bare", "-b", "trunk", "humber.git"]);
  const said = await school.ok(".", [
    "fork",
    "north",
    "humber",
    ...NEW,
    "--layer",
    "academy",
    "--group",
    "all",
    "--origin",
    "humber.git",
  ]);
  expect(said).toContain("leeway versions add ../humber.git");
  expect(await school.run("humber.git", ["rev-parse", "main"])).toBe(
    await school.run("humber", ["rev-parse", "HEAD"]),
  );
  expect(await school.run("humber", ["status", "-sb"])).toBe("## main...origin/main");
  expect(school.read("humber/versions/humber/version.yaml")).toContain(
    "layer: academy\nupstream: {id: north, url: ../north, branch: main, group: all}",
  );
  expect(await school.ok("humber", ["push", "--dry-run"])).toContain("Nothing was sent.");
  school.write("humber/picture.svg", "<svg/>");
  await school.ok("humber", ["save"]);
  expect(await school.ok("humber", ["push"])).toMatch(/Sent to\s+\S*humber\.git:\s+main/);
  expect(await school.run("humber", ["status", "-sb"])).toBe("## main...origin/main");
  // HEAD of this home names a branch that is not there.
  expect(await school.ok("north", ["versions", "add", "../humber.git"])).toContain("humber, academy");
  await school.run(".", ["clone", "-q", "--branch", "main", "humber.git", "other"]);
  school.write("other/x.md", "# X\n");
  await school.run("other", ["add", "-A"]);
  await school.run("other", ["commit", "-qm", "X"]);
  await school.run("other", ["push", "-q"]);
  school.write("humber/y.svg", "<svg/>");
  await school.ok("humber", ["save"]);
  expect(await school.refused(["push"], 4, "humber")).toMatch(
    /Home has work that is not here[\s\S]*git pull --no-rebase origin main/,
  );
});

test("ids that are taken or wrong, folders that are not empty, names that are none", async () => {
  const school = built.copy();
  await refuses(
    school,
    ["fork", "north", "humber", "--id", "centre", "--name", "X"],
    /There is a version called centre already/,
  );
  await school.ok("north", ["versions", "add", "../grimsby"]);
  await refuses(
    school,
    ["fork", "north", "humber", "--id", "grimsby", "--name", "X"],
    /The id grimsby is taken by Harbour Academy Grimsby\.[\s\S]*Choose another --id/,
  );
  await refuses(
    school,
    ["fork", "north", "humber", "--id", "Humber Bank", "--name", "X"],
    /cannot be an id: lower-case letters/,
  );
  await refuses(school, ["fork", "north", "humber", "--id", "humber", "--name", " "], /needs a name/);
  await refuses(school, ["fork", "north", "humber", "--id", "humber"], /--name/);
  await refuses(
    school,
    ["fork", "north", "humber", ...NEW, "--group", "pilot"],
    /Upstream has no group called pilot\.[\s\S]*--group all/,
  );
  await refuses(school, ["fork", "north", "humber", ...NEW, "--branch", "nope"], /nope/, 4);
  const before = await school.everything();
  for (const more of [[], ["--dry-run"]])
    await refuses(school, ["fork", "north", "grimsby", ...NEW, ...more], /is not empty/);
  expect(await school.everything()).toBe(before);
});

test("an upstream that is empty, plain, not there, or would start a program", async () => {
  const school = built.copy();
  await school.run(".", ["init", "-q", "empty"]);
  await refuses(school, ["fork", "empty", "humber", ...NEW], /no commit on its own branch/);
  school.write("empty/a.md", "# A\n");
  await school.run("empty", ["add", "-A"]);
  await school.run("empty", ["commit", "-qm", "A"]);
  await refuses(
    school,
    ["fork", "empty", "humber", ...NEW],
    /no versions\/ folder, so it does not use Leeway yet[\s\S]*git clone --origin upstream/,
  );
  await refuses(school, ["fork", "nowhere", "humber", ...NEW], /cannot be reached[\s\S]*where: nowhere/, 4);
  await refuses(
    school,
    ["fork", "https://user:secret@localhost:1/x.git", "humber", ...NEW],
    /where: https:\/\/\*\*\*@localhost:1\/x\.git/,
    4,
  );
  await refuses(school, ["fork", "ext::sh", "humber", ...NEW], /would start a program/);
  await refuses(
    school,
    ["fork", "north", "humber", ...NEW, "--origin", "./no-home.git"],
    /cannot be reached[\s\S]*no-home\.git/,
    4,
  );
  mkdirSync(school.at("full"));
});

/** Stands before Git on the PATH, and kills Leeway once Git has done the command of that name. */
async function killedAfter(school: School, command: string, args: readonly string[]): Promise<number> {
  school.write(
    "bin/git",
    `#!/bin/sh\nPATH="$REAL_PATH"\ngit "$@"\ncode=$?\ncase " $* " in *" ${command} "*) kill -9 $PPID ;; esac\nexit $code\n`,
  );
  chmodSync(school.at("bin/git"), 0o755);
  const path = process.env.PATH ?? "";
  const env = { PATH: `${school.at("bin")}${delimiter}${path}`, REAL_PATH: path };
  return (await school.leeway(".", args, env)).code;
}

test("a fork or an init that was killed is no version, and the next one says what to do", async () => {
  const school = built.copy();
  const cut = /An earlier leeway (fork|init) into this folder was cut short[\s\S]*Next: rm -r /;
  for (const [command, args] of [
    ["clone", ["fork", "north", "humber", ...NEW]],
    ["update-ref", ["fork", "north", "humber", ...NEW]],
    ["commit-tree", ["init", "humber", ...NEW]],
  ] as const) {
    expect([command, await killedAfter(school, command, args)]).toEqual([command, 255]);
    const made = await school.run("humber", ["for-each-ref"]);
    for (const again of [args, [...args, "--dry-run"]]) {
      const ran = await school.leeway(".", again);
      expect([ran.code, ran.err]).toEqual([2, expect.stringMatching(cut)]);
    }
    for (const verb of [["status"], ["save"]]) {
      const ran = await school.leeway("humber", verb);
      expect([ran.code, ran.err]).toEqual([2, expect.stringMatching(cut)]);
    }
    expect(await school.run("humber", ["for-each-ref"])).toBe(made);
    rmSync(school.at("humber"), { recursive: true });
    await school.ok(".", args);
    await school.ok("humber", ["status"]);
    expect(school.read("humber/.git/config")).not.toContain("[leeway]");
    rmSync(school.at("humber"), { recursive: true });
  }
});
