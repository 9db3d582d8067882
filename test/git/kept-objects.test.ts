import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { keepRead } from "../../src/git/kept-objects.ts";
import { describeObjects, readObjects } from "../../src/git/objects.ts";
import { openRepository } from "../../src/git/repository.ts";
import { commit, folder, git, repository } from "./sandbox.ts";

const file = (at: string): string => join(at, ".git/leeway/cache/objects-1");
const BIG = "A lesson on the wool trade of Grimsby.\n".repeat(20_000);

/** What the next command finds, as text; of what is asked for its kind alone, the id. */
async function read(at: string, contents: readonly string[], info: readonly string[] = []) {
  const repo = await openRepository(at);
  const objects = await readObjects(repo, contents);
  const facts = await describeObjects(repo, info);
  await keepRead(repo);
  return [
    ...objects.map((object) => object?.bytes.toString("utf8") ?? null),
    ...facts.map((each) => each?.oid ?? null),
  ];
}

/** The same while Git has no objects. */
async function withoutObjects<T>(at: string, work: () => Promise<T>): Promise<T> {
  const [objects, aside] = [join(at, ".git/objects"), join(at, ".git/aside")];
  renameSync(objects, aside);
  mkdirSync(objects);
  try {
    return await work();
  } finally {
    rmSync(objects, { recursive: true });
    renameSync(aside, objects);
  }
}

describe("what a command read of Git", () => {
  test("is known to the next", async () => {
    const { at, first } = await repository({ "a.md": "one\n" });
    const asked = [[`${first}:a.md`], [`${first}^{tree}`, `${first}^{commit}`]] as const;
    const told = await read(at, ...asked);
    expect(told).toEqual(["one\n", git(at, "rev-parse", `${first}^{tree}`), first]);
    expect(await withoutObjects(at, () => read(at, ...asked))).toEqual(told);
    // Beside what is not known, Git is asked for all.
    expect(await withoutObjects(at, () => read(at, [`${first}:a.md`, `${first}:b.md`]))).toEqual([
      null,
      null,
    ]);
    expect(await read(at, ...asked)).toEqual(told);
  });

  test("is known of what its folder has not, and of what has no folder", async () => {
    const { at, first } = await repository({ "versions/grimsby/version.yaml": "id: grimsby\n" });
    const there = `${first}:versions/grimsby/version.yaml`;
    const absent = [`${first}:versions/grimsby/rules.yaml`, `${first}:none.md`, `${first}:no/such/file.md`];
    const told = ["id: grimsby\n", null, null, null];
    expect(await read(at, [there, ...absent])).toEqual(told);
    for (let again = 0; again < 2; again++)
      expect(await withoutObjects(at, () => read(at, [there, ...absent]))).toEqual(told);
    // Of the same folder, a name that was not asked for; then one that is there after all.
    expect(await withoutObjects(at, () => read(at, [`${first}:versions/grimsby/notes.md`]))).toEqual([null]);
    expect(await withoutObjects(at, () => read(at, [`${first}:versions`]))).toEqual([null]);
    expect(await read(at, [`${first}:versions`])).not.toEqual([null]);
  });

  test("is asked again of a file that is lost, until it is there again", async () => {
    const { at, first } = await repository({ "a/b.md": "one\n" });
    const blob = git(at, "rev-parse", `${first}:a/b.md`);
    const [kept, aside] = [join(at, ".git/objects", blob.slice(0, 2), blob.slice(2)), join(at, ".git/aside")];
    renameSync(kept, aside);
    expect(await read(at, [`${first}:a/b.md`, `${first}:a/c.md`])).toEqual([null, null]);
    expect(await read(at, [`${first}:a/b.md`])).toEqual([null]);
    renameSync(aside, kept);
    expect(await read(at, [`${first}:a/b.md`, `${first}:a/c.md`])).toEqual(["one\n", null]);
  });

  test("is asked again where its file does not hold what was written", async () => {
    const { at, first } = await repository({ "a.md": "one\n" });
    await read(at, [`${first}:a.md`]);
    const whole = readFileSync(file(at), "utf8");
    for (const broken of [whole.replace("one", "two"), whole.slice(0, -1), "", "\n", `${whole}\n`]) {
      writeFileSync(file(at), broken);
      expect(await read(at, [`${first}:a.md`])).toEqual(["one\n"]);
      expect(readFileSync(file(at), "utf8")).toBe(whole);
    }
  });

  test("is not kept where a name may come to mean something else", async () => {
    const { at } = await repository({ "a.md": "one\n" });
    expect(await read(at, ["HEAD:a.md", "main:a.md"], ["HEAD"])).toHaveLength(3);
    expect(existsSync(file(at))).toBe(false);
  });

  test("is not kept where an object may come to be there", async () => {
    const { at } = await repository({ "a.md": "one\n" });
    const draft = join(at, "draft.md");
    writeFileSync(draft, "two\n");
    const blob = git(at, "hash-object", draft);
    expect(await read(at, [blob, `${"1".repeat(40)}:a.md`])).toEqual([null, null]);
    expect(existsSync(file(at))).toBe(false);
    git(at, "hash-object", "-w", draft);
    expect(await read(at, [blob])).toEqual(["two\n"]);
  });

  test("is not known where objects are replaced by others", async () => {
    const { at, first } = await repository({ "a.md": "one\n" });
    await read(at, [`${first}:a.md`]);
    const second = commit(at, { "a.md": "two\n" }, "second");
    git(at, "replace", first, second);
    expect(await read(at, [`${first}:a.md`])).toEqual(["two\n"]);
    git(at, "replace", "-d", first);
    expect(await read(at, [`${first}:a.md`])).toEqual(["one\n"]);
  });

  test("is not kept where it is much, and the oldest is let go", async () => {
    const { at, first } = await repository({
      "a.md": "one\n",
      "big.md": BIG,
      "half.md": BIG.slice(0, 300_000),
    });
    await read(at, [`${first}:big.md`]);
    expect(existsSync(file(at))).toBe(false);
    await read(at, [`${first}:half.md`]);
    const second = commit(at, { "half.md": BIG.slice(0, 300_001) }, "second");
    await read(at, [`${second}:half.md`]);
    const kept = readFileSync(file(at), "utf8");
    expect(kept).toContain(second);
    expect(kept).not.toContain(first);
  });

  test("stays as it is where nothing can be written", async () => {
    const { at, first } = await repository({ "a.md": "one\n" });
    writeFileSync(join(at, ".git/leeway"), "no folder\n");
    expect(await read(at, [`${first}:a.md`])).toEqual(["one\n"]);
    expect(await read(at, [`${first}:a.md`])).toEqual(["one\n"]);
  });

  test("is kept of another hash as well", async () => {
    const at = folder();
    git(at, "init", "-q", "-b", "main", "--object-format=sha256");
    git(at, "config", "user.name", "Test Teacher");
    git(at, "config", "user.email", "test@school.example");
    const first = commit(at, { "a.md": "one\n" }, "first");
    await read(at, [`${first}:a.md`]);
    expect(await withoutObjects(at, () => read(at, [`${first}:a.md`]))).toEqual(["one\n"]);
  });
});
