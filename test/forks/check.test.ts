import { beforeAll, describe, expect, it } from "vitest";
import type { CheckJson } from "../e2e/story-school.ts";
import { ABSENT, AT_HAND, FORKS, Forks, UNRELATED } from "./forks.ts";

let forks: Forks;
beforeAll(async () => {
  if (AT_HAND) forks = await Forks.open();
});

describe.skipIf(!AT_HAND)(AT_HAND ? "check in plain mode on real forks" : ABSENT, () => {
  for (const each of FORKS) {
    it(`${each.fork}: what it finds is there, and not in upstream's text`, async () => {
      const folder = await forks.clone(each);
      const before = await forks.everything(folder);
      const base = await forks.run(folder, ["merge-base", "HEAD", "upstream/main"]);
      const changed = new Set((await forks.run(folder, ["diff", "--name-only", "-z", base])).split("\0"));
      for (const flags of [[], ["--all"]]) {
        const { findings } = await forks.json<CheckJson>(folder, ["check", ...flags], [0, 1]);
        for (const { path, line, check } of findings) {
          // Nobody gives leeway or reasons here, and what upstream wrote is upstream's.
          expect([
            "encoding",
            "file-missing",
            "file-size",
            "front-matter",
            "id-changed",
            "id-repeated",
            "merge-markers",
            "alt-missing",
            "licence-lost",
            "reference-broken",
          ]).toContain(check);
          if (check !== "alt-missing") expect(changed.has(path), `${check} ${path}`).toBe(true);
          if (line !== null)
            expect(line).toBeLessThanOrEqual(
              (await forks.run(folder, ["show", `HEAD:${path}`])).split("\n").length,
            );
        }
        const markers = findings.filter(({ check }) => check === "merge-markers");
        for (const { path, line } of markers) {
          const text = (await forks.run(folder, ["show", `HEAD:${path}`])).split("\n");
          expect(text[(line ?? 0) - 1]).toMatch(/^<{7}/);
        }
      }
      expect(await forks.everything(folder)).toBe(before);
    });
  }

  for (const each of UNRELATED) {
    it(`${each.fork}: without a starting point it could not check`, async () => {
      const ran = await forks.leeway(await forks.clone(each), ["check"]);
      expect([ran.code, ran.out]).toEqual([4, ""]);
      expect(ran.err).toContain("No starting point");
    });
  }
});
