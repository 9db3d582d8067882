import { spawn } from "node:child_process";
import { chmodSync, existsSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { PATHS, TEXTS, Trust } from "../e2e/three-layers.ts";
import { BIN, type Ran } from "../e2e/trust.ts";
import { stateOf } from "./kill.ts";

/** What happens at the same time, or did not come to its end: Git's own commands, a fetch. */

let clean: Trust;
beforeAll(async () => {
  const built = await Trust.build();
  clean = built.copy();
  clean.replace(`grimsby/${PATHS.fractions}`, "Fold a strip of paper.", "Fold a strip of sail cloth.");
  await clean.publish("spring", () =>
    clean.replace(`north/${PATHS.cells}`, TEXTS.practical, "Look at a cheek cell."),
  );
});

const WRITING: readonly (readonly [verb: string, args: readonly string[]])[] = [
  ["adapt", ["adapt", "y7-fractions#practice", "--for", "place", "--why", "A sail maker lives here."]],
  ["rebase", ["rebase"]],
  ["hold", ["hold", "subjects/science", "--why", "Mid-topic"]],
  ["undo", ["undo"]],
];

describe("while git commit holds the index", () => {
  test.each(WRITING)("leeway %s says so, and everything is as before", async (_, args) => {
    const trust = clean.copy();
    const before = await stateOf(trust, ["grimsby"]);
    const lock = trust.at("grimsby/.git/index.lock");
    writeFileSync(lock, "");
    const ran = await trust.leeway("grimsby", args);
    expect([ran.code, ran.err]).toEqual([4, expect.stringMatching(/index\.lock[\s\S]*\nNext: /)]);
    rmSync(lock);
    // What could not be taken back while Git held the index is taken back by the next verb that writes.
    await trust.leeway("grimsby", ["undo", "--dry-run"]);
    expect(await stateOf(trust, ["grimsby"])).toBe(before);
    await trust.ok("grimsby", args);
  });
});

/** Stands before Git on the PATH, and commits by hand just before Leeway's first command of a kind. */
const COMMITTING_GIT = `#!/bin/sh
PATH="$REAL_PATH"
case " $* " in
*" $BEFORE "*)
  if [ ! -e "$DONE" ]; then
    touch "$DONE"
    (unset GIT_INDEX_FILE; cd "$WORK" && git commit -q --allow-empty -m "By hand, meanwhile")
  fi ;;
esac
exec git "$@"
`;

/** Runs a verb, with a commit made by hand in between: after Leeway has looked, before it writes. */
async function meanwhile(trust: Trust, args: readonly string[], before: string): Promise<Ran> {
  trust.write("bin/git", COMMITTING_GIT);
  chmodSync(trust.at("bin/git"), 0o755);
  const path = process.env.PATH ?? "";
  return trust.leeway("grimsby", args, {
    PATH: `${trust.at("bin")}${delimiter}${path}`,
    REAL_PATH: path,
    BEFORE: before,
    DONE: trust.at("committed"),
    WORK: trust.at("grimsby"),
  });
}

describe("a commit by hand between Leeway's look and its write", () => {
  test.each(WRITING)("leeway %s refuses, and the commit stays", async (verb, args) => {
    // What goes back is there already: an undo has Git make no commit.
    for (const before of verb === "undo" ? ["update-ref"] : ["commit-tree", "update-ref"]) {
      const trust = clean.copy();
      const head = await trust.head();
      const files = trust.read("grimsby", PATHS.fractions);
      const ran = await meanwhile(trust, args, before);
      expect([before, existsSync(trust.at("committed"))]).toEqual([before, true]);
      expect([before, ran.code, ran.err]).toEqual([
        before,
        4,
        expect.stringMatching(/meanwhile[\s\S]*\nNext: /),
      ]);
      const last = await trust.run("grimsby", ["log", "-1", "--format=%s %P"]);
      expect(last).toBe(`By hand, meanwhile ${head}`);
      expect(trust.read("grimsby", PATHS.fractions)).toBe(files);
      // What was staged at that moment may be in the commit; nothing of it lies there turned back.
      const standing = (await trust.git("grimsby", ["status", "--porcelain"])).out;
      expect([before, standing]).toEqual([before, expect.stringMatching(/^( M \S+\n)*$/)]);
      await trust.sound();
    }
  });
});

/** Ends a command, and whatever it has started, once a file says that it has come so far. */
async function cutAt(trust: Trust, args: readonly string[], env: Record<string, string>): Promise<void> {
  await new Promise<void>((done) => {
    const home = trust.at("home");
    const child = spawn(process.execPath, [BIN, ...args], {
      cwd: trust.at("grimsby"),
      env: { ...process.env, HOME: home, XDG_CONFIG_HOME: home, ...env },
      stdio: "ignore",
      detached: true,
    });
    const look = setInterval(() => {
      if (existsSync(trust.at("reached"))) process.kill(-(child.pid ?? 0), "SIGKILL");
    }, 5);
    child.on("close", () => {
      clearInterval(look);
      done();
    });
  });
}

describe("a fetch that does not come to its end", () => {
  const summer = async (trust: Trust): Promise<void> => {
    trust.replace(`north/${PATHS.cells}`, "Draw a cell.", "Draw two cells.");
    await trust.commit("north", "Summer");
    await trust.release("north", "summer");
  };

  test("upstream's side breaks off: said, nothing has changed, and the next fetch gets everything", async () => {
    const trust = clean.copy();
    await summer(trust);
    await trust.run("grimsby", ["config", "remote.upstream.uploadpack", trust.at("broken")]);
    const before = await stateOf(trust, ["grimsby"]);
    // In its greeting, among its refs, in the pack.
    for (const bytes of [20, 600, 1800]) {
      trust.write(
        "broken",
        `#!/bin/sh\ngit upload-pack "$@" | { dd bs=1 count=${bytes} 2>/dev/null; kill -9 $$; }\n`,
      );
      chmodSync(trust.at("broken"), 0o755);
      const ran = await trust.leeway("grimsby", ["fetch"]);
      expect([bytes, ran.code, ran.err]).toEqual([bytes, 4, expect.stringContaining("\nNext: ")]);
      expect(await stateOf(trust, ["grimsby"])).toBe(before);
    }
    await trust.ok("grimsby", ["status"]);
    await trust.run("grimsby", ["config", "--unset", "remote.upstream.uploadpack"]);
    expect(await trust.ok("grimsby", ["fetch"])).toContain("New edition: summer");
    await trust.sound();
  });

  test("this side is killed in the middle: the next fetch gets everything", async () => {
    const trust = clean.copy();
    await summer(trust);
    // Answers, says that it has come so far, and waits.
    trust.write(
      "slow",
      `#!/bin/sh\ngit upload-pack "$@" | { dd bs=1 count=600 2>/dev/null; touch "${trust.at("reached")}"; sleep 5; kill -9 $$; }\n`,
    );
    chmodSync(trust.at("slow"), 0o755);
    await trust.run("grimsby", ["config", "remote.upstream.uploadpack", trust.at("slow")]);
    const before = await stateOf(trust, ["grimsby"]);
    await cutAt(trust, ["fetch"], {});
    await trust.run("grimsby", ["config", "--unset", "remote.upstream.uploadpack"]);
    expect(await stateOf(trust, ["grimsby"])).toBe(before);
    expect(await trust.ok("grimsby", ["status"])).toContain("Next: ");
    expect(await trust.ok("grimsby", ["fetch"])).toContain("New edition: summer");
    await trust.sound();
    const left = readdirSync(trust.at("grimsby/.git"), { recursive: true, encoding: "utf8" });
    expect(left.filter((name) => /\.lock$/.test(join("/", name)))).toEqual([]);
  });
});
