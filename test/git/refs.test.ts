import { execFileSync } from "node:child_process";
import { chmodSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { isAncestor, mergeBase, mergeBases } from "../../src/git/ancestry.ts";
import { getConfig, setConfig, unsetConfig, userName } from "../../src/git/config.ts";
import { readObjects } from "../../src/git/objects.ts";
import {
  readRefObjects,
  refs,
  resolve,
  resolveMany,
  revList,
  updateRefs,
  writeTag,
} from "../../src/git/refs.ts";
import { openCheckout, openRepository } from "../../src/git/repository.ts";
import { commit, folder, git, repository, write } from "./sandbox.ts";

describe("names of commits", () => {
  test("resolve to commits, or to null", async () => {
    const { repo, first, at } = await repository();
    git(at, "tag", "-a", "-m", "Notes", "edition/x/2026", first);
    expect(await resolveMany(repo, ["HEAD", "edition/x/2026", "nope", "HEAD^{tree}", "main"])).toEqual([
      first,
      first,
      null,
      null,
      first,
    ]);
    await expect(resolve(repo, "--all")).rejects.toMatchObject({ kind: "usage" });
    expect(git(at, "cat-file", "-t", "edition/x/2026")).toBe("tag");
  });

  test("list with what they lead to", async () => {
    const { repo, first, at } = await repository();
    const oid = await writeTag(repo, "edition/x/1", first, "Première édition  \n\n# kept\nbody\n\n");
    expect(await refs(repo, ["refs/tags/"])).toEqual([]);
    await updateRefs(repo, [{ ref: "refs/tags/edition/x/1", new: oid, old: null }], "released");
    git(at, "branch", "group/all");
    const found = await refs(repo, ["refs/tags/edition/", "refs/heads/group/*"]);
    expect(found.map(({ name, peeled }) => [name, peeled])).toEqual([
      ["refs/heads/group/all", first],
      ["refs/tags/edition/x/1", first],
    ]);
    expect(found[1]).toMatchObject({ subject: "Première édition", body: "# kept\nbody\n" });
    expect(found[1]?.oid).toBe(oid);
    expect(Number.isNaN(Date.parse(found[1]?.date ?? ""))).toBe(false);
    expect(await refs(repo, ["refs/none/"])).toEqual([]);
  });

  test("are told alike by what they point at and by Git's own list", async () => {
    const { repo, first, at } = await repository();
    const second = commit(at, { "a.md": "2" }, "Zweite Änderung\nin two lines\n\nAnd why.\n\nMore.");
    const at2 = "1700000000 +0530";
    const tag = (name: string, on: string, message: string): void => {
      const text = `object ${on}\ntype ${on === first ? "commit" : "tag"}\ntag ${name}\ntagger Head <h@school.example> ${at2}\n\n${message}`;
      const oid = execFileSync("git", ["mktag", "--no-strict"], { cwd: at, input: text, encoding: "utf8" });
      git(at, "update-ref", `refs/tags/edition/x/${name}`, oid.trim());
    };
    tag("spring", first, "Spring\n\n- one\n- two\n");
    tag(
      "signed",
      first,
      "Signed\n\nBody.\n-----BEGIN PGP SIGNATURE-----\n\nabc\n-----END PGP SIGNATURE-----\n",
    );
    tag("twice", git(at, "rev-parse", "refs/tags/edition/x/spring"), "A tag of a tag\n");
    git(at, "tag", "edition/x/light", second);
    git(at, "update-ref", "refs/remotes/upstream/main", second);
    git(at, "symbolic-ref", "refs/remotes/upstream/HEAD", "refs/remotes/upstream/main");
    const prefixes = ["refs/remotes/upstream/", "refs/remotes/origin/", "refs/tags/edition/"];
    const { refs: named } = await openCheckout(at, { refs: prefixes });
    const told = await readRefObjects(repo, named ?? new Map());
    const byName = (a: { name: string }, b: { name: string }): number => (a.name < b.name ? -1 : 1);
    const listed = await refs(repo, prefixes);
    expect(listed).toHaveLength(6);
    // Git before 2.45 peels a tag of a tag once.
    const whole = listed.map((ref) => (ref.name.endsWith("twice") ? { ...ref, peeled: first } : ref));
    expect(told.sort(byName)).toEqual(whole.sort(byName));
    git(at, "config", "transfer.hideRefs", "refs/tags");
    expect((await openCheckout(at, { refs: prefixes })).refs).toEqual(named);
  });

  test("a tag's name must be one", async () => {
    const { repo, first } = await repository();
    for (const name of ["-d", "a b", "a..b", "x.lock", "a~1"]) {
      await expect(writeTag(repo, name, first, "x")).rejects.toThrow("does not allow");
    }
  });
});

describe("updating refs", () => {
  test("all or none", async () => {
    const { repo, first, at } = await repository();
    const second = commit(at, { "a.md": "2" });
    git(at, "branch", "old", first);
    await updateRefs(
      repo,
      [
        { ref: "refs/leeway/base/1", new: first, old: null },
        { ref: "refs/heads/old", new: null, old: first },
        { ref: "HEAD", new: first, old: second },
      ],
      "leeway: test",
    );
    expect(git(at, "for-each-ref", "--format=%(refname) %(objectname)")).toBe(
      `refs/heads/main ${first}\nrefs/leeway/base/1 ${first}`,
    );
    expect(git(at, "reflog", "-1", "--format=%gs")).toBe("leeway: test");
    await expect(
      updateRefs(
        repo,
        [
          { ref: "refs/leeway/base/2", new: first },
          { ref: "refs/heads/main", new: second, old: second },
        ],
        "x",
      ),
    ).rejects.toMatchObject({ kind: "environment", where: "refs/heads/main" });
    await expect(
      updateRefs(repo, [{ ref: "refs/leeway/base/1", new: second, old: null }], "x"),
    ).rejects.toThrow("nothing was changed");
    expect(await resolve(repo, "refs/leeway/base/2")).toBeNull();
  });
});

describe("history", () => {
  test("merge bases, ancestors, lists, the branch", async () => {
    const { repo, first, at } = await repository();
    git(at, "checkout", "-q", "-b", "side");
    const side = commit(at, { "s.md": "s" });
    git(at, "checkout", "-q", "main");
    const main = commit(at, { "m.md": "m" });
    git(at, "checkout", "-q", "--orphan", "alone");
    const alone = commit(at, { "o.md": "o" });
    expect(await mergeBase(repo, side, main)).toBe(first);
    expect(await mergeBases(repo, alone, [side, main])).toEqual([]);
    expect(await mergeBase(repo, alone, main)).toBeNull();
    expect(await isAncestor(repo, first, side)).toBe(true);
    expect(await isAncestor(repo, side, main)).toBe(false);
    await expect(isAncestor(repo, "nope", main)).rejects.toMatchObject({ kind: "environment" });
    expect(await revList(repo, ["--count", main])).toEqual(["2"]);
    expect(await openCheckout(at)).toMatchObject({ branch: "alone", head: alone });
    git(at, "checkout", "-q", "--detach");
    expect(await openCheckout(at)).toMatchObject({ branch: null, head: alone });
    git(at, "checkout", "-q", "--orphan", "fresh");
    expect(await openCheckout(at)).toMatchObject({ branch: "fresh", head: null });
  });
});

test("settings of one repository", async () => {
  const { repo, at } = await repository();
  expect(await getConfig(repo, "leeway.version")).toBeNull();
  await setConfig(repo, "leeway.version", "grimsby\nline");
  expect(await getConfig(repo, "leeway.version")).toBe("grimsby\nline");
  await unsetConfig(repo, "leeway.version");
  await unsetConfig(repo, "leeway.version");
  expect(await getConfig(repo, "leeway.version", { anywhere: true })).toBeNull();
  expect(await userName(repo)).toBe("Test Teacher");
  git(at, "config", "--unset", "user.name");
  expect(await userName(repo)).toBeNull();
});

describe("opening", () => {
  test("finds the top from below, in a second work tree, with odd folder names", async () => {
    const { at, repo } = await repository({ "sub folder/a.md": "a" });
    expect((await openRepository(`${at}/sub folder`)).root).toBe(repo.root);
    const other = `${folder()}/été 🚢`;
    git(at, "worktree", "add", "-q", other, "-b", "other");
    const second = await openRepository(other);
    expect([second.root, second.commonDir]).toEqual([other, repo.commonDir]);
    expect(second.gitDir).not.toBe(repo.gitDir);
  });

  test("does not follow GIT_DIR of a hook", async () => {
    const { at, repo } = await repository();
    const other = await repository();
    process.env.GIT_DIR = `${other.at}/.git`;
    try {
      expect((await openRepository(at)).gitDir).toBe(repo.gitDir);
    } finally {
      delete process.env.GIT_DIR;
    }
  });

  test("says what is wrong", async () => {
    await expect(openRepository(folder())).rejects.toMatchObject({
      kind: "usage",
      message: "This is not inside a curriculum repository.",
    });
    const bare = folder();
    git(bare, "init", "-q", "--bare");
    await expect(openRepository(bare)).rejects.toThrow("bare");
    expect((await openRepository(bare, { bare: true })).root).toBe("");
    await expect(openRepository("/no/such/folder")).rejects.toThrow("no such folder");
    const { at } = await repository();
    await expect(openRepository(`${at}/.git`)).rejects.toMatchObject({ kind: "usage" });
  });

  test("says that Git is missing or too old, below the top, where Git opens, and when objects are read", async () => {
    const { at, first, repo } = await repository({ "units/a.md": "one\n" });
    const path = process.env.PATH;
    const fake = folder();
    const opens = () => openRepository(`${at}/units`);
    const reads = () => readObjects(repo, [first]);
    const older = (version: string, other: string): void => {
      write(fake, {
        git: `#!/bin/sh\n[ "$1" = version ] && echo git version ${version} && exit\n${other}\n`,
      });
      chmodSync(`${fake}/git`, 0o755);
    };
    try {
      process.env.PATH = fake;
      const missing = { kind: "environment", message: expect.stringContaining("not installed") };
      await expect(opens()).rejects.toMatchObject(missing);
      await expect(reads()).rejects.toMatchObject(missing);
      older("2.30.1", '[ "$1" = -c ] && shift 2\nshift; for a; do echo "$a"; done');
      await expect(opens()).rejects.toThrow("Git 2.30.1 is too old");
      older("2.34.1", "exit 129");
      await expect(reads()).rejects.toThrow("Git 2.34.1 is too old");
    } finally {
      process.env.PATH = path;
    }
  });

  test("a failing command shows Git's own last line", async () => {
    const { repo } = await repository();
    await expect(repo.run(["cat-file", "-t", "nope"])).rejects.toMatchObject({
      kind: "environment",
      message: expect.stringContaining("fatal: Not a valid object name nope"),
    });
  });
});
