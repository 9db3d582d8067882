import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type Command, compare, type Work } from "./measure.ts";
import { heading, row } from "./table.ts";
import { LEEWAY, spread, Trust } from "./trust.ts";

/** One line of the table: a work, what it is measured against, and the ratio to reach; null prints for information. */
interface Case {
  readonly work: Work;
  readonly against: Work;
  readonly reach: number | null;
}

const SIZE = { documents: 5_000, here: 40, there: 300, both: 10 };

const { values } = parseArgs({
  options: { runs: { type: "string", default: "11" }, only: { type: "string", default: "" } },
});
const root = mkdtempSync(join(tmpdir(), "leeway-bench-"));
try {
  const trust = build(root);
  process.stdout.write(heading());
  for (const { work, against, reach } of cases(trust)) {
    if (!work.name.includes(values.only)) continue;
    const [mine, theirs] = compare(work, against, Number(values.runs));
    process.stdout.write(row({ work: work.name, against: against.name, mine, theirs, reach }));
  }
} finally {
  rmSync(root, { recursive: true, force: true });
}

/** The data: `draft` has its changes in the work tree, `school` has them committed, and the rest an update waiting. */
function build(folder: string): Trust {
  const trust = new Trust(folder, SIZE.documents);
  const { files } = trust;
  const here = spread(files, SIZE.here, 3);
  const others = spread(files, SIZE.there, 5).filter((file) => !here.includes(file));
  const there = [...here.slice(0, SIZE.both), ...others].slice(0, SIZE.there);
  trust.makeCentre();
  trust.fork("school");
  trust.adapt("school", here);
  trust.copy("school", "draft");
  trust.explain("school", here);
  trust.publishUpdate(there);
  trust.copy("school", "rebasing");
  trust.leeway("rebasing", ["fetch"]);
  trust.copy("rebasing", "merging");
  return trust;
}

function cases(trust: Trust): Case[] {
  const command = (program: string, cwd: string, ...args: string[]): Command => ({
    program,
    args,
    cwd: trust.at(cwd),
    env: trust.env,
  });
  const leeway = (cwd: string, ...args: string[]): Command => command(process.execPath, cwd, LEEWAY, ...args);
  const git = (cwd: string, ...args: string[]): Command => command("git", cwd, ...args);
  const node = command(process.execPath, ".", "-e", "0");
  const bare: Work = { name: "`node -e 0`", commands: [node] };
  const looked = (cwd: string, ...range: string[]): Work => ({
    name: "`git status`, `git diff --word-diff`, `node -e 0`",
    commands: [git(cwd, "status"), git(cwd, "diff", "--word-diff", ...range), node],
  });
  const merged = (...flags: string[]): Work => ({
    name: `\`git merge ${flags.join(" ")}\`, \`node -e 0\``,
    commands: [git("merging", "merge", ...flags, "upstream/main"), node],
    before: reset(trust, "merging"),
  });
  const base = trust.git("school", ["rev-parse", "edition/harbour/2026-27-autumn^{commit}"]).trim();
  const verb = (name: string, cwd: string, ...args: string[]): Work => ({
    name,
    commands: [leeway(cwd, ...args)],
  });
  return [
    { work: verb("`leeway --version`", ".", "--version"), against: bare, reach: 1.3 },
    { work: verb("`leeway --help`", ".", "--help"), against: bare, reach: 1.5 },
    { work: verb("`leeway status`, 40 changed", "draft", "status"), against: looked("draft"), reach: 2 },
    { work: verb("`leeway diff`, 40 changed", "draft", "diff"), against: looked("draft"), reach: 2 },
    {
      work: verb("`leeway status`, 40 committed", "school", "status"),
      against: looked("school", base),
      reach: 2,
    },
    {
      work: verb("`leeway diff`, 40 committed", "school", "diff"),
      against: looked("school", base),
      reach: 2,
    },
    {
      work: verb("`leeway rebase --dry-run`", "rebasing", "rebase", "--dry-run"),
      against: merged("--no-commit", "--no-ff"),
      reach: 2,
    },
    {
      work: { ...verb("`leeway rebase`", "rebasing", "rebase"), before: reset(trust, "rebasing") },
      against: merged("--no-edit", "--no-ff"),
      reach: 2,
    },
    {
      work: verb("`leeway status`, update waiting", "merging", "status"),
      against: looked("merging", base),
      reach: null,
    },
    { work: verb("`leeway drift`", "rebasing", "drift"), against: looked("rebasing", base), reach: null },
    ...checks(trust, leeway, git, node),
  ];
}

/** The gate: everything, with and without what is kept of the last time, and one lesson changed. */
function checks(
  trust: Trust,
  leeway: (cwd: string, ...args: string[]) => Command,
  git: (cwd: string, ...args: string[]) => Command,
  node: Command,
): Case[] {
  trust.fork("gate");
  trust.fork("lesson");
  trust.adapt("lesson", spread(trust.files, 1, 3));
  trust.git("lesson", ["status"]);
  const documents = trust
    .git("gate", ["ls-files", "-s", "subjects"])
    .split("\n")
    .filter(Boolean)
    .map((line) => line.split(/\s/));
  const input = documents.map(([, oid]) => `${oid}\n`).join("");
  const reading: Work = {
    name: `\`git cat-file --batch\` of ${documents.length} documents`,
    commands: [{ ...git("gate", "cat-file", "--batch", "--buffer"), input }],
  };
  const forget = (): void =>
    rmSync(trust.at("gate", ".git", "leeway", "cache"), { recursive: true, force: true });
  const centre = "centre-files";
  trust.git(".", ["clone", "--quiet", "centre", centre]);
  const forgetCentre = (): void =>
    rmSync(trust.at(centre, ".git", "leeway", "cache"), { recursive: true, force: true });
  const all = (name: string, cwd: string, before?: () => void): Work => ({
    name: `\`leeway check --all\`, ${name}`,
    commands: [leeway(cwd, "check", "--all")],
    ...(before ? { before } : {}),
  });
  return [
    { work: all("second time", "gate"), against: reading, reach: 3 },
    { work: all("first time", "gate", forget), against: reading, reach: 3 },
    { work: all("of the centre, second time", centre), against: reading, reach: 3 },
    { work: all("of the centre, first time", centre, forgetCentre), against: reading, reach: null },
    {
      work: { name: "`leeway check`, one lesson changed", commands: [leeway("lesson", "check")] },
      against: { name: "`git diff`, `node -e 0`", commands: [git("lesson", "diff"), node] },
      reach: 2,
    },
  ];
}

/** Puts a version back to where it stands now. */
function reset(trust: Trust, name: string): () => void {
  const head = trust.git(name, ["rev-parse", "HEAD"]).trim();
  return () => {
    trust.git(name, ["reset", "--quiet", "--hard", head]);
    trust.git(name, ["status"]);
  };
}
