import { chmodSync } from "node:fs";
import { delimiter, resolve } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { lesson } from "./joined.ts";
import { Workshop } from "./trust.ts";

/** A repository with two branches that changed the same lessons, and a `leeway` on the path. */
class Branches extends Workshop {
  readonly #path = process.env.PATH ?? "";

  static async build(): Promise<Branches> {
    const made = new Branches();
    await made.run(".", ["init", "-q", "school"]);
    made.write("school/wool.md", lesson("wool", "wool"));
    made.write("school/salt.md", lesson("salt", "salt"));
    made.write("school/list.csv", "one\n");
    made.write("school/.gitattributes", "*.csv merge=union\n");
    await made.commit("Start");
    await made.run("school", ["branch", "other"]);
    made.replace("school/salt.md", "Ask at home", "Ask the neighbours");
    made.replace("school/wool.md", "title: wool\n", "title: wool\nminutes: 50\n");
    made.write("school/list.csv", "one\ntwo\n");
    await made.commit("Ours");
    await made.run("school", ["switch", "-q", "other"]);
    made.replace("school/salt.md", "Ask at home", "Ask your family");
    made.replace("school/wool.md", "title: wool\n", "title: wool\nequipment: [scales]\n");
    made.write("school/list.csv", "one\nthree\n");
    await made.commit("Theirs");
    await made.run("school", ["switch", "-q", "main"]);
    await made.ok("school", ["merge-driver", "--install"]);
    await made.commit("Merge by passages");
    return made;
  }

  private async commit(message: string): Promise<void> {
    await this.run("school", ["add", "-A"]);
    await this.run("school", ["commit", "-qm", message]);
  }

  /** A program called `leeway`; what it was called with is noted. */
  program(name: string, body: string): string {
    this.write(`${name}/leeway`, `#!/bin/sh\necho "$@" >> ${this.at("calls")}\n${body}\n`);
    chmodSync(this.at(name, "leeway"), 0o755);
    return `${this.at(name)}${delimiter}${this.#path}`;
  }

  real(): string {
    return this.program("bin", `exec ${process.execPath} ${resolve("bin/leeway.js")} "$@"`);
  }

  /** Merges with a path to find programs on, and takes it back after a look. */
  async merged<T>(path: string, look: () => T | Promise<T>): Promise<T> {
    const ran = await this.git("school", ["merge", "-q", "other", "-m", "Merge"], { PATH: path });
    expect(ran.code, ran.out + ran.err).toBe(1);
    const seen = await look();
    await this.run("school", ["merge", "--abort"]);
    return seen;
  }

  calls(): string[] {
    return this.read("calls").trim().split("\n");
  }
}

let branches: Branches;
beforeAll(async () => {
  branches = await Branches.build();
});

test("git merge joins what lies in different passages, and marks the rest by passage", async () => {
  await branches.merged(branches.real(), async () => {
    expect(branches.read("school/salt.md")).toMatch(
      /^<{7} \S.* \(salt#homework\)\n[\s\S]*\n\|{7} .*\n[\s\S]*\n={7}\n[\s\S]*\n>{7} /m,
    );
    const wool = branches.read("school/wool.md");
    for (const field of ["minutes: 50", "equipment: [scales]"]) expect(wool).toContain(field);
    expect(branches.read("school/list.csv")).toBe("one\ntwo\nthree\n");
    expect(branches.calls().map((line) => line.split(" ")[6])).toContain("salt.md");
    expect(await branches.run("school", ["diff", "--name-only", "--diff-filter=U"])).toContain("salt.md");
  });
});

test("git rebase and git cherry-pick use it too, and longer markers are written where they are asked for", async () => {
  const env = { PATH: branches.real() };
  branches.write("school/.git/info/attributes", "salt.md conflict-marker-size=12\n");
  const picked = await branches.git("school", ["cherry-pick", "other"], env);
  expect(picked.code).toBe(1);
  expect(branches.read("school/salt.md")).toMatch(/^<{12} .*\(salt#homework\)$/m);
  await branches.run("school", ["cherry-pick", "--abort"]);
  branches.write("school/.git/info/attributes", "");
  await branches.run("school", ["switch", "-qc", "moved", "other"]);
  expect((await branches.git("school", ["rebase", "main"], env)).code).toBe(1);
  expect(branches.read("school/salt.md")).toContain("(salt#homework)");
  await branches.run("school", ["rebase", "--abort"]);
  await branches.run("school", ["switch", "-q", "main"]);
});

test("a Leeway that is missing, broken, too old or killed leaves the merge to Git, markers and all", async () => {
  const broken = ["exit 1", "exit 2", "exit 70", "exit 127", "kill -9 $$"];
  const git = branches.at("git-only");
  branches.write("git-only/note", "");
  const paths = [
    ...broken.map((body, index) => branches.program(`broken-${index}`, body)),
    `${git}${delimiter}/usr/bin${delimiter}/bin`,
  ];
  for (const path of paths) {
    await branches.merged(path, () => {
      const text = branches.read("school/salt.md");
      expect(text).toMatch(
        /^<{7} here\n[\s\S]*neighbours[\s\S]*\n\|{7} before both\n[\s\S]*\n={7}\n[\s\S]*family[\s\S]*\n>{7} coming in$/m,
      );
    });
  }
});

test("Leeway's own merge runs no process a file, and other attributes still count in it", async () => {
  branches.write("calls", "");
  const ran = await branches.leeway("school", ["rebase", "--upstream", "other", "--json"], {
    PATH: branches.real(),
  });
  expect(ran.code, ran.err).toBe(3);
  expect(JSON.parse(ran.out).conflicts.map(({ at }: { at: string }) => at)).toEqual(["salt#homework"]);
  expect(branches.read("calls")).toBe("");
  expect(branches.read("school/list.csv")).toBe("one\ntwo\nthree\n");
  await branches.ok("school", ["rebase", "--abort"]);
});

test("install says what it does once, changes nothing when tried, and is taken back to the last byte", async () => {
  const attributes = branches.read("school/.gitattributes");
  expect(attributes.startsWith("*.csv merge=union\n")).toBe(true);
  expect(await branches.ok("school", ["merge-driver", "--install"])).toContain("already");
  const config = branches.read("school/.git/config");
  expect(await branches.ok("school", ["merge-driver", "--uninstall", "--dry-run"])).toContain("Would have");
  expect(branches.read("school/.git/config")).toBe(config);
  await branches.ok("school", ["merge-driver", "--uninstall"]);
  expect(branches.read("school/.gitattributes")).toBe("*.csv merge=union\n");
  expect((await branches.git("school", ["config", "--get-regexp", "^merge\\.leeway"])).code).toBe(1);
  expect(await branches.ok("school", ["merge-driver", "--install", "--dry-run"])).toContain("Would have");
  expect(branches.read("school/.gitattributes")).toBe("*.csv merge=union\n");
  await branches.ok("school", ["merge-driver", "--install"]);
  expect(branches.read("school/.gitattributes")).toBe(attributes);
  expect((await branches.leeway("school", ["merge-driver", "--install", "--uninstall"])).code).toBe(2);
  expect((await branches.leeway("school", ["merge-driver", "nothing"])).code).toBe(255);
  expect((await branches.leeway("school", ["merge-driver", "--nonsense"])).code).toBe(129);
  expect(await branches.ok("school", ["--help"])).not.toContain("merge-driver");
});
