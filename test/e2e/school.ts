import { builtOnce, copyRepositories, type Ran, Workshop } from "./trust.ts";

/** Where the documents of the small school lie. */
export const TRADE = "subjects/history/units/y8-trade/unit.md";
export const SACK = "subjects/history/units/y8-trade/lessons/01-sack.md";
export const PLAN = "subjects/history/key-stage-3.yaml";

const DOCUMENTS: Record<string, string> = {
  [TRADE]: `---
id: y8-trade
type: unit
title: Trade in medieval England
outcomes:
  - {id: o1, text: Explain one cause of trade}
  - {id: o2, text: Explain interdependence}
keywords:
  - keyword: toll
    description: a payment for bringing goods into a market
enquiryQuestion: What could a sack of wool buy?   # asked in every lesson
---
# Trade in medieval England

A sack of wool is the thread of the unit.

## Case study

Norwich market shows how wool and wine changed hands.

## Writing

Pupils write one long answer about causes.

## Practice

### Plenary

Name one good.

## Review

### Plenary

Name two goods.
`,
  [SACK]: `---
id: y8-trade-sack
type: lesson
title: A sack of wool
unit: y8-trade
outcome: I can name who touched the wool.
keyLearningPoints:
  - {id: k1, text: Wool was the most valuable export.}
minutes: 60
---
# A sack of wool

## Starter

Raw wool on the tables.

## Homework

Look at the label in your coat.
`,
  [PLAN]: `# The long-term plan
id: history-ks3
type: programme
title: History, key stage 3
subject: history
keyStage: 3
yearGroups: [7, 8, 9]
sequence:
  - {unit: y7-conquest, yearGroup: 7, term: autumn-1, weeks: 3}
  - {unit: y8-trade, yearGroup: 8, term: spring-1, weeks: 5}
`,
  "subjects/history/subject.md":
    "---\nid: history\ntype: subject\ntitle: History\n---\n# History\n\n## Intent\n\nStories first.\n",
  "versions/centre/rules.yaml": `default: reason
rules:
  - {passages: "unit@outcomes", leeway: none, because: "Common assessments test them"}
  - {passages: "unit@keywords", leeway: add, because: "Keep the shared words"}
  - {passages: "lesson#*", leeway: free}
  - {passages: "lesson@keyLearningPoints", leeway: none, because: "Later units take them as known"}
`,
};

/** A centre with one edition, a region and a school forked from each other in turn; folders are siblings. */
export class School extends Workshop {
  /** Builds centre, north and grimsby once for a test file; tests work in copies. */
  static build(): Promise<School> {
    return builtOnce("school", new School(), School.#make);
  }

  static async #make(made: School): Promise<void> {
    await made.ok(".", ["init", "centre", "--id", "centre", "--name", "The Centre"]);
    await made.run("centre", ["rm", "-qr", "subjects", "frameworks", "README.md"]);
    for (const [path, text] of Object.entries(DOCUMENTS)) made.write(`centre/${path}`, text);
    await made.run("centre", ["add", "-A"]);
    await made.run("centre", ["commit", "-qm", "Curriculum"]);
    await made.ok("centre", ["release", "autumn", "--notes", "The first edition", "--group", "all"]);
    await made.ok(".", [
      "fork",
      "centre",
      "north",
      "--id",
      "north",
      "--name",
      "North region",
      "--layer",
      "region",
    ]);
    await made.run("north", ["remote", "set-url", "upstream", "../centre"]);
    await made.ok("north", ["release", "autumn", "--notes", "The first edition", "--group", "all"]);
    await made.ok(".", ["fork", "north", "grimsby", "--id", "grimsby", "--name", "Harbour Academy Grimsby"]);
    await made.run("grimsby", ["remote", "set-url", "upstream", "../north"]);
  }

  /** A copy of all repositories, for one test to change. */
  copy(): School {
    const copy = new School();
    copyRepositories(this.root, copy.root);
    return copy;
  }

  /** Runs a verb in the school, from a folder of it. */
  in(args: readonly string[], folder = ""): Promise<Ran> {
    return this.leeway(folder === "" ? "grimsby" : `grimsby/${folder}`, args);
  }

  /** Runs a verb with --json in a repository. */
  async json<T = Record<string, unknown>>(args: readonly string[], folder = "grimsby", code = 0): Promise<T> {
    const ran = await this.leeway(folder, [...args, "--json"]);
    if (ran.code !== code)
      throw new Error(`leeway ${args.join(" ")} ended with ${ran.code}\n${ran.out}${ran.err}`);
    return JSON.parse(ran.out) as T;
  }

  /** Changes a text of the school that stands in a document once. */
  edit(path: string, find: string, replacement: string): void {
    this.replace(`grimsby/${path}`, find, replacement);
  }

  /** Refs, index, files and what differs: equal before and after whatever changes nothing. */
  async everything(folder = "grimsby"): Promise<string> {
    const parts = await Promise.all([
      // Leeway's own log of what it did may grow.
      this.run(folder, ["for-each-ref", "refs/heads", "refs/tags", "refs/remotes"]),
      this.run(folder, ["status", "--porcelain=v2", "--branch", "--untracked-files=all"]),
      this.run(folder, ["diff", "--binary"]),
    ]);
    return parts.join("\n---\n");
  }

  /** Runs a verb that has to refuse: its code, one message without a stack trace, and nothing changed. */
  async refused(args: readonly string[], code = 2, folder = "grimsby"): Promise<string> {
    return (await this.allRefused([args], code, folder))[0] ?? "";
  }

  /** The same for several verbs, which are to leave everything as it is between them. */
  async allRefused(verbs: readonly (readonly string[])[], code = 2, folder = "grimsby"): Promise<string[]> {
    const before = await this.everything(folder);
    const messages: string[] = [];
    for (const args of verbs) {
      const ran = await this.leeway(folder, args);
      const said = ran.out + ran.err;
      const fault =
        ran.code !== code
          ? `ended with ${ran.code}, not ${code}`
          : /\n\s+at |tree-ish|pathspec|refspec|undefined|\[object/.test(said)
            ? "is not for people"
            : null;
      if (fault !== null) throw new Error(`leeway ${args.join(" ")} ${fault}\n${said}`);
      messages.push(ran.err);
    }
    if ((await this.everything(folder)) !== before)
      throw new Error(`changed something: ${JSON.stringify(verbs)}`);
    return messages;
  }
}

/** The files of a commit, by path. */
export async function filesOf(school: School, folder = "grimsby", rev = "HEAD"): Promise<string[]> {
  return (await school.run(folder, ["show", "--format=", "--name-only", "--no-renames", rev]))
    .split("\n")
    .filter(Boolean);
}
