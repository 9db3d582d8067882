import { Workshop } from "./trust.ts";

export interface RebaseJson {
  readonly outcome: string;
  readonly conflicts: readonly { path: string; at: string; kind: string; reason: string }[];
  readonly dropped: readonly { at: string; reason: string }[];
  readonly code: readonly string[];
}

export interface AccountJson {
  readonly state: string;
  readonly byGit: number;
  readonly documents: readonly {
    readonly path: string;
    readonly entries: readonly {
      readonly at: string;
      readonly rule: string;
      readonly from: string | null;
      readonly text: string | null;
      readonly chosen: string | null;
    }[];
  }[];
}

/** A lesson with six passages; `id` empty for one that is named by its path. */
export function lesson(id: string, topic: string): string {
  const front = id === "" ? "" : `---\nid: ${id}\ntitle: ${topic}\n---\n\n`;
  const practice = [1, 2, 3, 4, 5, 6].map((step) => `Step ${step} of ${topic}, in pairs.`).join("\n\n");
  return `${front}# ${topic}\n\n## Starter\n\nRecall what you know of ${topic}.\n\n## Practice\n\n${practice}\n\n## Homework\n\nAsk at home about ${topic}.\n`;
}

/** Forty paragraphs that no lesson has: a rewrite that Git no longer takes for the same file. */
export const REWRITTEN = Array.from(
  { length: 40 },
  (_, line) => `Paragraph ${line} of a wholly new account of the matter.`,
).join("\n\n");

/** An upstream and one version that has joined it, for one update of any shape. */
export class Joined extends Workshop {
  /** @param files of the state that both start from, by path */
  static async of(
    files: Record<string, string>,
    more: (up: Joined) => Promise<void> = async () => {},
  ): Promise<Joined> {
    const made = new Joined();
    await made.run(".", ["init", "-q", "up"]);
    for (const [path, text] of Object.entries(files)) made.write(`up/${path}`, text);
    await more(made);
    await made.commit("up", "Start");
    await made.run(".", ["clone", "-q", "--origin", "upstream", "up", "own"]);
    await made.ok("own", ["join", "upstream", "--id", "own", "--name", "Harbour Academy"]);
    return made;
  }

  async commit(folder: string, message: string): Promise<void> {
    await this.run(folder, ["add", "-A"]);
    await this.run(folder, ["commit", "-q", "--allow-empty", "-m", message]);
  }

  /** Commits what has been edited on both sides, and fetches. */
  async ready(): Promise<void> {
    await this.commit("up", "Upstream's changes");
    await this.commit("own", "Our changes");
    await this.ok("own", ["fetch"]);
  }

  async json<T = RebaseJson>(args: readonly string[], code = 0): Promise<T> {
    const ran = await this.leeway("own", [...args, "--json"]);
    if (ran.code !== code)
      throw new Error(`leeway ${args.join(" ")} ended with ${ran.code}\n${ran.out}${ran.err}`);
    return JSON.parse(ran.out) as T;
  }

  /** Takes the update; the paths of the curriculum afterwards. */
  async taken(args: readonly string[] = []): Promise<string[]> {
    const { outcome } = await this.json(["rebase", ...args]);
    if (outcome !== "clean") throw new Error(`the update was ${outcome}`);
    return this.tracked();
  }

  async tracked(): Promise<string[]> {
    const files = (await this.run("own", ["ls-files"])).split("\n");
    return files.filter((path) => !path.startsWith("versions/"));
  }

  async settle(args: readonly string[]): Promise<void> {
    await this.ok("own", ["resolve", ...args]);
    await this.ok("own", ["rebase", "--continue"]);
    const left = await this.run("own", ["status", "--porcelain"]);
    if (left !== "") throw new Error(`left over:\n${left}`);
  }

  /** Moves a file on one side. */
  async move(folder: string, from: string, to: string): Promise<void> {
    this.write(`${folder}/${to}`, this.read(folder, from));
    await this.run(folder, ["rm", "-q", from]);
  }

  async account(args: readonly string[] = [], code = 0): Promise<AccountJson> {
    return this.json<AccountJson>(["rebase", "--account", ...args], code);
  }
}

/** The rules of an account, by address. */
export function rulesOf({ documents }: AccountJson): Record<string, string> {
  return Object.fromEntries(documents.flatMap(({ entries }) => entries.map(({ at, rule }) => [at, rule])));
}
