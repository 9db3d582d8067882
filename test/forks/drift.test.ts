import { beforeAll, describe, expect, it } from "vitest";
import { ABSENT, AT_HAND, type DiffJson, FORKS, Forks, type RebaseJson, UNRELATED } from "./forks.ts";

let forks: Forks;
beforeAll(async () => {
  if (AT_HAND) forks = await Forks.open();
});

describe.skipIf(!AT_HAND)(AT_HAND ? "plain mode on real forks" : ABSENT, () => {
  for (const each of FORKS) {
    it(`${each.fork}: diff, explain, drift and rebase --dry-run agree with each other`, async () => {
      const folder = await forks.clone(each);
      const before = await forks.everything(folder);
      const shared = await forks.run(folder, ["merge-base", "HEAD", "upstream/main"]);
      const tip = await forks.run(folder, ["rev-parse", "upstream/main"]);

      const own = await forks.json<DiffJson>(folder, ["diff"]);
      const incoming = await forks.json<DiffJson>(folder, ["diff", "--incoming"]);
      const drift = await forks.drift(folder);
      const rebase = await forks.json<RebaseJson>(folder, ["rebase", "--dry-run"], [0, 1]);
      expect(await forks.everything(folder)).toBe(before);

      expect(own.from.commit).toBe(shared);
      expect([drift.base?.commit, drift.target?.commit]).toEqual([shared, tip]);

      const { behind, diverged, undeclared, breaches, contested } = drift;
      const changed = own.documents.flatMap(({ passages }) => passages);
      const counted = (drift.passages ?? []).filter(
        ({ figure }) => figure === "undeclared" || figure === "diverged",
      );
      expect(counted.length).toBe(diverged.passages);
      expect(counted.reduce((words, passage) => words + passage.words, 0)).toBe(diverged.words);
      // Fields that cannot be read are a fault of the file for `diff`; they measure like any other text.
      const faulty = own.files.flatMap(({ path, problem }) => (problem === null ? [] : `${path}@`));
      const told = counted.filter(({ at }) => !faulty.some((fields) => at.startsWith(fields)));
      expect(new Map(told.map(({ at, words }) => [at, words]))).toEqual(
        new Map(changed.map(({ at, words }) => [at, words.edits])),
      );
      // In plain mode every change may have a reason and none has a place to be written down.
      expect(undeclared).toEqual({ passages: diverged.passages, words: diverged.words, of: diverged.of });
      expect(breaches.count).toBe(0);
      expect(diverged.words).toBeLessThanOrEqual(diverged.of);
      expect(behind.words).toBeLessThanOrEqual(behind.of);
      expect(behind.passages).toBeLessThanOrEqual(
        incoming.documents.flatMap(({ passages }) => passages).length,
      );
      expect(behind.passages).toBeGreaterThan(0);
      for (const share of [diverged.order, diverged.structure]) expect(share >= 0 && share <= 1).toBe(true);
      expect(new Set(changed.map(({ at }) => at)).size).toBe(changed.length);

      const asked = [...new Set(rebase.conflicts.map(({ at }) => at))];
      expect(contested.conflicts).toBe(asked.length);
      expect(contested.passages.slice(0, asked.length)).toEqual(asked);
      expect(contested.passages.length).toBe(asked.length + contested.reviews);
      expect(drift.status).toBe(asked.length > 0 ? "decision-needed" : "reason-missing");

      for (const passage of [changed[0], changed.find(({ change }) => change === "removed")]) {
        if (passage) expect(await forks.ok(folder, ["explain", passage.at])).toContain(passage.at);
      }
      for (const verb of [
        ["drift", "--why"],
        ["diff", "--stat"],
        ["diff", "--incoming", "--stat"],
      ])
        expect((await forks.ok(folder, verb)).length).toBeGreaterThan(0);
    });
  }

  for (const each of UNRELATED) {
    it(`${each.fork}: no starting point is said loudly, and there is a way out`, async () => {
      const folder = await forks.clone(each);
      const drift = await forks.drift(folder);
      expect(drift).toMatchObject({ status: "no-starting-point", base: null, target: null });
      for (const figure of [drift.behind, drift.diverged, drift.undeclared])
        for (const value of Object.values(figure)) expect(value).toBeNull();
      expect(await forks.ok(folder, ["drift"])).toContain("NO STARTING POINT");
      for (const verb of [["diff"], ["rebase"], ["rebase", "--dry-run"], ["diff", "--incoming"]])
        expect(await forks.ok(folder, verb, 4)).toContain("No starting point");
      expect(await forks.run(folder, ["status", "--porcelain"])).toBe("");

      const advice = await forks.ok(folder, ["drift"]);
      expect(advice).toContain("git merge -s ours --allow-unrelated-histories COMMIT");
      const head = await forks.run(folder, ["rev-parse", "HEAD^{tree}"]);
      await forks.run(folder, [
        "merge",
        "-q",
        "-s",
        "ours",
        "--allow-unrelated-histories",
        "--no-edit",
        "upstream/main~40",
      ]);
      expect(await forks.run(folder, ["rev-parse", "HEAD^{tree}"])).toBe(head);
      expect((await forks.drift(folder)).diverged.words).toBeGreaterThan(0);
    });
  }
});
