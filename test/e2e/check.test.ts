import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { StorySchool } from "./story-school.ts";

let school: StorySchool;
beforeAll(async () => {
  school = await StorySchool.build();
});

const INDUSTRY = "subjects/history/units/y9-industry/unit.md";
const MILL = "Ask at home who worked in a mill.";
const DOCKS = "Ask at home who worked on the fish docks.";
const local = [{ path: INDUSTRY, find: MILL, replace: DOCKS }];

describe("check in a school", () => {
  it("finds nothing in a healthy version, ends with 1 for an error and with 0 for a warning unless told", async () => {
    const copy = school.copy();
    expect((await copy.check(["--all"])).findings).toEqual([]);
    await copy.do(local);
    const ran = await copy.leeway("grimsby", ["check"]);
    expect([ran.code, ran.out]).toEqual([1, expect.stringContaining("reason-missing")]);
    await copy.do([{ path: "versions/grimsby/adaptations/docks.yaml", write: PENDING }]);
    expect((await copy.leeway("grimsby", ["check"])).code).toBe(0);
    expect((await copy.leeway("grimsby", ["check", "--fail-on", "warning"])).code).toBe(1);
    const record = "grimsby/versions/grimsby/adaptations/docks.yaml";
    expect(await copy.ok("grimsby", ["check", "--fix"])).toContain("To take it back: leeway undo");
    await copy.ok("grimsby", ["undo"]);
    expect(copy.read(record)).toBe(PENDING);
    const fixed = await copy.check(["--fix"]);
    expect(fixed.findings).toEqual([]);
    expect(fixed.fixed).toEqual([expect.stringContaining("bound the reason to its text")]);
    expect(copy.read(record)).toMatch(/local: "?n1:[0-9a-f]{16}/);
  });

  it("finds a list of versions below that cannot be read, or has one twice", async () => {
    const copy = school.copy();
    const list = "north/versions/north/downstream.yaml";
    const entry = "- {id: grimsby, name: Grimsby, layer: school, url: ../grimsby}\n";
    for (const [text, said] of [
      [entry + entry, "has grimsby twice"],
      ["- {id: grimsby\n", "cannot be read"],
      ["- {id: grimsby}\n", "cannot be read"],
    ] as const) {
      copy.write(list, text);
      const ran = await copy.leeway("north", ["check", "--all"]);
      expect([ran.code, ran.out]).toEqual([1, expect.stringContaining("own-file-unreadable")]);
      expect(ran.out.replace(/\s+/g, " ")).toContain(said);
    }
    copy.write(list, entry);
    await copy.ok("north", ["check", "--all"]);
  });

  it("reads a text with an open decision as this version has it, and tells once what waits", async () => {
    const copy = school.copy();
    const trade = "subjects/history/units/y8-trade/unit.md";
    await copy.do([
      { in: "north", path: trade, find: "Norwich market shows", replace: "Norwich market once showed" },
      {
        in: "north",
        run: 'git commit -qam Spring && leeway release spring --notes "Spring" --group all',
      },
      { run: "leeway fetch" },
    ]);
    await copy.ok("grimsby", ["rebase"], 3);
    await copy.do(local);
    const marked = `${copy.read("grimsby", trade)} \n`;
    expect(marked).toContain("<<<<<<< ");
    copy.write(`grimsby/${trade}`, marked);
    for (const flags of [[], ["--fix"]]) {
      const { findings } = await copy.check(flags);
      expect(findings.map(({ check, path }) => [check, path])).toEqual([
        ["update-stopped", trade],
        ["reason-missing", INDUSTRY],
      ]);
      expect(findings[0]?.message).toContain('waits for a decision: "y8-trade#case-study"');
    }
    expect(copy.read("grimsby", trade)).toBe(marked);
    await copy.ok("grimsby", ["resolve", "y8-trade#case-study", "--take", "local"]);
    expect((await copy.check()).findings[0]?.message).toContain("is not finished yet");
    await copy.ok("grimsby", ["rebase", "--continue"]);
    expect((await copy.check()).findings.map(({ check }) => check)).toEqual(["reason-missing"]);
  });

  it("finds nothing in a curriculum that was just started", async () => {
    const copy = school.copy();
    await copy.ok(".", ["init", "fresh", "--id", "fresh", "--name", "A fresh start"]);
    await copy.ok("fresh", ["check", "--all"]);
  });

  it("says what to do about a state to count from that is nowhere", async () => {
    const copy = school.copy();
    const ran = await copy.leeway("grimsby", ["check", "--since", "nonsense"]);
    expect([ran.code, ran.err]).toEqual([4, expect.stringContaining("check --since COMMIT")]);
    expect(ran.err).not.toContain("origin");
  });

  it("finds the same whatever is kept of the last time: nothing, all of it, half a file, words of somebody else", async () => {
    const copy = school.copy();
    await copy.do([
      ...local,
      { path: "subjects/history/units/y8-trade/lessons/06-haven.md", write: HAVEN },
      { run: "git rm -q subjects/history/units/y9-industry/lessons/02-clock.md" },
    ]);
    const all = () => copy.ok("grimsby", ["check", "--all", "--json"], 1);
    const first = await all();
    expect((JSON.parse(first) as { findings: unknown[] }).findings.length).toBeGreaterThan(2);
    expect(await all()).toBe(first);
    const cache = "grimsby/.git/leeway/cache";
    const kept = readdirSync(copy.at(cache), { recursive: true, withFileTypes: true });
    for (const { name, parentPath } of kept.filter((entry) => entry.isFile())) {
      const path = join(parentPath, name);
      const text = readFileSync(path, "utf8");
      const half = text.slice(0, text.length / 2);
      for (const spoilt of ["", half, text.replaceAll('"id":', '"id'), "[]\n{}\t\n\t3\n"]) {
        rmSync(path);
        writeFileSync(path, spoilt);
        expect(await all(), name).toBe(first);
      }
    }
  });

  it("tells the share of the curriculum at each level and the locks with their because", async () => {
    const out = await school.ok("grimsby", ["check", "--leeway"]);
    expect(out).toMatch(/none, may not change +\d+ passages +[\d,]+ words +\d+\.\d%/);
    expect(out).toMatch(/unit@outcomes +Harbour Learning Trust: The common assessments test these/);
    const json = JSON.parse(await school.ok("grimsby", ["check", "--leeway", "--json"])) as {
      levels: { words: number; by: { words: number }[] }[];
    };
    for (const { words, by } of json.levels)
      expect(by.reduce((sum, each) => sum + each.words, 0)).toBe(words);
  });

  it("explains every check, and offers the nearest where there is none of that name", async () => {
    expect(await school.ok("grimsby", ["check", "--explain"])).toContain("locked-changed");
    expect(await school.ok("grimsby", ["check", "--explain", "locked-changed"])).toContain("Why it matters");
    expect(await school.ok("grimsby", ["check", "--explain", "locked"], 2)).toContain(
      "--explain locked-changed",
    );
  });

  it("lets a baseline stand what was there, and it only shrinks", async () => {
    const copy = school.copy();
    await copy.do(local);
    const flags = ["--all", "--baseline", "known.json"];
    expect(await copy.ok("grimsby", ["check", ...flags], 2)).toContain("--write-baseline");
    expect((await copy.check([...flags, "--write-baseline"])).baseline).toMatchObject({ known: 1 });
    expect((await copy.check(flags)).findings).toEqual([]);
    // What a change leaves alone is not looked at, and not gone.
    await copy.do([{ run: "git add -A && git commit -qm Known" }]);
    const change = await copy.check(["--since", "HEAD", "--baseline", "known.json"]);
    expect([change.findings, change.baseline]).toEqual([[], expect.objectContaining({ gone: 0 })]);
    expect(await copy.ok("grimsby", ["check", ...flags, "--write-baseline"], 2)).toContain("only shrinks");
    expect(await copy.ok("grimsby", ["check", "--baseline", "known.json", "--prune-baseline"], 2)).toContain(
      "everything",
    );
    await copy.do([{ path: INDUSTRY, find: DOCKS, replace: MILL }]);
    expect((await copy.check(flags)).baseline).toMatchObject({ known: 0, gone: 1 });
    await copy.check([...flags, "--prune-baseline"]);
    expect(JSON.parse(copy.read("grimsby/known.json"))).toMatchObject({ findings: [] });
    await copy.do([{ path: INDUSTRY, find: MILL, replace: DOCKS }]);
    expect((await copy.check(flags)).findings).toHaveLength(1);
  });

  it("lets an exception stand until its day, tells when nothing needs it, and knows no check that is not there", async () => {
    const copy = school.copy();
    const except = (check: string, at: string, until = "2099-01-01") =>
      `checks:\n  exceptions:\n    - {check: ${check}, at: "${at}", because: "Being written", until: ${until}}\n`;
    await copy.do([
      { path: "subjects/history/units/y8-trade/lessons/06-haven.md", write: HAVEN },
      { run: 'leeway adapt y8-trade-haven --for place --why "Our own charter."' },
    ]);
    expect((await copy.check()).findings.map(({ check }) => check)).toEqual(["fields"]);
    await copy.do([{ path: "versions/grimsby/rules.yaml", write: except("fields", "y8-trade-haven") }]);
    const stands = await copy.check(["--all"]);
    expect([stands.findings, stands.excepted.length]).toEqual([[], 1]);
    await copy.do([{ path: "versions/grimsby/rules.yaml", write: except("fields", "y9-industry") }]);
    expect((await copy.check(["--all"])).findings.map(({ check }) => check)).toEqual([
      "fields",
      "exception-unused",
    ]);
    await copy.do([{ path: "versions/grimsby/rules.yaml", write: except("feilds", "y8-trade-haven") }]);
    const unknown = (await copy.check(["--all"])).findings.find(({ check }) => check === "exception-unused");
    expect(unknown?.message).toContain("no check called feilds");
    const over = except("fields", "y8-trade-haven", "2020-01-01");
    await copy.do([{ path: "versions/grimsby/rules.yaml", write: over }]);
    expect((await copy.check(["--all"])).findings).toMatchObject([
      { check: "fields" },
      { check: "exception-over", path: "versions/grimsby/rules.yaml", line: 3 },
    ]);
  });
});

const PENDING = `id: grimsby/docks
title: Homework about the docks
kind: replace
for: [place]
why: Families here work on the docks.
passages:
  - {at: "y9-industry#homework"}
`;
const HAVEN = `---
id: y8-trade-haven
type: lesson
title: The charter of the haven
unit: y8-trade
---
# The charter of the haven

Pupils read the toll that King John allowed.
`;

describe("check of a change", () => {
  /** A change of the docks beside an older one, which is on main already and has no reason. */
  async function changed(): Promise<StorySchool> {
    const copy = school.copy();
    await copy.do([
      { path: "subjects/history/units/y7-conquest/unit.md", find: "title: ", replace: "title: Our " },
      { run: "git commit -qam Older && git switch -qc docks" },
      ...local,
      { run: "git commit -qam Docks" },
    ]);
    return copy;
  }
  const told = (findings: readonly { check: string; at: string | null }[]) =>
    findings.map(({ check, at }) => `${check} ${at}`);
  const DOCKS_ALONE = ["reason-missing y9-industry#homework"];

  it("looks at what it touches, by --since and by what GitHub and GitLab say", async () => {
    const copy = await changed();
    expect((await copy.check()).findings.length).toBeGreaterThan(1);
    expect(told((await copy.check(["--since", "main"])).findings)).toEqual(DOCKS_ALONE);
    const sha = await copy.run("grimsby", ["rev-parse", "main"]);
    copy.write("event.json", JSON.stringify({ pull_request: { base: { sha } } }));
    const hosts = [
      { GITHUB_ACTIONS: "true", GITHUB_BASE_REF: "main", GITHUB_EVENT_PATH: copy.at("event.json") },
      { GITLAB_CI: "true", CI_MERGE_REQUEST_DIFF_BASE_SHA: sha },
      { GITLAB_CI: "true", CI_COMMIT_BEFORE_SHA: sha },
    ];
    for (const env of hosts) expect(told((await copy.check([], env)).findings)).toEqual(DOCKS_ALONE);
    expect((await copy.check(["--all", "--since", "main"])).findings.length).toBeGreaterThan(1);
    expect(await copy.ok("grimsby", ["check", "--since", "nowhere"], 4)).toContain("Could not check");
  });

  it("keeps to the upstream, base, rules and baseline of the protected branch, and names the edit", async () => {
    const copy = await changed();
    await copy.do([{ run: "git switch -q docks && leeway fetch >/dev/null" }]);
    const base = await copy.run("grimsby", ["rev-parse", "upstream/main~1"]);
    const judged = async (steps: Parameters<StorySchool["do"]>[0], flags: string[] = []) => {
      const other = copy.copy();
      await other.do(steps);
      return told((await other.check(["--since", "main", ...flags])).findings);
    };
    const version = "versions/grimsby/version.yaml";
    expect(await judged([{ path: version, find: "id: north,", replace: "id: solent," }])).toContain(
      "judge-changed null",
    );
    expect(await judged([{ run: `sed -i s/[0-9a-f]\\\\{40\\\\}/${base}/ ${version}` }])).toContain(
      "judge-changed null",
    );
    const except = 'checks:\n  severity: {reason-missing: "off"}\n';
    expect(await judged([{ path: "versions/grimsby/rules.yaml", write: except }])).toEqual(DOCKS_ALONE);
    expect(
      await judged(
        [{ run: "leeway check --all --baseline b.json --write-baseline >/dev/null" }],
        ["--baseline", "b.json"],
      ),
    ).toEqual(DOCKS_ALONE);
  });

  it("finds a hold that was deleted in it, or some time ago, and none that went with its update", async () => {
    const copy = school.copy();
    const SACK = "subjects/history/units/y8-trade/lessons/01-sack.md";
    const SPRING = "## Homework\n\nAsk at home what a sack of wool would cost today.\n";
    const VERSION = "versions/grimsby/version.yaml";
    await copy.do([
      { in: "north", path: SACK, find: "## Homework\n", replace: SPRING },
      {
        in: "north",
        run: "git commit -qam Spring && leeway release 2026-27-spring --notes Spring --group all",
      },
      { run: `leeway fetch && leeway hold ${SACK} --why "Year 8 are in the middle of it" && leeway rebase` },
    ]);
    const held = copy.copy();
    await held.do([
      { run: "git switch -qc tidied" },
      { run: `sed -i "/^holds:/d;/^ *- {at.*01-sack/d" ${VERSION} && git commit -qam Tidied` },
    ]);
    const lost = [`hold-deleted null`];
    expect(told((await held.check(["--since", "main"])).findings)).toEqual(lost);
    expect(told((await held.check(["--all"])).findings)).toEqual(lost);
    // What upstream changed is written over by hand, word for word: there is nothing left to be held.
    await held.do([
      { run: "git switch -q main" },
      { path: SACK, find: "## Homework\n", replace: SPRING },
      { run: `sed -i "/^holds:/d;/^ *- {at.*01-sack/d" ${VERSION} && git commit -qam "Taken by hand"` },
    ]);
    expect(told((await held.check(["--all"])).findings)).toEqual([]);
    await copy.do([{ run: `git switch -qc taken && leeway rebase --only ${SACK}` }]);
    expect(told((await copy.check(["--since", "main"])).findings)).toEqual([]);
    expect(told((await copy.check(["--all"])).findings)).toEqual([]);
  });

  it("fetches a missing base by its hash, and says the depth that a shallow checkout lacks", async () => {
    const copy = await changed();
    await copy.do([{ run: "git switch -q docks" }]);
    const clone = (depth: string[]) =>
      copy.run(".", ["clone", "-q", ...depth, "-b", "docks", `file://${copy.at("grimsby")}`, "ci"]);
    await clone(["--depth", "1"]);
    // A host serves what is asked for by hash.
    for (const folder of ["grimsby", "north"])
      await copy.run(folder, ["config", "uploadpack.allowAnySHA1InWant", "true"]);
    const here = await copy.leeway("ci", ["check", "--json"]);
    expect([here.code, here.err]).toEqual([1, ""]);
    const sha = await copy.run("grimsby", ["rev-parse", "main"]);
    const shallow = await copy.leeway("ci", ["check"], {
      GITLAB_CI: "true",
      CI_MERGE_REQUEST_DIFF_BASE_SHA: sha,
    });
    expect(shallow.code, shallow.out + shallow.err).toBe(4);
    expect(shallow.err).toContain("fetch-depth: 0");
  });

  it("could not check where upstream cannot be had: neither green nor a finding", async () => {
    const copy = await changed();
    await copy.run(".", ["clone", "-q", "-b", "docks", "grimsby", "ci"]);
    await copy.run(".", ["config", "--global", "protocol.file.allow", "always"]).catch(() => "");
    await copy.do([{ in: ".", run: "mv north elsewhere" }]);
    const ran = await copy.leeway("ci", ["check", "--since", "origin/main"]);
    expect([ran.code, ran.out]).toEqual([4, ""]);
    expect(ran.err).toContain("Could not check");
  });

  it("tells of files that are gone or renamed where they are now", async () => {
    const copy = school.copy();
    await copy.do([
      {
        run: "git switch -qc moved && git mv subjects/history/units/y8-trade/lessons/04-guilds.md subjects/history/units/y8-trade/lessons/04-the-guilds.md",
      },
      {
        path: "subjects/history/units/y8-trade/lessons/04-the-guilds.md",
        find: "minutes: 60",
        replace: "minutes: 50",
      },
      { run: "git rm -q subjects/history/units/y9-industry/lessons/02-clock.md && git commit -qm Moved -a" },
    ]);
    const { findings } = await copy.check(["--since", "main"]);
    const paths = findings.map(({ check, path, line }) => [check, path.split("/").at(-1), line === null]);
    expect(paths).toContainEqual(["reason-missing", "04-the-guilds.md", false]);
    expect(paths).toContainEqual(["locked-changed", "02-clock.md", true]);
    // With the locked lesson back, the unit's list leads to it again.
    expect(paths).not.toContainEqual(["reference-broken", "unit.md", false]);
  });
});
