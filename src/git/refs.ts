import { Failure } from "../failure.ts";
import { checkRefName, checkRev, printable } from "./names.ts";
import { describeObjects, readObjects } from "./objects.ts";
import { plainRefs } from "./plain-checkout.ts";
import { GitFailure } from "./process.ts";
import { remembered } from "./remembered.ts";
import type { Git, Repository } from "./repository.ts";
import { isNameless, nameless } from "./write-objects.ts";

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

/** What the refs under some prefixes point at, by name; in a plain checkout without a process. */
export async function refIds(
  repo: Repository,
  prefixes: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const plain = repo.gitDir === repo.commonDir ? await plainRefs(repo.gitDir, prefixes) : null;
  return plain ?? new Map((await refs(repo, prefixes)).map(({ name, oid }) => [name, oid]));
}

/** The same of refs that are known by name and by what they point at: what else there is to tell stands in that. */
export async function readRefObjects(repo: Repository, named: ReadonlyMap<string, string>): Promise<Ref[]> {
  const objects = await readObjects(repo, [...named.values()]);
  const found = [...named].flatMap(([name, oid], index): Ref[] => {
    const object = objects[index];
    return object ? [{ name, oid, peeled: oid, ...toldBy(object.bytes.toString("utf8")) }] : [];
  });
  const tags = found.filter((_, index) => objects[index]?.type === "tag");
  const peeled = await resolveMany(
    repo,
    tags.map(({ oid }) => oid),
  );
  for (const [index, tag] of tags.entries()) tag.peeled = peeled[index] ?? tag.oid;
  return found;
}

/** Date and message of a commit or tag: https://git-scm.com/docs/signature-format tells how a signature begins. */
function toldBy(text: string): Pick<Ref, "date" | "subject" | "body"> {
  const end = text.indexOf("\n\n");
  const [, seconds, zone = ""] =
    /^(?:committer|tagger) .* (\d+) ([+-]\d{4})$/m.exec(text.slice(0, end)) ?? [];
  const message = text
    .slice(end + 2)
    .replace(/^-----BEGIN (?:PGP|SSH|SIGNED) (?:SIGNATURE|MESSAGE)-----$.*/ms, "");
  const [, subject = "", body = ""] = /^\n*(.*?)(?:\n\s*\n(.*))?$/s.exec(message) ?? [];
  return {
    date: seconds === undefined ? "" : isoDate(Number(seconds), zone),
    subject: subject.trim().replaceAll("\n", " "),
    body: body.replace(/^\n+/, ""),
  };
}

/** Seconds since 1970 and a zone such as `+0100` in ISO 8601. */
function isoDate(seconds: number, zone: string): string {
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3));
  const there = new Date((seconds + (zone.startsWith("-") ? -60 : 60) * minutes) * 1000);
  return `${there.toISOString().slice(0, 19)}${zone.slice(0, 3)}:${zone.slice(3)}`;
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
