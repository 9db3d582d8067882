import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { School } from "../e2e/school.ts";
import type { Ran } from "../e2e/trust.ts";

/** A file as a tree names it, whether Git allows the name or not; `commit` is a submodule's. */
export interface RawFile {
  /** Names of folders and file; each may hold anything but a NUL, slashes included. */
  readonly at: readonly (string | Buffer)[];
  readonly mode?: "100644" | "100755" | "120000" | "160000";
  readonly bytes?: string | Buffer;
  readonly commit?: string;
}

const SECRET = "canary-7d1f";
/** What steers a terminal, or turns the direction of what is read. */
const STEERING = /[\p{Cc}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

/** The small school, in a folder beside another one that nothing may read or change. */
export class HostileSchool extends School {
  static async from(built: School): Promise<HostileSchool> {
    const school = new HostileSchool();
    const { copyRepositories } = await import("../e2e/trust.ts");
    copyRepositories(built.root, school.root);
    mkdirSync(school.at("outside", "subjects"), { recursive: true });
    school.write("outside/secret.md", `---\nid: ${SECRET}\n---\n# ${SECRET}\n`);
    school.write("outside/version.yaml", `id: ${SECRET}\nname: ${SECRET}\nlayer: school\n`);
    writeFileSync(school.at("outside", "run.sh"), `#!/bin/sh\ntouch '${school.at("outside", "ran")}'\n`, {
      mode: 0o755,
    });
    return school;
  }

  /** Stores an object without the checks that Git makes of one. */
  object(folder: string, type: "blob" | "tree", bytes: Buffer): string {
    const args = ["hash-object", "-t", type, "-w", "--literally", "--stdin"];
    return execFileSync("git", args, { cwd: this.at(folder), input: bytes, encoding: "utf8" }).trim();
  }

  /** A tree with files put in, over what it has of their names. */
  graft(folder: string, base: string | null, files: readonly RawFile[]): string {
    const entries = new Map<string, { mode: string; name: Buffer; oid: string }>();
    for (const line of base === null ? [] : this.listed(folder, base)) {
      const [meta = "", name = ""] = line.split("\t");
      const [mode = "", , oid = ""] = meta.split(" ");
      entries.set(name, { mode: mode.replace(/^0/, ""), name: Buffer.from(name, "latin1"), oid });
    }
    const inner = new Map<string, RawFile[]>();
    for (const file of files) {
      const name = Buffer.from(file.at[0] ?? "");
      const key = name.toString("latin1");
      if (file.at.length > 1) {
        inner.set(key, [...(inner.get(key) ?? []), { ...file, at: file.at.slice(1) }]);
        continue;
      }
      const oid = file.commit ?? this.object(folder, "blob", Buffer.from(file.bytes ?? ""));
      entries.set(key, { mode: file.mode ?? "100644", name, oid });
    }
    for (const [key, below] of inner) {
      const before = entries.get(key);
      const oid = this.graft(folder, before?.mode === "40000" ? before.oid : null, below);
      entries.set(key, { mode: "40000", name: Buffer.from(key, "latin1"), oid });
    }
    const order = (mode: string, name: Buffer): Buffer =>
      mode === "40000" ? Buffer.concat([name, Buffer.from("/")]) : name;
    const parts = [...entries.values()]
      .sort((a, b) => Buffer.compare(order(a.mode, a.name), order(b.mode, b.name)))
      .flatMap(({ mode, name, oid }) => [
        Buffer.from(`${mode} `),
        name,
        Buffer.from([0]),
        Buffer.from(oid, "hex"),
      ]);
    return this.object(folder, "tree", Buffer.concat(parts));
  }

  private listed(folder: string, tree: string): string[] {
    const out = execFileSync("git", ["ls-tree", "-z", tree], { cwd: this.at(folder), encoding: "latin1" });
    return out.split("\0").filter(Boolean);
  }

  /** Publishes files as an edition of a version, for everybody below, without a work tree being asked. */
  async publish(
    folder: string,
    files: readonly RawFile[],
    { edition = "winter", notes = "The second edition" } = {},
  ): Promise<void> {
    const head = await this.run(folder, ["rev-parse", "main"]);
    const tree = this.graft(folder, `${head}^{tree}`, files);
    const commit = await this.run(folder, ["commit-tree", tree, "-p", head, "-m", notes]);
    await this.run(folder, ["tag", "-a", "-m", notes, `edition/${folder}/${edition}`, commit]);
    await this.run(folder, ["update-ref", "refs/heads/main", commit]);
    await this.run(folder, ["update-ref", "refs/heads/group/all", commit]);
  }

  /** Runs a verb, which may end as it likes but for a bug, and may say nothing that steers a terminal. */
  async tried(folder: string, args: readonly string[], env: Record<string, string> = {}): Promise<Ran> {
    const ran = await this.leeway(folder, args, env);
    const said = ran.out + ran.err;
    const wrong = ![0, 1, 2, 3, 4].includes(ran.code)
      ? `ended with ${ran.code}`
      : /\n\s+at \S|\[object|\bundefined\b/.test(said)
        ? "is not for people"
        : said.includes(SECRET)
          ? "shows what lies outside"
          : said.replace(/[\n\t]/g, "").match(STEERING)
            ? "steers the terminal"
            : null;
    if (wrong !== null) throw new Error(`leeway ${args.join(" ")} in ${folder} ${wrong}\n${said}`);
    return ran;
  }

  /** Like `tried`, for what has to be refused in words that fit, with everything left as it was. */
  async turnedAway(folder: string, args: readonly string[], words: RegExp): Promise<void> {
    const before = existsSync(this.at(folder, ".git")) ? await this.everything(folder) : "";
    const ran = await this.tried(folder, args);
    if (![2, 4].includes(ran.code) || !words.test(ran.err) || !ran.err.includes("\nNext: ")) {
      throw new Error(`leeway ${args.join(" ")} ended with ${ran.code} and said\n${ran.out}${ran.err}`);
    }
    if (before !== "" && (await this.everything(folder)) !== before) throw new Error("changed something");
  }

  /** What lies beside the repositories: equal before and after, whatever a curriculum holds. */
  outside(): string[] {
    const names = readdirSync(this.at("outside"), { recursive: true, encoding: "utf8" }).sort();
    const texts = names.map((name) => {
      const path = join(this.at("outside"), name);
      return name.includes(".") ? readFileSync(path, "utf8") : "";
    });
    return [...readdirSync(this.root).sort(), ...names, ...texts];
  }
}
