import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { SACK, School, TRADE } from "./school.ts";
import { BIN } from "./trust.ts";

let built: School;
beforeAll(async () => {
  built = await School.build();
});

/** Every verb that opens a version. */
const VERBS = [
  ["status"],
  ["diff"],
  ["adapt", "y8-trade#writing", "--for", "eal", "--why", "Shorter first."],
  ["save"],
  ["log"],
  ["explain", "y8-trade#writing"],
  ["release", "x", "--notes", "y"],
] as const;

const OWN = "grimsby/versions/grimsby/version.yaml";

/** Runs every verb; each has to refuse with the same code and words. */
async function allRefuse(
  school: School,
  words: RegExp,
  code = 2,
  verbs: readonly (readonly string[])[] = VERBS,
): Promise<void> {
  for (const said of await school.allRefused(verbs, code)) expect(said).toMatch(words);
}

test("version.yaml that does not parse, or lacks what it needs", async () => {
  const school = built.copy();
  school.write(OWN, "id: [\n");
  await allRefuse(
    school,
    /version's own file cannot be read[\s\S]*where: versions\/grimsby\/version\.yaml:\d[\s\S]*Next: Correct/,
  );
  school.write(OWN, "id: grimsby\nlayer: school\n");
  expect(await school.refused(["status"])).toMatch(
    /not complete: name[\s\S]*versions\/grimsby\/version\.yaml/,
  );
  school.write(OWN, "id: humber\nname: H\nlayer: school\n");
  expect(await school.refused(["status"])).toContain(
    "The id in this file is humber, but its folder is called grimsby.",
  );
});

test("a version that has lost its version.yaml is never taken for the one above", async () => {
  const school = built.copy();
  rmSync(school.at(OWN));
  await allRefuse(
    school,
    /The version grimsby has lost its version\.yaml[\s\S]*git checkout HEAD -- :\/versions\/grimsby\/version\.yaml/,
  );
  rmSync(school.at("grimsby/versions/grimsby"), { recursive: true });
  expect(await school.refused(["release", "x", "--notes", "y"])).toContain("has lost its version.yaml");
});

test("two versions that could be self; git config leeway.version settles it", async () => {
  const school = built.copy();
  school.write(
    "grimsby/versions/other/version.yaml",
    "id: other\nname: Other\nlayer: school\nupstream: {id: north, url: ../north}\n",
  );
  await allRefuse(
    school,
    /It is not clear which version this is: grimsby or other could be\.[\s\S]*git config leeway\.version grimsby/,
  );
  await school.run("grimsby", ["config", "leeway.version", "grimsby"]);
  expect(await school.ok("grimsby", ["status"])).toContain(
    "Harbour Academy Grimsby, a school version of North region",
  );
  await school.run("grimsby", ["config", "leeway.version", "nobody"]);
  expect(await school.refused(["status"])).toContain("with one of: centre, grimsby, north, other");
});

test("a base that is missing, unknown or not upstream's is no starting point, said loudly", async () => {
  const verbs = [["diff"], ["adapt"]];
  for (const [find, base, words] of [
    [
      /commit: \w+/,
      "commit: abababababababababababababababababababab",
      /No starting point: the recorded base ababababab is not among what upstream published/,
    ],
    [
      /commit: \w+/,
      `commit: ${await built.run("grimsby", ["rev-parse", "HEAD"])}`,
      /No starting point: the recorded base \w{10} is not among/,
    ],
    [/base: .*\n/, "", /No starting point: versions\/grimsby\/version\.yaml records no base/],
  ] as const) {
    const school = built.copy();
    school.write(OWN, school.read(OWN).replace(find, base));
    await allRefuse(school, words, 4, verbs);
    expect(await school.ok("grimsby", ["status"])).toContain("NO STARTING POINT");
  }
  const school = built.copy();
  school.write(OWN, school.read(OWN).replace(/commit: \w+/, "commit: abc123"));
  expect(await school.refused(["status"])).toContain(
    'base.commit: expected a full commit hash; found "abc123"',
  );
});

test("a detached head can be read, not written to", async () => {
  const school = built.copy();
  await school.run("grimsby", ["switch", "-q", "--detach", "HEAD"]);
  await allRefuse(school, /You are looking at an old state of this version[\s\S]*git switch main/, 2, [
    ["save"],
    ["adapt"],
    ["release", "x", "--notes", "y"],
    ["push"],
  ]);
  expect(await school.ok("grimsby", ["status"])).toContain("git switch");
  await school.ok("grimsby", ["diff"]);
});

test("a shallow clone says what is missing, and works after a fetch", async () => {
  const school = built.copy();
  await school.run(".", ["clone", "-q", "--depth", "1", `file://${school.at("grimsby")}`, "shallow"]);
  expect(await school.refused(["diff"], 4, "shallow")).toContain(
    "No starting point: nothing has been fetched from upstream yet.",
  );
  // Its own address is a file:// one, and upstream's in version.yaml is relative to that.
  await school.ok("shallow", ["fetch"]);
  expect(await school.ok("shallow", ["diff"])).toContain("nothing");
});

test("no repository, an empty one, a bare one, one without an upstream", async () => {
  const school = new School();
  const run = async (folder: string, words: RegExp): Promise<void> => {
    for (const verb of VERBS) {
      const { code, err } = await school.leeway(folder, verb);
      expect(err, verb.join(" ")).toMatch(words);
      expect(code).toBe(2);
    }
  };
  mkdirSync(school.at("nothing"));
  await run("nothing", /This is not inside a curriculum repository[\s\S]*leeway demo/);
  await school.run(".", ["init", "-q", "--bare", "bare"]);
  await run("bare", /this repository is bare[\s\S]*git clone/);
  await school.run(".", ["init", "-q", "empty"]);
  await run("empty", /no Leeway version and has no upstream[\s\S]*leeway init/);
  expect(await school.run("empty", ["status", "--porcelain"])).toBe("");
});

test("front matter that does not parse is one line, with its file and line", async () => {
  const school = built.copy();
  school.edit(TRADE, "title: Trade in medieval England", 'title: "Trade in medieval England');
  school.edit(TRADE, "Norwich market", "Grimsby haven");
  const status = await school.ok("grimsby", ["status"]);
  expect(status).toContain("1 file cannot be read");
  expect(status).toMatch(new RegExp(`${TRADE}: line\\s+\\d+`));
  expect(status).toContain("1 change has no reason yet");
  expect(status).not.toContain("leeway save  ");
  expect(await school.ok("grimsby", ["diff"])).toMatch(new RegExp(`${TRADE} {2}edited; line \\d+:`));
  expect(await school.refused(["adapt", "y8-trade#case-study", "--for", "place", "--why", "Docks."])).toMatch(
    /This document cannot be read: line \d+: [^.]+\.\n/,
  );
});

test("two documents with one id", async () => {
  const school = built.copy();
  school.write(`grimsby/${SACK.replace("01-sack", "07-copy")}`, school.read("grimsby", SACK));
  const said = await school.refused(["adapt", "y8-trade-sack", "--for", "place", "--why", "Docks."]);
  expect(said).toContain("Two documents have the id y8-trade-sack; an id names one.");
  expect(said).toContain("07-copy.md");
  expect(said).toContain("01-sack.md");
});

test("text that is not UTF-8 is named, never guessed", async () => {
  const school = built.copy();
  writeFileSync(
    school.at("grimsby", TRADE),
    Buffer.from(school.read("grimsby", TRADE).replace("medieval", "médiéval"), "latin1"),
  );
  expect(await school.ok("grimsby", ["diff"])).toContain(`${TRADE}  edited; it is not in UTF-8`);
  expect(await school.ok("grimsby", ["status"])).toContain("it is not in UTF-8");
  expect((await school.ok("grimsby", ["save"])).replace(/\s+/g, " ")).toContain(
    `Left: ${TRADE} it cannot be read: it is not in UTF-8`,
  );
  expect(await school.refused(["adapt", "y8-trade#writing", "--for", "eal", "--why", "Shorter."])).toContain(
    "save it as UTF-8 in your editor.\n",
  );
});

test("spaces, accents, emoji, line ends of Windows and another language change nothing", async () => {
  const school = new School();
  const de = { LC_ALL: "de_DE.UTF-8", LANG: "de_DE.UTF-8", LANGUAGE: "de" };
  const ok = async (folder: string, args: readonly string[]): Promise<string> => {
    const ran = await school.leeway(folder, args, de);
    expect(ran.code, ran.err).toBe(0);
    return ran.out;
  };
  await ok(".", ["init", "Zentrum é 🐟", "--id", "zentrum", "--name", 'Das "Zentrum": é']);
  await ok("Zentrum é 🐟", ["release", "herbst", "--notes", "Erste"]);
  const forked = await ok(".", ["fork", "Zentrum é 🐟", "Schule 1", "--id", "schule", "--name", "Schule 1"]);
  expect(forked).toContain("cd 'Schule 1' && leeway status");
  expect(forked).toContain("leeway versions add '../Schule 1'");
  const path = "subjects/history/units/y7 ä/Größe 🐟.md";
  school.write(`Schule 1/${path}`, "# Größe\r\n\r\n## Straße & Weg\r\n\r\nEins.\r\n");
  await ok("Schule 1", ["adapt", path, "--for", "place", "--why", "Für uns."]);
  school.replace(`Schule 1/${path}`, "Eins.", "Zwei.");
  const status = await ok("Schule 1", ["status"]);
  expect(status).toContain("1 reason to renew");
  await ok("Schule 1", ["adapt", path, "--still-holds"]);
  expect(await school.run("Schule 1", ["show", `HEAD:${path}`])).toBe(
    "# Größe\r\n\r\n## Straße & Weg\r\n\r\nZwei.",
  );
  expect(await school.run("Schule 1", ["status", "--porcelain"])).toBe("");
});

test("a submodule, and a repository that lies within this one: no verb reads them, and save leaves them staged", async () => {
  const trust = built.copy();
  const add = ["-c", "protocol.file.allow=always", "submodule", "--quiet", "add", "../north", "vendor/extra"];
  await trust.run("grimsby", add);
  await trust.run("grimsby", ["clone", "-q", "../north", "subjects/nested.md"]);
  const verbs = [["status"], ["check"], ["diff"], ["drift"], ["rebase", "--dry-run"]];
  const allPass = async (): Promise<void> => {
    for (const verb of verbs) expect([verb, (await trust.in(verb)).code]).toEqual([verb, 0]);
  };
  await allPass();
  expect((await trust.in(["save"])).out).toContain("Saved .gitmodules");
  expect(await trust.run("grimsby", ["status", "--porcelain"])).toBe(
    "A  vendor/extra\n?? subjects/nested.md/",
  );
  await trust.run("grimsby", ["commit", "-qm", "A submodule"]);
  await allPass();
  expect((await trust.in(["status"])).out).not.toContain("vendor/extra");
});

test.skipIf(!existsSync("/dev/full"))(
  "what cannot be written to where it should go is a failure; a reader that has seen enough is none",
  async () => {
    const school = built.copy();
    const own = "versions/grimsby/version.yaml";
    const leeway = `"${process.execPath}" "${BIN}"`;
    for (const verb of ["diff", "status", "help"]) {
      const ran = await school.tool("sh", ["-c", `${leeway} ${verb} > /dev/full`], "grimsby");
      expect(ran).toMatchObject({ code: 4, err: expect.stringContaining("the disk is full") });
    }
    const merge = await school.tool(
      "sh",
      ["-c", `${leeway} merge-file -p ${own} ${own} ${own} > /dev/full`],
      "grimsby",
    );
    expect(merge.code).toBe(255);
    const read = await school.tool(
      "sh",
      ["-c", `(${leeway} diff --json; echo "ended with $?" >&2) | head -c 1`],
      "grimsby",
    );
    expect(read).toMatchObject({ out: "{", err: "ended with 0\n" });
  },
);
