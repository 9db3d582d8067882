import { chmodSync, lstatSync, readlinkSync, rmSync, symlinkSync } from "node:fs";
import { expect, test } from "vitest";
import { Joined, lesson, REWRITTEN, rulesOf } from "./joined.ts";

const OURS = ["Recall what you know", "Go to the docks and recall what you know"] as const;
const THEIRS = ["Ask at home about", "Write ten lines about"] as const;

test("upstream moves its whole layout and rewrites what is in it: nothing lives twice, our lesson goes along", async () => {
  const trust = await Joined.of({
    "_episodes/01-wool.md": lesson("", "wool"),
    "_episodes/02-salt.md": lesson("", "salt"),
    "_episodes/03-iron.md": lesson("", "iron"),
  });
  trust.replace("own/_episodes/02-salt.md", ...OURS);
  trust.write("own/_episodes/09-herring.md", lesson("", "herring"));
  for (const name of ["01-wool", "02-salt", "03-iron"]) {
    trust.write(
      `up/episodes/${name}.md`,
      trust.read("up/_episodes", `${name}.md`).replace(/Step 1[\s\S]*pairs\./, REWRITTEN),
    );
  }
  await trust.run("up", ["rm", "-qr", "_episodes"]);
  await trust.ready();
  const tried = rulesOf(await trust.account(["--dry-run"]));
  expect(tried).toMatchObject({
    "episodes/02-salt.md": "moved-with-folder",
    "episodes/09-herring.md": "followed-folder",
  });
  const files = await trust.taken();
  expect(files).toEqual(["01-wool", "02-salt", "03-iron", "09-herring"].map((name) => `episodes/${name}.md`));
  const salt = trust.read("own/episodes/02-salt.md");
  expect(salt).toContain("Go to the docks");
  expect(salt).toContain("Paragraph 39");
});

test("we moved the layout: upstream's edits and its new lesson follow", async () => {
  const trust = await Joined.of({ "a/wool.md": lesson("wool", "wool"), "a/salt.md": lesson("salt", "salt") });
  for (const name of ["wool", "salt"]) await trust.move("own", `a/${name}.md`, `lessons/${name}.md`);
  trust.replace("up/a/wool.md", ...THEIRS);
  trust.write("up/a/iron.md", lesson("iron", "iron"));
  await trust.ready();
  expect(await trust.taken()).toEqual(["lessons/iron.md", "lessons/salt.md", "lessons/wool.md"]);
  expect(trust.read("own/lessons/wool.md")).toContain("Write ten lines");
});

test("both moved a lesson, each elsewhere, and edited it: it stands where we have it, with both edits", async () => {
  const trust = await Joined.of({ "a/wool.md": lesson("wool", "wool"), "a/salt.md": lesson("salt", "salt") });
  await trust.move("own", "a/wool.md", "sheep/wool.md");
  trust.replace("own/sheep/wool.md", ...OURS);
  await trust.move("up", "a/wool.md", "cloth/wool.md");
  trust.replace("up/cloth/wool.md", ...THEIRS);
  await trust.ready();
  expect(await trust.taken()).toEqual(["a/salt.md", "sheep/wool.md"]);
  const text = trust.read("own/sheep/wool.md");
  for (const words of [OURS[1], THEIRS[1]]) expect(text).toContain(words);
  const told = await trust.account();
  expect(rulesOf(told)).toEqual({ "sheep/wool.md": "moved-twice" });
  expect(await trust.ok("own", ["rebase", "--account"])).toContain(
    "moved on both sides; yours stays where you have it",
  );
  // And the next update finds it there.
  trust.replace("up/cloth/wool.md", "Step 3 of wool", "The third step of wool");
  await trust.ready();
  expect(await trust.taken()).toEqual(["a/salt.md", "sheep/wool.md"]);
  expect(trust.read("own/sheep/wool.md")).toContain("The third step");
});

test("removed on one side and only moved on the other is removed, and told; an edit is asked about", async () => {
  const trust = await Joined.of(
    Object.fromEntries(["wool", "salt", "iron", "tar"].map((name) => [`a/${name}.md`, lesson(name, name)])),
  );
  await trust.run("own", ["rm", "-q", "a/wool.md", "a/iron.md"]);
  await trust.move("own", "a/salt.md", "b/salt.md");
  await trust.move("up", "a/wool.md", "c/wool.md");
  await trust.run("up", ["rm", "-q", "a/salt.md"]);
  await trust.move("up", "a/iron.md", "c/iron.md");
  trust.replace("up/c/iron.md", ...THEIRS);
  await trust.ready();
  const { conflicts, dropped } = await trust.json(["rebase"], 3);
  expect(conflicts).toMatchObject([{ path: "c/iron.md", at: "iron", kind: "removed-edited" }]);
  expect(dropped).toEqual([
    { at: "b/salt.md", reason: expect.stringContaining("upstream removed") },
    { at: "c/wool.md", reason: expect.stringContaining("removed here") },
  ]);
  expect(await trust.ok("own", ["diff"])).toMatch(/\nNext: leeway resolve /);
  await trust.settle(["iron", "--take", "local"]);
  expect(await trust.tracked()).toEqual(["a/tar.md"]);
});

test("two documents at one path stand beside each other, and later updates find each of them", async () => {
  const trust = await Joined.of({ "a.md": lesson("wool", "wool"), "z.md": lesson("salt", "salt") });
  trust.write("own/new.md", lesson("herring", "herring"));
  await trust.move("up", "a.md", "new.md");
  await trust.ready();
  const { conflicts } = await trust.json(["rebase"], 3);
  expect(conflicts).toMatchObject([{ path: "new~upstream.md", at: "wool", kind: "added-added" }]);
  expect(trust.read("own/new.md")).toBe(lesson("herring", "herring"));
  await trust.settle(["wool", "--take", "upstream"]);
  trust.replace("up/new.md", ...THEIRS);
  await trust.ready();
  expect(await trust.taken()).toEqual(["new.md", "new~upstream.md", "z.md"]);
  expect(trust.read("own/new.md")).toBe(lesson("herring", "herring"));
  expect(trust.read("own/new~upstream.md")).toContain("Write ten lines about wool");
});

test("one new id in two documents is asked about, also where upstream gave it to an old one", async () => {
  const trust = await Joined.of({ "a.md": lesson("wool", "wool"), "b.md": lesson("salt", "salt") });
  trust.write("own/ours.md", lesson("trade", "trade by sea"));
  trust.replace("up/b.md", "id: salt", "id: trade");
  await trust.ready();
  const { conflicts } = await trust.json(["rebase"], 3);
  expect(conflicts).toMatchObject([{ path: "ours.md", at: "trade" }]);
  expect(conflicts[0]?.reason).toContain("upstream has given the id trade to b.md");
  await trust.settle(["trade", "--take", "upstream"]);
  expect(await trust.tracked()).toEqual(["a.md", "b.md"]);
});

test("modes: what one side changed stays changed, in conflicts as well", async () => {
  const trust = await Joined.of({ "a.md": lesson("wool", "wool"), "b.md": lesson("salt", "salt") });
  trust.replace("own/a.md", ...OURS);
  chmodSync(trust.at("own/b.md"), 0o755);
  chmodSync(trust.at("up/a.md"), 0o755);
  trust.replace("up/a.md", OURS[0], "Say what you know");
  trust.replace("up/b.md", ...THEIRS);
  await trust.ready();
  await trust.json(["rebase", "--accept-code"], 3);
  await trust.settle(["--take", "local"]);
  const modes = await trust.run("own", ["ls-files", "-s", "a.md", "b.md"]);
  expect(modes.split("\n").map((line) => line.slice(0, 6))).toEqual(["100755", "100755"]);
});

test("links are decided whole and stay links, with a way back from each choice", async () => {
  const files = {
    "a.md": lesson("wool", "wool"),
    "b.md": lesson("salt", "salt"),
    "c.md": lesson("iron", "iron"),
  };
  const trust = await Joined.of(files, async (up) => symlinkSync("a.md", up.at("up/link.md")));
  const relink = (folder: string, name: string, target: string): void => {
    rmSync(trust.at(folder, name));
    symlinkSync(target, trust.at(folder, name));
  };
  relink("own", "link.md", "b.md");
  relink("own", "b.md", "a.md");
  relink("up", "link.md", "c.md");
  trust.replace("up/b.md", ...THEIRS);
  await trust.ready();
  const { conflicts } = await trust.json(["rebase"], 3);
  expect(conflicts.map(({ path }) => path).sort()).toEqual(["b.md", "link.md"]);
  expect(readlinkSync(trust.at("own/link.md"))).toBe("b.md");
  await trust.ok("own", ["resolve", "link.md", "--take", "upstream"], 3);
  expect(readlinkSync(trust.at("own/link.md"))).toBe("c.md");
  await trust.ok("own", ["undo"]);
  expect(readlinkSync(trust.at("own/link.md"))).toBe("b.md");
  await trust.ok("own", ["resolve", "link.md", "--take", "upstream"], 3);
  await trust.settle(["b.md", "--take", "upstream"]);
  expect(lstatSync(trust.at("own/b.md")).isFile()).toBe(true);
  expect(trust.read("own/b.md")).toContain("Write ten lines");
  expect(await trust.run("own", ["ls-tree", "HEAD", "link.md"])).toContain("120000");
});

test("a file that became a folder, and a folder that became a file, lose nothing", async () => {
  const trust = await Joined.of({
    "notes.md": lesson("notes", "notes"),
    "more/part.md": lesson("part", "parts"),
  });
  trust.replace("own/notes.md", ...OURS);
  trust.replace("own/more/part.md", ...OURS);
  await trust.run("up", ["rm", "-qr", "notes.md", "more"]);
  trust.write("up/notes.md/first.md", lesson("first", "first notes"));
  trust.write("up/more", "A single page now.\n");
  await trust.ready();
  const before = await trust.run("own", ["rev-parse", "HEAD"]);
  const { conflicts } = await trust.json(["rebase"], 3);
  expect(conflicts.map(({ path }) => path).sort()).toEqual(["more/part.md", "more~upstream", "notes~own.md"]);
  expect(trust.read("own/notes~own.md")).toContain("Go to the docks");
  await trust.ok("own", ["rebase", "--abort"]);
  expect(await trust.run("own", ["status", "--porcelain"])).toBe("");
  await trust.json(["rebase"], 3);
  await trust.ok("own", ["resolve", "notes~own.md", "--take", "local"], 3);
  await trust.ok("own", ["resolve", "more~upstream", "--take", "upstream"], 3);
  await trust.settle(["part", "--take", "local"]);
  expect(await trust.tracked()).toEqual([
    "more/part.md",
    "more~upstream",
    "notes.md/first.md",
    "notes~own.md",
  ]);
  await trust.ok("own", ["undo"]);
  expect(await trust.run("own", ["rev-parse", "HEAD"])).toBe(before);
  expect(trust.read("own/notes.md")).toContain("Go to the docks");
});

test("only the case of a name changes, and a text that is no document stops line by line", async () => {
  const lines = ["one", "two", "three", "four", "five", "six"];
  const trust = await Joined.of({ "Wool.md": lesson("wool", "wool"), "list.txt": `${lines.join("\n")}\n` });
  trust.replace("own/Wool.md", ...OURS);
  trust.replace("own/list.txt", "two", "zwei");
  trust.replace("own/list.txt", "six", "sechs");
  await trust.move("up", "Wool.md", "wool.md");
  trust.replace("up/wool.md", ...THEIRS);
  trust.replace("up/list.txt", "two", "deux");
  trust.replace("up/list.txt", "four", "quatre");
  await trust.ready();
  const { conflicts } = await trust.json(["rebase"], 3);
  expect(conflicts).toMatchObject([{ path: "list.txt", kind: "edited-edited" }]);
  await trust.settle(["list.txt", "--take", "upstream"]);
  expect(trust.read("own/list.txt")).toBe("one\ndeux\nthree\nquatre\nfive\nsechs\n");
  expect(await trust.tracked()).toEqual(["list.txt", "wool.md"]);
  for (const words of [OURS[1], THEIRS[1]]) expect(trust.read("own/wool.md")).toContain(words);
});
