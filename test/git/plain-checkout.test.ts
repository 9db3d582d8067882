import { chownSync, rmSync, symlinkSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { plainBare, plainCheckout, plainRefs } from "../../src/git/plain-checkout.ts";
import { openCheckout, openRepository } from "../../src/git/repository.ts";
import { commit, folder, git, repository, write } from "./sandbox.ts";

const PREFIXES = ["refs/remotes/upstream/", "refs/tags/edition/", "refs/leeway/base/"];

/** The same, told by Git. */
function told(at: string) {
  const refs = PREFIXES.flatMap((prefix) =>
    git(at, "for-each-ref", "--format=%(refname) %(objectname)", prefix).split("\n").filter(Boolean),
  );
  const head = git(at, "rev-parse", "--symbolic-full-name", "HEAD");
  return {
    root: git(at, "rev-parse", "--show-toplevel"),
    gitDir: git(at, "rev-parse", "--absolute-git-dir"),
    branch: head === "HEAD" ? null : head.replace("refs/heads/", ""),
    head: git(at, "rev-parse", "HEAD"),
    refs: refs.map((line) => line.split(" ")),
  };
}

async function read(at: string) {
  const found = await plainCheckout(at, PREFIXES);
  return found && { ...found, refs: [...found.refs] };
}

describe("a plain checkout", () => {
  const names = fc.constantFrom(
    "refs/remotes/upstream/main",
    "refs/remotes/upstream/group/pilot",
    "refs/remotes/upstream/group-b/é",
    "refs/tags/edition/harbour/2026-27-autumn",
    "refs/tags/edition/harbour/2026-27-spring",
    "refs/tags/edition/north/1.0",
    "refs/leeway/base/y8",
    "refs/heads/topic/own",
    "refs/tags/other",
  );
  const step = fc.oneof(
    fc.record({ kind: fc.constantFrom("set", "tag", "delete"), name: names }),
    fc.record({ kind: fc.constant("symbolic"), name: fc.constant("refs/remotes/upstream/HEAD") }),
    fc.record({ kind: fc.constantFrom("pack", "commit", "detach", "switch"), name: fc.constant("") }),
  );

  function take(at: string, { kind, name }: { kind: string; name: string }): void {
    if (kind === "set") git(at, "update-ref", name, "HEAD");
    else if (kind === "tag" && name.startsWith("refs/tags/"))
      git(at, "tag", "-f", "-a", "-m", "Notes", name.replace("refs/tags/", ""));
    else if (kind === "delete") git(at, "update-ref", "-d", name);
    else if (kind === "symbolic") git(at, "symbolic-ref", name, "refs/remotes/upstream/main");
    else if (kind === "pack") git(at, "pack-refs", "--all", "--prune");
    else if (kind === "commit") git(at, "commit", "-q", "--allow-empty", "-m", "more");
    else if (kind === "detach") git(at, "checkout", "-q", "--detach");
    else if (kind === "switch") git(at, "checkout", "-q", "-B", "term/spring");
  }

  test("is told as Git tells it, whatever was set, packed, taken away and checked out", async () => {
    const steps = fc.array(step, { minLength: 4, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(steps, async (taken) => {
        const { at } = await repository();
        for (const each of taken) {
          take(at, each);
          const all = told(at);
          expect(await read(at)).toEqual(all);
          expect([...((await plainRefs(all.gitDir, PREFIXES)) ?? [])]).toEqual(all.refs);
        }
        rmSync(at, { recursive: true });
      }),
      { numRuns: 8 },
    );
  });

  test("is one that was cloned, and one behind a link", async () => {
    const { at } = await repository();
    git(at, "tag", "edition/harbour/2026-27-autumn");
    const clone = folder();
    git(clone, "clone", "-q", "-o", "upstream", at, ".");
    expect(await read(clone)).toEqual(told(clone));
    const beside = folder();
    rmSync(beside, { recursive: true });
    symlinkSync(clone, beside);
    expect(await read(beside)).toEqual(told(beside));
    expect((await read(clone))?.refs.map(([name]) => name)).toContain("refs/remotes/upstream/HEAD");
  });
});

describe("a bare repository", () => {
  const bare = async (): Promise<string> => {
    const { at } = await repository();
    const clone = folder();
    git(clone, "clone", "-q", "--bare", at, ".");
    return clone;
  };

  test("is where Git says that it is, behind a link as well", async () => {
    const at = await bare();
    const beside = folder();
    rmSync(beside, { recursive: true });
    symlinkSync(at, beside);
    for (const where of [at, beside]) {
      const told = git(where, "rev-parse", "--absolute-git-dir");
      expect(await plainBare(where)).toBe(told);
      const { repo, head } = await openCheckout(where, { bare: true });
      expect([repo.root, repo.gitDir, repo.commonDir, head]).toEqual(["", told, told, null]);
    }
  });

  test("is left to Git where it is out of the ordinary", async () => {
    const at = await bare();
    const changed = await bare();
    git(changed, "config", "extensions.worktreeConfig", "true");
    const { at: checkout } = await repository();
    for (const where of [`${at}/objects`, changed, checkout, `${checkout}/.git`, `${at}/none`])
      expect(await plainBare(where)).toBeNull();
    git(at, "config", "core.bare", "maybe");
    expect(await plainBare(at)).toBeNull();
  });
});

describe("what is out of the ordinary is left to Git", () => {
  const changed = (at: string, ...args: string[]): string => {
    git(at, ...args);
    return at;
  };
  const unusual: Record<string, (at: string) => string> = {
    "a folder below the top": (at) => {
      commit(at, { "units/a.md": "one\n" });
      return `${at}/units`;
    },
    "a linked work tree": (at) => {
      const beside = folder();
      git(at, "worktree", "add", "-q", "-f", beside);
      return beside;
    },
    "a Git folder elsewhere": (at) => {
      const beside = folder();
      git(at, "clone", "-q", "--separate-git-dir", `${folder()}/git`, at, beside);
      return beside;
    },
    "settings of work trees": (at) => changed(at, "config", "extensions.worktreeConfig", "true"),
    "a work tree elsewhere": (at) => changed(at, "config", "core.worktree", at),
    "settings in another file": (at) => changed(at, "config", "include.path", "more"),
    "a later format": (at) => changed(at, "config", "core.repositoryFormatVersion", "1"),
    "a ref that leads to a ref that leads to a ref": (at) => {
      git(at, "symbolic-ref", "refs/remotes/upstream/b", "refs/heads/main");
      return changed(at, "symbolic-ref", "refs/remotes/upstream/a", "refs/remotes/upstream/b");
    },
    "a ref that is none": (at) => {
      write(at, { ".git/refs/remotes/upstream/broken": "nothing\n" });
      return at;
    },
    "a history that begins": (at) => changed(at, "checkout", "-q", "--orphan", "fresh"),
  };

  test.each(Object.entries(unusual))("%s", async (_, change) => {
    const { at } = await repository();
    const where = change(at);
    expect(await plainCheckout(where, PREFIXES)).toBeNull();
    expect((await openCheckout(where, { refs: PREFIXES })).repo.root).toBe(
      git(where, "rev-parse", "--show-toplevel"),
    );
  });

  test("packed refs that Git cannot read either", async () => {
    const { at } = await repository();
    write(at, { ".git/packed-refs": "nothing\n" });
    expect(await plainCheckout(at, PREFIXES)).toBeNull();
    await expect(openCheckout(at, { refs: PREFIXES })).rejects.toThrow("packed-refs");
  });

  test("another kind of hash", async () => {
    const at = folder();
    git(at, "init", "-q", "--object-format=sha256", ".");
    git(at, "-c", "user.name=T", "-c", "user.email=t@x", "commit", "-q", "--allow-empty", "-m", "first");
    expect(await plainCheckout(at, PREFIXES)).toBeNull();
    expect((await openRepository(at)).objectFormat).toBe("sha256");
  });

  test("no folder, a bare repository and Git's own folder", async () => {
    const { at } = await repository();
    const bare = folder();
    git(bare, "init", "-q", "--bare");
    for (const where of [`${at}/none`, bare, `${at}/.git`, folder()])
      expect(await plainCheckout(where, PREFIXES)).toBeNull();
  });

  test.skipIf(process.geteuid?.() !== 0)("a folder of somebody else, which Git does not trust", async () => {
    const { at } = await repository();
    chownSync(`${at}/.git`, 65_534, 65_534);
    expect(await plainCheckout(at, PREFIXES)).toBeNull();
    await expect(openRepository(at)).rejects.toThrow("does not trust");
  });
});
