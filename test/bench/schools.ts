import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type Command, compare, type Time, time, type Work } from "./measure.ts";
import { heading, row } from "./table.ts";
import { LEEWAY, spread, Trust } from "./trust.ts";

/** Every school changed as many documents, some of them those that upstream changes in the edition that waits. */
const SIZE = { documents: 5_000, here: 40, there: 300, both: 10 };

const { values } = parseArgs({
  options: {
    schools: { type: "string", default: "60,1000" },
    runs: { type: "string", default: "3" },
    documents: { type: "string", default: String(SIZE.documents) },
  },
});

let small: { readonly schools: number; readonly cold: Time } | null = null;
process.stdout.write(heading());
for (const schools of values.schools.split(",").map(Number)) {
  const root = mkdtempSync(join(tmpdir(), "leeway-bench-"));
  try {
    measure(root, schools);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

function measure(root: string, schools: number): void {
  const trust = new Trust(root, Number(values.documents));
  const there = spread(trust.files, SIZE.there, 5);
  trust.makeCentre();
  const office = trust.makeSchools(schools, SIZE.here, there.slice(0, SIZE.both));
  trust.publishUpdate(there);
  trust.git(office, ["fetch", "--quiet", "origin", "+refs/tags/*:refs/tags/*"]);
  const started = process.hrtime.bigint();
  trust.leeway(office, ["versions", "sync"]);
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  const hub = `${office}/.git/leeway/hub`;
  const drift: Command = {
    program: process.execPath,
    args: [LEEWAY, "drift", "--all"],
    cwd: trust.at(office),
    env: trust.env,
  };
  const clear = (): void => rmSync(trust.at(hub, "leeway"), { recursive: true, force: true });
  const cold: Work = {
    name: `\`drift --all\`, ${schools} versions, nothing cached`,
    commands: [drift],
    before: clear,
  };
  const warm: Work = { name: `the same, ${schools} versions, second time`, commands: [drift] };
  const git: Work = {
    name: "per version `git diff --shortstat`, `git merge-tree`",
    commands: gitCommands(trust, hub),
  };
  const runs = schools > 100 ? 1 : Number(values.runs);
  const [mine, theirs] = compare(cold, git, runs);
  process.stdout.write(row({ work: cold.name, against: git.name, mine, theirs, reach: 1 }));
  const [again, first] = compare(warm, cold, runs);
  process.stdout.write(
    row({ work: warm.name, against: "the first", mine: again, theirs: first, reach: 0.25 }),
  );
  if (small !== null) {
    const scaled = scale(small.cold, schools / small.schools);
    process.stdout.write(
      row({
        work: cold.name,
        against: `${small.schools} versions × ${(schools / small.schools).toFixed(1)}`,
        mine,
        theirs: scaled,
        reach: 1,
      }),
    );
  }
  small ??= { schools, cold: mine };
  const [full, kept] = [cold, warm].map((work) => peakOf(trust, work));
  process.stdout.write(
    `\n${schools} versions: peak memory ${full} MB cold, ${kept} MB the second time; first sync ${seconds.toFixed(1)} s\n\n`,
  );
}

function gitCommands(trust: Trust, hub: string): Command[] {
  const refs = trust.git(hub, ["for-each-ref", "--format=%(refname) %(objectname) %(*objectname)"]);
  const lines = refs
    .trim()
    .split("\n")
    .map((line) => line.split(" "));
  const commitOf = (end: string): string => {
    const [, oid = "", peeled = ""] = lines.find(([name]) => name?.endsWith(end)) ?? [];
    return peeled || oid;
  };
  const [base, next] = [commitOf("tags/2026-27-autumn"), commitOf("tags/2026-27-spring")];
  const heads = lines.flatMap(([name = "", oid = ""]) =>
    /\/school-\d+\/heads\/main$/.test(name) ? [oid] : [],
  );
  const git = (...args: string[]): Command => ({ program: "git", args, cwd: trust.at(hub), env: trust.env });
  return heads.flatMap((head) => [
    git("diff", "--shortstat", base, head),
    git("merge-tree", "--write-tree", head, next),
  ]);
}

function scale({ wall, cpu }: Time, by: number): Time {
  return { wall: wall * by, cpu: cpu === null ? null : cpu * by };
}

/** Megabytes: what Node itself says of its memory when it ends. Not in the runs that are timed, which would wait for it. */
function peakOf(trust: Trust, work: Work): number {
  const [asking, told] = [trust.at("peak.cjs"), trust.at("peak")];
  writeFileSync(
    asking,
    `process.on("exit", () => require("node:fs").writeFileSync(${JSON.stringify(told)}, String(process.resourceUsage().maxRSS)));`,
  );
  const commands = work.commands.map((each) => ({ ...each, args: ["--require", asking, ...each.args] }));
  time({ ...work, commands });
  return Math.round(Number(readFileSync(told, "utf8")) / 1024);
}
