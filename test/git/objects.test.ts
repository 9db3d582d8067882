import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmodSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { describeObjects, readObjects } from "../../src/git/objects.ts";
import { openRepository, type Repository } from "../../src/git/repository.ts";
import { listTree } from "../../src/git/trees.ts";
import { commitTree, writeBlobs } from "../../src/git/write-objects.ts";
import { writeFiles, writeTree } from "../../src/git/write-tree.ts";
import { commit, folder, git, oddPaths, repository } from "./sandbox.ts";

const content = Object.fromEntries(oddPaths.map((path) => [path, `in ${path}\r\n`]));

describe("reading objects", () => {
  test("takes any path, keeps the order, gives null for what is missing", async () => {
    const { repo } = await repository(content);
    const specs = [
      ...oddPaths.map((path) => `HEAD:${path}`),
      "HEAD:no\nsuch",
      "nonsense",
      "HEAD",
      "HEAD:été",
    ];
    const found = await readObjects(repo, specs);
    for (const [i, path] of oddPaths.entries()) expect(found[i]?.bytes.toString()).toBe(`in ${path}\r\n`);
    expect(found.slice(oddPaths.length).map((object) => object?.type ?? null)).toEqual([
      null,
      null,
      "commit",
      "tree",
    ]);
    const facts = await describeObjects(repo, specs);
    expect(facts.map((fact) => fact?.oid)).toEqual(found.map((object) => object?.oid));
  });

  test("refuses what names nothing", async () => {
    const { repo } = await repository();
    await expect(readObjects(repo, [""])).rejects.toThrow("does not name anything");
    await expect(readObjects(repo, ["HEAD:a\0b"])).rejects.toThrow("does not name anything");
    expect(await readObjects(repo, [])).toEqual([]);
  });
});

describe("one question after the other", () => {
  const text = async (repo: Repository, spec: string): Promise<string | null> =>
    (await readObjects(repo, [spec]))[0]?.bytes.toString() ?? null;

  test("sees what was written since, by whatever program", async () => {
    const { at, repo } = await repository({ "a.md": "one\n" });
    expect([await text(repo, "HEAD:a.md"), await text(repo, "HEAD:b.md")]).toEqual(["one\n", null]);
    const second = commit(at, { "a.md": "two\n", "b.md": "new\n" });
    expect([await text(repo, "HEAD:a.md"), await text(repo, "HEAD:b.md")]).toEqual(["two\n", "new\n"]);
    git(at, "repack", "-adq");
    git(at, "branch", "side", `${second}^`);
    git(at, "pack-refs", "--all");
    expect([await text(repo, "side:a.md"), await text(repo, "main:a.md")]).toEqual(["one\n", "two\n"]);
    const [oid = ""] = await writeBlobs(repo, [Buffer.from("three\n")]);
    expect(await text(repo, oid)).toBe("three\n");
  });

  test("is answered as it was asked, many at the same time, whatever the contents say", async () => {
    const missing = "info nothing missing\n";
    const contents = Array.from(
      { length: 60 },
      (_, index) => `${"x".repeat(index * 997)}\nlast-${index} missing\n`,
    );
    const { repo } = await repository(
      Object.fromEntries(contents.map((each, index) => [`${index}.md`, each])),
    );
    const [oid = ""] = await writeBlobs(repo, [Buffer.from(missing)]);
    for (let round = 0; round < 3; round++) {
      const asked = contents.map(async (_, index) => {
        if (index % 7 === round) await new Promise((turn) => setTimeout(turn, index));
        return [await text(repo, `HEAD:${index}.md`), (await describeObjects(repo, [oid, "no"]))[0]?.size];
      });
      expect(await Promise.all(asked)).toEqual(contents.map((each) => [each, missing.length]));
    }
  });

  test("goes on after a pause, after its process was killed, and tells why Git ended", async () => {
    const { at, repo } = await repository({
      "a.md": "one\n",
      "b.md": randomBytes(9000).toString("hex"),
    });
    expect(await text(repo, "HEAD:a.md")).toBe("one\n");
    await new Promise((later) => setTimeout(later, 300));
    expect(await text(repo, "HEAD:a.md")).toBe("one\n");
    execFileSync("pkill", ["-KILL", "-P", String(process.pid), "-f", "cat-file --batch-command"]);
    await new Promise((later) => setTimeout(later, 50));
    expect(await text(repo, "HEAD:a.md")).toBe("one\n");
    const oid = git(at, "rev-parse", "HEAD:b.md");
    const file = join(at, ".git", "objects", oid.slice(0, 2), oid.slice(2));
    chmodSync(file, 0o644);
    writeFileSync(file, readFileSync(file).subarray(0, 4000));
    await expect(text(repo, "HEAD:b.md")).rejects.toThrow(/Git could not do its part: fatal: \w+/);
    expect(await text(repo, "HEAD:a.md")).toBe("one\n");
  });
});

describe("writing blobs", () => {
  test("round trips every byte: empty, CRLF, binary, large", async () => {
    const { at, repo } = await repository();
    git(at, "config", "core.autocrlf", "true");
    const blobs = [
      Buffer.alloc(0),
      Buffer.from("a\r\nb\n"),
      randomBytes(70_000),
      Buffer.alloc(3_000_000, "x"),
      Buffer.from("a\r\nb\n"),
    ];
    const oids = await writeBlobs(repo, blobs);
    const found = await readObjects(repo, oids);
    for (const [i, blob] of blobs.entries()) expect(found[i]?.bytes.equals(blob)).toBe(true);
    expect(git(at, "fsck", "--strict", "--full")).not.toContain("error");
  });

  test("5,000 at once, in time", async () => {
    const { at, repo } = await repository();
    const blobs = Array.from({ length: 5000 }, (_, i) => Buffer.from(`lesson ${i}\n`.repeat(300)));
    const started = performance.now();
    const oids = await writeBlobs(repo, blobs);
    const written = performance.now();
    const found = await readObjects(repo, oids);
    const read = performance.now();
    console.info(
      `5,000 blobs: write ${Math.round(written - started)} ms, read ${Math.round(read - written)} ms`,
    );
    expect(found.every((object, i) => object?.bytes.equals(blobs[i] as Buffer))).toBe(true);
    expect(git(at, "count-objects", "-v")).toContain("in-pack: 5000");
  });

  test("few are files that only Git writes over, and count as new where they were there", async () => {
    const { at, repo } = await repository();
    const [oid = ""] = await writeBlobs(repo, [Buffer.from("few")]);
    const file = join(at, ".git", "objects", oid.slice(0, 2), oid.slice(2));
    expect(statSync(file).mode & 0o777).toBe(0o444);
    utimesSync(file, 1, 1);
    await writeBlobs(repo, [Buffer.from("few")]);
    expect(statSync(file).mtimeMs).toBeGreaterThan(1_000);
    expect(readdirSync(join(file, "..")).filter((name) => name.startsWith("tmp_"))).toEqual([]);
    git(at, "gc", "-q", "--prune=now");
    expect(await readObjects(repo, [oid])).toEqual([null]);
  });

  test("where several people write to one repository, all of them may", async () => {
    const at = folder();
    git(at, "init", "-q", "--shared=group");
    const repo = await openRepository(at);
    const [oid = ""] = await writeBlobs(repo, [Buffer.from("ours")]);
    expect(statSync(join(at, ".git", "objects", oid.slice(0, 2))).mode & 0o070).toBe(0o070);
    expect(git(at, "cat-file", "blob", oid)).toBe("ours");
  });

  test("works in a repository with SHA-256", async () => {
    const at = folder();
    git(at, "init", "-q", "--object-format=sha256");
    const repo = await openRepository(at);
    const [oid] = await writeBlobs(repo, [Buffer.from("x")]);
    expect(oid).toHaveLength(64);
    const tree = await writeTree(repo, null, [{ path: "a/b", mode: "100644", oid: oid as string }]);
    expect(git(at, "ls-tree", "-r", tree)).toBe(`100644 blob ${oid}\ta/b`);
    expect(git(at, "cat-file", "-t", await writeTree(repo, null, []))).toBe("tree");
  });
});

describe("writing trees", () => {
  test("sets and removes files like Git's own index does", async () => {
    const { at, repo, first } = await repository({
      ...content,
      "a.md": "a",
      "a/deep/er/x.md": "x",
      "a/deep/y.md": "y",
      "a.b/z.md": "z",
      "a0/w.md": "w",
      "run.sh": "#!",
    });
    const [one] = await writeBlobs(repo, [Buffer.from("new\n")]);
    const oid = one as string;
    const tree = await writeTree(repo, first, [
      { path: "a/deep/er/x.md", mode: "100644", oid: null },
      { path: "a.b/z.md", mode: "100755", oid },
      { path: "new/folder/é.md", mode: "100644", oid },
      { path: "a0", mode: "100644", oid },
      { path: "a0/w.md", mode: "100644", oid: null },
      { path: "run.sh/inside", mode: "100644", oid },
      { path: "not/there.md", mode: "100644", oid: null },
      ...oddPaths.slice(0, 3).map((path) => ({ path, mode: "100644", oid: null })),
    ]);
    git(at, "rm", "-q", "a/deep/er/x.md", "a0/w.md", "run.sh", ...oddPaths.slice(0, 3));
    const add = (mode: string, path: string) =>
      git(at, "update-index", "--add", "--cacheinfo", `${mode},${oid},${path}`);
    add("100755", "a.b/z.md");
    add("100644", "new/folder/é.md");
    add("100644", "a0");
    add("100644", "run.sh/inside");
    expect(tree).toBe(git(at, "write-tree"));
    expect(git(at, "fsck", "--strict")).not.toContain("error");
  });

  test("stores files along with it, and may hold nothing; refuses what is no path of a repository", async () => {
    const { repo, first, at } = await repository({ "a/b": "1", c: "2" });
    expect(await writeTree(repo, first, [])).toBe(git(at, "rev-parse", `${first}^{tree}`));
    const oid = git(at, "rev-parse", `${first}:c`);
    const { tree, edits } = await writeFiles(repo, null, [
      { path: "q", mode: "100644", bytes: Buffer.from("3") },
      { path: "p/c", mode: "100644", oid },
      { path: "gone", mode: "000000", bytes: null },
    ]);
    expect([...(await listTree(repo, tree)).keys()]).toEqual(["p/c", "q"]);
    expect(git(at, "cat-file", "-p", `${tree}:q`)).toBe("3");
    expect(edits.map((edit) => edit.oid)).toEqual([null, git(at, "rev-parse", `${tree}:q`), oid]);
    const { tree: empty } = await writeFiles(repo, first, [
      { path: "a/b", mode: "100644", bytes: null },
      { path: "c", mode: "", oid: null },
    ]);
    expect(empty).toBe(repo.emptyTree);
    for (const path of ["../x", ".git/config", "a/.GIT/x", "/x", "a//b", ""]) {
      await expect(writeTree(repo, first, [{ path, mode: "100644", oid }])).rejects.toThrow("This path");
    }
  });
});

describe("commits", () => {
  test("are in the user's name, with parents, message and date", async () => {
    const { at, repo, first } = await repository();
    const tree = git(at, "rev-parse", "HEAD^{tree}");
    const oid = await commitTree(repo, {
      tree,
      parents: [first],
      message: "Été\n\n# not a comment",
      date: "2026-09-01T08:00:00Z",
    });
    expect(git(at, "log", "-1", "--format=%an %P %cI%n%B", oid)).toBe(
      `Test Teacher ${first} 2026-09-01T08:00:00+00:00\nÉté\n\n# not a comment`,
    );
  });

  test("without a name say what to do", async () => {
    const { at, repo } = await repository();
    const tree = git(at, "rev-parse", "HEAD^{tree}");
    git(at, "config", "--unset", "user.name");
    git(at, "config", "--unset", "user.email");
    await expect(commitTree(repo, { tree, parents: [], message: "x" })).rejects.toMatchObject({
      kind: "usage",
      next: [expect.stringContaining("git config --global user.name"), expect.anything()],
    });
  });

  test("a bad parent is Git's own words", async () => {
    const { repo } = await repository();
    await expect(
      commitTree(repo, { tree: "HEAD^{tree}", parents: ["nope"], message: "x" }),
    ).rejects.toMatchObject({
      kind: "environment",
      message: expect.stringContaining("nope"),
    });
  });
});
