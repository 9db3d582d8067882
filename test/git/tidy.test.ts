import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readObjects } from "../../src/git/objects.ts";
import { fetchRefs, initBare } from "../../src/git/remotes.ts";
import { joinPacks } from "../../src/git/tidy.ts";
import { writeBlobs } from "../../src/git/write-objects.ts";
import { commit, folder, git, repository } from "./sandbox.ts";

test("packs are joined while others fetch, and nothing is lost, led to by a ref or not", async () => {
  const { at, repo } = await repository();
  const names = Array.from({ length: 40 }, (_, index) => `school-${index}`);
  const heads = names.map((name) => {
    git(at, "switch", "-q", "-c", name, "main");
    return commit(at, { "a.md": `${name}\n` });
  });
  const hub = await initBare(join(folder(), "hub"), repo.objectFormat);
  git(hub.gitDir, "config", "fetch.unpackLimit", "1");
  // Written before the ref that is going to lead there, as by a fetch that has not ended.
  const early = await writeBlobs(
    hub,
    Array.from({ length: 100 }, (_, index) => Buffer.from(`early ${index}\n`)),
  );
  const packs = (): number =>
    readdirSync(join(hub.gitDir, "objects", "pack")).filter((name) => name.endsWith(".pack")).length;
  let most = 0;
  await Promise.all(
    names.map(async (name) => {
      await fetchRefs(hub, at, [`+refs/heads/${name}:refs/versions/${name}/heads/main`]);
      most = Math.max(most, packs());
      await joinPacks(hub);
    }),
  );
  expect(most).toBeGreaterThan(15);
  expect(packs()).toBeLessThan(16);
  expect(git(hub.gitDir, "fsck", "--full", "--strict", "--no-dangling")).toBe("");
  const listed = git(hub.gitDir, "for-each-ref", "--format=%(objectname)").split("\n");
  expect(listed.sort()).toEqual(heads.sort());
  expect(await readObjects(hub, early)).not.toContain(null);
});
