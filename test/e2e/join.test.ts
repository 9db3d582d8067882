import { cpSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { Workshop } from "./trust.ts";

interface JoinJson {
  readonly base: string;
  readonly edition: string | null;
  readonly found: "history" | "content" | "named";
  readonly copy: string;
  readonly commit: string | null;
  readonly nearness: Record<string, number>;
  readonly alike: { count: number; chosen: string } | null;
}

const NAMES = ["--id", "grimsby", "--name", "Harbour Academy Grimsby"];
const TOPICS = ["wool", "herring", "salt", "cloth", "timber", "iron"];
const CURRICULUM = "subjects/history/units/y8-trade";

/** A lesson long enough to be told from others by its words. */
function lesson(topic: string, edition: string): string {
  const lines = Array.from(
    { length: 12 },
    (_, line) => `Source ${line} tells how ${topic} came to the ${topic} market by road ${line} and by sea.`,
  );
  return `---\nid: y8-${topic}\ntype: lesson\ntitle: The ${topic} trade\n---\n\n# The ${topic} trade\n\n## Starter\n\nStarter of ${edition} for ${topic}.\n\n## Sources\n\n${lines.join("\n\n")}\n`;
}

/** A curriculum with four states, which people have copied by all the ways that there are. */
class Copies extends Workshop {
  readonly states: string[] = [];

  static async build(): Promise<Copies> {
    const made = new Copies();
    await made.run(".", ["init", "-q", "harbour"]);
    for (const topic of TOPICS)
      made.write(`harbour/${CURRICULUM}/lessons/${topic}.md`, lesson(topic, "autumn"));
    made.write("harbour/LICENSE.md", "Take it, and say where it is from.\n");
    await made.state("autumn");
    made.write(`harbour/${CURRICULUM}/lessons/wool.md`, lesson("wool", "spring"));
    made.write(`harbour/${CURRICULUM}/lessons/salt.md`, lesson("salt", "spring"));
    await made.state("spring");
    made.write(`harbour/${CURRICULUM}/lessons/tar.md`, lesson("tar", "summer"));
    await made.state("summer");
    made.write(`harbour/${CURRICULUM}/lessons/cloth.md`, lesson("cloth", "next"));
    await made.state("next");
    return made;
  }

  private async state(name: string): Promise<void> {
    await this.run("harbour", ["add", "-A"]);
    await this.run("harbour", ["commit", "-qm", `State of ${name}`]);
    this.states.push(await this.run("harbour", ["rev-parse", "HEAD"]));
  }

  copy(): Copies {
    const copy = new Copies();
    copy.states.push(...this.states);
    cpSync(this.at("harbour"), copy.at("harbour"), { recursive: true });
    return copy;
  }

  /** What a downloaded zip of one state holds: files, and no Git. */
  async download(state: number, folder = "copy"): Promise<void> {
    await this.run(".", ["clone", "-q", "harbour", folder]);
    await this.run(folder, ["checkout", "-q", this.states[state] ?? ""]);
    rmSync(this.at(folder, ".git"), { recursive: true });
  }

  async intoGit(folder = "copy"): Promise<void> {
    await this.run(folder, ["init", "-q"]);
    await this.run(folder, ["add", "-A"]);
    await this.run(folder, ["commit", "-qm", "What we downloaded"]);
  }

  async joined(args: readonly string[] = [], folder = "copy"): Promise<JoinJson> {
    const ran = await this.leeway(folder, ["join", "../harbour", ...NAMES, ...args, "--json"]);
    if (ran.code !== 0) throw new Error(`join ended with ${ran.code}\n${ran.out}${ran.err}`);
    return JSON.parse(ran.out) as JoinJson;
  }

  /** Edits in a copy that everything after the join has to work with. */
  adapt(folder = "copy"): void {
    this.replace(
      `${folder}/${CURRICULUM}/lessons/herring.md`,
      "Starter of autumn for herring.",
      "Go and see the herring at the fish docks.",
    );
  }

  /** Every file below a folder with its text, Git's own left out. */
  files(folder: string): Record<string, string> {
    const paths = readdirSync(this.at(folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => !path.includes("/.git/"));
    return Object.fromEntries(paths.map((path) => [path, this.read(path.slice(this.root.length + 1))]));
  }
}

let built: Copies;
beforeAll(async () => {
  built = await Copies.build();
});

test("a downloaded zip with edits: the state is found, status, diff and drift work, and an update is taken", async () => {
  const copies = built.copy();
  await copies.download(1);
  copies.adapt();
  rmSync(copies.at("copy", CURRICULUM, "lessons", "iron.md"));
  const before = copies.files("copy");
  const said = await copies.ok("copy", ["join", "../harbour", ...NAMES]);
  expect(said).toContain("Of 4 states that harbour ever had, this copy is nearest to that one.");
  expect(said).toContain("Of 6 files here, 5 are exactly as then and 1 is nearly so");
  expect(said).toContain("1 file of then is not here");
  expect(said).toContain("To take it back: leeway undo");
  expect(copies.files("copy")).toMatchObject(before);
  expect(copies.read("copy/versions/grimsby/version.yaml")).toContain(`base: {commit: ${copies.states[1]}}`);
  expect(await copies.run("copy", ["log", "--format=%s"])).toBe(
    "Join harbour as Harbour Academy Grimsby\nThe copy as it was found",
  );
  expect(await copies.run("copy", ["status", "--porcelain"])).toBe("");

  const status = await copies.ok("copy", ["status"]);
  expect(status).toContain("2 changes have no reason yet");
  expect(await copies.ok("copy", ["diff", "--stat"])).toContain("y8-herring#starter");
  await copies.ok("copy", [
    "adapt",
    "y8-herring#starter",
    "--for",
    "place",
    "--why",
    "The fish docks are next door.",
  ]);
  const head = await copies.run("copy", ["rev-parse", "HEAD"]);
  await copies.ok("copy", ["rebase"]);
  expect(await copies.run("copy", ["log", "-1", "--format=%P"])).toBe(`${head} ${copies.states[3]}`);
  expect(copies.read("copy", CURRICULUM, "lessons", "tar.md")).toContain("tar market");
  expect(copies.read("copy", CURRICULUM, "lessons", "herring.md")).toContain("fish docks");
  expect(await copies.run("copy", ["ls-files", `${CURRICULUM}/lessons/iron.md`])).toBe("");
  expect(await copies.ok("copy", ["rebase"])).toContain("Nothing to take");
  await copies.ok("copy", ["undo"]);
  expect(await copies.run("copy", ["rev-parse", "HEAD"])).toBe(head);
  expect(await copies.run("copy", ["fsck", "--no-dangling"])).toBe("");
});

test("an update that both changed stops for a decision on a joined version, and can be aborted", async () => {
  const copies = built.copy();
  await copies.download(1);
  copies.replace(`copy/${CURRICULUM}/lessons/cloth.md`, "Starter of autumn for cloth.", "Feel some cloth.");
  await copies.joined();
  await copies.ok("copy", ["rebase"], 3);
  expect(await copies.run("copy", ["rev-parse", "MERGE_HEAD"])).toBe(copies.states[3]);
  await copies.ok("copy", ["rebase", "--abort"]);
  await copies.ok("copy", ["rebase"], 3);
  await copies.ok("copy", ["resolve", "--take", "local"]);
  await copies.ok("copy", ["rebase", "--continue"]);
  expect(copies.read("copy", CURRICULUM, "lessons", "cloth.md")).toContain("Feel some cloth.");
});

test("undo takes the join back and leaves the copy in Git; undoing that brings it back", async () => {
  const copies = built.copy();
  await copies.download(0);
  const before = copies.files("copy");
  await copies.joined();
  await copies.ok("copy", ["undo"]);
  expect(copies.files("copy")).toEqual(before);
  expect(await copies.run("copy", ["log", "--format=%s"])).toBe("The copy as it was found");
  expect(await copies.run("copy", ["for-each-ref", "refs/leeway/base"])).toBe("");
  await copies.ok("copy", ["undo"]);
  expect(await copies.ok("copy", ["status"])).toContain("Harbour Academy Grimsby");
  await copies.ok("copy", ["undo"]);
  expect((await copies.joined()).base).toBe(copies.states[0]);
});

test("a dry run tells the same and leaves folder and repository as they were", async () => {
  const copies = built.copy();
  await copies.download(1);
  const before = copies.files("copy");
  const tried = await copies.joined(["--dry-run"]);
  expect(tried).toMatchObject({ base: copies.states[1], commit: null, copy: "folder" });
  expect(copies.files("copy")).toEqual(before);
  expect(readdirSync(copies.at("copy"))).not.toContain(".git");
  await copies.intoGit();
  const git = await copies.run("copy", ["for-each-ref"]);
  expect(await copies.joined(["--dry-run"])).toMatchObject({ base: copies.states[1], copy: "version" });
  expect(await copies.run("copy", ["for-each-ref"])).toBe(git);
  expect(await copies.run("copy", ["remote"])).toBe("");
  expect(await copies.run("copy", ["status", "--porcelain"])).toBe("");
});

test("git init without a commit: what was staged is not lost where the join fails", async () => {
  const copies = built.copy();
  await copies.download(1);
  await copies.run("copy", ["init", "-q"]);
  await copies.run("copy", ["add", "LICENSE.md"]);
  expect((await copies.leeway("copy", ["join", "../nowhere", ...NAMES])).code).toBe(4);
  copies.write("copy/versions/grimsby/notes.txt", "Ours.\n");
  expect((await copies.leeway("copy", ["join", "../harbour", ...NAMES])).code).toBe(2);
  expect(await copies.run("copy", ["diff", "--cached", "--name-only"])).toBe("LICENSE.md");
  expect((await copies.git("copy", ["rev-parse", "--verify", "-q", "HEAD"])).code).toBe(1);
  rmSync(copies.at("copy", "versions"), { recursive: true });
  expect(await copies.joined()).toMatchObject({ copy: "unborn", base: copies.states[1] });
});

test("Windows line ends, and a layout of its own: still found by content", async () => {
  const copies = built.copy();
  await copies.download(1);
  for (const topic of TOPICS) {
    const path = `copy/${CURRICULUM}/lessons/${topic}.md`;
    copies.write(path, copies.read(path).replaceAll("\n", "\r\n"));
  }
  await copies.intoGit();
  expect(await copies.joined(["--dry-run"])).toMatchObject({ base: copies.states[1], found: "content" });

  await copies.download(1, "moved");
  mkdirSync(copies.at("moved", "lessons"));
  cpSync(copies.at("moved", CURRICULUM, "lessons"), copies.at("moved", "lessons"), { recursive: true });
  rmSync(copies.at("moved", "subjects"), { recursive: true });
  copies.replace("moved/lessons/iron.md", "Starter of autumn for iron.", "Visit a forge.");
  const moved = await copies.joined([], "moved");
  expect(moved).toMatchObject({ base: copies.states[1], nearness: { same: 1, moved: 5, near: 1 } });
  await copies.ok("moved", ["rebase"]);
  const files = (await copies.run("moved", ["ls-files", "*.md"])).split("\n");
  expect(files.filter((path) => path.endsWith("/cloth.md"))).toEqual(["lessons/cloth.md"]);
  expect(copies.read("moved/lessons/cloth.md")).toContain("Starter of next");
});

test("equals: an edition first, and all of them are counted", async () => {
  const copies = built.copy();
  await copies.run("harbour", ["commit", "-q", "--allow-empty", "-m", "Nothing new"]);
  await copies.run("harbour", ["commit", "-q", "--allow-empty", "-m", "Nothing new again"]);
  const newest = await copies.run("harbour", ["rev-parse", "HEAD"]);
  await copies.download(3);
  const plain = await copies.joined(["--dry-run"]);
  expect(plain).toMatchObject({ base: newest, alike: { count: 2, chosen: "followed" } });
  await copies.run("harbour", ["tag", "-a", "edition/harbour/next", "-m", "Next", `${newest}~1`]);
  const named = await copies.joined();
  expect(named).toMatchObject({ edition: "next", alike: { count: 2, chosen: "named" } });
  expect(copies.read("copy/versions/grimsby/version.yaml")).toContain("edition: next");
});

test("shared history settles it, unless the copy holds all that came after without its history", async () => {
  const copies = built.copy();
  await copies.run(".", ["clone", "-q", "harbour", "clone"]);
  await copies.run("clone", ["reset", "-q", "--hard", copies.states[1] ?? ""]);
  copies.adapt("clone");
  await copies.run("clone", ["commit", "-qam", "Our docks"]);
  const shared = await copies.joined(["--dry-run"], "clone");
  expect(shared).toMatchObject({ base: copies.states[1], found: "history" });
  // A squash: the files of a later state, as a commit of its own.
  await copies.run("clone", ["merge", "-q", "--squash", copies.states[3] ?? ""]);
  await copies.run("clone", ["commit", "-qm", "All that is new"]);
  const squashed = await copies.joined([], "clone");
  expect(squashed).toMatchObject({ base: copies.states[3], found: "content" });
  expect(await copies.ok("clone", ["rebase"])).toContain("Nothing to take");
});

test("one change that was copied over by hand is no reason to call the rest undone", async () => {
  const copies = built.copy();
  await copies.run(".", ["clone", "-q", "harbour", "clone"]);
  await copies.run("clone", ["reset", "-q", "--hard", copies.states[0] ?? ""]);
  copies.write(`clone/${CURRICULUM}/lessons/wool.md`, lesson("wool", "spring"));
  await copies.run("clone", ["commit", "-qam", "Wool as upstream has it"]);
  expect(await copies.joined([], "clone")).toMatchObject({ base: copies.states[0], found: "history" });
  expect(await copies.ok("clone", ["rebase", "--json"])).toContain(`"outcome": "clean"`);
  expect(copies.read("clone", CURRICULUM, "lessons", "salt.md")).toContain("Starter of spring");
});

test("upstream rewrote its history: the base stays, and what comes after it is taken", async () => {
  const copies = built.copy();
  await copies.run(".", ["clone", "-q", "harbour", "clone"]);
  await copies.run("clone", ["reset", "-q", "--hard", copies.states[1] ?? ""]);
  copies.adapt("clone");
  await copies.run("clone", ["commit", "-qam", "Our docks"]);
  // The same states again under other hashes.
  await copies.run("harbour", ["checkout", "-q", "--orphan", "rewritten", copies.states[0] ?? ""]);
  await copies.run("harbour", ["commit", "-qm", "State of autumn, rewritten"]);
  const rewritten: string[] = [];
  for (const state of copies.states.slice(1)) {
    await copies.run("harbour", ["read-tree", "-u", "--reset", state]);
    await copies.run("harbour", ["commit", "-qm", "Rewritten"]);
    rewritten.push(await copies.run("harbour", ["rev-parse", "HEAD"]));
  }
  await copies.run("harbour", ["branch", "-qD", "main"]);
  await copies.run("harbour", ["branch", "-qm", "main"]);
  expect(await copies.joined([], "clone")).toMatchObject({ base: rewritten[0], found: "content" });
  await copies.ok("clone", ["rebase"]);
  expect(await copies.run("clone", ["log", "-1", "--format=%P"])).toContain(rewritten[2] ?? "");
  expect(copies.read("clone", CURRICULUM, "lessons", "cloth.md")).toContain("Starter of next");
  expect(copies.read("clone", CURRICULUM, "lessons", "herring.md")).toContain("fish docks");
  // And once more, after the join: the base is kept here even where upstream has it no longer.
  await copies.run("harbour", ["checkout", "-q", "--orphan", "again"]);
  await copies.run("harbour", ["commit", "-qm", "All in one"]);
  await copies.run("harbour", ["branch", "-qD", "main"]);
  await copies.run("harbour", ["branch", "-qm", "main"]);
  await copies.ok("clone", ["undo"]);
  await copies.ok("clone", ["fetch"]);
  expect(await copies.ok("clone", ["status"])).not.toContain("NO STARTING POINT");
  await copies.ok("clone", ["rebase"]);
  expect(copies.read("clone", CURRICULUM, "lessons", "herring.md")).toContain("fish docks");
});

test("a person may name the base, by commit, branch or edition, and nothing that upstream never had", async () => {
  const copies = built.copy();
  await copies.download(1);
  const said = await copies.ok("copy", [
    "join",
    "../harbour",
    ...NAMES,
    "--base",
    copies.states[0] ?? "",
    "-n",
  ]);
  expect(said).toContain("You named this state yourself.");
  expect(await copies.joined(["--base", "main", "--dry-run"])).toMatchObject({ base: copies.states[3] });
  const refused = await copies.leeway("copy", ["join", "../harbour", ...NAMES, "--base", "1999"]);
  expect(refused.code).toBe(2);
  expect(refused.err).toContain("Upstream has published no edition, branch or commit called 1999");
  await copies.intoGit();
  const own = await copies.run("copy", ["rev-parse", "HEAD"]);
  expect((await copies.leeway("copy", ["join", "../harbour", ...NAMES, "--base", own])).code).toBe(2);
});

test("nothing in common: no starting point, a way out, and nothing is touched", async () => {
  const copies = built.copy();
  copies.write("copy/poems.md", "# Poems\n\nA cat sat on a mat and looked at the moon.\n");
  copies.write("copy/LICENSE.md", "Take it, and say where it is from.\n");
  for (const number of Array.from({ length: 12 }, (_, index) => index))
    copies.write(
      `copy/poem-${number}.md`,
      `# Poem ${number}\n\nVerse ${number} rhymes with nothing at all.\n`,
    );
  const before = copies.files("copy");
  const ran = await copies.leeway("copy", ["join", "../harbour", ...NAMES]);
  expect(ran.code).toBe(4);
  expect(ran.err).toContain(
    "No starting point: of 14 documents here, only 1 is like one that upstream ever had.",
  );
  expect(ran.err).toContain("--base REV");
  expect(copies.files("copy")).toEqual(before);
  expect(readdirSync(copies.at("copy"))).not.toContain(".git");
});

test("what cannot be joined says so: joined already, another upstream, a taken id, the folder around the copy", async () => {
  const copies = built.copy();
  await copies.download(1);
  const refusal = async (folder: string, args: readonly string[]): Promise<string> => {
    const ran = await copies.leeway(folder, ["join", ...args]);
    expect(ran.code, ran.out + ran.err).toBe(2);
    return ran.err;
  };
  mkdirSync(copies.at("unpacked"));
  cpSync(copies.at("copy"), copies.at("unpacked", "harbour-main"), { recursive: true });
  expect(await refusal("unpacked", ["../harbour", ...NAMES])).toContain("cd 'harbour-main'");
  mkdirSync(copies.at("empty"));
  expect(await refusal("empty", ["../harbour", ...NAMES])).toContain("This folder is empty");
  await copies.joined();
  expect(await refusal("copy", ["../harbour", ...NAMES])).toContain("under Leeway already");
  expect(await refusal("copy", ["upstream", ...NAMES])).toContain("under Leeway already");
  await copies.download(1, "other");
  await copies.intoGit("other");
  await copies.run("other", ["remote", "add", "upstream", "../elsewhere"]);
  expect(await refusal("other", ["../harbour", ...NAMES])).toContain("another upstream already");
  await copies.run("other", ["remote", "set-url", "upstream", "../harbour"]);
  expect(await refusal("other", ["upstream", ...NAMES, "--branch", "nope"])).toContain(
    "no branch called nope",
  );
  expect(await refusal("other", ["upstream", ...NAMES, "--group", "pilot"])).toContain(
    "no group called pilot",
  );
  expect(await copies.joined([], "other")).toMatchObject({ base: copies.states[1] });
});

test("an upstream that uses Leeway: its editions, its group and its rules count, and the chain comes along", async () => {
  const copies = new Copies();
  await copies.ok(".", ["init", "harbour", "--id", "harbour", "--name", "Harbour Trust"]);
  await copies.ok("harbour", ["release", "autumn", "--notes", "The first", "--group", "all"]);
  await copies.run(".", ["clone", "-q", "harbour", "copy"]);
  rmSync(copies.at("copy", ".git"), { recursive: true });
  rmSync(copies.at("copy", "versions"), { recursive: true });
  const report = await copies.joined();
  expect(report).toMatchObject({ edition: "autumn", found: "content" });
  expect(copies.read("copy/versions/grimsby/version.yaml")).toContain("group: all");
  expect(copies.read("copy/versions/harbour/rules.yaml")).toBe(
    copies.read("harbour/versions/harbour/rules.yaml"),
  );
  expect(await copies.ok("copy", ["status"])).toContain("a school version of Harbour Trust");
  expect(await copies.ok("harbour", ["versions", "add", "../copy"])).toContain("Harbour Academy Grimsby");
  await copies.run(".", ["clone", "-q", "harbour", "second"]);
  const taken = await copies.leeway("second", ["join", "../harbour", ...NAMES]);
  expect(taken.code).toBe(2);
  expect(taken.err).toContain("The id grimsby is taken");
});
