import { spawnSync } from "node:child_process";
import { beforeAll, describe, expect, test } from "vitest";
import { SACK, School, TRADE } from "../e2e/school.ts";
import { BIN } from "../e2e/trust.ts";
import { HostileSchool } from "./raw.ts";

let built: School;
beforeAll(async () => {
  built = await School.build();
});

const STEER = "\u001b]0;owned\u0007\u001b[2J\u009b31m\u202etxet\u2066\u200f\b\r\u0000".slice(0, -1);
/** As YAML in double quotes takes it. */
const QUOTED = [...STEER].map((sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`).join("");

test("no sign that steers a terminal gets from texts, titles, names, notes or reasons to any verb's output", async () => {
  const school = await HostileSchool.from(built);
  const version = school.read("north", "versions/north/version.yaml");
  const trade = school.read("north", TRADE);
  await school.publish(
    "north",
    [
      {
        at: ["versions", "north", "version.yaml"],
        bytes: version.replace(/name: .*/, `name: "North${QUOTED}"`),
      },
      {
        at: TRADE.split("/"),
        bytes: trade
          .replace("title: Trade", `title: "${QUOTED}Trade`)
          .replace("medieval England\noutcomes", 'medieval England"\noutcomes')
          .replace("## Writing", `## Writing ${STEER}`)
          .replace("one long answer", `one ${STEER} answer`),
      },
      {
        at: ["subjects", "history", `${STEER.replace(/[\r\b]/g, "")}.md`],
        bytes: `# ${STEER}\n\n${STEER}\n`,
      },
      {
        at: ["versions", "north", "rules.yaml"],
        bytes: `rules:\n  - {passages: "unit#*", leeway: none, because: "${QUOTED}"}\n`,
      },
      {
        at: ["versions", "north", "adaptations", "x.yaml"],
        bytes: `id: north/x\ntitle: "${QUOTED}"\nkind: replace\nfor: [place]\nwhy: "${QUOTED}"\nby: {role: "${QUOTED}"}\npassages: [{at: "y8-trade#writing"}]\n`,
      },
      { at: ["bin", "x.sh"], bytes: STEER, mode: "100755" },
    ],
    { notes: `Second ${STEER.replace("\r", "")}\n\n${STEER}` },
  );
  school.edit(TRADE, "one long answer", `one short ${STEER} answer`);
  school.write(
    "grimsby/subjects/history/local.md",
    `---\nid: "x${QUOTED}"\ntitle: "${QUOTED}"\n---\n# ${STEER}\n`,
  );
  for (const args of [
    ["fetch"],
    ["status"],
    ["status", "--json"],
    ["diff"],
    ["diff", "--markdown"],
    ["diff", "--json"],
    ["diff", "--incoming"],
    ["diff", "--incoming", "--stat"],
    ["drift", "--why"],
    ["drift", "--json"],
    ["explain", "y8-trade#writing"],
    ["adapt"],
    ["adapt", "y8-trade#writing", "--for", "eal", "--why", `Shorter ${STEER}`],
    ["adapt", "subjects/history/local.md", "--for", "place", "--why", "Ours."],
    ["log", "--all"],
    ["log", "--json"],
    ["show", "north/x"],
    ["rebase", "--dry-run"],
    ["rebase", "--dry-run", "--json"],
    ["rebase"],
    ["rebase", "--accept-code"],
    ["rebase", "--account"],
    ["status"],
    ["resolve", "--list"],
    ["resolve", "--list", "--json"],
    ["explain", "y8-trade#writing"],
    ["rebase", "--abort"],
    ["undo"],
    ["explain", STEER],
    ["show", STEER],
    ["rebase", "--to", STEER],
  ])
    await school.tried("grimsby", args);
  await school.tried(".", ["fork", "north", "new", "--id", "new", "--name", `New ${STEER}`]);
  await school.tried("new", ["status"]);
  await school.tried("centre", ["versions", "add", "../north"]);
  await school.tried("centre", ["versions", "list"]);
});

const ALIASES = `a0: &a0 [x, x]\n${Array.from({ length: 40 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]\n`).join("")}`;
const YAML: Record<string, string> = {
  "an alias bomb": ALIASES,
  "a field twice": "id: x\nid: y\n",
  "100,000 deep": `a: ${"[".repeat(100_000)}`,
  "2,000 deep in blocks": Array.from({ length: 2_000 }, (_, i) => `${" ".repeat(i)}a:`).join("\n"),
  prototypes: "__proto__: {polluted: true}\nconstructor: {prototype: {polluted: true}}\nid: x\n",
  "20,000 fields": Array.from({ length: 20_000 }, (_, i) => `f${i}: 1\n`).join(""),
  "a merge of itself": "a: &a\n  <<: *a\n",
  "a value where a list should be": "holds: 5\nrules: x\npassages: {at: 1}\n",
  "a NUL": "id: \0\n",
  "bytes that are no UTF-8": "id: \ud800\n",
  "a custom tag": "id: !!js/function 'function(){}'\nx: !<tag:yaml.org,2002:python/object> {}\n",
};

describe("YAML made to do harm is refused in a line that names its file, in every place where it is read", () => {
  test.each(Object.entries(YAML))("%s", async (_, text) => {
    const school = await HostileSchool.from(built);
    const start = performance.now();
    for (const path of ["version.yaml", "adaptations/x.yaml", "downstream.yaml"]) {
      const file = `grimsby/versions/grimsby/${path}`;
      const before = path === "version.yaml" ? school.read(file) : null;
      school.write(file, text);
      const ran = await school.tried("grimsby", path === "downstream.yaml" ? ["versions", "list"] : ["log"]);
      expect(ran.code).toBe(2);
      expect(ran.err).toContain(`versions/grimsby/${path}`);
      school.write(file, before ?? (path === "downstream.yaml" ? "[]\n" : GOOD));
    }
    await school.publish("north", [
      { at: TRADE.split("/"), bytes: `---\n${text}\n---\n# Trade\n` },
      { at: ["frameworks", "x.yaml"], bytes: text },
      { at: ["versions", "north", "rules.yaml"], bytes: text },
    ]);
    school.edit(TRADE, "one long answer", "one short answer");
    await school.ok("grimsby", ["fetch"]);
    for (const args of [
      ["diff", "--incoming"],
      ["rebase"],
      ["status"],
      ["drift"],
      ["explain", "y8-trade#writing"],
    ])
      await school.tried("grimsby", args);
    expect(performance.now() - start).toBeLessThan(40_000);
  });
});

const GOOD = `id: grimsby/x
title: X
kind: replace
for: [place]
why: Docks.
passages: [{at: "y8-trade#writing"}]
`;

describe("large files end in time and memory in proportion", () => {
  const MB = 2 ** 20;
  const manyLines = (side: string, size: number): string =>
    `# ${side}\n\n${"A lesson of wool.\n".repeat(Math.ceil(size / 18))}`;
  const oneLine = (side: string, size: number): string => `${side} ${"x ".repeat(size / 2)}\n`;

  /** Runs a verb within so much memory that a copy too many of the text would end it. */
  function within(school: HostileSchool, args: readonly string[]): void {
    const ran = spawnSync(process.execPath, ["--max-old-space-size=2048", BIN, ...args], {
      cwd: school.at("grimsby"),
      env: { ...process.env, HOME: school.at("home") },
      encoding: "utf8",
      maxBuffer: 1 << 28,
      timeout: 50_000,
    });
    expect(ran.signal, args.join(" ")).toBe(null);
    expect([0, 1, 2, 3, 4], ran.stderr.slice(0, 500)).toContain(ran.status);
  }

  test.each([
    ["50 MB of lines", manyLines, 50 * MB, [["rebase", "--dry-run"]]],
    [
      "a line of 10 MB",
      oneLine,
      10 * MB,
      [["status"], ["diff", "--incoming", "--stat"], ["rebase", "--dry-run"]],
    ],
  ] as const)("%s", async (_, text, size, verbs) => {
    const school = await HostileSchool.from(built);
    await school.publish("north", [{ at: SACK.split("/"), bytes: text("theirs", size) }]);
    await school.ok("grimsby", ["fetch"]);
    school.write(`grimsby/${SACK}`, text("ours", size));
    await school.run("grimsby", ["commit", "-qam", "Ours"]);
    for (const args of verbs) within(school, args);
  });
});
