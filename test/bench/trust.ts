import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { passageHash } from "../../src/compare/hash.ts";
import { readDocument } from "../../src/curriculum/read.ts";
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

  /**
   * Any number of schools, each with a home of its own and on the centre's list, none made by hand: what `adapt` would
   * have written for each is imported. Each changed its own documents among those of the others, and explained them.
   * @returns the folder of a clone of the centre whose list names them all
   */
  makeSchools(schools: number, changed: number, shared: readonly CurriculumFile[]): string {
    const base = this.git("centre", ["rev-parse", "edition/harbour/2026-27-autumn^{commit}"]).trim();
    mkdirSync(this.at("schools"));
    this.git("schools", ["init", "--quiet", "--bare"]);
    writeFileSync(this.at("schools", "objects", "info", "alternates"), `${this.at("centre", "objects")}\n`);
    const numbers = Array.from({ length: schools }, (_, index) => index);
    const commits = numbers.map((index) => this.schoolCommit(index, base, changed, shared));
    this.git("schools", ["fast-import", "--quiet", "--force"], commits.join(""));
    this.git("schools", ["repack", "-a", "-d", "-l", "-q"]);
    const heads = this.git("schools", ["for-each-ref", "--format=%(objectname) %(refname:lstrip=2)"]);
    const ids = heads
      .trim()
      .split("\n")
      .map((line) => line.split(" ") as [string, string]);
    for (const [head, id] of ids) this.makeHome(id, head);
    this.git(".", ["clone", "--quiet", "centre", "office"]);
    mkdirSync(this.at("office", "versions", "harbour"), { recursive: true });
    const list = ids.map(
      ([, id]) => `- {id: ${id}, name: School ${id}, layer: school, url: ../homes/${id}}\n`,
    );
    writeFileSync(this.at("office", "versions", "harbour", "downstream.yaml"), list.join(""));
    this.git("office", ["add", "-A"]);
    this.git("office", ["commit", "--quiet", "-m", "The schools"]);
    return "office";
  }

  /** One school's version as a commit for fast-import: its changes, its own file and its records. */
  private schoolCommit(
    index: number,
    base: string,
    changed: number,
    shared: readonly CurriculumFile[],
  ): string {
    const id = `school-${String(index).padStart(4, "0")}`;
    const own = spread(this.files, changed - shared.length, index % 7);
    const files = [...new Set([...shared, ...own])];
    const texts = files.map(({ path, text }, at) => {
      return { path, before: text, text: rewrite(text, LOCAL_HEADING, 900_000 + 1000 * index + at) };
    });
    const version = `id: ${id}\nname: School ${id}\nlayer: school\nupstream: {id: harbour, url: ../../centre}\nbase: {commit: ${base}, edition: 2026-27-autumn}\n`;
    const records = texts.map(({ path, before, text }, at) => {
      const [from, to] = [before, text].map((each) => sectionOf(path, each));
      const address = `${idOf({ path, text })}#teaching-input`;
      return {
        path: `versions/${id}/adaptations/a${at}.yaml`,
        text: `id: ${id}/a${at}\ntitle: Our own places ${at}\nkind: replace\nfor: [place]\nwhy: Our own places.\npassages:\n  - {at: "${address}", base: ${from}, local: ${to}}\nstatus: active\n`,
      };
    });
    const all = [...texts, { path: `versions/${id}/version.yaml`, text: version }, ...records];
    const who = "Bench <bench@example.invalid> 1790000000 +0000";
    return [
      `commit refs/heads/${id}\ncommitter ${who}\n${data("Our changes\n")}from ${base}\n`,
      ...all.map(({ path, text }) => `M 100644 inline ${path}\n${data(text)}`),
    ].join("");
  }

  /** A repository with one branch, which borrows its objects, so that a thousand of them take no room. */
  private makeHome(id: string, head: string): void {
    const folder = this.at("homes", id);
    for (const name of ["objects/info", "refs/heads"]) mkdirSync(join(folder, name), { recursive: true });
    const objects = [this.at("schools", "objects"), this.at("centre", "objects")];
    writeFileSync(join(folder, "objects", "info", "alternates"), objects.map((path) => `${path}\n`).join(""));
    writeFileSync(join(folder, "config"), "[core]\n\trepositoryformatversion = 0\n\tbare = true\n");
    writeFileSync(join(folder, "HEAD"), "ref: refs/heads/main\n");
    writeFileSync(join(folder, "refs", "heads", "main"), `${head}\n`);
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

/** The hash by which a record knows the passage that schools change. */
function sectionOf(path: string, text: string): string {
  const found = readDocument(path, text).passages.find(({ key }) => key === "#teaching-input");
  if (found === undefined) throw new Error(`no ${LOCAL_HEADING} in ${path}`);
  return passageHash(found);
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
