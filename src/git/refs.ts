import { Failure } from "../failure.ts";
import { ancestryOf } from "./ancestry.ts";
import { checkRefName, checkRev, printable } from "./names.ts";
import { describeObjects, isNameless, nameless } from "./objects.ts";
import { GitFailure } from "./process.ts";
import { remembered } from "./remembered.ts";
import type { Git, Repository } from "./repository.ts";

/** The commit that a name stands for; null if there is none. */
export async function resolve(repo: Repository, rev: string): Promise<string | null> {
  return (await resolveMany(repo, [rev]))[0] ?? null;
}

/** The commits that names stand for, in one process; null where there is none. */
export async function resolveMany(repo: Repository, revs: readonly string[]): Promise<(string | null)[]> {
  const facts = await describeObjects(
    repo,
    revs.map((rev) => `${checkRev(rev)}^{commit}`),
  );
  return facts.map((fact) => fact?.oid ?? null);
}

/** A ref and what it points at. */
export interface Ref {
  name: string;
  /** What it points at: a tag object for an annotated tag. */
  oid: string;
  /** What an annotated tag leads to; else the same as `oid`. */
  peeled: string;
  /** When the tag or commit was made, ISO 8601. */
  date: string;
  /** First line of the tag's or commit's message. */
  subject: string;
  /** The rest of the message. */
  body: string;
}

const refFormat = [
  "refname",
  "objectname",
  "*objectname",
  "creatordate:iso-strict",
  "subject",
  "contents:body",
]
  .map((field) => `%(${field})%00`)
  .join("");

/** The refs under some prefixes or patterns (`refs/tags/edition/`, `refs/heads/group/*`), by name. */
export async function refs(repo: Git, patterns: readonly string[]): Promise<Ref[]> {
  const { stdout } = await repo.run(["for-each-ref", `--format=${refFormat}`, "--", ...patterns]);
  const words = stdout.toString("utf8").split("\0");
  const found: Ref[] = [];
  for (let i = 0; i + 6 <= words.length; i += 6) {
    const [name, oid, peeled, date, subject, body] = words.slice(i, i + 6) as [
      string,
      string,
      string,
      string,
      string,
      string,
    ];
    found.push({ name: name.replace(/^\n/, ""), oid, peeled: peeled || oid, date, subject, body });
  }
  return found;
}

/** What some refs, named in full, point at; the absent are left out. */
export async function readRefs(repo: Repository, names: readonly string[]): Promise<Map<string, string>> {
  const found = names.length === 0 ? [] : await refs(repo, names);
  return new Map(found.filter(({ name }) => names.includes(name)).map(({ name, oid }) => [name, oid]));
}

/** A ref to be set (`new`) or removed (`new: null`), if it is as expected (`old`; null: absent). */
export interface RefUpdate {
  ref: string;
  new: string | null;
  old?: string | null;
}

/** Sets and removes refs in one transaction: all of them or none. `reason` goes to the reflog. */
export async function updateRefs(
  repo: Repository,
  updates: readonly RefUpdate[],
  reason: string,
): Promise<void> {
  if (updates.length === 0) return;
  const input = updates.map((update) => {
    const ref = checkRefName(update.ref, "ref");
    const old = update.old === undefined ? "" : (update.old ?? repo.zero);
    if (update.new !== null) return `update ${ref}\0${update.new}\0${old}\0`;
    return update.old === null ? `verify ${ref}\0${repo.zero}\0` : `delete ${ref}\0${old}\0`;
  });
  try {
    await repo.run(["update-ref", "-m", reason, "--stdin", "-z"], { input: input.join("") });
  } catch (error) {
    if (!(error instanceof GitFailure)) throw error;
    const moved = /cannot (?:lock|update) ref '([^']*)'.*(?:expected|already exists|unable to resolve)/s.exec(
      error.stderr,
    );
    if (!moved) throw error;
    throw new Failure(
      "environment",
      "Something else moved this branch or name meanwhile; nothing was changed.",
      {
        where: printable(moved[1] ?? ""),
        next: ["leeway status   shows what is there now; then try again"],
        cause: error,
      },
    );
  }
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

/** The lines of `git rev-list` with these arguments, which are the caller's own, never a stranger's. */
export async function revList(repo: Repository, args: readonly string[]): Promise<string[]> {
  const list = async (): Promise<string[]> =>
    (await repo.text(["rev-list", ...args])).split("\n").filter(Boolean);
  return remembered(repo, ["rev-list", ...args].join(" "), list);
}

/** Stores an annotated tag in the user's name; no ref points at it yet. Returns the tag's own id. */
export async function writeTag(
  repo: Repository,
  name: string,
  commit: string,
  message: string,
): Promise<string> {
  const ident = ["-c", "user.useConfigOnly=true", "var", "GIT_COMMITTER_IDENT"];
  try {
    const tagger = (await repo.text(ident)).trim();
    const lines = message.replace(/[ \t]+$/gm, "").trim();
    const head = `object ${checkRev(commit)}\ntype commit\ntag ${checkRefName(name)}\ntagger ${tagger}\n`;
    return (await repo.text(["mktag"], { input: `${head}\n${lines}\n` })).trim();
  } catch (error) {
    throw isNameless(error) ? nameless() : error;
  }
}

/** The names under some prefixes that point at a commit. */
export async function refsAt(
  repo: Repository,
  commit: string,
  prefixes: readonly string[],
): Promise<string[]> {
  const listed = await repo.text([
    "for-each-ref",
    "--format=%(refname)",
    `--points-at=${checkRev(commit)}`,
    "--",
    ...prefixes,
  ]);
  return listed.split("\n").filter((name) => name !== "" && !name.endsWith("/HEAD"));
}

/** Every ref with what it points at, by name. */
export async function allRefs(repo: Repository): Promise<Map<string, string>> {
  const listed = await repo.text(["for-each-ref", "--format=%(objectname) %(refname)"]);
  return new Map(
    listed
      .split("\n")
      .filter(Boolean)
      .map((line): [string, string] => [line.slice(line.indexOf(" ") + 1), line.slice(0, line.indexOf(" "))]),
  );
}
