import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { isShallow } from "../../src/git/as-written.ts";
import { checkRefspec, checkUrl, shownUrl } from "../../src/git/names.ts";
import { resolve } from "../../src/git/refs.ts";
import {
  addRemote,
  cloneRepository,
  fetchObject,
  fetchRemote,
  initRepository,
  lsRemote,
  push,
  remotes,
} from "../../src/git/remotes.ts";
import { commit, folder, git, repository } from "./sandbox.ts";

async function cloned() {
  const upstream = await repository({ "a.md": "1\n" });
  const at = join(folder(), "a copy 🚢");
  const lines: string[] = [];
  const repo = await cloneRepository(upstream.at, at, {
    originName: "upstream",
    branch: "main",
    progress: (line) => lines.push(line),
  });
  git(at, "config", "user.name", "T");
  git(at, "config", "user.email", "t@t");
  return { upstream, at, repo, lines };
}

describe("copies", () => {
  test("clone, look, fetch with progress, tags and prune", async () => {
    const { upstream, repo, at } = await cloned();
    expect([...(await remotes(repo))]).toEqual([["upstream", upstream.at]]);
    expect(await isShallow(repo)).toBe(false);
    git(upstream.at, "branch", "group/all");
    const second = commit(upstream.at, { "a.md": "2\n" });
    git(upstream.at, "tag", "-a", "-m", "one", "edition/x/1", second);
    const lines: string[] = [];
    await fetchRemote(repo, "upstream", { tags: true, prune: true, progress: (line) => lines.push(line) });
    expect(lines.join("\n")).toContain("main");
    expect(await resolve(repo, "upstream/main")).toBe(second);
    expect(await resolve(repo, "edition/x/1")).toBe(second);
    git(upstream.at, "branch", "-D", "group/all");
    await fetchRemote(repo, "upstream", { prune: true });
    expect(await resolve(repo, "upstream/group/all")).toBeNull();
    await fetchRemote(repo, upstream.at, { refspecs: ["+refs/heads/*:refs/leeway/hub/x/*"], tags: false });
    expect(await resolve(repo, "refs/leeway/hub/x/main")).toBe(second);
    const there = await lsRemote(upstream.at);
    expect(there.defaultBranch).toBe("main");
    expect(there.refs.find(({ name }) => name === "refs/tags/edition/x/1")?.peeled).toBe(second);
    expect(existsSync(join(at, ".git/FETCH_HEAD"))).toBe(true);
  });

  test("one commit by its id, or not", async () => {
    const { upstream, repo } = await cloned();
    const lost = commit(upstream.at, { "a.md": "lost\n" });
    git(upstream.at, "reset", "-q", "--hard", upstream.first);
    expect(await fetchObject(repo, "upstream", lost, "refs/leeway/base/1")).toBe(true);
    expect(await resolve(repo, "refs/leeway/base/1")).toBe(lost);
    expect(await fetchObject(repo, "upstream", "1".repeat(40), "refs/leeway/base/2")).toBe(false);
  });

  test("push: accepted, turned away, never forced", async () => {
    const { repo, at } = await cloned();
    const home = folder();
    git(home, "init", "-q", "--bare", "-b", "main");
    await addRemote(repo, "origin", home);
    await expect(addRemote(repo, "origin", home)).rejects.toMatchObject({ kind: "usage" });
    expect(await push(repo, "origin", ["main", "HEAD:refs/heads/other"], { atomic: true })).toEqual({
      ok: true,
    });
    git(at, "commit", "-q", "--amend", "-m", "other history");
    expect(await push(repo, "origin", ["main"])).toEqual({
      ok: false,
      rejected: [{ ref: "refs/heads/main", reason: "non-fast-forward" }],
    });
    await expect(push(repo, "origin", ["+main"])).rejects.toMatchObject({ kind: "usage" });
    await expect(push(repo, "origin", ["nope"])).rejects.toMatchObject({ kind: "environment" });
  });

  test("init with a branch", async () => {
    const at = join(folder(), "new/one");
    expect((await initRepository(at, "trunk")).root).toBe(at);
    expect(git(at, "symbolic-ref", "HEAD")).toBe("refs/heads/trunk");
    await expect(initRepository(folder(), "-x")).rejects.toMatchObject({ kind: "usage" });
  });
});

describe("faults", () => {
  test("what cannot be reached is named", async () => {
    const { repo } = await repository();
    const nowhere = join(folder(), "nowhere");
    await addRemote(repo, "upstream", nowhere);
    const expected = {
      kind: "environment",
      message: expect.stringContaining("cannot be reached"),
      where: nowhere,
      next: ["Check the address and the connection."],
    };
    await expect(fetchRemote(repo, "upstream")).rejects.toMatchObject(expected);
    await expect(push(repo, "upstream", ["main"])).rejects.toMatchObject(expected);
    await expect(lsRemote(nowhere)).rejects.toMatchObject(expected);
    const target = join(folder(), "copy");
    await expect(cloneRepository(nowhere, target)).rejects.toMatchObject(expected);
    expect(existsSync(target)).toBe(false);
    await expect(lsRemote("https://user:secret@127.0.0.1:1/x.git")).rejects.toMatchObject({
      message: expect.not.stringContaining("secret"),
      where: "https://***@127.0.0.1:1/x.git",
    });
  });

  test("a branch that is not there; a folder that is full", async () => {
    const { at } = await repository();
    await expect(cloneRepository(at, join(folder(), "x"), { branch: "nope" })).rejects.toThrow(
      "not what was asked",
    );
    await expect(cloneRepository(at, at)).rejects.toMatchObject({ kind: "usage" });
  });

  test("addresses and refspecs that would do something else", async () => {
    const { repo } = await repository();
    for (const url of [
      "ext::sh -c x",
      "fd::3",
      "-upload-pack=x",
      "",
      "ssh://-oProxyCommand=x/y",
      "a\nb",
      "u@-x:y",
    ]) {
      expect(() => checkUrl(url)).toThrow("This address");
      await expect(fetchRemote(repo, url)).rejects.toMatchObject({ kind: "usage" });
    }
    for (const url of [
      "https://x.y/z.git",
      "git@host:a/b.git",
      "../north.git",
      "C:\\schools\\north",
      "file:///a b",
    ]) {
      expect(checkUrl(url)).toBe(url);
    }
    expect(() => checkRefspec("-x:y", { force: true })).toThrow();
    expect(shownUrl("https://u:p@host/x")).toBe("https://***@host/x");
    // An address from the configuration is no safer than one that is typed.
    git(repo.root, "config", "remote.bad.url", "ext::touch /tmp/never");
    await expect(fetchRemote(repo, "bad")).rejects.toMatchObject({ kind: "usage" });
  });
});
