import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { Workshop } from "../e2e/trust.ts";

const BUNDLE = join(process.env.LEEWAY_FORKS ?? resolve("..", "shared", "forks"), "shell-novice.bundle");

/** Whether the real forks are at hand; without them these tests are skipped, and say so. */
export const AT_HAND = existsSync(BUNDLE);
export const ABSENT = `skipped: no forks at ${BUNDLE}; LEEWAY_FORKS names the folder with shell-novice.bundle`;

/** A real fork and the branch of the bundle that is its upstream. */
export interface Fork {
  readonly fork: string;
  readonly upstream: "upstream" | "upstream-legacy";
}

/** Universities and regions that teach their own version of one lesson. */
export const FORKS: readonly Fork[] = [
  { fork: "unode+shell-novice", upstream: "upstream" },
  { fork: "uvacobi+shell-novice", upstream: "upstream" },
  { fork: "UCSBCarpentry+shell-novice", upstream: "upstream" },
  { fork: "mmesiti+shell-novice", upstream: "upstream" },
  { fork: "ocaisa+shell-novice-de", upstream: "upstream" },
  { fork: "jyalim+agave-shell-novice", upstream: "upstream-legacy" },
  { fork: "hbeale+shell-novice2", upstream: "upstream-legacy" },
  { fork: "raynamharris+shell-novice", upstream: "upstream-legacy" },
  { fork: "ImperialCollegeLondon+shell-novice-zoom", upstream: "upstream-legacy" },
  { fork: "labsyspharm+shell-novice", upstream: "upstream-legacy" },
  { fork: "supa-uk+swc-shell-novice", upstream: "upstream-legacy" },
  { fork: "smcclatchy+shell-novice", upstream: "upstream-legacy" },
  { fork: "swcarpentry+shell-novice-es", upstream: "upstream" },
];

/** Forks that were copied without their history. */
export const UNRELATED: readonly Fork[] = [
  { fork: "eddUG+shell-novice", upstream: "upstream" },
  { fork: "johnsonra+shell-novice", upstream: "upstream" },
];

export interface Ref {
  readonly commit: string | null;
}

export interface DiffJson {
  readonly from: Ref;
  readonly files: readonly { readonly path: string; readonly problem: string | null }[];
  readonly documents: readonly {
    readonly path: string;
    readonly from: string | null;
    readonly change: string;
    readonly passages: readonly {
      readonly at: string;
      readonly change: string;
      readonly words: { readonly added: number; readonly removed: number; readonly edits: number };
      readonly base: string | null;
      readonly local: string | null;
    }[];
  }[];
}

export interface DriftJson {
  readonly versions: readonly [VersionJson];
}

export interface VersionJson {
  readonly status: string;
  readonly base: Ref | null;
  readonly target: Ref | null;
  readonly behind: { passages: number; words: number; of: number };
  readonly diverged: { passages: number; words: number; of: number; order: number; structure: number };
  readonly undeclared: { passages: number; words: number; of: number };
  readonly breaches: { count: number };
  readonly contested: { conflicts: number; reviews: number; passages: string[] };
  /** With `--why`. */
  readonly passages?: readonly { readonly at: string; readonly figure: string; readonly words: number }[];
}

export interface RebaseJson {
  readonly outcome: string;
  readonly conflicts: readonly { readonly path: string; readonly at: string }[];
}

/** The bundle as a folder of repositories, in which forks are cloned as people have them. */
export class Forks extends Workshop {
  static async open(): Promise<Forks> {
    const forks = new Forks();
    await forks.run(".", ["clone", "-q", "--mirror", BUNDLE, "mirror.git"]);
    return forks;
  }

  /** A clone of a fork, with its upstream as a remote of that name unless told not to. */
  async clone({ fork, upstream }: Fork, options: { name?: string; remote?: boolean } = {}): Promise<string> {
    const name = options.name ?? fork;
    await this.run(".", ["clone", "-q", "--shared", "-b", `forks/${fork}`, "mirror.git", name]);
    if (options.remote === false) return name;
    await this.run(name, ["remote", "add", "upstream", this.at("mirror.git")]);
    await this.run(name, ["fetch", "-q", "upstream", `refs/heads/${upstream}:refs/remotes/upstream/main`]);
    return name;
  }

  async json<T>(folder: string, args: readonly string[], codes: readonly number[] = [0]): Promise<T> {
    const ran = await this.leeway(folder, [...args, "--json"]);
    if (!codes.includes(ran.code))
      throw new Error(`leeway ${args.join(" ")} in ${folder} ended with ${ran.code}\n${ran.out}${ran.err}`);
    return JSON.parse(ran.out) as T;
  }

  async drift(folder: string): Promise<VersionJson> {
    return (await this.json<DriftJson>(folder, ["drift", "--why"])).versions[0];
  }

  /** Refs, index and files: what a verb that changes nothing leaves alone. Leeway's own log of what it did may grow. */
  async everything(folder: string): Promise<string> {
    const refs = ["refs/heads", "refs/tags", "refs/remotes", "refs/leeway/base"];
    const parts = [["for-each-ref", ...refs], ["ls-files", "--stage"], ["status", "--porcelain"], ["diff"]];
    return (await Promise.all(parts.map((args) => this.run(folder, args)))).join("\n---\n");
  }

  /** Paths with lines that begin like a conflict marker, and how many of them, in a tree or in the index (`""`). */
  async markers(folder: string, tree: string): Promise<Map<string, number>> {
    const where = tree === "" ? ["--cached"] : [tree];
    const ran = await this.git(folder, ["grep", "-c", "-I", "-E", "^(<{7,}|>{7,}|[|]{7,}) ", ...where]);
    const lines = ran.out.split("\n").filter(Boolean);
    return new Map(
      lines.map((line) => {
        const [count = "0", ...path] = line.split(":").reverse();
        const name = path.reverse().join(":");
        return [tree === "" ? name : name.slice(tree.length + 1), Number(count)];
      }),
    );
  }
}
