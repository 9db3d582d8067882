import { randomBytes } from "node:crypto";
import { chmodSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { commitTree, describeObjects, readObjects, writeBlobs } from "../../src/git/objects.ts";
import { objectId } from "../../src/git/pack.ts";
import { remember } from "../../src/git/remembered.ts";
import { openRepository } from "../../src/git/repository.ts";
import { listTree } from "../../src/git/trees.ts";
import { writeTree, writeTrees } from "../../src/git/write-tree.ts";
import { folder, git, oddPaths, repository } from "./sandbox.ts";

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

  test("a repository that is remembered is asked many times over, also for what came meanwhile", async () => {
    const { at, repo } = await repository(content);
    remember(repo);
    const large = Buffer.alloc(1_000_000, "x");
    expect(await readObjects(repo, [objectId(repo.objectFormat, { type: "blob", bytes: large })])).toEqual([
      null,
    ]);
    const [oid = ""] = await writeBlobs(repo, [large]);
    const [facts, found] = await Promise.all([
      describeObjects(repo, ["HEAD:no\nsuch", oid]),
      readObjects(repo, [oid, "HEAD:no\nsuch", `HEAD:${oddPaths[0]}`]),
    ]);
    expect(facts).toEqual([null, { oid, type: "blob", size: large.length }]);
    expect(found[0]?.bytes.equals(large)).toBe(true);
    expect(found[1]).toBeNull();
    expect(found[2]?.bytes.toString()).toBe(`in ${oddPaths[0]}\r\n`);
    // What Git cannot read ends it; whoever asks next asks another.
    const [broken = ""] = await writeBlobs(repo, [randomBytes(70_000)]);
    const file = join(at, ".git", "objects", broken.slice(0, 2), broken.slice(2));
    chmodSync(file, 0o644);
    truncateSync(file, 1_000);
    await expect(readObjects(repo, [broken])).rejects.toThrow("Git could not do its part");
    expect((await readObjects(repo, [oid]))[0]?.bytes.equals(large)).toBe(true);
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

  test("makes several in one go; refuses what is no path of a repository", async () => {
    const { repo, first, at } = await repository({ "a/b": "1", c: "2" });
    const [oid] = (await writeBlobs(repo, [Buffer.from("3")])) as [string];
    const [x, y, z] = await writeTrees(repo, [
      { base: first, edits: [] },
      { base: null, edits: [{ path: "q", mode: "100644", oid }] },
      {
        base: first,
        edits: [
          { path: "a/b", mode: "100644", oid: null },
          { path: "c", mode: "", oid: null },
        ],
      },
    ]);
    expect(x).toBe(git(at, "rev-parse", `${first}^{tree}`));
    expect([...(await listTree(repo, y as string)).keys()]).toEqual(["q"]);
    expect(z).toBe(repo.emptyTree);
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
