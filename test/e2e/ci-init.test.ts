import { existsSync, readdirSync, rmSync, statSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { SACK, School } from "./school.ts";

let built: School;
beforeAll(async () => {
  built = await School.build();
});

const HASH = "ab".repeat(32);
const PIN = ["--package", "https://example.org/leeway-0.1.0.tgz", "--integrity", `sha256:${HASH}`];
const WORKFLOW = "grimsby/.github/workflows/leeway.yml";
const INSTALLER = "grimsby/.leeway/install.sh";

test("a version is set up in one commit, which says what it wrote and is taken back whole", async () => {
  const school = built.copy();
  const own = "grimsby/versions/grimsby/version.yaml";
  // As a version has it whose curriculum came without schemas.
  school.write(own, school.read(own).replace(/^#.*\n/, ""));
  await school.run("grimsby", ["commit", "-qam", "No heading"]);
  const before = await school.everything();
  const all = ["ci", "init", "--github", "--gitlab", "--pre-commit", "--merge-driver", "--editors", ...PIN];
  const tried = await school.in([...all, "--dry-run"]);
  expect([tried.code, tried.out]).toEqual([
    0,
    expect.stringMatching(/Would write[\s\S]*Nothing was changed/),
  ]);
  expect(await school.everything()).toBe(before);
  const said = await school.ok("grimsby", all);
  for (const path of [
    ".github/workflows/leeway.yml",
    ".gitlab/leeway.yml",
    ".gitlab-ci.yml",
    ".gitattributes",
  ])
    expect(said).toContain(`Wrote ${path}`);
  expect(said).toContain("Added a few lines to versions/grimsby/version.yaml");
  expect(said).toContain("To take it back: leeway undo");
  expect(school.read(INSTALLER)).toContain(`hash='${HASH}'`);
  expect(school.read(INSTALLER)).toContain("| sha256sum --check");
  expect(school.read(WORKFLOW)).not.toContain("{{url");
  expect(school.read("grimsby/.github/CODEOWNERS")).toMatch(
    /# nobody is named[^\n]*\n# \/subjects\/history\/ @ACCOUNT/,
  );
  expect(statSync(school.at("grimsby/.githooks/pre-commit")).mode & 0o111).not.toBe(0);
  expect(school.read(own).match(/yaml-language-server/g)).toHaveLength(1);
  expect(await school.run("grimsby", ["status", "--porcelain"])).toBe("");
  expect(await school.run("grimsby", ["log", "-1", "--format=%s"])).toContain("GitHub");
  expect(await school.ok("grimsby", ["status"])).not.toContain("no reason yet");

  const head = await school.run("grimsby", ["rev-parse", "HEAD"]);
  expect(await school.ok("grimsby", all)).toContain("all of it is here");
  expect(await school.run("grimsby", ["rev-parse", "HEAD"])).toBe(head);

  await school.ok("grimsby", ["undo"]);
  expect(await school.everything()).toBe(before);
  await school.ok("grimsby", ["undo"]);
  expect(await school.run("grimsby", ["status", "--porcelain"])).toBe("");
  expect(statSync(school.at("grimsby/.githooks/pre-commit")).mode & 0o111).not.toBe(0);
});

test("editors are told the schema of every record, which stays as it was to all else", async () => {
  const school = built.copy();
  school.replace(`grimsby/${SACK}`, "Raw wool on the tables.", "Nets on the tables.");
  const adapt = ["adapt", "y8-trade-sack#starter", "--for", "place", "--why"];
  await school.ok("grimsby", [...adapt, "Nets are mended here."]);
  const folder = "grimsby/versions/grimsby/adaptations";
  const [name = ""] = readdirSync(school.at(folder));
  const before = school.read(`${folder}/${name}`);
  await school.ok("grimsby", ["ci", "init", "--editors"]);
  const line = "# yaml-language-server: $schema=../../../.leeway/schemas/adaptation.json\n";
  expect(school.read(`${folder}/${name}`)).toBe(line + before);
  expect(existsSync(school.at(folder, "../../../.leeway/schemas/adaptation.json"))).toBe(true);
  const { findings } = await school.json<{ findings: unknown[] }>(["check"]);
  expect(findings).toEqual([]);
  await school.ok("grimsby", [...adapt, "Nets are mended here, and knots matter."]);
  expect(school.read(`${folder}/${name}`)).toMatch(/^# yaml-language-server[^\n]*\nid: /);
});

test("what stands there stays, unless it is to be replaced, and that is said", async () => {
  const school = built.copy();
  school.write("grimsby/.gitattributes", "*.csv merge=union");
  school.write("grimsby/.gitlab-ci.yml", "pages:\n  script: [make]\n");
  await school.ok("grimsby", ["ci", "init", "--github", ...PIN]);
  school.write(WORKFLOW, "name: Ours\n");
  await school.run("grimsby", ["add", "-A"]);
  await school.run("grimsby", ["commit", "-qm", "Ours"]);
  const newer = ["--package", "https://example.org/leeway-0.2.0.tgz", "--integrity", "cd".repeat(64)];
  const kept = await school.ok("grimsby", ["ci", "init", "--github", "--gitlab", "--merge-driver", ...newer]);
  expect(kept).toContain("Kept .github/workflows/leeway.yml as it is");
  expect(kept).toContain("Kept .leeway/install.sh as it is");
  expect(kept).toContain("Kept .gitlab-ci.yml as it is");
  expect(school.read(WORKFLOW)).toBe("name: Ours\n");
  expect(school.read("grimsby/.gitattributes")).toMatch(
    /^\*\.csv merge=union\n#[^\n]+\n\*\.md merge=leeway\n/,
  );
  school.write("grimsby/.github/CODEOWNERS", "/subjects/history/ @anna\n");
  school.write(WORKFLOW, "name: Not saved\n");
  expect(await school.refused(["ci", "init", "--github", "--replace", ...newer])).toContain("not saved yet");
  await school.run("grimsby", ["commit", "-qam", "Saved"]);
  expect(await school.ok("grimsby", ["ci", "init", "--github", "--replace", ...newer])).toContain(
    "Replaced .leeway/install.sh",
  );
  expect(school.read(INSTALLER)).toContain("| sha512sum --check");
  expect(school.read(WORKFLOW)).toContain("name: Leeway");
  expect(school.read("grimsby/.github/CODEOWNERS")).toBe("/subjects/history/ @anna\n");
});

test("nothing is installed by a bare name: without an address and a hash nothing is written", async () => {
  const school = built.copy();
  const https = "https://example.org/leeway.tgz";
  const refusals = await school.allRefused([
    ["ci", "init"],
    ["ci", "init", "--github"],
    ["ci", "init", "--github", "--package", https],
    ["ci", "init", "--github", "--package", https, "--integrity", "abc"],
    ["ci", "init", "--github", "--package", https, "--integrity", "ab".repeat(20)],
    ["ci", "init", "--github", "--package", "leeway", "--integrity", HASH],
    ["ci", "init", "--github", "--package", "https://x.org/'$(id)'", "--integrity", HASH],
    ["ci", "nonsense"],
  ]);
  expect(refusals[0]).toContain("--pre-commit");
  expect(refusals[1]).toContain("--integrity HASH");
  expect(refusals[4]).toContain("SHA-256 or SHA-512");
  const base64 = Buffer.from("cd".repeat(64), "hex").toString("base64");
  await school.ok("grimsby", [
    "ci",
    "init",
    "--github",
    "--package",
    https,
    "--integrity",
    `sha512-${base64}`,
  ]);
  expect(school.read(INSTALLER)).toContain(`hash='${"cd".repeat(64)}'`);
});

test("a fork is set up where it is asked for, and has what came with the curriculum as it is", async () => {
  const school = built.copy();
  const fork = (id: string, ...more: string[]): Promise<string> =>
    school.ok(".", ["fork", "north", id, "--id", id, "--name", id, ...more]);
  expect(await fork("louth", "--ci", "github", ...PIN)).toContain(".github/workflows/leeway.yml is written.");
  expect(school.read("louth/.leeway/install.sh")).toContain(HASH);
  expect(await school.run("louth", ["status", "--porcelain"])).toBe("");
  expect(await school.run("louth", ["log", "-1", "--format=%s"])).toBe("Fork louth from North region");
  const refused = await school.leeway(".", [
    "fork",
    "north",
    "x",
    "--id",
    "x",
    "--name",
    "X",
    "--ci",
    "gitlab",
  ]);
  expect([refused.code, refused.err]).toEqual([2, expect.stringContaining("--integrity HASH")]);
  expect(existsSync(school.at("x"))).toBe(false);
  await school.ok("north", ["ci", "init", "--github", ...PIN]);
  await school.ok("north", ["release", "spring", "--notes", "Checks", "--group", "all"]);
  expect(await fork("caistor", "--ci", "github")).toContain("came with the curriculum");
  expect(school.read("caistor/versions/caistor/version.yaml")).toContain(
    "schemas/version.json\nid: caistor\n",
  );
});

test("schema prints one type, writes all, and does not know others", async () => {
  const school = built.copy();
  const unit = JSON.parse(await school.ok("grimsby", ["schema", "unit"])) as { required: string[] };
  expect(unit.required).toContain("outcomes");
  expect((await school.in(["schema"])).out.split("\n")).toContain("adaptation");
  rmSync(school.at("grimsby/.leeway"), { recursive: true });
  await school.ok("grimsby", ["schema", "--out", ".leeway/schemas"]);
  expect(await school.run("grimsby", ["status", "--porcelain"])).toBe("");
  expect(await school.refused(["schema", "lessons"])).toContain("no schema");
});

test("the hook lets a commit through where Leeway is not installed", async () => {
  const school = built.copy();
  await school.ok("grimsby", ["ci", "init", "--pre-commit"]);
  await school.run("grimsby", ["config", "core.hooksPath", ".githooks"]);
  const ran = await school.git("grimsby", ["commit", "--allow-empty", "-m", "Nothing"], {
    PATH: "/usr/bin:/bin",
  });
  expect([ran.code, ran.err]).toEqual([0, expect.stringContaining("nothing was checked")]);
});
