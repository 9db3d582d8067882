import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import {
  type CurriculumFile,
  idOf,
  LOCAL_HEADING,
  makeCurriculum,
  rewrite,
  UPSTREAM_HEADING,
} from "./curriculum.ts";

/** The program that is measured. */
export const LEEWAY = resolve(process.env.LEEWAY_BIN ?? "bin/leeway.js");

/** A folder with one centre and the versions below it, and a home of its own so that no setting of this machine counts. */
export class Trust {
  readonly root: string;
  readonly files: readonly CurriculumFile[];

  constructor(root: string, documents: number) {
    this.root = root;
    this.files = [...makeCurriculum(documents)];
    mkdirSync(this.at("home"));
    writeFileSync(
      this.at("home", ".gitconfig"),
      "[user]\n\tname = Bench\n\temail = bench@example.invalid\n[init]\n\tdefaultBranch = main\n[gc]\n\tauto = 0\n[maintenance]\n\tauto = false\n",
    );
  }

  at(...path: string[]): string {
    return join(this.root, ...path);
  }

  get env(): Record<string, string> {
    const env: Record<string, string> = {
      HOME: this.at("home"),
      XDG_CONFIG_HOME: this.at("home"),
      NO_COLOR: "1",
    };
    for (const [name, value] of Object.entries(process.env)) {
      if (value !== undefined && !/^(GIT_|HOME$|XDG_|NODE_|FORCE_COLOR|COLUMNS)/.test(name))
        env[name] = value;
    }
    return env;
  }

  git(folder: string, args: readonly string[], input = ""): string {
    return this.run("git", folder, args, input);
  }

  leeway(folder: string, args: readonly string[]): string {
    return this.run(process.execPath, folder, [LEEWAY, ...args], "");
  }

  /** The central repository with its first edition, imported in one process. */
  makeCentre(): void {
    mkdirSync(this.at("centre"));
    this.git("centre", ["init", "--quiet", "--bare"]);
    const own = [
      { path: "versions/harbour/version.yaml", text: "id: harbour\nname: Harbour Trust\nlayer: central\n" },
      {
        path: "versions/harbour/rules.yaml",
        text: 'default: reason\nrules:\n  - {passages: "unit@outcomes", leeway: none, because: "Common assessments test them"}\n  - {passages: "lesson#homework", leeway: free}\n',
      },
    ];
    this.publish("2026-27-autumn", [...this.files, ...own], null);
    // Hosts pack what they are given; as it was imported, reading a text takes twice as long.
    this.git("centre", ["repack", "-a", "-d", "-f", "-q"]);
  }

  /** The second edition: some documents changed in one passage each. */
  publishUpdate(changed: readonly CurriculumFile[]): void {
    const files = changed.map(({ path, text }, index) => ({
      path,
      text: rewrite(text, UPSTREAM_HEADING, 500_000 + index),
    }));
    this.publish("2026-27-spring", files, "refs/heads/main^0");
  }

  /** A school's version, made as schools make it. */
  fork(name: string): void {
    this.leeway(".", ["fork", "centre", name, "--id", name, "--name", `School ${name}`]);
    // Cloned a moment ago, every file looks as if it might have changed since the index was written.
    this.git(name, ["status"]);
  }

  /** Changes documents in the work tree of a version. */
  adapt(name: string, changed: readonly CurriculumFile[]): void {
    changed.forEach(({ path }, index) => {
      const file = this.at(name, path);
      writeFileSync(file, rewrite(readFileSync(file, "utf8"), LOCAL_HEADING, 900_000 + index));
    });
  }

  /** Gives every changed document a reason, five documents to a record. */
  explain(name: string, changed: readonly CurriculumFile[]): void {
    for (let at = 0; at < changed.length; at += 5) {
      const addresses = changed.slice(at, at + 5).map((file) => `${idOf(file)}#teaching-input`);
      this.leeway(name, [
        "adapt",
        ...addresses,
        "--for",
        "place",
        "--why",
        `Our own places, part ${at / 5 + 1}`,
      ]);
    }
  }

  copy(from: string, to: string): void {
    cpSync(this.at(from), this.at(to), { recursive: true, preserveTimestamps: true });
    this.git(to, ["status"]);
  }

  private publish(edition: string, files: readonly CurriculumFile[], from: string | null): void {
    const date = from === null ? 1_788_220_800 : 1_798_761_600;
    const who = `Bench <bench@example.invalid> ${date} +0000`;
    const parts = [
      `commit refs/heads/main\ncommitter ${who}\n${data(`Edition ${edition}\n`)}`,
      from === null ? "" : `from ${from}\n`,
      ...files.map(({ path, text }) => `M 100644 inline ${path}\n${data(text)}`),
      `\ntag edition/harbour/${edition}\nfrom refs/heads/main\ntagger ${who}\n${data(`Edition ${edition}\n`)}`,
    ];
    this.git("centre", ["fast-import", "--quiet", "--force"], parts.join(""));
  }

  private run(program: string, folder: string, args: readonly string[], input: string): string {
    const options = {
      cwd: this.at(folder),
      env: this.env,
      input,
      maxBuffer: 1 << 28,
      encoding: "utf8",
    } as const;
    return execFileSync(program, args, options);
  }
}

function data(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}\n`;
}

/** Spread evenly over the curriculum, Markdown alone. */
export function spread(files: readonly CurriculumFile[], count: number, offset: number): CurriculumFile[] {
  const documents = files.filter(
    ({ path, text }) => path.endsWith(".md") && text.includes(`## ${LOCAL_HEADING}\n`),
  );
  const step = Math.floor(documents.length / count);
  return documents.filter((_, index) => index % step === offset).slice(0, count);
}
