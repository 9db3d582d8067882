import { beforeAll, describe, expect, it } from "vitest";
import { ABSENT, AT_HAND, FORKS, Forks, type RebaseJson } from "./forks.ts";

let forks: Forks;
beforeAll(async () => {
  if (AT_HAND) forks = await Forks.open();
});

/** More decisions than this are not made one by one. */
const MOST_DECIDED = 12;

async function sound(folder: string): Promise<void> {
  const checked = await forks.git(folder, ["fsck", "--no-dangling", "--no-progress"]);
  expect(`${checked.code} ${checked.out}${checked.err}`.replace(/^notice:.*$/gm, "").trim()).toBe("0");
}

/** The update is a commit on the version before and on upstream's, and no file has a marker that neither had. */
async function taken(folder: string, before: string, tip: string): Promise<void> {
  expect(await forks.run(folder, ["log", "-1", "--format=%P"])).toBe(`${before} ${tip}`);
  expect(await forks.run(folder, ["status", "--porcelain"])).toBe("");
  await sound(folder);
  await noNewMarkers(folder, "HEAD", [before, tip], new Set());
  const { behind, contested, base } = await forks.drift(folder);
  expect(base?.commit).toBe(tip);
  expect(behind).toMatchObject({ passages: 0, words: 0 });
  expect(contested.conflicts).toBe(0);
}

async function noNewMarkers(
  folder: string,
  tree: string,
  sides: readonly string[],
  open: ReadonlySet<string>,
): Promise<void> {
  const known = await Promise.all(sides.map((side) => forks.markers(folder, side)));
  for (const [path, count] of await forks.markers(folder, tree)) {
    if (open.has(path)) continue;
    expect(count, path).toBeLessThanOrEqual(Math.max(...known.map((side) => side.get(path) ?? 0)));
  }
}

async function unmerged(folder: string): Promise<Set<string>> {
  const list = await forks.run(folder, ["ls-files", "--unmerged", "-z"]);
  return new Set(list.split("\0").flatMap((line) => line.split("\t")[1] ?? []));
}

/** Keeps this version's text everywhere, one decision after the other. */
async function keepLocal(folder: string, atMost: number): Promise<void> {
  for (let made = 0; made <= atMost; made++) {
    const { decisions } = await forks.json<{ decisions: { at: string }[] }>(folder, ["resolve", "--list"]);
    const [first] = decisions;
    if (first === undefined) return;
    const ran = await forks.leeway(folder, ["resolve", first.at, "--take", "local"]);
    expect([0, 3], ran.out + ran.err).toContain(ran.code);
  }
  throw new Error(`decisions are left in ${folder} after ${atMost} were made`);
}

describe.skipIf(!AT_HAND)(AT_HAND ? "rebase of real forks" : ABSENT, () => {
  for (const each of FORKS) {
    it(`${each.fork}: takes what waits, or stops and goes back`, async () => {
      const folder = await forks.clone(each);
      const [before, tip] = await Promise.all(
        ["HEAD", "upstream/main"].map((rev) => forks.run(folder, ["rev-parse", rev])),
      );
      const start = await forks.everything(folder);
      const ran = await forks.json<RebaseJson>(folder, ["rebase", "--accept-code"], [0, 3]);
      if (ran.outcome === "clean") {
        await taken(folder, before ?? "", tip ?? "");
        await forks.ok(folder, ["undo"]);
        expect(await forks.run(folder, ["rev-parse", "HEAD"])).toBe(before);
        expect(await forks.run(folder, ["status", "--porcelain"])).toBe("");
        return;
      }
      const open = await unmerged(folder);
      expect(open).toEqual(new Set(ran.conflicts.map(({ path }) => path)));
      expect(await forks.run(folder, ["rev-parse", "MERGE_HEAD"])).toBe(tip);
      await noNewMarkers(folder, "", [before ?? "", tip ?? ""], open);
      await forks.ok(folder, ["rebase", "--abort"]);
      expect((await forks.everything(folder)).replace(/\S+ commit\trefs\/leeway\/\S+\n/g, "")).toBe(start);
      await sound(folder);

      if (ran.conflicts.length > MOST_DECIDED) return;
      await forks.json<RebaseJson>(folder, ["rebase", "--accept-code"], [3]);
      await keepLocal(folder, ran.conflicts.length);
      await forks.ok(folder, ["rebase", "--continue"]);
      await taken(folder, before ?? "", tip ?? "");
    });
  }

  it("an upstream that is only named needs no name again while the update waits", async () => {
    const fork = FORKS.find((each) => each.fork.startsWith("uvacobi"));
    if (!fork) throw new Error("the fork is not listed");
    const folder = await forks.clone(fork, { name: "named", remote: false });
    const before = await forks.run(folder, ["rev-parse", "HEAD"]);
    const named = ["--upstream", "origin/upstream"];
    expect(await forks.ok(folder, ["drift", ...named])).toContain(
      "leeway rebase --dry-run --upstream origin/upstream",
    );
    await forks.ok(folder, ["rebase", "--accept-code", ...named], 3);
    expect(await forks.ok(folder, ["resolve", "--list"])).toContain("leeway");
    await forks.ok(folder, ["undo"]);
    expect(await forks.run(folder, ["status", "--porcelain"])).toBe("");
    const { conflicts } = await forks.json<RebaseJson>(folder, ["rebase", "--accept-code", ...named], [3]);
    await keepLocal(folder, conflicts.length);
    await forks.ok(folder, ["rebase", "--continue"]);
    await forks.ok(folder, ["undo"]);
    expect(await forks.run(folder, ["rev-parse", "HEAD"])).toBe(before);
  });
});
