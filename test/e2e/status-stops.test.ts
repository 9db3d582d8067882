import { beforeAll, expect, test } from "vitest";
import { PATHS, TEXTS, Trust } from "./three-layers.ts";

/** Whoever reads nothing but `leeway status` after a stop, whatever stopped, knows what to type next. */

let built: Trust;
let stopped: Trust;
beforeAll(async () => {
  built = (await Trust.build()).copy();
  await built.publishSpring();
  stopped = built.copy();
  await stopped.ok("grimsby", ["rebase"], 3);
});

const HELD = ["hold", "subjects/history", "--why", "Mid-topic", "--until", "2099-01-31"];

type Stop = readonly [
  name: string,
  stop: (trust: Trust) => Promise<unknown>,
  says: RegExp,
  next: readonly string[],
];

const STOPS: readonly Stop[] = [
  [
    "an update with decisions to make",
    (trust) => trust.ok("grimsby", ["rebase"], 3),
    /has stopped: 1 decision left/,
    ["leeway resolve", "leeway rebase --abort"],
  ],
  [
    "an update that is decided, and not continued",
    async (trust) => {
      await trust.ok("grimsby", ["rebase"], 3);
      await trust.ok("grimsby", ["resolve", "--take", "both"]);
    },
    /Update settled but not recorded/,
    ["leeway rebase --continue"],
  ],
  [
    "an update that git commit has ended",
    async (trust) => {
      await trust.ok("grimsby", ["rebase"], 3);
      await trust.ok("grimsby", ["resolve", "--take", "both"]);
      await trust.run("grimsby", ["commit", "-q", "--no-edit"]);
    },
    /Update settled but not recorded/,
    ["leeway rebase --continue"],
  ],
  [
    "git merge in conflict",
    (trust) => trust.git("grimsby", ["merge", "upstream/main"]),
    /git merge, which Leeway did not start, .*: 1 decision left/,
    ["leeway resolve", "git merge --abort"],
  ],
  [
    "git merge, decided and not committed",
    async (trust) => {
      await trust.git("grimsby", ["merge", "upstream/main"]);
      await trust.ok("grimsby", ["resolve", "--take", "both"]);
    },
    /everything is settled, and it waits to be finished/,
    ["git commit --no-edit", "git merge --abort"],
  ],
  [
    "git rebase in conflict",
    (trust) => trust.git("grimsby", ["rebase", "upstream/main"]),
    /git rebase, which Leeway did not start, has stopped on the way to North region spring: 1 decision left/,
    ["leeway resolve", "git rebase --abort"],
  ],
  [
    "git cherry-pick in conflict",
    (trust) => trust.git("grimsby", ["cherry-pick", "upstream/main"]),
    /git cherry-pick, which Leeway did not start, .*: 1 decision left/,
    ["leeway resolve", "git cherry-pick --abort"],
  ],
  [
    "git am in conflict",
    async (trust) => {
      const patch = (await trust.git("grimsby", ["format-patch", "--stdout", "-1", "upstream/main"])).out;
      trust.write("update.patch", patch);
      await trust.git("grimsby", ["am", "-3", "../update.patch"]);
    },
    /git am, which Leeway did not start, has stopped: 1 file to settle in an editor/,
    ["git am --abort"],
  ],
  [
    "a conflict of git stash pop",
    async (trust) => {
      trust.replace(`grimsby/${PATHS.cells}`, TEXTS.practical, "Look at an onion from the allotment.");
      await trust.run("grimsby", ["stash", "-q"]);
      trust.replace(`grimsby/${PATHS.cells}`, TEXTS.practical, "Look at a leek.");
      await trust.commit("grimsby", "A leek");
      await trust.git("grimsby", ["stash", "pop"]);
    },
    /A command of Git's, which Leeway did not start, has stopped: 1 decision left/,
    ["leeway resolve"],
  ],
  [
    "work that was put aside",
    async (trust) => {
      trust.replace(`grimsby/${PATHS.cells}`, "Draw a cell.", "Draw two cells.");
      await trust.run("grimsby", ["stash", "-q"]);
    },
    /Work has been put aside here with git stash/,
    ["git stash pop"],
  ],
  [
    "an old state that was switched to",
    (trust) => trust.run("grimsby", ["switch", "-q", "--detach", "HEAD~1"]),
    /not at its newest\. It can be read, not written to/,
    ["git switch main"],
  ],
  [
    "a hold that has run out",
    async (trust) => {
      await trust.ok("grimsby", HELD);
      await trust.ok("grimsby", ["rebase"]);
      const path = "grimsby/versions/grimsby/version.yaml";
      trust.write(path, trust.read(path).replace("2099-01-31", "2026-01-31"));
      await trust.commit("grimsby", "Until the end of January");
    },
    /Taking what was held back would/,
    ["leeway rebase --dry-run"],
  ],
];

test.each(STOPS)("%s", async (_, stop, says, next) => {
  const trust = built.copy();
  await stop(trust);
  const status = await trust.ok("grimsby", ["status"]);
  expect(status.replace(/\s+/g, " ")).toMatch(says);
  const steps = status.slice(status.indexOf("\nNext: "));
  for (const step of next) expect(steps).toContain(step);
  // The first step can be taken as it stands, where it is not a question on a terminal.
  const [first] = next;
  if (first?.startsWith("git ") && !first.includes("pop")) {
    const ran = await trust.git("grimsby", first.split(" ").slice(1), { GIT_EDITOR: "false" });
    expect([first, ran.code, ran.err]).toEqual([first, 0, expect.anything()]);
    expect(await trust.ok("grimsby", ["status"])).not.toMatch(says);
  }
});

test("a decided git rebase is finished by the step that is named, and no editor opens", async () => {
  const trust = built.copy();
  await trust.git("grimsby", ["rebase", "upstream/main"]);
  await trust.ok("grimsby", ["resolve", "--take", "both"]);
  const status = await trust.ok("grimsby", ["status"]);
  const [, step = ""] = /Next: git (.*?) {4}/.exec(status) ?? [];
  const ran = await trust.git("grimsby", step.split(" "));
  expect([step, ran.code]).toEqual(["-c core.editor=true rebase --continue", 0]);
});
