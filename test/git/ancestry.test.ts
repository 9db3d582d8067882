import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { expect, test } from "vitest";
import { ancestryBeyond, commitsSince } from "../../src/git/ancestry.ts";
import { remember } from "../../src/git/remembered.ts";
import { openRepository } from "../../src/git/repository.ts";
import { commit, git, repository } from "./sandbox.ts";

/** For each commit after the first those that it comes from, by their places before it, the oldest 0. */
const history = fc
  .integer({ min: 1, max: 9 })
  .chain((length) =>
    fc.tuple(
      ...Array.from({ length }, (_, at) =>
        fc.uniqueArray(fc.nat({ max: at }), { maxLength: 2, minLength: 0 }),
      ),
    ),
  );

test("what lies beyond a commit is what Git lists, with every parent", async () => {
  const { at, first } = await repository();
  const tree = git(at, "rev-parse", "HEAD^{tree}");
  const made = (parents: readonly string[], n: number): string =>
    git(at, "commit-tree", tree, ...parents.flatMap((parent) => ["-p", parent]), "-m", String(n));
  await fc.assert(
    fc.asyncProperty(history, fc.nat(), fc.nat(), fc.nat(), async (lines, a, b, c) => {
      const commits = [first];
      for (const [n, line] of lines.entries())
        commits.push(
          made(
            line.map((place) => commits[place] ?? first),
            n,
          ),
        );
      const [base = first, ...tips] = [a, b, c].map((place) => commits[place % commits.length] ?? first);
      const beyond = await ancestryBeyond(await openRepository(at), base, tips);
      const listed = git(at, "rev-list", "--parents", ...tips, `^${base}`)
        .split("\n")
        .filter(Boolean)
        .map((line) => line.split(" "));
      for (const each of commits) expect(beyond.knows([each])).toBe(listed.some(([id]) => id === each));
      for (const [id = "", ...parents] of listed)
        expect([...beyond.ancestorsOf([id])]).toEqual(expect.arrayContaining([id, ...parents]));
      const since = git(at, "rev-list", tips[0] ?? "", `^${base}`)
        .split("\n")
        .filter(Boolean);
      for (const many of [false, true]) {
        const repo = await openRepository(at);
        for (const [n, tip] of commits.entries()) git(at, "update-ref", `refs/all/${n}`, tip);
        if (many) remember(repo);
        expect((await commitsSince(repo, base, tips[0] ?? "")).sort()).toEqual(since.sort());
      }
    }),
    { numRuns: 15 },
  );
}, 60_000);

test("far away as near by, and through a replaced commit", async () => {
  const { at, first } = await repository();
  const commands = Array.from(
    { length: 60 },
    (_, n) =>
      `commit refs/heads/long\nmark :${n + 1}\ncommitter T <t@school.example> ${n} +0000\ndata 1\nx\n${
        n === 0 ? `from ${first}\n` : `from :${n}\n`
      }`,
  ).join("\n");
  execFileSync("git", ["fast-import", "--quiet"], { cwd: at, input: commands });
  const line = git(at, "rev-list", "long").split("\n");
  for (const length of [1, 15, 16, 17, 60]) {
    const beyond = await ancestryBeyond(await openRepository(at), line[length] ?? "", [line[0] ?? ""]);
    expect(line.map((id) => beyond.knows([id]))).toEqual(line.map((_, place) => place < length));
  }
  const other = commit(at, { "b.md": "b\n" }, "other");
  git(at, "replace", "--graft", line[0] ?? "", other);
  const beyond = await ancestryBeyond(await openRepository(at), first, [line[0] ?? ""]);
  expect([beyond.knows([other]), beyond.knows([line[1] ?? ""])]).toEqual([true, false]);
});
