import { join } from "node:path";
import { exists, fileFacts, isOwn, kindOf, listFolder, readText, realPath } from "../files/read.ts";

/** A checkout whose Git folder lies in it, with refs as one file each or packed. */
export interface PlainCheckout {
  readonly root: string;
  readonly gitDir: string;
  /** Null if HEAD is detached. */
  readonly branch: string | null;
  readonly head: string;
  /** What refs point at, by name, in the order of the prefixes. */
  readonly refs: ReadonlyMap<string, string>;
}

/**
 * What is checked out in a folder, from Git's own files. To ask Git takes a process, a twentieth of what most verbs take.
 * Null where these files are not as `git init` and `git clone` leave them, and Git has to tell: below the top of a
 * checkout, linked work trees, settings that move anything, other formats, other owners, a branch without commits.
 * https://git-scm.com/docs/gitrepository-layout
 * @param prefixes of refs to list (`refs/remotes/upstream/`)
 */
export async function plainCheckout(
  folder: string,
  prefixes: readonly string[],
): Promise<PlainCheckout | null> {
  try {
    const root = await realPath(folder);
    const gitDir = join(root, ".git");
    return (await isPlain(root, gitDir)) ? await read(root, gitDir, prefixes) : null;
  } catch {
    return null;
  }
}

/**
 * The same of a bare repository: where it is.
 * @param folder the repository itself
 */
export async function plainBare(folder: string): Promise<string | null> {
  try {
    const gitDir = await realPath(folder);
    return (await isPlainFolder(gitDir, true)) ? gitDir : null;
  } catch {
    return null;
  }
}

/**
 * What the refs under some prefixes point at, by name; null where Git has to tell.
 * @param gitDir Git's folder of a checkout
 */
export async function plainRefs(
  gitDir: string,
  prefixes: readonly string[],
): Promise<ReadonlyMap<string, string> | null> {
  try {
    return (await isPlainFolder(gitDir, false)) ? await listed(new Refs(gitDir), prefixes) : null;
  } catch {
    return null;
  }
}

/** Any of these words may make Git look elsewhere, or otherwise. */
const MOVING = /extensions|include|worktree/i;
const FORMAT = /^\s*repositoryformatversion\s*=\s*0\s*$/m;
const BARE = /\bbare\b(.*)$/gim;

async function isPlain(root: string, gitDir: string): Promise<boolean> {
  return (await isOwn(root)) && isPlainFolder(gitDir, false);
}

async function isPlainFolder(gitDir: string, isBare: boolean): Promise<boolean> {
  if (gitDir.includes("\n") || !(await isOwn(gitDir))) return false;
  for (const path of [gitDir, join(gitDir, "objects"), join(gitDir, "refs")])
    if ((await kindOf(path)) !== "folder") return false;
  if ((await kindOf(join(gitDir, "HEAD"))) !== "file" || (await exists(join(gitDir, "commondir"))))
    return false;
  const config = await readText(join(gitDir, "config"));
  if (config === null || !FORMAT.test(config) || MOVING.test(config)) return false;
  const said = [...config.matchAll(BARE)].map(([, value = ""]) => value.replace(/\s/g, ""));
  return said.every((value) => value === `=${isBare}`) && (!isBare || said.length > 0);
}

async function read(root: string, gitDir: string, prefixes: readonly string[]): Promise<PlainCheckout> {
  const at = pointedAt(await readText(join(gitDir, "HEAD")));
  const refs = new Refs(gitDir);
  const found = await listed(refs, prefixes);
  if ("oid" in at) return { root, gitDir, branch: null, head: at.oid, refs: found };
  const branch = /^refs\/heads\/(.+)$/.exec(at.ref)?.[1];
  const head = await refs.read(at.ref);
  if (branch === undefined || head === null || !("oid" in head)) throw UNUSUAL;
  return { root, gitDir, branch, head: head.oid, refs: found };
}

async function listed(refs: Refs, prefixes: readonly string[]): Promise<ReadonlyMap<string, string>> {
  for (const prefix of prefixes) await refs.list(prefix);
  return refs.under(prefixes);
}

/** What stands in a ref: an object, or another ref. */
type Target = { readonly oid: string } | { readonly ref: string };

/** Thrown and caught here alone: Git has to tell. */
const UNUSUAL = new Error("not as usual");

function pointedAt(text: string | null): Target {
  const [, ref, oid] = /^(?:ref: (refs\/\S+)|([0-9a-f]{40}))\n?$/.exec(text ?? "") ?? [];
  if (ref !== undefined && SOUND.test(ref)) return { ref };
  if (oid === undefined || /^0+$/.test(oid)) throw UNUSUAL;
  return { oid };
}

/** What Git takes for a name: https://git-scm.com/docs/git-check-ref-format */
const SOUND = /^(?!.*(?:\.\.|@\{|\/[./]|\.\/|\.$|\.lock(?:\/|$)))[^\0-\x20\x7f~^:?*[\\]+$/;

/** Beyond these bytes Git finds a packed ref sooner than they are read. */
const MOST_PACKED = 1_000_000;

/** Refs of one repository. What has a file of its own is read before what is packed, so that packing hides none. */
class Refs {
  readonly #loose = new Map<string, Target>();
  #packed: ReadonlyMap<string, Target> | null = null;

  constructor(private readonly gitDir: string) {}

  /** Reads the files under a prefix. */
  async list(prefix: string): Promise<void> {
    for (const { name, kind } of (await listFolder(join(this.gitDir, prefix))) ?? []) {
      const ref = prefix + name;
      if (name.endsWith(".lock")) continue;
      if (kind === "folder") await this.list(`${ref}/`);
      else if (kind === "file" && SOUND.test(ref))
        this.#loose.set(ref, pointedAt(await readText(join(this.gitDir, ref))));
      else throw UNUSUAL;
    }
  }

  /** What one ref points at; null where there is none. */
  async read(ref: string): Promise<Target | null> {
    const listed = this.#loose.get(ref);
    if (listed !== undefined) return listed;
    const text = await readText(join(this.gitDir, ref));
    if (text !== null) return pointedAt(text);
    this.#packed ??= await readPacked(this.gitDir);
    return this.#packed.get(ref) ?? null;
  }

  /** The objects that all refs under the prefixes lead to; one that leads to a ref which is not there is left out. */
  async under(prefixes: readonly string[]): Promise<Map<string, string>> {
    if (prefixes.length === 0) return new Map();
    this.#packed ??= await readPacked(this.gitDir);
    const all = new Map([...this.#packed, ...this.#loose]);
    const names = [...all.keys()].sort();
    const found = new Map<string, string>();
    for (const ref of prefixes.flatMap((prefix) => names.filter((name) => name.startsWith(prefix)))) {
      const first = all.get(ref) ?? null;
      const target = first !== null && "ref" in first ? await this.read(first.ref) : first;
      if (target === null) continue;
      if ("ref" in target) throw UNUSUAL;
      found.set(ref, target.oid);
    }
    return found;
  }
}

async function readPacked(gitDir: string): Promise<Map<string, Target>> {
  const path = join(gitDir, "packed-refs");
  if (((await fileFacts(path))?.size ?? 0) > MOST_PACKED) throw UNUSUAL;
  const lines = (await readText(path))?.split("\n") ?? [];
  const packed = new Map<string, Target>();
  // `#` tells how they are packed, `^` what the tag above leads to.
  for (const line of lines.filter((each) => /^[^#^]/.test(each))) {
    const ref = line.slice(41);
    if (line[40] !== " " || !SOUND.test(ref)) throw UNUSUAL;
    packed.set(ref, pointedAt(line.slice(0, 40)));
  }
  return packed;
}
