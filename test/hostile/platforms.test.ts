import { spawnSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { School, TRADE } from "../e2e/school.ts";
import { BIN } from "../e2e/trust.ts";
import { HostileSchool } from "./raw.ts";

let built: School;
beforeAll(async () => {
  built = await School.build();
});

const lesson = (id: string): string => `---\nid: ${id}\ntype: lesson\n---\n# ${id}\n\n## Starter\n\nWool.\n`;

test("line ends of Windows in the work tree (core.autocrlf) are no change, and stay out of commits", async () => {
  const school = await HostileSchool.from(built);
  await school.run("grimsby", ["config", "core.autocrlf", "true"]);
  await school.run("grimsby", ["rm", "-rq", "--cached", "."]);
  await school.run("grimsby", ["reset", "-q", "--hard"]);
  expect(school.read("grimsby", TRADE)).toContain("\r\n");
  expect(await school.ok("grimsby", ["status"])).toContain("Nothing to do.");
  expect(await school.ok("grimsby", ["diff"])).not.toContain(TRADE);
  school.edit(TRADE, "Norwich market", "Grimsby haven");
  await school.ok("grimsby", ["adapt", "y8-trade#case-study", "--for", "place", "--why", "Docks."]);
  expect(await school.run("grimsby", ["show", `HEAD:${TRADE}`])).not.toContain("\r");
  expect(await school.run("grimsby", ["show", "HEAD:versions/grimsby/version.yaml"])).not.toContain("\r");
  expect(await school.run("grimsby", ["status", "--porcelain"])).toBe("");
  await school.publish("north", [
    { at: TRADE.split("/"), bytes: school.read("north", TRADE).replace("one long answer", "two answers") },
  ]);
  await school.ok("grimsby", ["fetch"]);
  await school.ok("grimsby", ["rebase"]);
  const merged = await school.run("grimsby", ["show", `HEAD:${TRADE}`]);
  expect([merged.includes("two answers"), merged.includes("Grimsby haven"), merged.includes("\r")]).toEqual([
    true,
    true,
    false,
  ]);
  expect(await school.run("grimsby", ["status", "--porcelain"])).toBe("");
});

test("one name in both Unicode forms, and in both cases, is two documents that a merge keeps apart", async () => {
  const school = await HostileSchool.from(built);
  const folder = ["subjects", "history", "units"];
  await school.publish("north", [
    { at: [...folder, "caf\u00e9.md"], bytes: lesson("composed") },
    { at: [...folder, "cafe\u0301.md"], bytes: lesson("decomposed") },
    { at: [...folder, "Trade.md"], bytes: lesson("upper") },
    { at: [...folder, "trade.md"], bytes: lesson("lower") },
  ]);
  await school.ok("grimsby", ["fetch"]);
  await school.ok("grimsby", ["rebase"]);
  const files = await school.run("grimsby", ["ls-tree", "-rz", "--name-only", "HEAD", folder.join("/")]);
  for (const name of ["caf\u00e9.md", "cafe\u0301.md", "Trade.md", "trade.md"])
    expect(files).toContain(`/${name}`);
  expect(await school.run("grimsby", ["status", "--porcelain"])).toBe("");
  for (const id of ["composed", "decomposed", "upper", "lower"])
    expect(await school.ok("grimsby", ["explain", `${id}#starter`])).toContain("Starter");
});

test("paths of more than 260 signs, which Windows takes only if told so, work", async () => {
  const school = await HostileSchool.from(built);
  const at = [
    "subjects",
    "history",
    ...Array.from({ length: 6 }, (_, i) => `${"long-folder-name-".repeat(4)}${i}`),
    "a.md",
  ];
  await school.publish("north", [{ at, bytes: lesson("deep") }]);
  await school.ok("grimsby", ["fetch"]);
  await school.ok("grimsby", ["rebase"]);
  school.edit(at.join("/"), "Wool.", "Cod.");
  await school.ok("grimsby", ["adapt", "deep#starter", "--for", "place", "--why", "Cod is landed here."]);
  expect(await school.ok("grimsby", ["explain", "deep#starter"])).toContain("Cod is landed here.");
});

test("a folder that was removed under somebody's feet is told in words", async () => {
  const gone = mkdtempSync(join(tmpdir(), "leeway-gone-"));
  // A shell stands in the folder while it goes, as people do.
  const { status, stderr } = spawnSync(
    "sh",
    ["-c", 'rmdir "$PWD" && exec "$0" "$1" status', process.execPath, BIN],
    { cwd: gone, encoding: "utf8" },
  );
  expect(status).toBe(4);
  expect(stderr).toBe(
    "leeway: The folder that you are in is not there any more.\nNext: cd FOLDER   goes to one that is there\n",
  );
});
