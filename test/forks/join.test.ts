import { beforeAll, describe, expect, it } from "vitest";
import { ABSENT, AT_HAND, FORKS, Forks, type RebaseJson, UNRELATED } from "./forks.ts";

interface JoinJson {
  readonly base: string;
  readonly date: string;
  readonly found: string;
  readonly nearness: { readonly same: number; readonly moved: number; readonly recognised: number };
}

const NAMES = ["--id", "own", "--name", "A university"];

let forks: Forks;
beforeAll(async () => {
  if (!AT_HAND) return;
  forks = await Forks.open();
  for (const branch of ["upstream", "upstream-legacy"]) {
    await forks.run(".", [
      "clone",
      "-q",
      "--bare",
      "--shared",
      "--single-branch",
      "-b",
      branch,
      "mirror.git",
      branch,
    ]);
  }
});

const dryJoin = (folder: string, upstream: string, args: readonly string[] = []): Promise<JoinJson> =>
  forks.json<JoinJson>(folder, ["join", `../${upstream}`, ...NAMES, "--dry-run", ...args]);

/** A copy without history: what a downloaded zip of the fork would be after `git init`. */
async function withoutHistory(fork: string): Promise<string> {
  const name = `zip-${fork}`;
  await forks.run(".", ["init", "-q", name]);
  await forks.run(name, ["fetch", "-q", "../mirror.git", `refs/heads/forks/${fork}`]);
  await forks.run(name, ["read-tree", "-u", "--reset", "FETCH_HEAD"]);
  await forks.run(name, ["commit", "-qm", "Downloaded"]);
  await forks.run(name, ["update-ref", "-d", "FETCH_HEAD"]);
  return name;
}

describe.skipIf(!AT_HAND)(AT_HAND ? "join of real forks" : ABSENT, () => {
  for (const each of FORKS.filter(({ upstream }) => upstream === "upstream-legacy")) {
    it(`${each.fork}: without its history, a state as near as the one it was made from`, async () => {
      const folder = await withoutHistory(each.fork);
      const base = await forks.run("mirror.git", ["merge-base", `forks/${each.fork}`, each.upstream]);
      const found = await dryJoin(folder, each.upstream);
      expect(found.found).toBe("content");
      const known = await dryJoin(folder, each.upstream, ["--base", base]);
      const exact = ({ nearness }: JoinJson): number => nearness.same + nearness.moved;
      expect(exact(found)).toBeGreaterThanOrEqual(exact(known));
      expect(found.nearness.recognised).toBeGreaterThanOrEqual(known.nearness.recognised);
    });
  }

  it("an upstream with a rewritten history: the state is found behind the last that both share, and updates come", async () => {
    const fork = "ImperialCollegeLondon+shell-novice-zoom";
    await forks.run(".", ["clone", "-q", "--shared", "-b", `forks/${fork}`, "mirror.git", "rewritten"]);
    await forks.run("rewritten", ["remote", "remove", "origin"]);
    const legacy = await forks.run("mirror.git", ["merge-base", `forks/${fork}`, "upstream-legacy"]);
    const shared = await forks.run("mirror.git", ["merge-base", `forks/${fork}`, "upstream"]);
    const joined = await forks.json<JoinJson>("rewritten", ["join", "../upstream", ...NAMES]);
    expect(joined.found).toBe("content");
    await forks.run("rewritten", ["merge-base", "--is-ancestor", shared, joined.base]);
    // The same change under another hash: a rewritten commit keeps its time.
    const time = await forks.run("mirror.git", ["log", "-1", "--format=%ct", legacy]);
    expect(Date.parse(joined.date) / 1000).toBe(Number(time));
    const { base, status } = await forks.drift("rewritten");
    expect(base?.commit).toBe(joined.base);
    expect(status).toBe("decision-needed");
    const before = await forks.everything("rewritten");
    const ran = await forks.json<RebaseJson>("rewritten", ["rebase", "--accept-code"], [3]);
    expect(ran.conflicts.length).toBeGreaterThan(0);
    // The copy keeps its lessons in _episodes, upstream in episodes: none of them stands in both.
    const tracked = (await forks.run("rewritten", ["ls-files"])).split("\n");
    const lessons = tracked.flatMap((path) => /^_?episodes\/(.*)$/.exec(path)?.[1] ?? []);
    expect([...new Set(lessons)]).toHaveLength(
      new Set(tracked.filter((path) => /^_?episodes\//.test(path))).size,
    );
    const stopped = await forks.everything("rewritten");
    await forks.ok("rewritten", ["rebase", "--abort"]);
    expect(await forks.everything("rewritten")).toBe(before);
    await forks.ok("rewritten", ["undo"]);
    expect(await forks.everything("rewritten")).toBe(stopped);
    await forks.ok("rewritten", ["rebase", "--abort"]);
    expect(await forks.everything("rewritten")).toBe(before);
  });

  it("a fork that never shared a commit joins at the same change in either history of its upstream", async () => {
    const [edd] = UNRELATED;
    const folder = await forks.clone(edd as (typeof UNRELATED)[number], { remote: false });
    const dates = [await dryJoin(folder, "upstream"), await dryJoin(folder, "upstream-legacy")];
    expect(dates[0]?.date).toBe(dates[1]?.date);
    await forks.ok(folder, ["join", "../upstream-legacy", ...NAMES]);
    expect(await forks.ok(folder, ["status"])).toContain("A university");
    expect(await forks.ok(folder, ["diff", "--stat"])).toContain("capstone");
    await forks.json<RebaseJson>(folder, ["rebase", "--accept-code"], [0, 3]);
  });

  it("a fork with nothing of the lesson in it has no starting point, and is left as it is", async () => {
    const [, johnson] = UNRELATED;
    const folder = await forks.clone(johnson as (typeof UNRELATED)[number], { remote: false });
    const before = await forks.everything(folder);
    const ran = await forks.leeway(folder, ["join", "../upstream", ...NAMES]);
    expect(ran.code).toBe(4);
    expect(ran.err).toContain("No starting point");
    expect(await forks.everything(folder)).toBe(before);
  });
});
