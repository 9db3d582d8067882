import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CommitChanges } from "../../../src/git/history.ts";
import { scoreCommits, WORTH, weighStates, worthOf } from "../../../src/version/join/evidence.ts";

type Files = Record<string, string>;

/** A history from the files of its commits, each on the one before. */
function historyOf(states: readonly Files[]): CommitChanges[] {
  return states.map((files, index) => {
    const before = states[index - 1] ?? {};
    const paths = [...new Set([...Object.keys(before), ...Object.keys(files)])];
    const changes = paths
      .filter((path) => before[path] !== files[path])
      .map((path) => ({
        status: "M" as const,
        path,
        oldMode: "100644",
        newMode: "100644",
        oldOid: before[path] ?? null,
        newOid: files[path] ?? null,
      }));
    return { id: `c${index}`, parent: index === 0 ? null : `c${index - 1}`, time: index, changes };
  });
}

const copyOf = (files: Files) => new Map(Object.entries(files).map(([path, oid]) => [path, [oid]]));

function scoresOf(states: readonly Files[], copy: Files): number[] {
  const history = historyOf(states);
  return scoreCommits(history, weighStates(history, copyOf(copy)).worth);
}

const best = (scores: readonly number[]): number => scores.indexOf(Math.max(...scores));

const files = fc.dictionary(
  fc.constantFrom("a.md", "b.md", "c.md", "lessons/a.md", "lessons/b.md"),
  fc.constantFrom("1", "2", "3", "4", "5", "6"),
  { minKeys: 1 },
);

describe("evidence for the state that a copy was made from", () => {
  it("the score of a commit is the sum over its files, however the history came there", () => {
    fc.assert(
      fc.property(fc.array(files, { minLength: 1, maxLength: 6 }), files, (states, copy) => {
        const history = historyOf(states);
        const { worth } = weighStates(history, copyOf(copy));
        scoreCommits(history, worth).forEach((score, index) => {
          const sum = Object.entries(states[index] ?? {}).reduce(
            (total, [path, oid]) => total + worthOf(worth, path, oid),
            0,
          );
          expect(score).toBeCloseTo(sum, 9);
        });
      }),
    );
  });

  it("an untouched copy of one state scores best there, or where its files are the same", () => {
    fc.assert(
      fc.property(fc.array(files, { minLength: 1, maxLength: 6 }), fc.nat(5), (states, at) => {
        const copy = states[at % states.length] ?? {};
        const scores = scoresOf(states, copy);
        const top = states[best(scores)] ?? {};
        for (const [path, oid] of Object.entries(copy)) expect(top[path]).toBe(oid);
      }),
    );
  });

  it("files that were left out say little, other states of a file more, files elsewhere almost all", () => {
    const small = { "a.md": "1" };
    const large = { "a.md": "1", "b.md": "2", "c.md": "3" };
    expect(best(scoresOf([small, large], { "a.md": "1" }))).toBe(0);
    expect(best(scoresOf([{ "a.md": "0" }, large], { "a.md": "1" }))).toBe(1);
    expect(scoresOf([{ "a.md": "1" }], { "a.md": "1" })).toEqual([WORTH.same]);
    expect(scoresOf([{ "a.md": "1" }], { "new/a.md": "1" })).toEqual([WORTH.moved]);
  });

  it("what upstream never had is compared by words, with the file of its path or of its name", () => {
    const history = historyOf([
      { "old/a.md": "1", "b.md": "2" },
      { "old/a.md": "3", "b.md": "2" },
    ]);
    const { compare } = weighStates(history, copyOf({ "new/a.md": "9", "b.md": "8", "other.md": "7" }));
    expect(compare).toEqual([
      { upstreamPath: "old/a.md", upstreamOid: "1", path: "new/a.md" },
      { upstreamPath: "old/a.md", upstreamOid: "3", path: "new/a.md" },
      { upstreamPath: "b.md", upstreamOid: "2", path: "b.md" },
    ]);
  });

  it("the folders of versions are no evidence", () => {
    const history = historyOf([{ "versions/up/version.yaml": "1" }]);
    const { worth } = weighStates(history, copyOf({ "versions/up/version.yaml": "1" }));
    expect(scoreCommits(history, worth)).toEqual([0]);
  });
});
