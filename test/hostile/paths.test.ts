import { beforeAll, describe, expect, test } from "vitest";
import { School } from "../e2e/school.ts";
import { HostileSchool, type RawFile } from "./raw.ts";

let built: School;
beforeAll(async () => {
  built = await School.build();
});

const LESSON = "---\nid: y8-trade-extra\ntype: lesson\n---\n# Extra\n";

const CLIMBING: Record<string, RawFile["at"]> = {
  "a step upwards": ["subjects", "..", "..", "outside", "secret.md"],
  "a step upwards in one name": ["../outside/secret.md"],
  "an absolute name": ["/tmp/leeway-secret.md"],
  "a single dot": [".", "a.md"],
  "Git's own folder": [".git", "hooks", "post-checkout"],
  "Git's own folder in capitals": [".GIT", "config"],
  "Git's own folder below": ["subjects", ".git", "config"],
  "a stream of Git's folder": [".git::$INDEX_ALLOCATION", "config"],
  "Git's short name": ["git~1", "config"],
  "Git's folder with a dot behind": [".git.", "config"],
  "Git's folder with a space behind": [".git ", "config"],
  "a step upwards with backslashes": ["..\\outside\\secret.md"],
};

describe("a path that leads out is turned away, and nothing is written", () => {
  test.each(Object.entries(CLIMBING))("%s", async (_, at) => {
    const school = await HostileSchool.from(built);
    await school.publish("north", [{ at, bytes: LESSON, mode: "100755" }]);
    const before = school.outside();
    await school.ok("grimsby", ["fetch"]);
    await school.tried("grimsby", ["diff", "--incoming"]);
    await school.turnedAway("grimsby", ["rebase", "--accept-code"], /path/);
    await school.turnedAway(".", ["fork", "north", "new", "--id", "new", "--name", "New"], /path/);
    expect(school.outside()).toEqual(before);
  });
});

test("a tree that Git itself cannot read is turned away when it is fetched", async () => {
  const school = await HostileSchool.from(built);
  await school.publish("north", [{ at: ["subjects", "", "a.md"], bytes: LESSON }]);
  const before = school.outside();
  await school.turnedAway("grimsby", ["fetch"], /path in this repository/);
  await school.turnedAway(
    ".",
    ["fork", "north", "new", "--id", "new", "--name", "New"],
    /path in this repository/,
  );
  expect(school.outside()).toEqual(before);
});

const ODD: Record<string, RawFile["at"]> = {
  "an option": ["subjects", "--upload-pack=touch ran"],
  "an option at the top": ["-rf.md"],
  "magic of Git's paths": [":(top)x.md"],
  "words that a shell runs": ["subjects", "$(touch ran); `touch ran` & 'x' \"y\".md"],
  "signs that steer a terminal": ["subjects", "\u001b]0;owned\u0007\u001b[31m\u202egpj.md"],
  "a line break": ["subjects", "one\ntwo.md"],
  "bytes that are no UTF-8": ["subjects", Buffer.from([0x63, 0x61, 0x66, 0xe9, 0x2e, 0x6d, 0x64])],
  "dots and spaces at its end": ["subjects", "unit. . ", "lesson.md."],
  "a device of Windows": ["subjects", "aux.md"],
  "names of JavaScript": ["subjects", "__proto__", "constructor.md"],
  "letters put together in two ways": ["subjects", "e\u0301te\u0301.md"],
  "two names that differ in case only": ["Subjects", "history", "subject.md"],
  "250 letters": ["subjects", `${"x".repeat(250)}.md`],
};

test("names that are odd but stay inside are files like others, and none of them runs or steers anything", async () => {
  const school = await HostileSchool.from(built);
  const files = Object.values(ODD).map((at) => ({ at, bytes: LESSON.replace("extra", String(at.length)) }));
  await school.publish("north", files);
  const before = school.outside();
  for (const args of [
    ["fetch"],
    ["diff", "--incoming"],
    ["diff", "--incoming", "--markdown"],
    ["diff", "--incoming", "--json"],
    ["rebase", "--dry-run"],
    ["rebase", "--accept-code"],
    ["status"],
    ["drift", "--why"],
    ["explain", "--", "-rf.md"],
  ])
    await school.tried("grimsby", args);
  expect(await school.run("grimsby", ["rev-list", "--count", "--merges", "HEAD"])).toBe("1");
  const listed = await school.run("grimsby", ["ls-tree", "-r", "--name-only", "HEAD", "--", "subjects"]);
  expect(listed).toContain("touch ran");
  // The same names, changed here and adapted.
  for (const at of Object.values(ODD)) {
    if (at.some((name) => typeof name !== "string")) continue;
    school.write(["grimsby", ...at].join("/"), `${LESSON}\nOurs.\n`);
  }
  for (const args of [["status"], ["diff"], ["adapt"], ["save"], ["log"], ["undo"]])
    await school.tried("grimsby", args);
  expect(school.outside()).toEqual(before);
});
