import { cpSync, writeFileSync } from "node:fs";
import { applyEdits, type Edit, readStory } from "../../src/trust/story.ts";
import { BIN, builtOnce, copyRepositories, type Ran, Workshop } from "./trust.ts";

/** One thing that a person does: an edit as the story of the trust writes it, or commands; in the school unless said. */
export type Step = (Edit | { readonly run: string }) & { readonly in?: string };

/** The centre, a region and a school of the example trust, in autumn, all that the school changed explained. */
export class StorySchool extends Workshop {
  static build(): Promise<StorySchool> {
    return builtOnce("story-school", new StorySchool(), StorySchool.#make);
  }

  static async #make(made: StorySchool): Promise<void> {
    const story = await readStory("fixtures/trust");
    const { id, edition } = story.centre;
    cpSync(story.curriculum, made.at(id), { recursive: true });
    await made.run(id, ["init", "-q"]);
    await made.run(id, ["add", "-A"]);
    await made.run(id, ["commit", "-qm", "Curriculum"]);
    await made.ok(id, ["release", edition, "--notes", "Autumn", "--group", "all"]);
    for (const [version, upstream] of [
      ["north", id],
      ["grimsby", "north"],
    ] as const) {
      const told = story.versions.find((each) => each.id === version);
      if (!told) throw new Error(`no ${version} in the story`);
      const { name, layer } = told;
      await made.ok(".", ["fork", upstream, version, "--id", version, "--name", name, "--layer", layer]);
      await made.run(version, ["remote", "set-url", "upstream", `../${upstream}`]);
      if (version === "north")
        await made.ok(version, ["release", edition, "--notes", "Autumn", "--group", "all"]);
      const own = version === "grimsby" ? told.adaptations.slice(0, 2) : [];
      for (const { at, title, why, kind, for: purposes, edits } of own) {
        await applyEdits(made.at(version), edits);
        await made.ok(version, [
          "adapt",
          ...at,
          "--for",
          ...purposes,
          "--kind",
          kind,
          "--title",
          title,
          "--why",
          why,
        ]);
      }
    }
  }

  copy(): StorySchool {
    const copy = new StorySchool();
    copyRepositories(this.root, copy.root);
    return copy;
  }

  /** Does steps one after the other; a command line that fails fails the test. */
  async do(steps: readonly Step[]): Promise<void> {
    for (const { in: folder = "grimsby", ...step } of steps) {
      if ("run" in step) await this.shell(folder, step.run);
      else await applyEdits(this.at(folder), [step as Edit]);
    }
  }

  /**
   * Runs a line as a person types it, with `leeway` as the program under test. A line of nothing but plain commands
   * needs no shell, which spares a process for each.
   */
  async shell(folder: string, line: string): Promise<string> {
    const commands = plainCommands(line);
    if (commands !== null) {
      let out = "";
      for (const [program = "", ...args] of commands)
        out += await (program === "git" ? this.run(folder, args) : this.ok(folder, args));
      return out;
    }
    const script = `leeway() { "${process.execPath}" "${BIN}" "$@"; }\nset -e\n${line}\n`;
    writeFileSync(this.at("home", "step.sh"), script);
    const ran = await this.tool("bash", [this.at("home", "step.sh")], folder);
    if (ran.code !== 0) throw new Error(`${line}\nended with ${ran.code}\n${ran.out}${ran.err}`);
    return ran.out;
  }

  /** Runs `check` and reads what it found. */
  async check(flags: readonly string[] = [], env: Record<string, string> = {}): Promise<CheckJson> {
    const ran: Ran = await this.leeway("grimsby", ["check", "--json", ...flags], env);
    if (ran.code > 1) throw new Error(`check ended with ${ran.code}\n${ran.out}${ran.err}`);
    return JSON.parse(ran.out) as CheckJson;
  }
}

export interface CheckJson {
  readonly schema: string;
  readonly findings: readonly {
    readonly check: string;
    readonly severity: string;
    readonly path: string;
    readonly line: number | null;
    readonly at: string | null;
    readonly message: string;
    readonly remedy: string;
    readonly fingerprint: string;
  }[];
  readonly counts: { readonly error: number; readonly warning: number };
  readonly fixed: readonly string[];
  readonly baseline: { readonly known: number; readonly gone: number } | null;
  readonly excepted: readonly { readonly because: string }[];
}

/** The commands of a line that are joined by `&&`, as words; null where only a shell can tell. */
function plainCommands(line: string): string[][] | null {
  const commands = line.trim().split(" && ").map(plainWords);
  return commands.every((words) => words !== null) ? commands : null;
}

function plainWords(command: string): string[] | null {
  if (!/^(?:git|leeway)(?: +(?:"[^"$`\\!]*"|[\w@%+=:,./#-]+))+$/.test(command)) return null;
  return [...command.matchAll(/"([^"]*)"|\S+/g)].map(([word, quoted]) => quoted ?? word);
}
