import { existsSync } from "node:fs";
import { builtOnce, copyRepositories, Workshop } from "./trust.ts";

const UNIT = "subjects/history/units/y8-trade/unit.md";
const WOOL = "subjects/history/units/y8-trade/lessons/01-wool.md";
const CELLS = "subjects/science/units/y7-cells/unit.md";
const FRACTIONS = "subjects/maths/units/y7-fractions/unit.md";

/** Where the documents of the small trust lie. */
export const PATHS = { unit: UNIT, wool: WOOL, cells: CELLS, fractions: FRACTIONS } as const;

function unit(id: string, title: string, sections: Record<string, string>): string {
  const body = Object.entries(sections).map(([heading, text]) => `## ${heading}\n\n${text}\n`);
  return `---\nid: ${id}\ntype: unit\ntitle: ${title}\noutcomes:\n  - {id: o1, text: Explain one cause}\n---\n\n# ${title}\n\n${body.join("\n")}`;
}

/** The words of the central documents, so that a test changes them by name. */
export const TEXTS = {
  overview: "Pupils follow goods along the roads and rivers of England.",
  caseStudy: "Norwich market shows how wool and wine changed hands.",
  writing: "Pupils write one long answer about causes.",
  homework: "Ask at home who has worked in a market.",
  spring: "Norwich market, in two sources of 1348, shows how wool and wine changed hands.",
  haven: "The landing at Grimsby haven shows how wool and wine changed hands.",
  practical: "Look at an onion skin under the microscope.",
} as const;

/** What `--json` of a rebase prints, as far as tests look at it. */
export interface RebaseJson {
  readonly schema: string;
  readonly outcome: string;
  readonly from: { commit: string | null; edition: string | null };
  readonly to: { commit: string | null; edition: string | null };
  readonly documents: { updated: number; merged: number; conflicted: number };
  readonly conflicts: readonly { path: string; at: string; reason: string }[];
  readonly adaptations: readonly { id: string; outcome: string }[];
  readonly dropped: readonly { at: string; reason: string }[];
}

/** A centre, a region and a school with one explained adaptation, all on the autumn edition. */
export class Trust extends Workshop {
  /**
   * Builds the trust: the centre has released autumn, the region north too; the school grimsby builds on north's
   * autumn and has adapted the case study of y8-trade for its place. Folders are siblings, addresses relative.
   */
  static build(): Promise<Trust> {
    return builtOnce("three-layers", new Trust(), Trust.#make);
  }

  static async #make(trust: Trust): Promise<void> {
    await trust.ok(".", ["init", "centre", "--id", "centre", "--name", "The Centre"]);
    await trust.run("centre", ["rm", "-qr", "subjects", "frameworks"]);
    trust.write("centre/versions/centre/rules.yaml", "default: reason\n");
    const { overview, caseStudy, writing, homework, practical } = TEXTS;
    const trade = { Overview: overview, "Case study": caseStudy, Writing: writing, Homework: homework };
    trust.write(`centre/${UNIT}`, unit("y8-trade", "Trade in medieval England", trade));
    trust.write(
      `centre/${WOOL}`,
      "---\nid: y8-trade-wool\ntype: lesson\ntitle: Wool\nunit: y8-trade\noutcome: o1\n---\n\n# Wool\n\n## Starter\n\nWeigh a sack.\n\n## Practice\n\nSort the sources.\n",
    );
    trust.write(
      `centre/${CELLS}`,
      unit("y7-cells", "Cells", {
        Overview: "Life is made of cells.",
        Practical: practical,
        Homework: "Draw a cell.",
      }),
    );
    trust.write(
      `centre/${FRACTIONS}`,
      unit("y7-fractions", "Fractions", {
        Overview: "Parts of a whole.",
        Practice: "Fold a strip of paper.",
      }),
    );
    await trust.commit("centre", "Curriculum");
    await trust.release("centre", "autumn");
    await trust.fork("centre", "north", "region");
    await trust.release("north", "autumn");
    await trust.fork("north", "grimsby", "school");
    trust.replace(`grimsby/${UNIT}`, caseStudy, TEXTS.haven);
    await trust.ok("grimsby", [
      "adapt",
      "y8-trade#case-study",
      "--for",
      "place",
      "--title",
      "Haven",
      "--why",
      "Families here work on the docks.",
    ]);
  }

  /** A copy of the whole folder, for one test to change. */
  copy(): Trust {
    const copy = new Trust();
    copyRepositories(this.root, copy.root);
    return copy;
  }

  async fork(upstream: string, id: string, layer: string): Promise<void> {
    await this.ok(".", [
      "fork",
      upstream,
      id,
      "--id",
      id,
      "--name",
      NAMES[id] ?? id,
      "--layer",
      layer,
      "--group",
      "all",
    ]);
    await this.run(id, ["remote", "set-url", "upstream", `../${upstream}`]);
  }

  async commit(folder: string, message: string): Promise<string> {
    await this.run(folder, ["add", "-A"]);
    await this.run(folder, ["commit", "-qm", message]);
    return this.run(folder, ["rev-parse", "HEAD"]);
  }

  async release(folder: string, edition: string): Promise<void> {
    await this.ok(folder, ["release", edition, "--notes", `What is new in ${edition}`, "--group", "all"]);
  }

  /** An edition of north with some texts replaced in its documents, fetched by the school. */
  async publish(edition: string, edit: () => void | Promise<void>): Promise<string> {
    await edit();
    const commit = await this.commit("north", `Changes for ${edition}`);
    await this.release("north", edition);
    await this.ok("grimsby", ["fetch"]);
    return commit;
  }

  /** An edition in which north changed the case study that the school has adapted, and two documents beside it. */
  publishSpring(): Promise<string> {
    return this.publish("spring", () => {
      this.replace(`north/${UNIT}`, TEXTS.caseStudy, TEXTS.spring);
      this.replace(`north/${UNIT}`, TEXTS.homework, "Ask at home who has sold something.");
      this.replace(`north/${CELLS}`, TEXTS.practical, "Look at an onion skin and at a cheek cell.");
    });
  }

  /** An edition with only the case study changed, beside what else has been edited in north. */
  publishSpringCaseStudy(): Promise<string> {
    return this.publish("spring", () => this.replace(`north/${UNIT}`, TEXTS.caseStudy, TEXTS.spring));
  }

  async json<T = RebaseJson>(folder: string, args: readonly string[], code = 0): Promise<T> {
    const ran = await this.leeway(folder, [...args, "--json"]);
    if (ran.code !== code)
      throw new Error(`leeway ${args.join(" ")} ended with ${ran.code}, not ${code}\n${ran.out}${ran.err}`);
    return JSON.parse(ran.out) as T;
  }

  head(folder = "grimsby", rev = "HEAD"): Promise<string> {
    return this.run(folder, ["rev-parse", rev]);
  }

  /** Everything that a verb which changes nothing must leave alone: refs, index, files, and Git's state files. */
  async everything(folder = "grimsby"): Promise<string> {
    const files = ["MERGE_HEAD", "MERGE_MSG", "MERGE_MODE", "leeway/rebase.json"];
    const parts = await Promise.all([
      // Leeway's own log of what it did may grow.
      this.run(folder, ["for-each-ref", "refs/heads", "refs/tags", "refs/remotes", "refs/leeway/base"]),
      this.run(folder, ["symbolic-ref", "HEAD"]),
      this.run(folder, ["ls-files", "--stage", "-v"]),
      this.run(folder, ["status", "--porcelain=v2", "--untracked-files=all"]),
      this.run(folder, ["diff"]),
    ]);
    const state = files.map((name) => {
      const path = this.at(folder, ".git", name);
      return `${name}: ${existsSync(path) ? this.read(folder, ".git", name) : "absent"}`;
    });
    return [...parts, ...state].join("\n---\n");
  }

  /** Nothing is broken, and the history reads as a picture. */
  async sound(folder = "grimsby"): Promise<void> {
    const checked = await this.git(folder, ["fsck", "--full", "--strict", "--no-dangling"]);
    if (checked.code !== 0 || /error|missing|broken/.test(checked.out + checked.err)) {
      throw new Error(`git fsck in ${folder}: ${checked.out}${checked.err}`);
    }
    await this.run(folder, ["log", "--graph", "--oneline", "--all"]);
  }
}

const NAMES: Record<string, string> = { north: "North region", grimsby: "Harbour Academy Grimsby" };
