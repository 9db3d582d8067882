import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { askOnce, keepAnswer, keptAnswer } from "../../src/git/kept-answers.ts";
import { openRepository, type Repository } from "../../src/git/repository.ts";
import { diffTrees } from "../../src/git/trees.ts";
import { commit, folder, git, repository } from "./sandbox.ts";

const answers = (repo: Repository): string => join(repo.commonDir, "leeway/cache/answers");
const kept = (repo: Repository): string[] => {
  try {
    return readdirSync(answers(repo));
  } catch {
    return [];
  }
};

const log = (from: string, to: string): string[] => ["log", "--format=%s", `^${from}`, to];

describe("what Git answered", () => {
  test("is known to the next command, until the folder is deleted", async () => {
    const { at, first, repo } = await repository();
    const second = commit(at, { "a.md": "two\n" }, "second");
    const ask = async () =>
      String(await askOnce(await openRepository(at), log(first, second), [first, second]));
    expect(await ask()).toBe("second\n");
    expect(await keptAnswer(repo, log(first, second), [first, second])).toEqual(Buffer.from("second\n"));
    expect(await keptAnswer(repo, [...log(first, second), "--", "b.md"], [first, second])).toBeNull();
    expect(await keptAnswer(repo, log(second, first), [first, second])).toBeNull();
    expect(await ask()).toBe("second\n");
    rmSync(answers(repo), { recursive: true });
    expect(await keptAnswer(repo, log(first, second), [first, second])).toBeNull();
    expect(await ask()).toBe("second\n");
  });

  test("is asked again where its file does not hold what was written", async () => {
    const { at, first, repo } = await repository();
    const second = commit(at, { "a.md": "two\n" }, "second");
    const args = log(first, second);
    await askOnce(repo, args, [first, second]);
    const [name = ""] = kept(repo);
    const path = join(answers(repo), name);
    const whole = readFileSync(path);
    for (const broken of [whole.subarray(0, -1), Buffer.from("second\n"), Buffer.alloc(0)]) {
      rmSync(path);
      writeFileSync(path, broken);
      expect(await keptAnswer(repo, args, [first, second])).toBeNull();
      expect(String(await askOnce(repo, args, [first, second]))).toBe("second\n");
      expect(readFileSync(path)).toEqual(whole);
    }
  });

  test("is not kept where a name may come to mean something else, or where it is very long", async () => {
    const { at, first, repo } = await repository();
    commit(at, { "a.md": "two\n" }, "second");
    await askOnce(repo, log(first, "main"), [first, "main"]);
    await keepAnswer(repo, log(first, first), [first, first], Buffer.alloc(2_000_000));
    expect(kept(repo)).toEqual([]);
  });

  test("is let go with all others when there are many", async () => {
    const { first, repo } = await repository();
    const ids = Array.from({ length: 450 }, (_, n) => String(1000 + n).padEnd(first.length, "0"));
    const most: number[] = [];
    for (const id of ids) {
      await keepAnswer(repo, ["log", id], [id], Buffer.from(id));
      most.push(kept(repo).length);
    }
    expect([Math.max(...most), kept(repo).length]).toEqual([200, 50]);
    const last = ids.slice(-1);
    expect(await keptAnswer(repo, ["log", ...last], last)).toEqual(Buffer.from(last.join()));
  });

  test("is not kept where history is cut off or objects are replaced", async () => {
    const { at, first } = await repository();
    const second = commit(at, { "a.md": "two\n" }, "second");
    const third = commit(at, { "a.md": "three\n" }, "third");
    const ask = async () =>
      String(await askOnce(await openRepository(at), log(first, third), [first, third]));
    expect(await ask()).toBe("third\nsecond\n");
    git(at, "replace", "--graft", third, first);
    expect(await ask()).toBe("third\n");
    git(at, "pack-refs", "--all");
    rmSync(join(at, ".git/refs/replace"), { recursive: true, force: true });
    expect(await ask()).toBe("third\n");
    git(at, "replace", "-d", third);
    expect(await ask()).toBe("third\nsecond\n");

    const shallow = join(folder(), "clone");
    git(at, "clone", "-q", "--depth=2", `file://${at}`, shallow);
    const repo = await openRepository(shallow);
    await askOnce(repo, ["rev-list", "--parents", third], [third]);
    expect([second, kept(repo)]).toEqual([git(shallow, "rev-parse", "HEAD~1"), []]);
  });
});

test("differences of two commits are the same from memory, renames among them", async () => {
  const { at, first } = await repository(
    Object.fromEntries(
      Array.from({ length: 12 }, (_, n) => [`units/${n}/lesson.md`, `Lesson ${n}\n`.repeat(9)]),
    ),
  );
  git(at, "mv", "units/3", "units/moved");
  const second = commit(at, { "units/5/lesson.md": "Other\n" }, "second");
  const third = commit(
    at,
    Object.fromEntries(Array.from({ length: 12 }, (_, n) => [`new/${n}/lesson.md`, `New ${n}\n`])),
    "third",
  );
  for (const options of [{ renames: true }, {}]) {
    const compare = async () => {
      const repo = await openRepository(at);
      return Promise.all([
        diffTrees(repo, first, "HEAD", options),
        diffTrees(repo, first, second, options),
        diffTrees(repo, second, third, options),
      ]);
    };
    const one = async () => diffTrees(await openRepository(at), first, second, options);
    const asked = [await compare(), await one()];
    expect(asked[1]).toEqual((asked[0] as unknown[])[1]);
    expect([await compare(), await one()]).toEqual(asked);
  }
  const repo = await openRepository(at);
  expect(kept(repo).length).toBeGreaterThan(0);
});
