import { readsAsWritten } from "./as-written.ts";
import { askOnce } from "./kept-answers.ts";
import { checkRev } from "./names.ts";
import { readObjects } from "./objects.ts";
import { revList } from "./refs.ts";
import { isRemembered, remembered } from "./remembered.ts";
import type { Repository } from "./repository.ts";

/** Who descends from whom, over every commit that a ref leads to. */
export class Ancestry {
  readonly #parents: ReadonlyMap<string, readonly string[]>;
  readonly #ancestors = new Map<string, ReadonlySet<string>>();

  constructor(parents: ReadonlyMap<string, readonly string[]>) {
    this.#parents = parents;
  }

  knows(commits: readonly string[]): boolean {
    return commits.every((commit) => this.#parents.has(commit));
  }

  /** These commits and all that they come from. */
  ancestorsOf(commits: readonly string[]): ReadonlySet<string> {
    const key = [...commits].sort().join(" ");
    const known = this.#ancestors.get(key);
    if (known !== undefined) return known;
    const found = new Set<string>();
    const left = [...commits];
    for (let commit = left.pop(); commit !== undefined; commit = left.pop()) {
      if (found.has(commit)) continue;
      found.add(commit);
      left.push(...(this.#parents.get(commit) ?? []));
    }
    this.#ancestors.set(key, found);
    return found;
  }

  /** A commit and those before it by their first parents, the newest first, up to the history of others. */
  firstParents(commit: string, others: readonly string[]): string[] {
    const shared = this.ancestorsOf(others);
    const line: string[] = [];
    for (
      let at: string | undefined = commit;
      at !== undefined && !shared.has(at);
      at = this.#parents.get(at)?.[0]
    )
      line.push(at);
    return line;
  }

  /** Where a commit's history first meets that of others: every best common ancestor is among these. */
  meetingsOf(commit: string, others: readonly string[]): string[] {
    const shared = this.ancestorsOf(others);
    const met = new Set<string>();
    const seen = new Set<string>();
    const left = [commit];
    for (let at = left.pop(); at !== undefined; at = left.pop()) {
      if (seen.has(at)) continue;
      seen.add(at);
      if (shared.has(at)) met.add(at);
      else left.push(...(this.#parents.get(at) ?? []));
    }
    return [...met];
  }
}

/**
 * What the history of some commits has beyond that of another one, with that one as a parent where it borders on it.
 * One process at most, however far back all of them go.
 */
export async function ancestryBeyond(
  repo: Repository,
  commit: string,
  tips: readonly string[],
): Promise<Ancestry> {
  const near = await nearAncestry(repo, checkRev(commit), tips.map(checkRev));
  if (near !== null) return near;
  const args = ["rev-list", "--parents", ...new Set(tips), `^${commit}`, "--"];
  return readAncestry((await askOnce(repo, args, [commit, ...tips])).toString("latin1").trimEnd());
}

/** Generations up to which reading them one after another takes less than a process. */
const NEAR = 16;

/**
 * The same by the process that reads objects anyway, where every line leads to that commit within few generations: what
 * comes from it cannot be before it. Null elsewhere, and where Git reads parents otherwise than commits state them.
 */
async function nearAncestry(
  repo: Repository,
  commit: string,
  tips: readonly string[],
): Promise<Ancestry | null> {
  if (!(await readsAsWritten(repo))) return null;
  const parents = new Map<string, readonly string[]>();
  let left = new Set(tips);
  for (let generation = 0; ; generation++) {
    left.delete(commit);
    if (left.size === 0) return new Ancestry(parents);
    if (generation === NEAR) return null;
    const read = await readObjects(repo, [...left]);
    for (const [index, id] of [...left].entries()) {
      const found = read[index];
      // It was made before that commit, or apart from it.
      const stated = found?.type === "commit" && found.oid === id ? parentsOf(found.bytes) : [];
      if (stated.length === 0) return null;
      parents.set(id, stated);
    }
    left = new Set([...left].flatMap((id) => parents.get(id) ?? []).filter((id) => !parents.has(id)));
  }
}

function parentsOf(commit: Buffer): string[] {
  const head = commit.toString("latin1", 0, commit.indexOf("\n\n"));
  return [...head.matchAll(/^parent ([0-9a-f]+)$/gm)].map(([, id = ""]) => id);
}

/** The ancestry of a repository that is remembered, read in one process; null for any other. */
export async function ancestryOf(repo: Repository): Promise<Ancestry | null> {
  if (!isRemembered(repo)) return null;
  return remembered(repo, "ancestry", async () =>
    readAncestry(await repo.text(["rev-list", "--all", "--parents"])),
  );
}

/** From the lines of `git rev-list --parents`. */
function readAncestry(listed: string): Ancestry {
  return new Ancestry(
    new Map(
      listed.split("\n").map((line) => {
        const [commit = "", ...parents] = line.split(" ");
        return [commit, parents] as const;
      }),
    ),
  );
}

/** The commits in the history of one that are not in that of another. */
export async function commitsSince(repo: Repository, since: string, commit: string): Promise<string[]> {
  const ancestry = await ancestryOf(repo);
  if (!ancestry?.knows([since, commit])) return revList(repo, [checkRev(commit), `^${checkRev(since)}`]);
  const before = ancestry.ancestorsOf([since]);
  return [...ancestry.ancestorsOf([commit])].filter((each) => !before.has(each));
}

/** The best common ancestor of two commits; null if they share no history. */
export async function mergeBase(repo: Repository, a: string, b: string): Promise<string | null> {
  return (await mergeBases(repo, a, [b]))[0] ?? null;
}

/** Every best common ancestor of a commit and (a merge of) others. */
export async function mergeBases(repo: Repository, a: string, others: readonly string[]): Promise<string[]> {
  const ancestry = await ancestryOf(repo);
  const met = ancestry?.knows([a, ...others]) ? ancestry.meetingsOf(a, others) : null;
  // Of several, some may come from others; Git knows.
  if (met !== null && met.length < 2) return met;
  const args = ["merge-base", "--all", checkRev(a), ...others.map(checkRev)];
  return (await repo.text(args, { ok: [0, 1] })).split("\n").filter(Boolean);
}

/** Whether a commit is in the history of another, or is that commit. */
export async function isAncestor(repo: Repository, ancestor: string, descendant: string): Promise<boolean> {
  const ancestry = await ancestryOf(repo);
  if (ancestry?.knows([ancestor, descendant])) return ancestry.ancestorsOf([descendant]).has(ancestor);
  const args = ["merge-base", "--is-ancestor", checkRev(ancestor), checkRev(descendant)];
  return (await repo.run(args, { ok: [0, 1] })).code === 0;
}
