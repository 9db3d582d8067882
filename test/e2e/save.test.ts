import { rmSync, symlinkSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { filesOf, SACK, School, TRADE } from "./school.ts";

let built: School;
beforeAll(async () => {
  built = await School.build();
});

test("saves what needs no reason, and leaves and names the rest", async () => {
  const school = built.copy();
  school.edit(SACK, "Raw wool on the tables.", "A fleece on the tables.");
  school.edit(SACK, "minutes: 60", "minutes: 50");
  school.edit(SACK, "Wool was the most valuable export.", "Fish was the most valuable export.");
  school.edit(TRADE, "one long answer", "one short answer");
  school.write("grimsby/docs/picture.svg", "<svg/>\n");
  school.write("grimsby/versions/north/rules.yaml", "default: free\n");
  const before = await school.everything();
  const text = school.read("grimsby", SACK);
  expect(await school.ok("grimsby", ["save", "--dry-run"])).toContain("Nothing was changed.");
  expect(await school.everything()).toBe(before);
  const said = await school.ok("grimsby", ["save", "-m", "Fresh starter"]);
  expect(said).toContain(`Saved ${SACK}`);
  expect(said).toContain("Saved docs/picture.svg");
  expect(said).toContain('Left: "y8-trade-sack@minutes"   its reason is missing');
  expect(said).toContain('Left: "y8-trade-sack@keyLearningPoints.k1"   locked text');
  expect(said).toContain('Left: "y8-trade#writing"   its reason is missing');
  expect(said).toContain("Left: versions/north/rules.yaml   it belongs to another version");
  expect(said).toContain('leeway adapt "y8-trade-sack@minutes"');
  expect(await filesOf(school)).toEqual(["docs/picture.svg", SACK]);
  expect(await school.run("grimsby", ["show", `HEAD:${SACK}`])).toBe(
    built.read("grimsby", SACK).replace("Raw wool", "A fleece").trimEnd(),
  );
  expect(school.read("grimsby", SACK)).toBe(text);
  expect(await school.run("grimsby", ["log", "-1", "--format=%s"])).toBe("Fresh starter");
  expect(await school.ok("grimsby", ["save"])).toContain("Nothing was saved.");
});

test("a move, new line ends and a change that is taken back need no reason", async () => {
  const school = built.copy();
  school.edit(TRADE, "one long answer", "one short answer");
  await school.ok("grimsby", ["adapt", "y8-trade#writing", "--for", "eal", "--why", "Shorter first."]);
  school.edit(TRADE, "one short answer", "one long answer");
  const moved = SACK.replace("01-sack", "02-sack");
  await school.run("grimsby", ["mv", SACK, moved]);
  school.write(
    "grimsby/subjects/history/subject.md",
    school.read("grimsby/subjects/history/subject.md").replaceAll("\n", "\r\n"),
  );
  await school.ok("grimsby", ["save"]);
  expect(await filesOf(school)).toEqual(["subjects/history/subject.md", SACK, moved, TRADE].sort());
  expect(await school.run("grimsby", ["status", "--porcelain"])).toBe("");
  expect(await school.ok("grimsby", ["diff", "--stat"])).toMatch(/A sack of wool \(moved from /);
});

test("the centre saves everything, and says so when there is nothing", async () => {
  const school = built.copy();
  expect(await school.ok("centre", ["save"])).toContain("Nothing to save: everything is committed.");
  school.replace(`centre/${TRADE}`, "Explain one cause of trade", "Explain two causes of trade");
  school.write("centre/README.md", "# The Centre\n");
  rmSync(school.at("centre", SACK));
  expect(await school.ok("centre", ["status"])).toContain("leeway save");
  await school.ok("centre", ["save"]);
  expect(await school.run("centre", ["status", "--porcelain"])).toBe("");
  expect(await school.ok("centre", ["undo"])).toContain("Took back");
});

test("files that cannot be read are left and named", async () => {
  const school = built.copy();
  school.edit(TRADE, "title: Trade in medieval England", 'title: "Trade in medieval England');
  const said = await school.ok("grimsby", ["save"]);
  expect(said).toContain("Nothing was saved.");
  expect(said).toMatch(new RegExp(`Left: ${TRADE} {3}it cannot be read: line \\d+:`));
});

test("a file that git mv has moved and that was edited since; a link is a file, whatever it leads to", async () => {
  const school = built.copy();
  const moved = TRADE.replace("unit.md", "the-unit.md");
  await school.run("grimsby", ["mv", TRADE, moved]);
  school.edit(moved, "one long answer", "one short answer");
  await school.run("grimsby", ["config", "core.symlinks", "true"]);
  symlinkSync("/etc/hostname", school.at("grimsby", "link.md"));
  const said = await school.ok("grimsby", ["save"]);
  expect(said).toContain(`Saved ${moved}`);
  expect(said).toContain("Saved link.md");
  expect(said).toContain('Left: "y8-trade#writing"');
  expect(await school.run("grimsby", ["ls-tree", "HEAD", "link.md"])).toMatch(/^120000 /);
  expect(await school.run("grimsby", ["show", `HEAD:${moved}`])).toBe(built.read("grimsby", TRADE).trimEnd());
  expect(await school.ok("grimsby", ["save"])).toContain("Nothing was saved.");
});

test("where a version has no home of its own, the next step is to give it one, and nothing is sent upstream", async () => {
  const school = built.copy();
  const next = async (): Promise<string> => {
    school.write("grimsby/docs/picture.svg", `<svg id="${Math.random()}"/>\n`);
    return (await school.ok("grimsby", ["save"])).split("Next: ")[1] ?? "";
  };
  expect(await next()).toMatch(/^git remote add origin URL /);
  expect(await school.refused(["push"])).toMatch(/no home[\s\S]*git remote add origin URL/);
  await school.run("grimsby", ["remote", "add", "origin", `${school.at("north")}/`]);
  expect(await next()).toMatch(/^git remote set-url origin URL /);
  const north = await school.everything("north");
  expect(await school.refused(["push"])).toMatch(
    /upstream's own, so nothing was sent[\s\S]*git remote set-url origin URL/,
  );
  expect(await school.everything("north")).toBe(north);
  await school.run(".", ["init", "-q", "--bare", "home.git"]);
  await school.run("grimsby", ["remote", "set-url", "origin", "../home.git"]);
  expect(await next()).toMatch(/^leeway push /);
});

test("a document that is gone with locked text in it: the way back works from any folder, and no stash is asked for", async () => {
  const school = built.copy();
  await school.run("grimsby", ["rm", "-q", SACK]);
  const { out } = await school.in(["save"], "subjects");
  expect(out).not.toContain("Next: leeway adapt");
  const [, command = ""] = /(git checkout \S+ -- \S+)/.exec(out) ?? [];
  expect(command).toContain(`:/${SACK}`);
  await school.run("grimsby/subjects", command.split(" ").slice(1));
  expect(await school.run("grimsby", ["status", "--porcelain"])).toBe("");
  await school.run("grimsby", ["rm", "-q", SACK]);
  school.replace(`north/${SACK}`, "Raw wool", "Combed wool");
  await school.run("north", ["commit", "-qam", "Combed wool"]);
  await school.ok("north", ["release", "spring", "--notes", "Combed", "--group", "all"]);
  await school.ok("grimsby", ["fetch"]);
  const refused = await school.in(["rebase"]);
  expect(refused.code).toBe(2);
  expect(refused.err).not.toContain("stash");
  const [, restore = ""] = /(git restore \S+ \S+ \S+ -- \S+)/.exec(refused.err) ?? [];
  expect(restore).toContain(`:/${SACK}`);
  await school.run("grimsby/subjects", restore.split(" ").slice(1));
  await school.ok("grimsby", ["rebase"]);
});

test("a repository within this one that stands at another state is named, and with the way to keep it", async () => {
  const school = built.copy();
  await school.run(".", ["init", "-q", "shared"]);
  school.write("shared/songs.md", "# Songs\n");
  await school.run("shared", ["add", "-A"]);
  await school.run("shared", ["commit", "-qm", "Songs"]);
  await school.run("grimsby", ["-c", "protocol.file.allow=always", "submodule", "add", "-q", "../shared"]);
  await school.run("grimsby", ["commit", "-qm", "Shared songs"]);
  school.write("grimsby/shared/songs.md", "# Sea songs\n");
  await school.run("grimsby/shared", ["commit", "-qam", "Sea songs"]);
  for (const stage of [false, true]) {
    if (stage) await school.run("grimsby", ["add", "shared"]);
    const said = await school.refused(["save"], 0);
    expect(said).toBe("");
    const { out } = await school.in(["save"]);
    expect(out).toContain("Nothing was saved.\nLeft: shared   a repository of its own");
    expect(out).toContain('git commit -m "…" -- :/shared');
  }
  school.edit(SACK, "Raw wool on the tables.", "A fleece on the tables.");
  expect(await school.ok("grimsby", ["save"])).toMatch(/Saved .*01-sack\.md\nLeft: shared/);
  await school.run("grimsby", ["commit", "-qm", "Sea songs", "--", ":/shared"]);
  expect(await school.ok("grimsby", ["save"])).toContain("Nothing to save: everything is committed.");
});
